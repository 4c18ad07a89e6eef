// Whether a call may begin: who calls (access_policy.h), how long its headers are, and how much its host has
// under way (call_limit.h).
//
//   CallAdmission admission(options.access, {.calls = 1024});
//   const auto call = UnaryCall::Start(response);
//   const absl::Status status = admission.Begin<GetPartyRequest>(*context, *call);
//   if (!status.ok()) call->Fail(status);
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
#include "common/request_observer.h"
#include "common/status_macros.h"
#include "common/unary_call.h"

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

// The header list of a call as HTTP/2 counts it: names, values and 32 bytes for each. gRPC's own limit
// (server.cc) is larger: it would end the call without telling why in a way that programs can read.
inline constexpr size_t kMaxHeaderListBytes = 8192;
// OK, or RESOURCE_EXHAUSTED with reason MESSAGE_TOO_LARGE where it has more.
absl::Status CheckHeaders(const grpc::ServerContextBase& context);

// Every method may be called from any thread, but for Observe.
class CallAdmission {
 public:
  // `access` as CheckAccess takes it.
  CallAdmission(std::shared_ptr<const AccessPolicy> access, ClientLimits limits)
      : access_(std::move(access)), limit_(limits) {}

  // Has `observers` told of the calls that Begin is asked for; the server does so before its first call
  // (ServerOptions::Service::admission).
  void Observe(std::shared_ptr<const RequestObservers> observers) { observers_ = std::move(observers); }

  // Whether the caller may call the method that takes a Request; the error of AccessPolicy::Check, or of
  // CheckHeaders.
  template <typename Request>
  absl::Status CheckCaller(const grpc::ServerContextBase& context) const {
    return CheckCaller(MethodOf<Request>(), context);
  }

  // The same for `call`, of the method that takes a Request, which then counts among its client's until it is
  // over; or the error of CallLimit::Admit. Observers are told of it in any case.
  template <typename Request>
  absl::Status Begin(const grpc::CallbackServerContext& context, UnaryCall& call) {
    return Begin(MethodOf<Request>(), context, call);
  }

  // For a call of another sort: CheckCaller, and a place for the call until its last copy is gone; or the
  // error of CallLimit::Admit.
  template <typename Request>
  absl::StatusOr<std::shared_ptr<CallLimit::Place>> Admit(const grpc::ServerContextBase& context) {
    TW_RETURN_IF_ERROR(CheckCaller<Request>(context));
    return AdmitHost(context);
  }

  // Answers that clients have not taken yet, of all together.
  size_t unsent_bytes() const { return limit_.unsent_bytes(); }

 private:
  struct Method {
    explicit Method(std::string method_path);
    const std::string path;
    MethodName name;  // views of `path`
  };
  template <typename Request>
  static const Method& MethodOf() {
    static const auto* const method = new Method(MethodTaking(*Request::descriptor()));
    return *method;
  }

  absl::Status CheckCaller(const Method& method, const grpc::ServerContextBase& context) const;
  absl::Status Begin(const Method& method, const grpc::CallbackServerContext& context, UnaryCall& call);
  absl::StatusOr<std::shared_ptr<CallLimit::Place>> AdmitHost(const grpc::ServerContextBase& context);

  std::shared_ptr<const RequestObservers> observers_;  // null: nobody
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
