// Trace context in the metadata of gRPC calls, where it travels as "traceparent" and "tracestate".
#ifndef TREATYWIRE_COMMON_TRACE_PROPAGATION_H_
#define TREATYWIRE_COMMON_TRACE_PROPAGATION_H_

#include <memory>
#include <optional>
#include <vector>

#include "common/trace_context.h"

namespace grpc {
class ServerContextBase;
namespace experimental {
class ClientInterceptorFactoryInterface;
}  // namespace experimental
}  // namespace grpc

namespace treatywire {

// What the caller sent; nullopt where it sent none.
std::optional<TraceContext> TraceOf(const grpc::ServerContextBase& context);

// For grpc::experimental::CreateCustomChannelWithInterceptors: has each call of the channel carry a span of
// `trace`, but where it carries a traceparent already.
std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> SendTrace(
    const TraceContext& trace);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_TRACE_PROPAGATION_H_
