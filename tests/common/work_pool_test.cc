#include "common/work_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <vector>

namespace treatywire {
namespace {

TEST(WorkPoolTest, RunsTasksInTheOrderOfSubmission) {
  std::vector<int> order;
  {
    WorkPool pool(1, 100);
    for (int i = 0; i < 100; ++i) {
      while (!pool.Submit([&order, i] { order.push_back(i); })) std::this_thread::yield();
    }
  }
  std::vector<int> expected(100);
  for (int i = 0; i < 100; ++i) expected[i] = i;
  EXPECT_EQ(order, expected);
}

TEST(WorkPoolTest, OnePastTheMaximumIsNotRun) {
  std::promise<void> started;
  std::promise<void> may_end;
  int ran = 0;
  {
    WorkPool pool(1, 2);
    ASSERT_TRUE(pool.Submit([&] {
      started.set_value();
      may_end.get_future().wait();
    }));
    started.get_future().wait();
    EXPECT_TRUE(pool.Submit([&ran] { ++ran; }));
    EXPECT_TRUE(pool.Submit([&ran] { ++ran; }));
    EXPECT_FALSE(pool.Submit([&ran] { ran += 100; }));
    may_end.set_value();
  }
  EXPECT_EQ(ran, 2);  // what was queued is run before the pool is gone
}

TEST(WorkPoolTest, NoneIsTakenWhileTheFirstHasWaitedForTooLong) {
  std::promise<void> started;
  std::promise<void> may_end;
  absl::Time now = absl::UnixEpoch();
  WorkPool pool(1, 100, absl::Seconds(1), [&now] { return now; });
  ASSERT_TRUE(pool.Submit([&] {
    started.set_value();
    may_end.get_future().wait();
  }));
  started.get_future().wait();
  now += absl::Seconds(5);
  EXPECT_TRUE(pool.Submit([] {}));  // what runs does not wait
  now += absl::Seconds(1);
  EXPECT_TRUE(pool.Submit([] {}));
  now += absl::Nanoseconds(1);
  EXPECT_FALSE(pool.Submit([] {}));
  EXPECT_TRUE(pool.Submit([] {}, absl::Seconds(2)));  // one that has more time
  may_end.set_value();
}

TEST(WorkPoolTest, TaskMaySubmitAnother) {
  std::promise<void> done;
  WorkPool pool(1, 1);
  pool.Submit([&] { EXPECT_TRUE(pool.Submit([&done] { done.set_value(); })); });
  done.get_future().wait();
}

// Each task waits for the other: one thread alone would never finish.
TEST(WorkPoolTest, ThreadsRunTasksAtTheSameTime) {
  WorkPool pool(2, 2);
  std::promise<void> first;
  std::promise<void> second;
  std::promise<void> both;
  pool.Submit([&] {
    first.set_value();
    second.get_future().wait();
    both.set_value();
  });
  pool.Submit([&] {
    first.get_future().wait();
    second.set_value();
  });
  both.get_future().wait();
}

}  // namespace
}  // namespace treatywire
