// Listens in gRPC's place and hands it the connections. gRPC 1.51 stops listening for good where accept fails
// once, as it does in a process without a file descriptor left: whoever opened so many connections would lock
// everybody out until a restart. This one waits and goes on, and keeps some descriptors for what the process
// opens itself, such as the event log: a connection that would take one of them is closed at once, and so is
// one of a host that has its share of all.
//
//   grpc::ServerBuilder builder;
//   TW_ASSIGN_OR_RETURN(acceptor, ConnectionAcceptor::Listen({.listen = "0.0.0.0:50051", …}, &builder));
//   server = builder.BuildAndStart();
//   acceptor->Start();
//   …
//   acceptor->Stop();
//   server->Shutdown();
#ifndef TREATYWIRE_COMMON_CONNECTION_ACCEPTOR_H_
#define TREATYWIRE_COMMON_CONNECTION_ACCEPTOR_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace grpc {
class ServerBuilder;
class ServerCredentials;
}  // namespace grpc

namespace treatywire {

class CloggedConnections;

// Methods but Stop are for the thread that made it.
class ConnectionAcceptor {
 public:
  struct Options {
    // "HOST:PORT" as ServerOptions::listen. A name is listened on at all its addresses, and "0.0.0.0" and
    // "[::]" at all of this machine's, IPv6 and IPv4.
    std::string listen;
    std::shared_ptr<grpc::ServerCredentials> credentials;  // required
    // A connection whose other side acknowledges nothing that was sent for so long is closed; 0: the system's
    // own patience.
    absl::Duration unacknowledged_timeout = absl::ZeroDuration();
    // Told of each connection that is handed over; may be null.
    std::shared_ptr<CloggedConnections> clogged = nullptr;
  };

  // Descriptors that connections do not get, but never more than a quarter of the limit (RLIMIT_NOFILE).
  static constexpr int kReservedDescriptors = 64;
  // A host may have one in so many of the connections that there may be (HostOf in connection_shares.h).
  static constexpr int kHostsShare = 2;

  // Listens, and makes `builder`'s server take what Start accepts. Nobody is refused meanwhile: connections
  // wait in the system's queue. INVALID_ARGUMENT where `listen` is no address, UNAVAILABLE "cannot listen on
  // ADDRESS: reason" where another process has it, or it is none of this machine's.
  static absl::StatusOr<std::unique_ptr<ConnectionAcceptor>> Listen(const Options& options,
                                                                    grpc::ServerBuilder* builder);

  virtual ~ConnectionAcceptor() = default;  // stops

  // Accepts, on a thread of its own. Once, after the server has started.
  virtual void Start() = 0;
  // Closes the port; connections that were handed over stay. Returns when none comes any more. From any
  // thread, any number of times.
  virtual void Stop() = 0;
  // The port in use.
  virtual int port() const = 0;
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_CONNECTION_ACCEPTOR_H_
