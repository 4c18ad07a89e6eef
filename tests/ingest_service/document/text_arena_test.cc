#include "ingest_service/document/text_arena.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace treatywire::ingest {
namespace {

TEST(TextArenaTest, CopiesStayWhereTheyAreWhileItGrows) {
  TextArena arena;
  constexpr int kTexts = 3000;
  std::vector<std::string> originals;
  std::vector<absl::string_view> copies;
  originals.reserve(kTexts);
  copies.reserve(kTexts);
  for (int i = 0; i < kTexts; ++i)
    originals.push_back(std::string(static_cast<size_t>(i), static_cast<char>('a' + i % 26)));
  for (const std::string& original : originals) copies.push_back(arena.Copy(original));
  const std::vector<std::unique_ptr<char[]>> storage = arena.Release();
  for (size_t i = 0; i < copies.size(); ++i) ASSERT_EQ(copies[i], originals[i]);
  EXPECT_LT(storage.size(), 40u);  // few chunks: they grow
}

TEST(TextArenaTest, EmptyAfterRelease) {
  TextArena arena;
  arena.Copy("pact");
  EXPECT_EQ(arena.Release().size(), 1u);
  EXPECT_TRUE(arena.Release().empty());
  EXPECT_EQ(arena.Copy("treaty"), "treaty");
}

TEST(TextArenaTest, EmptyTextTakesNoStorage) {
  TextArena arena;
  EXPECT_EQ(arena.Copy(""), "");
  EXPECT_TRUE(arena.Release().empty());
}

}  // namespace
}  // namespace treatywire::ingest
