#include "common/grpc_status.h"

#include <gtest/gtest.h>

#include "common/status.h"

namespace treatywire {
namespace {

TEST(GrpcStatusTest, CodeMessageAndDetailsSurviveTheWayThereAndBack) {
  const absl::Status status =
      WithRetryDelay(WithErrorInfo(absl::ResourceExhaustedError("full"), "QUEUE_FULL"), absl::Seconds(2));
  const grpc::Status grpc_status = ToGrpcStatus(status);
  EXPECT_EQ(grpc_status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(grpc_status.error_message(), "full");
  EXPECT_EQ(FromGrpcStatus(grpc_status), status);
}

TEST(GrpcStatusTest, EveryCodeKeepsItsNumber) {
  for (int code = 1; code <= 16; ++code) {
    const absl::Status status(static_cast<absl::StatusCode>(code), "m");
    EXPECT_EQ(ToGrpcStatus(status).error_code(), code);
    EXPECT_EQ(FromGrpcStatus(grpc::Status(static_cast<grpc::StatusCode>(code), "m")), status);
  }
}

TEST(GrpcStatusTest, OkAndPlainStatusesCarryNoDetails) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
  EXPECT_EQ(ToGrpcStatus(absl::OkStatus()).error_details(), "");
  EXPECT_EQ(ToGrpcStatus(absl::NotFoundError("x")).error_details(), "");
  EXPECT_EQ(FromGrpcStatus(grpc::Status::OK), absl::OkStatus());
}

TEST(GrpcStatusTest, StatusesThatTakeTurnsStayWhatTheyAre) {
  const absl::Status soon = WithRetryDelay(absl::ResourceExhaustedError("full"), absl::Seconds(1));
  const absl::Status later = WithRetryDelay(absl::ResourceExhaustedError("full"), absl::Seconds(2));
  for (const absl::Status& status : {soon, soon, later, soon, later, later}) {
    EXPECT_EQ(FromGrpcStatus(ToGrpcStatus(status)), status);
  }
}

TEST(GrpcStatusTest, DamagedDetailsAndDetailsOfAnotherCodeAreDropped) {
  EXPECT_EQ(FromGrpcStatus({grpc::StatusCode::UNAVAILABLE, "gone", "\xff\xff"}),
            absl::UnavailableError("gone"));
  const std::string other =
      ToGrpcStatus(WithErrorInfo(absl::NotFoundError("x"), "UNKNOWN_AGREEMENT")).error_details();
  EXPECT_EQ(FromGrpcStatus({grpc::StatusCode::UNAVAILABLE, "gone", other}), absl::UnavailableError("gone"));
}

}  // namespace
}  // namespace treatywire
