// Whether a call may begin: who calls (access_policy.h), and how many calls its host has (call_limit.h).
//
//   CallAdmission admission(options.access, 1024);
//   const auto place = admission.Admit<GetPartyRequest>(*context);
//   if (!place.ok()) return call->Fail(place.status());
//   call->Keep(*place);   // given back when the call is over
//
// gRPC 1.51 can refuse calls by itself, before they reach a service, but then without google.rpc details. So
// each service asks here before anything else, and gRPC refuses only what no service of ours answers
// (RefuseWhatIsNotAdmitted).
#ifndef TREATYWIRE_COMMON_CALL_ADMISSION_H_
#define TREATYWIRE_COMMON_CALL_ADMISSION_H_

#include <google/protobuf/descriptor.h>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/access_policy.h"
#include "common/call_limit.h"
#include "common/status_macros.h"

namespace grpc {
class AuthMetadataProcessor;
class ServerContextBase;
}  // namespace grpc

namespace treatywire {

// Whether the caller of `context` may call `method` ("/treatywire.v1.PartyService/GetParty"), by its token or
// the certificate that TLS has verified. OK where `policy` is null: all may do all.
absl::Status CheckAccess(const AccessPolicy* policy, absl::string_view method,
                         const grpc::ServerContextBase& context);

// "/treatywire.v1.PartyService/GetParty" of GetPartyRequest: the method of its file that takes it. Empty
// where there is none, which needs the permission for what is not listed.
std::string MethodTaking(const google::protobuf::Descriptor& request);

// Every method may be called from any thread.
class CallAdmission {
 public:
  // `access` as CheckAccess takes it.
  CallAdmission(std::shared_ptr<const AccessPolicy> access, size_t max_calls_per_client)
      : access_(std::move(access)), limit_(max_calls_per_client) {}

  // Whether the caller may call the method that takes a Request; the error of AccessPolicy::Check.
  template <typename Request>
  absl::Status CheckCaller(const grpc::ServerContextBase& context) const {
    static const std::string* const method = new std::string(MethodTaking(*Request::descriptor()));
    return CheckAccess(access_.get(), *method, context);
  }

  // The same, with a place for the call until its last copy is gone; or the error of CallLimit::Admit.
  template <typename Request>
  absl::StatusOr<std::shared_ptr<const CallLimit::Place>> Admit(const grpc::ServerContextBase& context) {
    TW_RETURN_IF_ERROR(CheckCaller<Request>(context));
    return AdmitHost(context);
  }

 private:
  absl::StatusOr<std::shared_ptr<const CallLimit::Place>> AdmitHost(const grpc::ServerContextBase& context);

  const std::shared_ptr<const AccessPolicy> access_;
  CallLimit limit_;
};

// For ServerCredentials::SetAuthMetadataProcessor (TLS only). Lets through what is answered with details:
// calls of the project's services, whose adapters ask a CallAdmission, and of methods that this program does
// not know (unknown_methods.h). Of the rest, such as gRPC's own reflection, those that `policy` refuses end
// with its code and message.
std::shared_ptr<grpc::AuthMetadataProcessor> RefuseWhatIsNotAdmitted(
    std::shared_ptr<const AccessPolicy> policy);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_CALL_ADMISSION_H_
