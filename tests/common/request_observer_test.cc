#include "common/request_observer.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "common/grpc_deadline.h"
#include "common/logging.h"
#include "common/request_log.h"
#include "common/server.h"
#include "grpc/health/v1/health.grpc.pb.h"

namespace treatywire {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

constexpr char kTraceparent[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

class RecordingObserver final : public RequestObserver {
 public:
  void OnStart(const MethodName& name) override {
    const std::lock_guard lock(mutex_);
    started_.emplace_back(name.method);
  }
  void OnEnd(const FinishedRequest& request) override {
    const std::lock_guard lock(mutex_);
    ended_.push_back(request);
    changed_.notify_all();
  }

  // gRPC is done with a call after its client has the answer.
  std::vector<FinishedRequest> WaitForEnds(size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ended_.size() >= count; });
    return ended_;
  }
  std::vector<std::string> started() {
    const std::lock_guard lock(mutex_);
    return started_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  std::vector<std::string> started_;
  std::vector<FinishedRequest> ended_;
};

class RequestObserverTest : public testing::Test {
 protected:
  RequestObserverTest() {
    ServerOptions options;
    options.observers = {observer_};
    server_ = ServerLifecycle::Start(options).value();
    stub_ = Health::NewStub(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  }

  grpc::StatusCode Check(const std::string& service, const std::string& traceparent = "",
                         absl::Duration time_left = absl::InfiniteDuration()) {
    grpc::ClientContext context;
    context.set_deadline(GrpcDeadlineIn(time_left));
    if (!traceparent.empty()) context.AddMetadata("traceparent", traceparent);
    HealthCheckRequest request;
    request.set_service(service);
    HealthCheckResponse response;
    return stub_->Check(&context, request, &response).error_code();
  }

  const std::shared_ptr<RecordingObserver> observer_ = std::make_shared<RecordingObserver>();
  std::unique_ptr<ServerLifecycle> server_;
  std::unique_ptr<Health::Stub> stub_;
};

TEST_F(RequestObserverTest, UnaryCallIsToldWithItsAnswerAndItsCaller) {
  EXPECT_EQ(Check("", kTraceparent), grpc::StatusCode::OK);
  const FinishedRequest request = observer_->WaitForEnds(1)[0];
  EXPECT_EQ(request.name.service, "grpc.health.v1.Health");
  EXPECT_EQ(request.name.method, "Check");
  EXPECT_EQ(request.name.type, "unary");
  EXPECT_EQ(request.code, grpc::StatusCode::OK);
  EXPECT_TRUE(absl::StartsWith(request.peer, "ipv4:127.0.0.1:")) << request.peer;
  EXPECT_EQ(request.trace_id, "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(request.received_messages, 1);
  EXPECT_EQ(request.sent_messages, 1);
  EXPECT_GE(request.duration, absl::ZeroDuration());
  EXPECT_THAT(observer_->started(), testing::ElementsAre("Check"));
}

TEST_F(RequestObserverTest, TimeUntilTheClientsDeadlineIsTold) {
  EXPECT_EQ(Check(""), grpc::StatusCode::OK);
  EXPECT_EQ(Check("", "", absl::Hours(1)), grpc::StatusCode::OK);
  const std::vector<FinishedRequest> requests = observer_->WaitForEnds(2);
  EXPECT_EQ(requests[0].time_left, absl::InfiniteDuration());
  EXPECT_GT(requests[1].time_left, absl::Minutes(50));
  EXPECT_LT(requests[1].time_left, absl::Minutes(70));  // gRPC sends three digits, rounded up
}

TEST_F(RequestObserverTest, MethodThatIsNotThereIsToldWithoutItsName) {
  grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer> stub(
      grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  for (const char* method : {"/treatywire.v1.PartyService/MadeUpByTheCaller", "/x", "/", "/a/b/c"}) {
    grpc::ClientContext context;
    const grpc::Slice nothing;
    const grpc::ByteBuffer request(&nothing, 1);
    grpc::ByteBuffer response;
    std::promise<grpc::Status> status;
    stub.UnaryCall(&context, method, {}, &request, &response,
                   [&status](grpc::Status result) { status.set_value(std::move(result)); });
    EXPECT_EQ(status.get_future().get().error_code(), grpc::StatusCode::UNIMPLEMENTED);
  }
  for (const FinishedRequest& request : observer_->WaitForEnds(4)) {
    EXPECT_EQ(request.name.service, "unknown");
    EXPECT_EQ(request.name.method, "unknown");
    EXPECT_EQ(request.code, grpc::StatusCode::UNIMPLEMENTED);
  }
}

TEST_F(RequestObserverTest, ErrorIsToldWithItsCode) {
  EXPECT_EQ(Check("unknown"), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(observer_->WaitForEnds(1)[0].code, grpc::StatusCode::NOT_FOUND);
}

TEST_F(RequestObserverTest, StreamIsToldOnceWithItsMessages) {
  grpc::ClientContext context;
  const auto watch = stub_->Watch(&context, {});
  HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));
  server_->SetServing(false);
  ASSERT_TRUE(watch->Read(&response));
  server_->Shutdown();
  EXPECT_FALSE(watch->Read(&response));
  EXPECT_EQ(watch->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  const FinishedRequest request = observer_->WaitForEnds(1)[0];
  EXPECT_EQ(request.name.type, "server_stream");
  EXPECT_EQ(request.code, grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(request.sent_messages, 2);
}

TEST_F(RequestObserverTest, CallerThatLeavesIsToldAsCancelled) {
  grpc::ClientContext context;
  const auto watch = stub_->Watch(&context, {});
  HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));
  context.TryCancel();
  EXPECT_EQ(watch->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_EQ(observer_->WaitForEnds(1)[0].code, grpc::StatusCode::CANCELLED);
}

TEST(RequestLogTest, WritesOneLineACallAndProbesOnlyForDebugging) {
  std::vector<std::string> lines;
  SetLogSink([&lines](absl::string_view line) { lines.emplace_back(line); });
  FinishedRequest request;
  request.name = {"treatywire.v1.PartyService", "GetParty", "unary"};
  request.code = grpc::StatusCode::NOT_FOUND;
  request.duration = absl::Milliseconds(1500);
  request.peer = "ipv4:192.0.2.1:5";
  request.received_messages = 1;
  RequestLog log;
  log.OnEnd(request);
  request.name.service = "grpc.health.v1.Health";
  log.OnEnd(request);
  SetLogSink(nullptr);
  ASSERT_EQ(lines.size(), 1);
  EXPECT_THAT(lines[0], testing::HasSubstr(
                            R"("severity":"INFO","message":"request","service":"treatywire.v1.PartyService",)"
                            R"("method":"GetParty","code":"NOT_FOUND","duration_seconds":1.5,)"
                            R"("peer":"ipv4:192.0.2.1:5","received":1,"sent":0,"trace_id":""})"));
}

TEST(RequestLogTest, FaultsOfTheServersOwnAreWarnings) {
  std::string line;
  SetLogSink([&line](absl::string_view l) { line = std::string(l); });
  FinishedRequest request;
  request.name = {"grpc.health.v1.Health", "Check", "unary"};
  request.code = grpc::StatusCode::INTERNAL;
  RequestLog().OnEnd(request);
  SetLogSink(nullptr);
  EXPECT_THAT(line, testing::HasSubstr("WARNING"));
}

TEST(CodeNameTest, NamesEveryCode) {
  EXPECT_EQ(CodeName(grpc::StatusCode::OK), "OK");
  EXPECT_EQ(CodeName(grpc::StatusCode::UNAUTHENTICATED), "UNAUTHENTICATED");
  EXPECT_EQ(CodeName(grpc::StatusCode::UNAVAILABLE), "UNAVAILABLE");
  EXPECT_EQ(CodeName(static_cast<grpc::StatusCode>(99)), "UNKNOWN");
}

}  // namespace
}  // namespace treatywire
