#include "common/call_admission.h"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/security/auth_context.h>
#include <grpcpp/security/auth_metadata_processor.h>
#include <grpcpp/server_context.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/grpc_status.h"
#include "common/status.h"
#include "grpc/reflection/v1/reflection.grpc.pb.h"

namespace treatywire {
namespace {

constexpr char kAuthorization[] = "authorization";

void AddCertificateNames(const grpc::AuthContext& context, AccessPolicy::Caller* caller) {
  for (const char* property : {GRPC_X509_CN_PROPERTY_NAME, GRPC_PEER_DNS_PROPERTY_NAME}) {
    for (const grpc::string_ref& name : context.FindPropertyValues(property)) {
      caller->certificate_names.emplace_back(name.data(), name.size());
    }
  }
}

// Of one name the later counts, as in CheckAccess.
std::string ValueOf(const std::multimap<grpc::string_ref, grpc::string_ref>& metadata, const char* name) {
  const auto [begin, end] = metadata.equal_range(name);
  std::string value;
  for (auto found = begin; found != end; ++found) value.assign(found->second.data(), found->second.size());
  return value;
}

// Whether a service of ours answers it, and asks a CallAdmission before.
bool IsAdmittedByUs(absl::string_view method) {
  if (absl::StartsWith(method, "/treatywire.v1.")) return true;
  if (absl::StartsWith(method,
                       absl::StrCat("/", grpc::reflection::v1::ServerReflection::service_full_name(), "/")))
    return true;
  const std::string name = absl::StrReplaceAll(absl::StripPrefix(method, "/"), {{"/", "."}});
  return google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name) == nullptr;
}

class Gate final : public grpc::AuthMetadataProcessor {
 public:
  explicit Gate(std::shared_ptr<const AccessPolicy> policy) : policy_(std::move(policy)) {}

  bool IsBlocking() const override { return false; }

  grpc::Status Process(const InputMetadata& metadata, grpc::AuthContext* context,
                       OutputMetadata* /*consumed*/, OutputMetadata* /*response*/) override {
    const std::string method = ValueOf(metadata, ":path");
    if (IsAdmittedByUs(method)) return grpc::Status::OK;
    AccessPolicy::Caller caller = {.authorization = ValueOf(metadata, kAuthorization),
                                   .certificate_names = {}};
    AddCertificateNames(*context, &caller);
    return ToGrpcStatus(policy_->Check(method, caller));
  }

 private:
  const std::shared_ptr<const AccessPolicy> policy_;
};

}  // namespace

absl::Status CheckAccess(const AccessPolicy* policy, absl::string_view method,
                         const grpc::ServerContextBase& context) {
  if (policy == nullptr) return absl::OkStatus();
  AccessPolicy::Caller caller = {.authorization = ValueOf(context.client_metadata(), kAuthorization),
                                 .certificate_names = {}};
  if (const auto peer = context.auth_context(); peer != nullptr) AddCertificateNames(*peer, &caller);
  return policy->Check(method, caller);
}

std::string MethodTaking(const google::protobuf::Descriptor& request) {
  const google::protobuf::FileDescriptor& file = *request.file();
  for (int i = 0; i < file.service_count(); ++i) {
    const google::protobuf::ServiceDescriptor& service = *file.service(i);
    for (int j = 0; j < service.method_count(); ++j) {
      if (service.method(j)->input_type() != &request) continue;
      return absl::StrCat("/", service.full_name(), "/", service.method(j)->name());
    }
  }
  return "";
}

absl::Status CheckHeaders(const grpc::ServerContextBase& context) {
  constexpr size_t kFrameBytes = 32;
  size_t bytes = 0;
  for (const auto& [name, value] : context.client_metadata())
    bytes += name.size() + value.size() + kFrameBytes;
  if (bytes <= kMaxHeaderListBytes) return absl::OkStatus();
  return WithErrorInfo(
      absl::ResourceExhaustedError(absl::StrCat("the call's metadata have ", bytes, " bytes; at most ",
                                                kMaxHeaderListBytes, " are taken")),
      treatywire::v1::ERROR_REASON_MESSAGE_TOO_LARGE);
}

CallAdmission::Method::Method(std::string method_path) : path(std::move(method_path)) {
  if (path.empty()) return;
  const auto [service, method] = ServiceAndMethod(path);
  name = {service, method, "unary"};
}

absl::Status CallAdmission::CheckCaller(const Method& method, const grpc::ServerContextBase& context) const {
  TW_RETURN_IF_ERROR(CheckAccess(access_.get(), method.path, context));
  return CheckHeaders(context);
}

absl::Status CallAdmission::Begin(const Method& method, const grpc::CallbackServerContext& context,
                                  UnaryCall& call) {
  std::string peer = context.peer();
  absl::Status status = CheckCaller(method, context);
  if (status.ok()) {
    auto place = limit_.Admit(peer);
    status = place.status();
    if (place.ok()) call.Keep(*std::move(place));
  }
  if (observers_ != nullptr) call.Observe(observers_.get(), method.name, context, std::move(peer));
  return status;
}

absl::StatusOr<std::shared_ptr<CallLimit::Place>> CallAdmission::AdmitHost(
    const grpc::ServerContextBase& context) {
  return limit_.Admit(context.peer());
}

std::shared_ptr<grpc::AuthMetadataProcessor> RefuseWhatIsNotAdmitted(
    std::shared_ptr<const AccessPolicy> policy) {
  return std::make_shared<Gate>(std::move(policy));
}

}  // namespace treatywire
