#include "ingest_service/document/word_table.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace treatywire::ingest {
namespace {

TEST(WordTableTest, EmptyTableFindsNothing) {
  const WordTable<int> table;
  EXPECT_EQ(table.size(), 0U);
  EXPECT_EQ(table.Find(""), nullptr);
  EXPECT_EQ(table.Find("treaty"), nullptr);
}

TEST(WordTableTest, FirstValueOfAWordStays) {
  WordTable<int> table;
  EXPECT_TRUE(table.Add("treaty", 1));
  EXPECT_FALSE(table.Add("treaty", 2));
  ASSERT_NE(table.Find("treaty"), nullptr);
  EXPECT_EQ(*table.Find("treaty"), 1);
  EXPECT_EQ(table.size(), 1U);
}

// Words whose first eight bytes, or all of them twice over, are alike.
TEST(WordTableTest, TellsWordsOfOneBeginningApart) {
  const std::vector<std::string> words = {"",
                                          "a",
                                          "aa",
                                          "aaa",
                                          "aaaa",
                                          "aaaaa",
                                          "aaaaaa",
                                          "aaaaaaa",
                                          "aaaaaaaa",
                                          "aaaaaaaaa",
                                          "agreeing",
                                          "agreement",
                                          "agreements",
                                          "agreementary",
                                          std::string(1, '\0'),
                                          std::string("a\0", 2)};
  WordTable<size_t> table;
  for (size_t i = 0; i < words.size(); ++i) EXPECT_TRUE(table.Add(words[i], i)) << words[i];
  for (size_t i = 0; i < words.size(); ++i) {
    ASSERT_NE(table.Find(words[i]), nullptr) << words[i];
    EXPECT_EQ(*table.Find(words[i]), i);
  }
  EXPECT_EQ(table.Find("aaaaaaaaaa"), nullptr);
  EXPECT_EQ(table.Find("agreemen"), nullptr);
}

TEST(WordTableTest, AgreesWithAMapOnRandomWords) {
  const uint32_t seed = 20251206;
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  std::map<std::string, uint32_t> expected;
  const auto word = [&random] {
    std::string made(random() % 12, 'x');
    for (char& c : made) c = static_cast<char>('a' + random() % 3);
    return made;
  };
  for (uint32_t i = 0; i < 5000; ++i) expected.emplace(word(), i);
  WordTable<uint32_t> table;
  for (const auto& [text, value] : expected) table.Add(text, value);
  EXPECT_EQ(table.size(), expected.size());
  for (int i = 0; i < 20000; ++i) {
    const std::string looked_up = word();
    const auto found = expected.find(looked_up);
    const uint32_t* const value = table.Find(looked_up);
    ASSERT_EQ(value != nullptr, found != expected.end()) << looked_up;
    if (value == nullptr) continue;
    EXPECT_EQ(*value, found->second);
  }
}

}  // namespace
}  // namespace treatywire::ingest
