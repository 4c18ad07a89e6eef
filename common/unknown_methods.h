// Answers calls of methods that a server does not have.
#ifndef TREATYWIRE_COMMON_UNKNOWN_METHODS_H_
#define TREATYWIRE_COMMON_UNKNOWN_METHODS_H_

#include <grpcpp/generic/async_generic_service.h>

#include <memory>
#include <utility>

#include "common/access_policy.h"

namespace treatywire {

// UNIMPLEMENTED, reason METHOD_UNKNOWN, before any message is read; to who has no permission for what is not
// listed, that. For ServerBuilder::RegisterCallbackGenericService; destroy it after the server.
class UnknownMethods final : public grpc::CallbackGenericService {
 public:
  // Null: all may do all.
  explicit UnknownMethods(std::shared_ptr<const AccessPolicy> access) : access_(std::move(access)) {}

  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override;

 private:
  const std::shared_ptr<const AccessPolicy> access_;
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_UNKNOWN_METHODS_H_
