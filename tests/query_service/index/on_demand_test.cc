#include "query_service/index/on_demand.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace treatywire::query {
namespace {

struct Counted {
  Counted() { ++made; }
  ~Counted() { ++gone; }
  const Counted* self() const { return this; }

  static inline std::atomic<int> made = 0;
  static inline std::atomic<int> gone = 0;
};

TEST(OnDemandTest, IsMadeWhenAskedForOnceAndGoesWithItsOwner) {
  Counted::made = Counted::gone = 0;
  {
    const OnDemand<Counted> object;
    EXPECT_EQ(Counted::made, 0);
    EXPECT_EQ(object->self(), object->self());
    EXPECT_EQ(Counted::made, 1);
    const OnDemand<Counted> copy(object);
    EXPECT_EQ(Counted::made, 1);
    EXPECT_NE(copy->self(), object->self());
  }
  EXPECT_EQ(Counted::gone, 2);
}

TEST(OnDemandTest, ThreadsThatAskAtOnceGetTheSame) {
  Counted::made = Counted::gone = 0;
  {
    const OnDemand<Counted> object;
    std::vector<const Counted*> got(8, nullptr);
    std::vector<std::thread> threads;
    for (const Counted*& one : got) threads.emplace_back([&] { one = object->self(); });
    for (std::thread& thread : threads) thread.join();
    for (const Counted* one : got) EXPECT_EQ(one, got.front());
    EXPECT_EQ(Counted::made - Counted::gone, 1);
  }
  EXPECT_EQ(Counted::made, Counted::gone);
}

}  // namespace
}  // namespace treatywire::query
