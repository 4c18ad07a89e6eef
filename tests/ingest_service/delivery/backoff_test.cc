#include "ingest_service/delivery/backoff.h"

#include <gtest/gtest.h>

namespace treatywire::ingest {
namespace {

TEST(BackoffTest, DoublesUpToTheMaximumAndStartsAgainAfterReset) {
  Backoff backoff(absl::Milliseconds(100), absl::Milliseconds(350));
  EXPECT_EQ(backoff.Next(0), absl::Milliseconds(100));
  EXPECT_EQ(backoff.Next(0), absl::Milliseconds(200));
  EXPECT_EQ(backoff.Next(0), absl::Milliseconds(350));
  EXPECT_EQ(backoff.Next(0), absl::Milliseconds(350));
  backoff.Reset();
  EXPECT_EQ(backoff.Next(0), absl::Milliseconds(100));
}

TEST(BackoffTest, ChanceTakesAwayUpToHalf) {
  Backoff backoff(absl::Seconds(1), absl::Seconds(1));
  EXPECT_EQ(backoff.Next(0.5), absl::Milliseconds(750));
  EXPECT_GT(backoff.Next(0.999), absl::Milliseconds(500));
}

TEST(BackoffTest, InitialDelayIsNeverOverTheMaximum) {
  Backoff backoff(absl::Seconds(2), absl::Seconds(1));
  EXPECT_EQ(backoff.Next(0), absl::Seconds(1));
}

}  // namespace
}  // namespace treatywire::ingest
