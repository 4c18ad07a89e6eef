#include "query_service/resolution/shared_text.h"

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

namespace treatywire::query {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SharedTextTest, CopiesShareTheTextAndOutliveTheOriginal) {
  SharedText copy;
  absl::string_view view;
  {
    const SharedText text("agreements/a-rather-long-name-of-one");
    copy = text;
    view = copy.view();
    EXPECT_EQ(view.data(), text.view().data());
  }
  EXPECT_EQ(view, "agreements/a-rather-long-name-of-one");
  const SharedText moved = std::move(copy);
  EXPECT_EQ(moved.view().data(), view.data());
}

TEST(SharedTextTest, EmptyIsEqualToAnEmptyText) {
  EXPECT_TRUE(SharedText().empty());
  EXPECT_TRUE(SharedText("").empty());
  EXPECT_EQ(SharedText().view(), "");
  EXPECT_EQ(SharedText(), SharedText(""));
}

TEST(SharedTextTest, HoldsAnyBytes) {
  const std::string bytes("a\0b\xff", 4);
  EXPECT_EQ(SharedText(bytes).view(), bytes);
}

TEST(SharedTextsTest, HoldsItsTextsInOrderEmptyOnesToo) {
  const SharedTexts texts(std::vector<std::string>{"RU", "", "FR", std::string("\0", 1)});
  EXPECT_THAT(texts, ElementsAre("RU", "", "FR", std::string("\0", 1)));
  EXPECT_EQ(texts.size(), 4u);
  EXPECT_EQ(texts.front(), "RU");
  EXPECT_EQ(texts[2], "FR");
}

TEST(SharedTextsTest, NoneIsNotOneThatIsEmpty) {
  const SharedTexts none{std::vector<absl::string_view>()};
  const SharedTexts one(std::vector<absl::string_view>{""});
  EXPECT_THAT(none, IsEmpty());
  EXPECT_THAT(one, ElementsAre(""));
  EXPECT_EQ(none, SharedTexts());
  EXPECT_FALSE(none == one);
}

TEST(SharedTextsTest, AreEqualWhereTheirTextsAre) {
  const std::vector<std::string> ab = {"a", "b"};
  EXPECT_EQ(SharedTexts(ab), SharedTexts(ab));
  EXPECT_FALSE(SharedTexts(ab) == SharedTexts(std::vector<std::string>{"ab", ""}));
}

}  // namespace
}  // namespace treatywire::query
