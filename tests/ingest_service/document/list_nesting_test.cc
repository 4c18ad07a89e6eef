#include "ingest_service/document/list_nesting.h"

#include <gtest/gtest.h>

namespace treatywire::ingest {
namespace {

TEST(ListNestingTest, IndentOfTwoColumnsNests) {
  ListNesting nesting;
  EXPECT_EQ(nesting.LevelOf(0), 0);
  EXPECT_EQ(nesting.LevelOf(1), 0);
  EXPECT_EQ(nesting.LevelOf(2), 1);
  EXPECT_EQ(nesting.LevelOf(6), 2);
  EXPECT_EQ(nesting.LevelOf(2), 1);
  EXPECT_EQ(nesting.LevelOf(0), 0);
}

TEST(ListNestingTest, FirstItemIsTopHoweverFarItIsIndented) {
  ListNesting nesting;
  EXPECT_EQ(nesting.LevelOf(7), 0);
  EXPECT_EQ(nesting.LevelOf(9), 1);
  EXPECT_EQ(nesting.LevelOf(3), 0);
}

TEST(ListNestingTest, ResetBeginsANewList) {
  ListNesting nesting;
  nesting.LevelOf(0);
  nesting.LevelOf(4);
  EXPECT_FALSE(nesting.empty());
  nesting.Reset();
  EXPECT_TRUE(nesting.empty());
  EXPECT_EQ(nesting.LevelOf(4), 0);
}

TEST(ListNestingTest, LevelsPastTheMaximumAreTheMaximum) {
  ListNesting nesting;
  uint8_t level = 0;
  for (uint32_t depth = 0; depth <= kMaxListLevel + 10; ++depth) level = nesting.LevelOf(2 * depth);
  EXPECT_EQ(level, kMaxListLevel);
}

}  // namespace
}  // namespace treatywire::ingest
