#include "common/request_observer.h"

#include <google/protobuf/descriptor.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_interceptor.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/monotonic_clock.h"
#include "common/trace_propagation.h"

namespace treatywire {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::InterceptorBatchMethods;
using grpc::experimental::ServerRpcInfo;
using Observers = std::vector<std::shared_ptr<RequestObserver>>;

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
  method = absl::StripPrefix(method, "/");
  const size_t slash = std::min(method.rfind('/'), method.size());
  const absl::string_view service = method.substr(0, slash);
  const absl::string_view name = absl::StripPrefix(method.substr(slash), "/");
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
  ObservingInterceptor(const Observers& observers, ServerRpcInfo* info)
      : observers_(observers), info_(info), start_(MonotonicNow()) {
    request_.name = NameOf(info->method(), info->type());
    for (const auto& observer : observers_) observer->OnStart(request_.name);
  }

  ~ObservingInterceptor() override {
    request_.duration = MonotonicNow() - start_;
    request_.received_messages = received_;
    request_.sent_messages = sent_;
    for (const auto& observer : observers_) observer->OnEnd(request_);
  }

  // Reads and writes of one stream may come here from two threads at a time.
  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_INITIAL_METADATA)) ReadCaller();
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_MESSAGE) &&
        methods->GetRecvMessage() != nullptr) {
      ++received_;
    }
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_MESSAGE)) ++sent_;
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      request_.code = methods->GetSendStatus().error_code();
    }
    methods->Proceed();
  }

 private:
  void ReadCaller() {
    grpc::ServerContextBase* context = info_->server_context();
    request_.peer = context->peer();
    if (const auto trace = TraceOf(*context)) request_.trace_id = trace->trace_id;
  }

  const Observers& observers_;
  ServerRpcInfo* const info_;
  const absl::Time start_;
  // Its parts are set once each, by hooks that gRPC calls one after another.
  FinishedRequest request_;
  std::atomic<uint64_t> received_{0};
  std::atomic<uint64_t> sent_{0};
};

class ObservingInterceptorFactory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  explicit ObservingInterceptorFactory(Observers observers) : observers_(std::move(observers)) {}
  grpc::experimental::Interceptor* CreateServerInterceptor(ServerRpcInfo* info) override {
    return new ObservingInterceptor(observers_, info);
  }

 private:
  const Observers observers_;
};

}  // namespace

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> ObserveRequests(Observers observers) {
  return std::make_unique<ObservingInterceptorFactory>(std::move(observers));
}

}  // namespace treatywire
