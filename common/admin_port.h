// channelz and reflection for operators, in plaintext on a port of its own: what connections there are, from
// where, and what they carry is nobody else's business.
//
//   TW_ASSIGN_OR_RETURN(auto port, AdminPort::Start("127.0.0.1:50071"));
#ifndef TREATYWIRE_COMMON_ADMIN_PORT_H_
#define TREATYWIRE_COMMON_ADMIN_PORT_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace grpc {
class ServerBuilder;
}  // namespace grpc

namespace treatywire {

class AdminPort {
 public:
  // `listen` is "HOST:PORT" as ServerOptions::listen. INVALID_ARGUMENT where it is none, UNAVAILABLE where it
  // cannot be listened on. grpc::channelz::experimental::InitChannelzService must have been called.
  static absl::StatusOr<std::unique_ptr<AdminPort>> Start(const std::string& listen);

  virtual ~AdminPort() = default;  // stops at once

  // "HOST:PORT" with the port in use.
  virtual const std::string& address() const = 0;
};

// Leaves channelz out of the server that `builder` makes: it would come to every one of the process.
void LeaveOutChannelz(grpc::ServerBuilder& builder);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_ADMIN_PORT_H_
