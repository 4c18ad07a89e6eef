#include "common/health_service.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace treatywire {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using grpc::health::v1::HealthListResponse;

class HealthServiceTest : public testing::Test {
 protected:
  struct OpenWatch {
    std::unique_ptr<grpc::ClientContext> context = std::make_unique<grpc::ClientContext>();
    std::unique_ptr<grpc::ClientReader<HealthCheckResponse>> reader;

    // UNKNOWN once the stream has ended.
    HealthCheckResponse::ServingStatus Next() const {
      HealthCheckResponse response;
      return reader->Read(&response) ? response.status() : HealthCheckResponse::UNKNOWN;
    }
  };

  HealthServiceTest() {
    grpc::EnableDefaultHealthCheckService(false);
    grpc::ServerBuilder builder;
    builder.RegisterService(&health_);
    server_ = builder.BuildAndStart();
    stub_ = Health::NewStub(server_->InProcessChannel({}));
  }
  ~HealthServiceTest() override { server_->Shutdown(); }

  static HealthCheckRequest Request(const std::string& service) {
    HealthCheckRequest request;
    request.set_service(service);
    return request;
  }

  grpc::Status Check(const std::string& service, HealthCheckResponse* response) {
    grpc::ClientContext context;
    return stub_->Check(&context, Request(service), response);
  }

  OpenWatch Watch(const std::string& service) {
    OpenWatch watch;
    watch.reader = stub_->Watch(watch.context.get(), Request(service));
    return watch;
  }

  HealthService health_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Health::Stub> stub_;
};

TEST_F(HealthServiceTest, CheckTellsEachServiceApart) {
  health_.SetServing("", true);
  health_.SetServing("a.A", true);
  health_.SetServing("b.B", false);
  HealthCheckResponse response;
  ASSERT_TRUE(Check("", &response).ok());
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
  ASSERT_TRUE(Check("a.A", &response).ok());
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
  ASSERT_TRUE(Check("b.B", &response).ok());
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
}

TEST_F(HealthServiceTest, CheckOfAnUnknownServiceIsNotFound) {
  HealthCheckResponse response;
  EXPECT_EQ(Check("a.A", &response).error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(HealthServiceTest, ListGivesEveryService) {
  health_.SetServing("", true);
  health_.SetServing("b.B", false);
  grpc::ClientContext context;
  HealthListResponse response;
  ASSERT_TRUE(stub_->List(&context, {}, &response).ok());
  ASSERT_EQ(response.statuses_size(), 2);
  EXPECT_EQ(response.statuses().at("").status(), HealthCheckResponse::SERVING);
  EXPECT_EQ(response.statuses().at("b.B").status(), HealthCheckResponse::NOT_SERVING);
}

TEST_F(HealthServiceTest, WatchTellsChangesOfItsServiceOnly) {
  health_.SetServing("a.A", true);
  health_.SetServing("b.B", true);
  const OpenWatch watch = Watch("a.A");
  EXPECT_EQ(watch.Next(), HealthCheckResponse::SERVING);
  health_.SetServing("b.B", false);
  health_.SetServing("a.A", true);  // no change
  health_.SetServing("a.A", false);
  EXPECT_EQ(watch.Next(), HealthCheckResponse::NOT_SERVING);
  health_.SetServing("a.A", true);
  EXPECT_EQ(watch.Next(), HealthCheckResponse::SERVING);
  watch.context->TryCancel();
  EXPECT_EQ(watch.Next(), HealthCheckResponse::UNKNOWN);
}

TEST_F(HealthServiceTest, WatchOfAnUnknownServiceGoesOnUntilItIsKnown) {
  const OpenWatch watch = Watch("late.Service");
  EXPECT_EQ(watch.Next(), HealthCheckResponse::SERVICE_UNKNOWN);
  health_.SetServing("late.Service", true);
  EXPECT_EQ(watch.Next(), HealthCheckResponse::SERVING);
  watch.context->TryCancel();
}

TEST_F(HealthServiceTest, NothingServesAfterStopServing) {
  health_.SetServing("a.A", true);
  const OpenWatch watch = Watch("a.A");
  EXPECT_EQ(watch.Next(), HealthCheckResponse::SERVING);
  health_.StopServing();
  EXPECT_EQ(watch.Next(), HealthCheckResponse::NOT_SERVING);
  health_.SetServing("a.A", true);
  HealthCheckResponse response;
  ASSERT_TRUE(Check("a.A", &response).ok());
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
  watch.context->TryCancel();
}

TEST_F(HealthServiceTest, EndWatchesEndsOpenAndLaterStreams) {
  health_.SetServing("", true);
  const OpenWatch open = Watch("");
  EXPECT_EQ(open.Next(), HealthCheckResponse::SERVING);
  health_.EndWatches();
  EXPECT_EQ(open.Next(), HealthCheckResponse::UNKNOWN);
  EXPECT_EQ(open.reader->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  const OpenWatch late = Watch("");
  EXPECT_EQ(late.Next(), HealthCheckResponse::UNKNOWN);
  EXPECT_EQ(late.reader->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(HealthServiceTest, WatchesAreRefusedPastTheMaximum) {
  health_.SetServing("", true);
  std::vector<OpenWatch> watches;
  for (size_t i = 0; i < HealthService::kMaxWatches; ++i) {
    watches.push_back(Watch(""));
    ASSERT_EQ(watches.back().Next(), HealthCheckResponse::SERVING);
  }
  const OpenWatch refused = Watch("");
  EXPECT_EQ(refused.Next(), HealthCheckResponse::UNKNOWN);
  EXPECT_EQ(refused.reader->Finish().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  for (const OpenWatch& watch : watches) watch.context->TryCancel();
}

TEST_F(HealthServiceTest, WatchOfALongNameIsRefusedPastTheMaximum) {
  const OpenWatch longest = Watch(std::string(HealthService::kMaxServiceNameBytes, 'x'));
  EXPECT_EQ(longest.Next(), HealthCheckResponse::SERVICE_UNKNOWN);
  const OpenWatch refused = Watch(std::string(HealthService::kMaxServiceNameBytes + 1, 'x'));
  EXPECT_EQ(refused.Next(), HealthCheckResponse::UNKNOWN);
  EXPECT_EQ(refused.reader->Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  longest.context->TryCancel();
}

}  // namespace
}  // namespace treatywire
