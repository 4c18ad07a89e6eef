#include "query_service/resolution/shared_list.h"

#include <gmock/gmock.h>

#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace treatywire::query {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SharedListTest, CopiesShareTheValuesAndOutliveTheOriginal) {
  SharedList<int> copy;
  {
    const SharedList<int> list({3, 1, 2});
    copy = list;
    EXPECT_EQ(copy.begin(), list.begin());
  }
  EXPECT_THAT(copy.span(), ElementsAre(3, 1, 2));
  EXPECT_EQ(copy.front(), 3);
  EXPECT_EQ(copy[2], 2);
  EXPECT_EQ(copy, SharedList<int>({3, 1, 2}));
  EXPECT_FALSE(copy == SharedList<int>({3, 1}));
}

TEST(SharedListTest, MayBeEmpty) {
  const SharedList<int> list{std::vector<int>()};
  EXPECT_THAT(list.span(), IsEmpty());
  EXPECT_EQ(list, SharedList<int>());
  EXPECT_EQ(list.size(), 0u);
}

TEST(SharedListTest, TheLastCopyLetsTheValuesGo) {
  const auto value = std::make_shared<int>(7);
  SharedList<std::shared_ptr<int>> list({value, value});
  EXPECT_EQ(value.use_count(), 3);
  SharedList<std::shared_ptr<int>> moved = std::move(list);
  list = moved;
  moved = SharedList<std::shared_ptr<int>>();
  EXPECT_EQ(value.use_count(), 3);
  list = SharedList<std::shared_ptr<int>>();
  EXPECT_EQ(value.use_count(), 1);
}

TEST(SharedListTest, ThreadsMayDropTheirCopiesAtOnce) {
  const auto value = std::make_shared<int>(7);
  std::vector<std::thread> threads;
  {
    const SharedList<std::shared_ptr<int>> list({value});
    for (int i = 0; i < 8; ++i) threads.emplace_back([copy = list] { EXPECT_EQ(*copy.front(), 7); });
  }
  for (std::thread& thread : threads) thread.join();
  threads.clear();
  EXPECT_EQ(value.use_count(), 1);
}

}  // namespace
}  // namespace treatywire::query
