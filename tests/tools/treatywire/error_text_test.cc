#include "tools/treatywire/error_text.h"

#include <gtest/gtest.h>

#include "common/status.h"

namespace treatywire::tools {
namespace {

TEST(ErrorTextTest, GivesMessageAndCode) {
  EXPECT_EQ(ErrorText(absl::NotFoundError("no such agreement")), "no such agreement (NOT_FOUND)");
}

TEST(ErrorTextTest, AddsFieldsThatTheMessageDoesNotName) {
  absl::Status status = InvalidFieldError("article.body", "is empty");
  status = AddFieldViolation(status, "article.uri", "is no URI");
  EXPECT_EQ(ErrorText(status), "article.body is empty (INVALID_ARGUMENT)\n  field article.uri: is no URI");
}

TEST(ErrorTextTest, AddsTheResourceAndWhenToTryAgain) {
  absl::Status status = WithRetryDelay(absl::ResourceExhaustedError("overload"), absl::Milliseconds(1500));
  status = WithResourceInfo(status, "Agreement", "agreements/x");
  EXPECT_EQ(ErrorText(status),
            "overload (RESOURCE_EXHAUSTED)\n  resource: agreements/x\n  try again in 1.5s");
}

TEST(ErrorTextTest, DisarmsControlCharactersOfAHostileService) {
  EXPECT_EQ(ErrorText(absl::UnknownError("\x1b[2J")), "\xEF\xBF\xBD[2J (UNKNOWN)");
}

TEST(ExitCodeTest, TellsRefusedFromUnreachable) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), ExitCode::kDone);
  EXPECT_EQ(ExitCodeOf(absl::NotFoundError("")), ExitCode::kRefused);
  EXPECT_EQ(ExitCodeOf(absl::UnavailableError("")), ExitCode::kUnreachable);
  EXPECT_EQ(ExitCodeOf(absl::DeadlineExceededError("")), ExitCode::kUnreachable);
}

}  // namespace
}  // namespace treatywire::tools
