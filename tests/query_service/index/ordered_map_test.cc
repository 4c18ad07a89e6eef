#include "query_service/index/ordered_map.h"

#include <gmock/gmock.h>

#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace treatywire::query {
namespace {

using Map = OrderedMap<int, std::string>;

template <typename Of>
std::vector<std::pair<int, std::string>> Entries(const Of& map) {
  std::vector<std::pair<int, std::string>> entries;
  map.VisitAll([&](int key, const std::string& value) { entries.emplace_back(key, value); });
  return entries;
}

std::vector<std::pair<int, std::string>> Entries(const std::map<int, std::string>& map) {
  return {map.begin(), map.end()};
}

TEST(OrderedMapTest, EmptyMapHasNothing) {
  const Map map;
  EXPECT_TRUE(map.empty());
  EXPECT_EQ(map.Find(1), nullptr);
  EXPECT_EQ(map.LastKey(), nullptr);
  map.VisitFrom(0, [](int, const std::string&) {
    ADD_FAILURE();
    return true;
  });
}

TEST(OrderedMapTest, SetReplacesAndEraseTellsWhetherThereWasOne) {
  Map map;
  map.Set(1, "a");
  map.Set(1, "b");
  EXPECT_EQ(map.size(), 1u);
  EXPECT_EQ(*map.Find(1), "b");
  EXPECT_TRUE(map.Erase(1));
  EXPECT_FALSE(map.Erase(1));
  EXPECT_TRUE(map.empty());
}

TEST(OrderedMapTest, CopiesStayAsTheyWere) {
  Map map;
  for (int i = 0; i < 1000; ++i) map.Set(i, "before");
  const Map copy = map;
  for (int i = 0; i < 1000; i += 2) map.Erase(i);
  for (int i = 1; i < 1000; i += 2) map.Set(i, "after");
  EXPECT_EQ(copy.size(), 1000u);
  copy.VisitAll([](int, const std::string& value) { EXPECT_EQ(value, "before"); });
  EXPECT_EQ(map.size(), 500u);
  map.VisitAll([](int, const std::string& value) { EXPECT_EQ(value, "after"); });
}

TEST(OrderedMapTest, VisitsFromAKeyOrAnOffsetUntilToldToStop) {
  Map map;
  for (int i = 0; i < 1000; ++i) map.Set(2 * i, "");
  std::vector<int> keys;
  const auto three = [&](int key, const std::string&) {
    keys.push_back(key);
    return keys.size() % 3 != 0;
  };
  map.VisitFrom(501, three);
  map.VisitFromOffset(900, three);
  EXPECT_THAT(keys, testing::ElementsAre(502, 504, 506, 1800, 1802, 1804));
  map.VisitFrom(1999, three);
  map.VisitFromOffset(1000, three);
  EXPECT_EQ(keys.size(), 6u);
}

// Against std::map, with copies taken on the way that must not change.
class OrderedMapRandomTest : public testing::TestWithParam<unsigned> {};

TEST_P(OrderedMapRandomTest, BehavesAsAnOrdinaryMap) {
  SCOPED_TRACE(testing::Message() << "seed " << GetParam());
  std::mt19937 random(GetParam());
  Map map;
  std::map<int, std::string> expected;
  std::vector<std::pair<Map, std::map<int, std::string>>> copies;
  for (int step = 0; step < 20000; ++step) {
    // Grows for some time, then shrinks, so that nodes split and join.
    const bool growing = step / 5000 % 2 == 0;
    const int key = static_cast<int>(random() % 4000);
    if (random() % 10 < (growing ? 8u : 2u)) {
      map.Set(key, std::to_string(step));
      expected[key] = std::to_string(step);
    } else {
      EXPECT_EQ(map.Erase(key), expected.erase(key) == 1);
    }
    if (step % 1000 == 0) copies.emplace_back(map, expected);
  }
  copies.emplace_back(map, expected);
  for (const auto& [copy, of_then] : copies) {
    ASSERT_EQ(copy.size(), of_then.size());
    ASSERT_EQ(Entries(copy), Entries(of_then));
    for (int key = 0; key < 4000; key += 7) ASSERT_EQ(copy.Contains(key), of_then.contains(key));
    ASSERT_EQ(copy.LastKey() == nullptr, of_then.empty());
    if (!of_then.empty()) {
      ASSERT_EQ(*copy.LastKey(), of_then.rbegin()->first);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, OrderedMapRandomTest, testing::Range(1u, 6u));

}  // namespace
}  // namespace treatywire::query
