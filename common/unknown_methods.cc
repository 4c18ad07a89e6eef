#include "common/unknown_methods.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/call_admission.h"
#include "common/grpc_status.h"
#include "common/status.h"

namespace treatywire {
namespace {

// Of a name that a caller made up; more would push the details out of the trailers.
constexpr size_t kMaxShownMethodBytes = 256;

class Refusal final : public grpc::ServerGenericBidiReactor {
 public:
  explicit Refusal(const absl::Status& status) { Finish(ToGrpcStatus(status)); }
  void OnDone() override { delete this; }
};

absl::Status UnknownMethodError(absl::string_view method) {
  return WithErrorMetadata(
      WithErrorInfo(absl::UnimplementedError(absl::StrCat("there is no method ", method)),
                    treatywire::v1::ERROR_REASON_METHOD_UNKNOWN),
      "method", method);
}

}  // namespace

grpc::ServerGenericBidiReactor* UnknownMethods::CreateReactor(grpc::GenericCallbackServerContext* context) {
  const std::string method = context->method().substr(0, kMaxShownMethodBytes);
  const absl::Status access = CheckAccess(access_.get(), method, *context);
  return new Refusal(access.ok() ? UnknownMethodError(method) : access);
}

}  // namespace treatywire
