#include "common/trace_propagation.h"

#include <grpcpp/server_context.h>
#include <grpcpp/support/client_interceptor.h>

#include <utility>

namespace treatywire {
namespace {

using grpc::experimental::ClientRpcInfo;
using grpc::experimental::InterceptionHookPoints;

constexpr char kTraceparent[] = "traceparent";
constexpr char kTracestate[] = "tracestate";

class TraceInterceptor final : public grpc::experimental::Interceptor {
 public:
  explicit TraceInterceptor(const TraceContext& trace) : headers_(NewSpanHeaders(trace)) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_INITIAL_METADATA)) {
      auto* metadata = methods->GetSendInitialMetadata();
      if (metadata->find(kTraceparent) == metadata->end()) {
        metadata->emplace(kTraceparent, headers_.traceparent);
        if (!headers_.tracestate.empty()) metadata->emplace(kTracestate, headers_.tracestate);
      }
    }
    methods->Proceed();
  }

 private:
  const TraceHeaders headers_;
};

class TraceInterceptorFactory final : public grpc::experimental::ClientInterceptorFactoryInterface {
 public:
  explicit TraceInterceptorFactory(TraceContext trace) : trace_(std::move(trace)) {}
  grpc::experimental::Interceptor* CreateClientInterceptor(ClientRpcInfo* /*info*/) override {
    return new TraceInterceptor(trace_);
  }

 private:
  const TraceContext trace_;
};

}  // namespace

std::optional<TraceContext> TraceOf(const grpc::ServerContextBase& context) {
  const auto header = context.client_metadata().find(kTraceparent);
  if (header == context.client_metadata().end()) return std::nullopt;
  // Of several, one list.
  std::string state;
  const auto [begin, end] = context.client_metadata().equal_range(kTracestate);
  for (auto part = begin; part != end; ++part) {
    if (!state.empty()) state += ',';
    state.append(part->second.data(), part->second.size());
  }
  return ParseTrace({header->second.data(), header->second.size()}, state);
}

std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> SendTrace(
    const TraceContext& trace) {
  std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> factories;
  factories.push_back(std::make_unique<TraceInterceptorFactory>(trace));
  return factories;
}

}  // namespace treatywire
