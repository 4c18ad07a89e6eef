#include "query_service/index/node_lists.h"

#include <gmock/gmock.h>

#include <numeric>
#include <vector>

namespace treatywire::query {
namespace {

TEST(NodeListsTest, ListsStayWhereAndAsTheyAre) {
  NodeLists lists;
  std::vector<std::vector<NodeId>> expected;
  std::vector<const NodeId*> kept;
  for (size_t size = 0; size < 3000; size += 7) {
    std::vector<NodeId>& list = expected.emplace_back(size);
    std::iota(list.begin(), list.end(), static_cast<NodeId>(size));
    kept.push_back(lists.Add(list));
  }
  for (size_t i = 0; i < kept.size(); ++i) {
    EXPECT_THAT(absl::MakeConstSpan(kept[i], expected[i].size()), testing::ElementsAreArray(expected[i]));
  }
}

}  // namespace
}  // namespace treatywire::query
