#include "common/request_observer.h"

#include <google/protobuf/descriptor.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_interceptor.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/grpc_deadline.h"
#include "common/monotonic_clock.h"
#include "common/trace_propagation.h"

namespace treatywire {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::InterceptorBatchMethods;
using grpc::experimental::ServerRpcInfo;

absl::string_view TypeName(ServerRpcInfo::Type type) {
  switch (type) {
    case ServerRpcInfo::Type::UNARY:
      return "unary";
    case ServerRpcInfo::Type::CLIENT_STREAMING:
      return "client_stream";
    case ServerRpcInfo::Type::SERVER_STREAMING:
      return "server_stream";
    case ServerRpcInfo::Type::BIDI_STREAMING:
      return "bidi_stream";
  }
  return "unknown";
}

// `method` is "/package.Service/Method". Of a method that no program has, callers choose the name: told as it
// is, it would be a label of the metrics' that they make up.
MethodName NameOf(absl::string_view method, ServerRpcInfo::Type type) {
  const auto [service, name] = ServiceAndMethod(method);
  if (type != ServerRpcInfo::Type::BIDI_STREAMING) return {service, name, TypeName(type)};
  // gRPC takes calls of methods that are not there for streams both ways, and their names are gone before the
  // interceptor is.
  const auto* known =
      google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(absl::StrCat(service, ".", name));
  if (known == nullptr) return {"unknown", "unknown", TypeName(type)};
  return {known->service()->full_name(), known->name(), TypeName(type)};
}

// One call's. gRPC destroys it when the call is over, whatever became of it.
class ObservingInterceptor final : public grpc::experimental::Interceptor {
 public:
  ObservingInterceptor(const RequestObservers& observers, ServerRpcInfo* info)
      : info_(info), request_(&observers, NameOf(info->method(), info->type())) {}

  // Reads and writes of one stream may come here from two threads at a time.
  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_INITIAL_METADATA)) {
      request_.SetCaller(*info_->server_context(), info_->server_context()->peer());
    }
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_MESSAGE) &&
        methods->GetRecvMessage() != nullptr) {
      request_.CountReceived();
    }
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_MESSAGE)) request_.CountSent();
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      request_.set_code(methods->GetSendStatus().error_code());
    }
    methods->Proceed();
  }

 private:
  ServerRpcInfo* const info_;
  // gRPC calls the hooks that set its parts one after another.
  ObservedRequest request_;
};

class ObservingInterceptorFactory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  ObservingInterceptorFactory(std::shared_ptr<const RequestObservers> observers,
                              std::vector<std::string> told_elsewhere)
      : observers_(std::move(observers)), told_elsewhere_(std::move(told_elsewhere)) {}

  // nullptr: gRPC does without one.
  grpc::experimental::Interceptor* CreateServerInterceptor(ServerRpcInfo* info) override {
    if (info->type() == ServerRpcInfo::Type::UNARY && IsToldElsewhere(info->method())) return nullptr;
    return new ObservingInterceptor(*observers_, info);
  }

 private:
  bool IsToldElsewhere(absl::string_view method) const {
    const absl::string_view service = ServiceAndMethod(method).first;
    return std::find(told_elsewhere_.begin(), told_elsewhere_.end(), service) != told_elsewhere_.end();
  }

  const std::shared_ptr<const RequestObservers> observers_;
  const std::vector<std::string> told_elsewhere_;
};

}  // namespace

std::pair<absl::string_view, absl::string_view> ServiceAndMethod(absl::string_view path) {
  path = absl::StripPrefix(path, "/");
  const size_t slash = std::min(path.rfind('/'), path.size());
  return {path.substr(0, slash), absl::StripPrefix(path.substr(slash), "/")};
}

ObservedRequest::ObservedRequest(const RequestObservers* observers, const MethodName& name)
    : observers_(*observers), start_(MonotonicNow()) {
  request_.name = name;
  for (const auto& observer : observers_) observer->OnStart(name);
}

ObservedRequest::~ObservedRequest() {
  request_.duration = MonotonicNow() - start_;
  request_.received_messages = received_;
  request_.sent_messages = sent_;
  for (const auto& observer : observers_) observer->OnEnd(request_);
}

void ObservedRequest::SetCaller(const grpc::ServerContextBase& context, std::string peer) {
  request_.peer = std::move(peer);
  request_.time_left = TimeUntil(context.raw_deadline());
  if (auto trace = TraceOf(context)) request_.trace_id = std::move(trace->trace_id);
}

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> ObserveRequests(
    std::shared_ptr<const RequestObservers> observers, std::vector<std::string> told_elsewhere) {
  return std::make_unique<ObservingInterceptorFactory>(std::move(observers), std::move(told_elsewhere));
}

}  // namespace treatywire
