#include "common/utf8.h"

#include <gtest/gtest.h>

namespace treatywire {
namespace {

TEST(Utf8Test, CharacterLengthFollowsTheLeadByte) {
  EXPECT_EQ(Utf8CharacterLength("a"), 1u);
  EXPECT_EQ(Utf8CharacterLength("\u00e9x"), 2u);
  EXPECT_EQ(Utf8CharacterLength("\u20ac"), 3u);
  EXPECT_EQ(Utf8CharacterLength("\U0001f600"), 4u);
  EXPECT_EQ(Utf8CharacterLength(""), 0u);
}

TEST(Utf8Test, FirstAndLastOfEachLengthAreValid) {
  for (const char* text : {"\x7f", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80",
                           "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF", "\xEE\x80\x80"}) {
    EXPECT_TRUE(IsValidUtf8(text)) << text;
  }
  EXPECT_TRUE(IsValidUtf8(absl::string_view("\0", 1)));
}

TEST(Utf8Test, OverlongSurrogateTooLargeStrayAndCutAreInvalid) {
  for (const char* text : {"\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\xED\xA0\x80",
                           "\xED\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\x80", "\xC3",
                           "\xE2\x82", "\xE2\x82(", "\xF0\x9F\x98"}) {
    EXPECT_FALSE(IsValidUtf8(text)) << text;
  }
}

TEST(Utf8Test, BytesOfNoCharacterAreReplacedOneByOne) {
  EXPECT_EQ(ToValidUtf8("a\xFF\xC3(\u00e9\xE2\x82"), "a\uFFFD\uFFFD(\u00e9\uFFFD\uFFFD");
  EXPECT_EQ(ToValidUtf8("plain"), "plain");
}

TEST(Utf8Test, TruncationCutsNoCharacter) {
  EXPECT_EQ(TruncateUtf8("a\u20acb", 5), "a\u20acb");
  EXPECT_EQ(TruncateUtf8("a\u20acb", 4), "a\u20ac");
  EXPECT_EQ(TruncateUtf8("a\u20acb", 3), "a");
  EXPECT_EQ(TruncateUtf8("a\u20acb", 1), "a");
  EXPECT_EQ(TruncateUtf8("\u20ac", 2), "");
}

}  // namespace
}  // namespace treatywire
