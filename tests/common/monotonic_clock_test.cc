#include "common/monotonic_clock.h"

#include <gtest/gtest.h>

namespace treatywire {
namespace {

TEST(MonotonicClockTest, BeginsAtTheWallClockAndNeverGoesBack) {
  const absl::Time wall = absl::Now();
  absl::Time last = MonotonicNow();
  // Within what the machine's clock may have been set by since the first call of this process.
  EXPECT_LT(absl::AbsDuration(last - wall), absl::Minutes(1));
  for (int i = 0; i < 1000; ++i) {
    const absl::Time now = MonotonicNow();
    EXPECT_GE(now, last);
    last = now;
  }
}

}  // namespace
}  // namespace treatywire
