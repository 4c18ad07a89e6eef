// The life of a gRPC server: listens, serves, drains. Both services are run by it.
//
//   ShutdownSignal signal;                       // first in main: before any thread
//   ServerOptions options;
//   options.listen = "0.0.0.0:50051";
//   options.services = {{"treatywire.v1.IngestService", &adapter}};
//   options.begin_drain = [&] { adapter.Drain(); };
//   return RunServer(options, signal);           // prints "listening on 0.0.0.0:50051"
//
// Besides its services every server has health (health_service.h; the services, "" for the whole, and
// "grpc.health.v1.Health", which is SERVING as long as the process answers and does not drain: for liveness),
// reflection v1 and v1alpha. Tests start a ServerLifecycle on port 0 or talk through
// InProcessChannel.
#ifndef TREATYWIRE_COMMON_SERVER_H_
#define TREATYWIRE_COMMON_SERVER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/access_policy.h"
#include "common/call_limit.h"
#include "common/request_observer.h"
#include "common/shutdown_signal.h"

namespace grpc {
class Channel;
class ChannelArguments;
class ServerCredentials;
class Service;
}  // namespace grpc

namespace treatywire {

class CallAdmission;

// A client that pings more often is sent away (ENHANCE_YOUR_CALM). Clients' keepalive must not be below it.
inline constexpr absl::Duration kLeastPingInterval = absl::Seconds(10);

struct ServerOptions {
  struct Service {
    std::string name;  // full name: "treatywire.v1.IngestService"
    grpc::Service* service = nullptr;
    // Where set, the one that begins all unary calls of the service (CallAdmission::Begin): observers are
    // told of them by it. Of all other calls the server tells them by itself.
    CallAdmission* admission = nullptr;
  };

  // "HOST:PORT", IPv6 as "[::1]:50051". Port 0 picks a free one. Another process on the port is an error.
  std::string listen = "127.0.0.1:0";
  // Plaintext where null.
  std::shared_ptr<grpc::ServerCredentials> credentials;
  // Who may call what, for services and this server's own; all may do all where null. Needs credentials: over
  // plaintext anybody could read the tokens. The adapters of `services` must ask it (call_admission.h).
  std::shared_ptr<const AccessPolicy> access;
  // As `listen`: where health alone is served besides, in plaintext, for probes that speak no TLS
  // (health_port.h). Empty: nowhere.
  std::string health_listen;
  // As `listen`: where channelz is served, in plaintext, for operators (admin_port.h). Empty: nowhere.
  std::string admin_listen;
  // Not owned; must outlive the ServerLifecycle.
  std::vector<Service> services;
  // Whether health says SERVING from the start; else SetServing does once the service is warm.
  bool serving_at_start = true;

  // A message over it is answered with RESOURCE_EXHAUSTED by gRPC, from its length alone, before it is read
  // into memory and without google.rpc details; what lies between kMaxRequestBytes (raw_message.h) and this,
  // with them. Four times as much, so that who sends more than the limit by mistake is told why.
  int max_receive_message_bytes = 32 << 20;
  int max_send_message_bytes = 16 << 20;
  // Streams open on one connection at a time; further ones wait at the client. gRPC's own default is no
  // limit; HTTP/2 advises no fewer than this (RFC 9113, 6.5.2).
  int max_concurrent_streams = 100;
  // What the services' adapters let one client have under way.
  ClientLimits client_limits;
  // Whether connections are closed whose calls come too late to be answered (clogged_connections.h).
  bool close_clogged_connections = true;
  // All that gRPC buffers for all connections; past it gRPC reads more slowly, then refuses.
  size_t max_buffer_bytes = size_t{512} << 20;
  // A new connection has so long for TLS and the first words of HTTP/2, then it is closed.
  absl::Duration handshake_timeout = absl::Seconds(20);
  // A connection that is silent for so long is pinged, and closed where no answer comes in time.
  absl::Duration keepalive_time = absl::Minutes(1);
  absl::Duration keepalive_timeout = absl::Seconds(20);
  // A connection is closed after this, streams on it going on, so that round_robin clients find new replicas.
  absl::Duration max_connection_age = absl::Minutes(10);

  // How long the server goes on to take calls after health said NOT_SERVING: what balancers need to notice.
  absl::Duration drain_delay = absl::ZeroDuration();
  // How long calls under way may then take, before they are cancelled.
  absl::Duration drain_grace = absl::Seconds(20);
  // Told of every call. The request log is there in any case.
  std::vector<std::shared_ptr<RequestObserver>> observers;

  // Called once when the drain begins (after drain_delay), for services to end their endless streams; must
  // return soon. May be empty.
  std::function<void()> begin_drain;
};

// Host and port of a ServerOptions::listen.
struct ListenAddress {
  std::string host;
  int port = 0;
};
// INVALID_ARGUMENT where it is no "HOST:PORT" with a port from 0 to 65535.
absl::StatusOr<ListenAddress> ParseListenAddress(absl::string_view listen);

// A running server. Its methods may be called from any thread.
class ServerLifecycle {
 public:
  // Returns INVALID_ARGUMENT for options out of range and UNAVAILABLE where it cannot listen on the address.
  static absl::StatusOr<std::unique_ptr<ServerLifecycle>> Start(const ServerOptions& options);

  virtual ~ServerLifecycle() = default;  // shuts down

  // "HOST:PORT" with the host as given and the port in use.
  virtual const std::string& address() const = 0;
  // The same of ServerOptions::health_listen; empty where that is.
  virtual std::string health_address() const = 0;
  // The same of ServerOptions::admin_listen.
  virtual std::string admin_address() const = 0;
  // Clogged connections that were closed, since the beginning.
  virtual uint64_t closed_connections() const = 0;
  // What health says of the server and all its services. Without effect after Shutdown began.
  virtual void SetServing(bool serving) = 0;
  // What health says of one of its services alone. As above.
  virtual void SetServing(absl::string_view service, bool serving) = 0;
  // A channel that needs no network.
  virtual std::shared_ptr<grpc::Channel> InProcessChannel(const grpc::ChannelArguments& arguments) = 0;
  // NOT_SERVING, drain_delay, begin_drain, then no new calls, up to drain_grace for those under way. Returns
  // when no call is left and no service is used any more. A second call waits for the first.
  virtual void Shutdown() = 0;
};

// Prints "listening on HOST:PORT" as a line on standard output, for whoever started the process with port 0.
// UNAVAILABLE where standard output cannot be written.
absl::Status AnnounceAddress(const ServerLifecycle& server);

// AnnounceAddress, until `signal`, Shutdown. OK after a clean drain.
absl::Status ServeUntil(ShutdownSignal& signal, ServerLifecycle& server);
// Start, then ServeUntil.
absl::Status RunServer(const ServerOptions& options, ShutdownSignal& signal);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_SERVER_H_
