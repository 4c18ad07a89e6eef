#include "query_service/index/ordered_map.h"

#include <gmock/gmock.h>

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace treatywire::query {
namespace {

using Map = OrderedMap<int, std::string>;

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

// Keeps what it makes of a number: text, which is copied by reference, bytes, or nothing at all.
struct OfText {
  using Map = OrderedMap<std::string, std::string>;
  static std::string Key(int key) { return absl::StrCat("key ", key); }
  static std::string Value(int value) { return std::to_string(value); }
};
struct OfBytes {
  using Map = OrderedMap<int64_t, int>;
  static int64_t Key(int key) { return key; }
  static int Value(int value) { return value; }
};
struct OfNothing {
  using Map = OrderedSet<int>;
  static int Key(int key) { return key; }
  static Present Value(int) { return {}; }
};

bool IsSame(const std::string& a, const std::string& b) { return a == b; }
bool IsSame(int a, int b) { return a == b; }
bool IsSame(Present, Present) { return true; }

// Against std::map, with copies taken on the way that must not change.
template <typename Of>
class OrderedMapRandomTest : public testing::Test {
 protected:
  using Map = typename Of::Map;
  using Expected = std::map<decltype(Of::Key(0)), decltype(Of::Value(0))>;

  static void Change(unsigned seed, std::vector<std::pair<Map, Expected>>& copies) {
    std::mt19937 random(seed);
    Map map;
    Expected expected;
    for (int step = 0; step < 20000; ++step) {
      // Grows for some time, then shrinks, so that nodes split and join.
      const bool growing = step / 5000 % 2 == 0;
      const auto key = Of::Key(static_cast<int>(random() % 4000));
      if (random() % 10 < (growing ? 8u : 2u)) {
        map.Set(key, Of::Value(step));
        expected[key] = Of::Value(step);
      } else {
        EXPECT_EQ(map.Erase(key), expected.erase(key) == 1);
      }
      if (step % 1000 == 0) copies.emplace_back(map, expected);
    }
    copies.emplace_back(map, expected);
  }

  static void ExpectSame(const Map& map, const Expected& expected) {
    ASSERT_EQ(map.size(), expected.size());
    auto next = expected.begin();
    map.VisitAll([&](const auto& key, const auto& value) {
      ASSERT_NE(next, expected.end());
      EXPECT_EQ(key, next->first);
      EXPECT_TRUE(IsSame(value, next->second));
      ++next;
    });
    EXPECT_EQ(next, expected.end());
    for (int key = 0; key < 4000; key += 7) {
      EXPECT_EQ(map.Contains(Of::Key(key)), expected.contains(Of::Key(key)));
    }
    ASSERT_EQ(map.LastKey() == nullptr, expected.empty());
    if (!expected.empty()) {
      EXPECT_EQ(*map.LastKey(), expected.rbegin()->first);
    }
  }
};
using Kinds = testing::Types<OfText, OfBytes, OfNothing>;
TYPED_TEST_SUITE(OrderedMapRandomTest, Kinds);

TYPED_TEST(OrderedMapRandomTest, BehavesAsAnOrdinaryMap) {
  for (unsigned seed = 1; seed < 6; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::vector<std::pair<typename TypeParam::Map, typename TestFixture::Expected>> copies;
    TestFixture::Change(seed, copies);
    for (const auto& [copy, of_then] : copies) TestFixture::ExpectSame(copy, of_then);
  }
}

TYPED_TEST(OrderedMapRandomTest, TakesKeysInOrderAndBackwards) {
  typename TypeParam::Map map;
  typename TestFixture::Expected expected;
  const auto set = [&](int key) {
    map.Set(TypeParam::Key(key), TypeParam::Value(key));
    expected[TypeParam::Key(key)] = TypeParam::Value(key);
  };
  for (int key = 2000; key < 4000; ++key) set(key);
  for (int key = 1999; key >= 0; --key) set(key);
  TestFixture::ExpectSame(map, expected);
  for (int key = 0; key < 4000; ++key) EXPECT_TRUE(map.Erase(TypeParam::Key(key)));
  EXPECT_TRUE(map.empty());
}

}  // namespace
}  // namespace treatywire::query
