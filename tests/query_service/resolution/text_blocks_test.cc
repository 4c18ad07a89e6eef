#include "query_service/resolution/text_blocks.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace treatywire::query {
namespace {

TEST(TextBlocksTest, TextsAreAsTheyWereAdded) {
  TextBlocks blocks;
  const TextBlocks::Texts texts = blocks.Add({"one", "", std::string("t\0o", 3)});
  EXPECT_FALSE(texts.empty());
  EXPECT_EQ(texts[0], "one");
  EXPECT_EQ(texts[1], "");
  EXPECT_EQ(texts[2], absl::string_view("t\0o", 3));
}

TEST(TextBlocksTest, NoneAddedIsEmpty) {
  const TextBlocks::Texts none;
  EXPECT_TRUE(none.empty());
  const TextBlocks::Texts copy = none;  // NOLINT(performance-unnecessary-copy-initialization)
  EXPECT_TRUE(copy.empty());
}

TEST(TextBlocksTest, TextsOutliveTheBlocksAndOneAnother) {
  auto blocks = std::make_unique<TextBlocks>();
  std::vector<std::pair<std::string, TextBlocks::Texts>> added;
  for (size_t size = 0; size < 100000; size = size * 3 / 2 + 7) {
    for (int i = 0; i < 20; ++i) {
      const std::string text(size, static_cast<char>('a' + i));
      added.emplace_back(text, blocks->Add({text, "and another"}));
    }
  }
  blocks = nullptr;
  for (size_t i = 0; i < added.size(); i += 2) added[i].second = TextBlocks::Texts();
  for (size_t i = 1; i < added.size(); i += 2) {
    EXPECT_EQ(added[i].second[0], added[i].first);
    EXPECT_EQ(added[i].second[1], "and another");
  }
}

}  // namespace
}  // namespace treatywire::query
