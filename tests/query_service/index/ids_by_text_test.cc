#include "query_service/index/ids_by_text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace treatywire::query {
namespace {

TEST(IdsByTextTest, FindsWhatWasInsertedAndNotErased) {
  std::vector<std::string> texts;
  texts.reserve(10000);
  for (int i = 0; i < 10000; ++i) texts.push_back(absl::StrCat("text ", i));
  IdsByText ids;
  const auto find = [&](const std::string& text) {
    return ids.Find(text, [&](uint32_t id) { return texts[id] == text; });
  };
  EXPECT_EQ(find("text 1"), IdsByText::kNone);
  for (uint32_t id = 0; id < texts.size(); ++id) ids.Insert(texts[id], id);
  for (uint32_t id = 0; id < texts.size(); id += 2) ids.Erase(texts[id], id);
  for (uint32_t id = 0; id < texts.size(); ++id) {
    ASSERT_EQ(find(texts[id]), id % 2 == 0 ? IdsByText::kNone : id);
  }
}

TEST(IdsByTextTest, ErasesNoOtherOfTheSameText) {
  IdsByText ids;
  ids.Insert("a", 1);
  ids.Erase("a", 2);
  ids.Erase("b", 1);
  const auto any = [](uint32_t) { return true; };
  EXPECT_EQ(ids.Find("a", any), 1u);
  EXPECT_EQ(ids.Find("b", any), IdsByText::kNone);
}

TEST(IdsByTextTest, AsksOfWhatMayHaveTheText) {
  IdsByText ids;
  ids.Insert("a", 1);
  EXPECT_EQ(ids.Find("a", [](uint32_t) { return false; }), IdsByText::kNone);
}

}  // namespace
}  // namespace treatywire::query
