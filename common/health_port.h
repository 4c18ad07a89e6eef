// Health alone, in plaintext on a port of its own: for probes that speak no TLS and show no certificate, as
// the kubelet's gRPC probes.
//
//   TW_ASSIGN_OR_RETURN(auto port, HealthPort::Start("[::]:50061"));
//   port->health().SetServing("treatywire.v1.IngestService", true);
//
// Nothing else is served there, neither reflection nor channelz, so that whoever reaches it learns no more
// than whether the service takes calls. All methods may be called from any thread.
#ifndef TREATYWIRE_COMMON_HEALTH_PORT_H_
#define TREATYWIRE_COMMON_HEALTH_PORT_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/health_service.h"

namespace treatywire {

class HealthPort {
 public:
  // A longer request is answered with RESOURCE_EXHAUSTED.
  static constexpr int kMaxRequestBytes = 4 << 10;
  // Calls under way on one connection; further ones wait at the client.
  static constexpr int kMaxConcurrentStreams = 16;
  // All that gRPC buffers for all connections of the port.
  static constexpr size_t kMaxBufferBytes = size_t{16} << 20;

  // `listen` is "HOST:PORT" as ServerOptions::listen. INVALID_ARGUMENT where it is none, UNAVAILABLE where it
  // cannot be listened on.
  static absl::StatusOr<std::unique_ptr<HealthPort>> Start(const std::string& listen);

  virtual ~HealthPort() = default;  // stops at once; calls under way are cancelled

  // "HOST:PORT" with the port in use.
  virtual const std::string& address() const = 0;
  // What it answers: NOT_FOUND for all until something is set.
  virtual HealthService& health() = 0;
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_HEALTH_PORT_H_
