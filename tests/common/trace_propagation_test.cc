#include "common/trace_propagation.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/support/client_interceptor.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>

#include "grpc/health/v1/health.grpc.pb.h"

namespace treatywire {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

// Keeps the trace of the last call.
class TracedHealth final : public Health::Service {
 public:
  grpc::Status Check(grpc::ServerContext* context, const HealthCheckRequest*, HealthCheckResponse*) override {
    trace = TraceOf(*context);
    return grpc::Status::OK;
  }
  std::optional<TraceContext> trace;
};

class TracePropagationTest : public testing::Test {
 protected:
  TracePropagationTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&health_);
    server_ = builder.BuildAndStart();
  }
  ~TracePropagationTest() override { server_->Shutdown(); }

  // What the server sees of a call that carries `traceparent` of its own, if any.
  std::optional<TraceContext> Call(const std::shared_ptr<grpc::Channel>& channel,
                                   const std::string& traceparent = "") {
    grpc::ClientContext context;
    if (!traceparent.empty()) context.AddMetadata("traceparent", traceparent);
    HealthCheckResponse response;
    EXPECT_TRUE(Health::NewStub(channel)->Check(&context, {}, &response).ok());
    return health_.trace;
  }

  TracedHealth health_;
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(TracePropagationTest, EachCallIsASpanOfTheChannelsTrace) {
  const TraceContext trace = NewTrace();
  const auto channel = server_->experimental().InProcessChannelWithInterceptors({}, SendTrace(trace));
  const auto first = Call(channel);
  const auto second = Call(channel);
  ASSERT_TRUE(first.has_value() && second.has_value());
  EXPECT_EQ(first->trace_id, trace.trace_id);
  EXPECT_EQ(second->trace_id, trace.trace_id);
  EXPECT_NE(first->span_id, second->span_id);
}

TEST_F(TracePropagationTest, CallWithATraceOfItsOwnKeepsIt) {
  const auto channel = server_->experimental().InProcessChannelWithInterceptors({}, SendTrace(NewTrace()));
  const TraceContext own = NewTrace();
  const auto seen = Call(channel, own.Header());
  ASSERT_TRUE(seen.has_value());
  EXPECT_EQ(seen->Header(), own.Header());
}

TEST_F(TracePropagationTest, StateGoesWithTheTraceInOneListOrSeveral) {
  TraceContext trace = NewTrace();
  trace.state = "rojo=1,congo=2";
  const auto channel = server_->experimental().InProcessChannelWithInterceptors({}, SendTrace(trace));
  ASSERT_TRUE(Call(channel).has_value());
  EXPECT_EQ(health_.trace->state, "rojo=1,congo=2");
  grpc::ClientContext context;
  context.AddMetadata("traceparent", trace.Header());
  context.AddMetadata("tracestate", "a=1");
  context.AddMetadata("tracestate", "b=2");
  HealthCheckResponse response;
  EXPECT_TRUE(Health::NewStub(server_->InProcessChannel({}))->Check(&context, {}, &response).ok());
  ASSERT_TRUE(health_.trace.has_value());
  EXPECT_EQ(health_.trace->state, "a=1,b=2");
}

TEST_F(TracePropagationTest, CallWithoutATraceOrWithAWrongOneHasNone) {
  EXPECT_FALSE(Call(server_->InProcessChannel({})).has_value());
  EXPECT_FALSE(Call(server_->InProcessChannel({}), "rubbish").has_value());
}

}  // namespace
}  // namespace treatywire
