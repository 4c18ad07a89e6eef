// A gRPC server of few calls, in plaintext on a port of its own beside the services': for probes
// (health_port.h) and operators (admin_port.h).
//
//   grpc::ServerBuilder builder;
//   builder.RegisterService(&health);
//   SidePort port;   // after what it serves: it stops first
//   TW_RETURN_IF_ERROR(port.Start({.listen = "[::]:50061", .purpose = "health", …}, &builder));
#ifndef TREATYWIRE_COMMON_SIDE_PORT_H_
#define TREATYWIRE_COMMON_SIDE_PORT_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "common/connection_acceptor.h"

namespace grpc {
class Server;
class ServerBuilder;
}  // namespace grpc

namespace treatywire {

// Not safe for use from several threads but for address() once it has started.
class SidePort {
 public:
  struct Options {
    std::string listen;   // "HOST:PORT" as ServerOptions::listen
    std::string purpose;  // for messages, and the name of its quota: "health"
    // A longer request is answered with RESOURCE_EXHAUSTED.
    int max_request_bytes = 0;
    // Calls under way on one connection; further ones wait at the client.
    int max_concurrent_streams = 0;
    // All that gRPC buffers for all its connections.
    size_t max_buffer_bytes = 0;
  };

  SidePort();
  ~SidePort();  // stops at once; calls under way are cancelled
  SidePort(const SidePort&) = delete;
  SidePort& operator=(const SidePort&) = delete;

  // Serves what `builder` has. At most once. INVALID_ARGUMENT where `listen` is no address, UNAVAILABLE where
  // it cannot be listened on.
  absl::Status Start(const Options& options, grpc::ServerBuilder* builder);

  // "HOST:PORT" with the port in use.
  const std::string& address() const { return address_; }

 private:
  std::string address_;
  std::unique_ptr<grpc::Server> server_;  // null until it has started
  std::unique_ptr<ConnectionAcceptor> acceptor_;
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_SIDE_PORT_H_
