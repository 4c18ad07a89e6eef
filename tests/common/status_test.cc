#include "common/status.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "common/status_macros.h"

namespace treatywire {
namespace {

TEST(StatusTest, InvalidFieldNamesTheFieldInMessageAndDetail) {
  const absl::Status status = InvalidFieldError("article.body", "must not be empty");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "article.body must not be empty");
  ASSERT_TRUE(GetBadRequest(status).has_value());
  ASSERT_EQ(GetBadRequest(status)->field_violations_size(), 1);
  EXPECT_EQ(GetBadRequest(status)->field_violations(0).field(), "article.body");
  EXPECT_EQ(GetBadRequest(status)->field_violations(0).description(), "must not be empty");
}

TEST(StatusTest, FieldViolationsAddUp) {
  const absl::Status status =
      AddFieldViolation(InvalidFieldError("article.uri", "is too long"), "article.title", "is too long");
  ASSERT_EQ(GetBadRequest(status)->field_violations_size(), 2);
  EXPECT_EQ(GetBadRequest(status)->field_violations(1).field(), "article.title");
}

TEST(StatusTest, EveryDetailSurvivesTheWayThereAndBack) {
  absl::Status status = InvalidFieldError("page_size", "must be at most 500");
  status = WithErrorInfo(status, "PAGE_TOO_LARGE");
  status = WithRetryDelay(status, absl::Milliseconds(1500));
  status = WithResourceInfo(status, "Agreement", "agreements/paris-agreement");
  const absl::Status back = FromRpcStatus(ToRpcStatus(status));
  EXPECT_EQ(back, status);
  EXPECT_EQ(GetErrorInfo(back)->reason(), "PAGE_TOO_LARGE");
  EXPECT_EQ(GetErrorInfo(back)->domain(), "treatywire");
  EXPECT_EQ(GetRetryDelay(back), absl::Milliseconds(1500));
  EXPECT_EQ(GetResourceInfo(back)->resource_type(), "Agreement");
  EXPECT_EQ(GetResourceInfo(back)->resource_name(), "agreements/paris-agreement");
}

TEST(StatusTest, DetailsAreMissingWhereNoneWasSet) {
  const absl::Status status = absl::InternalError("x");
  EXPECT_FALSE(GetBadRequest(status).has_value());
  EXPECT_FALSE(GetErrorInfo(status).has_value());
  EXPECT_FALSE(GetRetryDelay(status).has_value());
  EXPECT_FALSE(GetResourceInfo(status).has_value());
}

TEST(StatusTest, OkTakesNoDetails) {
  EXPECT_EQ(WithErrorInfo(absl::OkStatus(), "NOTHING"), absl::OkStatus());
  EXPECT_EQ(ToRpcStatus(absl::OkStatus()).SerializeAsString(), "");
}

TEST(StatusTest, DetailThatDoesNotParseIsMissing) {
  absl::Status status = absl::InternalError("x");
  status.SetPayload("type.googleapis.com/google.rpc.RetryInfo", absl::Cord("\xff"));
  EXPECT_FALSE(GetRetryDelay(status).has_value());
}

TEST(StatusTest, EqualStatusesGiveEqualMessagesWhateverTheOrderOfDetails) {
  const absl::Status a = WithErrorInfo(WithRetryDelay(absl::UnavailableError("x"), absl::Seconds(1)), "R");
  const absl::Status b = WithRetryDelay(WithErrorInfo(absl::UnavailableError("x"), "R"), absl::Seconds(1));
  EXPECT_EQ(ToRpcStatus(a).SerializeAsString(), ToRpcStatus(b).SerializeAsString());
}

TEST(StatusTest, UnknownCodesBecomeUnknown) {
  google::rpc::Status rpc_status;
  rpc_status.set_message("odd");
  for (const int code : {-1, 17, std::numeric_limits<int>::max(), std::numeric_limits<int>::min()}) {
    rpc_status.set_code(code);
    EXPECT_EQ(FromRpcStatus(rpc_status), absl::UnknownError("odd")) << code;
  }
  rpc_status.set_code(16);
  EXPECT_EQ(FromRpcStatus(rpc_status), absl::UnauthenticatedError("odd"));
}

TEST(StatusTest, MessageIsCutAtItsMaximumAndMadeValidUtf8) {
  EXPECT_EQ(ToRpcStatus(absl::InternalError(std::string(kMaxStatusMessageBytes, 'a'))).message().size(),
            kMaxStatusMessageBytes);
  EXPECT_EQ(ToRpcStatus(absl::InternalError(std::string(kMaxStatusMessageBytes + 1, 'a'))).message().size(),
            kMaxStatusMessageBytes);
  EXPECT_EQ(ToRpcStatus(absl::InternalError("a\xff")).message(), "a\uFFFD");
}

TEST(StatusTest, DetailsPastTheLimitAreLeftOutWhole) {
  const absl::Status status =
      WithErrorInfo(InvalidFieldError("article.uri", std::string(kMaxStatusDetailBytes, 'x')), "TOO_LONG");
  const google::rpc::Status rpc_status = ToRpcStatus(status);
  EXPECT_LE(rpc_status.ByteSizeLong(), kMaxStatusMessageBytes + kMaxStatusDetailBytes + 64);
  EXPECT_FALSE(GetBadRequest(FromRpcStatus(rpc_status)).has_value());
  EXPECT_EQ(rpc_status.code(), 3);
}

absl::StatusOr<int> Half(int value) {
  if (value % 2 != 0) return absl::InvalidArgumentError("odd");
  return value / 2;
}

absl::StatusOr<int> Quarter(int value) {
  TW_ASSIGN_OR_RETURN(const int half, Half(value));
  TW_RETURN_IF_ERROR(Half(half).status());
  TW_ASSIGN_OR_RETURN(const int quarter, Half(half));
  return quarter;
}

TEST(StatusMacrosTest, ReturnTheFirstErrorElseGoOn) {
  EXPECT_EQ(Quarter(8).value(), 2);
  EXPECT_EQ(Quarter(7).status(), absl::InvalidArgumentError("odd"));
  EXPECT_EQ(Quarter(6).status(), absl::InvalidArgumentError("odd"));
}

}  // namespace
}  // namespace treatywire
