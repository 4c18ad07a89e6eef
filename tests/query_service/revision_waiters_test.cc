#include "query_service/revision_waiters.h"

#include <gtest/gtest.h>

#include <vector>

#include "common/status.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

class RevisionWaitersTest : public testing::Test {
 protected:
  // What the waiter was told, in order: one at most.
  using Told = std::vector<absl::StatusCode>;

  uint64_t Wait(uint64_t revision, Told* told, absl::Duration patience = absl::Seconds(10)) {
    return waiters_.Wait(revision, start_ + patience,
                         [told](const absl::Status& status) { told->push_back(status.code()); });
  }

  const absl::Time start_ = absl::FromUnixSeconds(1'000'000);
  RevisionWaiters waiters_{3};
};

TEST_F(RevisionWaitersTest, ReachedRevisionIsToldAtOnce) {
  waiters_.Reached(5);
  Told told;
  Wait(5, &told);
  EXPECT_EQ(told, Told{absl::StatusCode::kOk});
  EXPECT_EQ(waiters_.size(), 0);
}

TEST_F(RevisionWaitersTest, WaitsUntilTheRevisionIsReached) {
  Told fifth;
  Told sixth;
  Wait(5, &fifth);
  Wait(6, &sixth);
  waiters_.Reached(4);
  EXPECT_TRUE(fifth.empty());
  waiters_.Reached(5);
  EXPECT_EQ(fifth, Told{absl::StatusCode::kOk});
  EXPECT_TRUE(sixth.empty());
  waiters_.Reached(9);
  EXPECT_EQ(sixth, Told{absl::StatusCode::kOk});
}

TEST_F(RevisionWaitersTest, ExpiresAtItsDeadlineAndNotBefore) {
  Told told;
  Wait(5, &told);
  waiters_.ExpireBefore(start_ + absl::Seconds(10) - absl::Nanoseconds(1));
  EXPECT_TRUE(told.empty());
  waiters_.ExpireBefore(start_ + absl::Seconds(10));
  EXPECT_EQ(told, Told{absl::StatusCode::kDeadlineExceeded});
  waiters_.Reached(5);
  EXPECT_EQ(told.size(), 1);
}

TEST_F(RevisionWaitersTest, CancelledWaiterIsToldAndFreesItsPlace) {
  Told told;
  const uint64_t waiter = Wait(5, &told);
  waiters_.Cancel(waiter);
  EXPECT_EQ(told, Told{absl::StatusCode::kCancelled});
  EXPECT_EQ(waiters_.size(), 0);
  waiters_.Cancel(waiter);
  EXPECT_EQ(told.size(), 1);
}

TEST_F(RevisionWaitersTest, OnePastTheMaximumIsRefusedWithARetryDelay) {
  Told told;
  for (int i = 0; i < 3; ++i) Wait(5, &told);
  EXPECT_TRUE(told.empty());
  absl::Status refusal;
  waiters_.Wait(5, start_, [&refusal](const absl::Status& status) { refusal = status; });
  EXPECT_EQ(refusal.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(GetRetryDelay(refusal).has_value());
  EXPECT_EQ(waiters_.size(), 3);
}

TEST_F(RevisionWaitersTest, CloseSettlesAllAndThoseToCome) {
  waiters_.Reached(3);
  Told told;
  Wait(5, &told);
  waiters_.Close();
  Wait(6, &told);
  EXPECT_EQ(told, (Told{absl::StatusCode::kUnavailable, absl::StatusCode::kUnavailable}));
  Wait(3, &told);  // needs no waiting
  EXPECT_EQ(told.back(), absl::StatusCode::kOk);
}

TEST_F(RevisionWaitersTest, CallbackMayWaitAgain) {
  Told told;
  waiters_.Wait(1, start_, [&](const absl::Status&) { Wait(2, &told); });
  waiters_.Reached(1);
  EXPECT_TRUE(told.empty());
  waiters_.Reached(2);
  EXPECT_EQ(told, Told{absl::StatusCode::kOk});
}

}  // namespace
}  // namespace treatywire::query
