#include "ingest_service/document/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace treatywire::ingest {
namespace {

constexpr size_t kValid = absl::string_view::npos;

TEST(Utf8Test, ValidSequencesOfEveryLengthPass) {
  EXPECT_EQ(FindInvalidUtf8(""), kValid);
  EXPECT_EQ(FindInvalidUtf8("plain ASCII that is longer than a machine word"), kValid);
  EXPECT_EQ(FindInvalidUtf8(absl::string_view("\0", 1)), kValid);
  EXPECT_EQ(FindInvalidUtf8("\xC2\x80 \xDF\xBF \xE0\xA0\x80 \xEF\xBF\xBF \xF0\x90\x80\x80 \xF4\x8F\xBF\xBF"),
            kValid);
  EXPECT_EQ(FindInvalidUtf8("\xED\x9F\xBF \xEE\x80\x80"), kValid);  // right below and above the surrogates
}

TEST(Utf8Test, FirstWrongByteIsFound) {
  EXPECT_EQ(FindInvalidUtf8("\x80"), 0u);
  EXPECT_EQ(FindInvalidUtf8("12345678\xFF"), 8u);
  EXPECT_EQ(FindInvalidUtf8("ab\xC0\x80"), 2u);             // overlong NUL
  EXPECT_EQ(FindInvalidUtf8("ab\xC1\xBF"), 2u);             // overlong
  EXPECT_EQ(FindInvalidUtf8("ab\xE0\x9F\xBF"), 2u);         // overlong
  EXPECT_EQ(FindInvalidUtf8("ab\xF0\x8F\xBF\xBF"), 2u);     // overlong
  EXPECT_EQ(FindInvalidUtf8("ab\xED\xA0\x80"), 2u);         // surrogate
  EXPECT_EQ(FindInvalidUtf8("ab\xF4\x90\x80\x80"), 2u);     // above U+10FFFF
  EXPECT_EQ(FindInvalidUtf8("ab\xF5\x80\x80\x80"), 2u);     // begins nothing
  EXPECT_EQ(FindInvalidUtf8("\xC3\xA9t\xC3\xA9\xE9"), 5u);  // Latin-1 after UTF-8
}

TEST(Utf8Test, SequenceThatTheEndCutsIsInvalid) {
  for (const absl::string_view whole : {"\xC2\x80", "\xE2\x80\x91", "\xF0\x9F\x98\x80"}) {
    for (size_t size = 1; size < whole.size(); ++size) {
      EXPECT_EQ(FindInvalidUtf8(whole.substr(0, size)), 0u) << size << " of " << whole.size();
    }
  }
}

// Every value there is, so that the ranges of all lengths meet without gap.
TEST(Utf8Test, EveryScalarValueComesBackFromItsBytes) {
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    if (value == 0xD800) value = 0xE000;
    char bytes[4];
    const size_t size = EncodeUtf8(value, bytes);
    const absl::string_view text(bytes, size);
    ASSERT_EQ(FindInvalidUtf8(text), kValid) << static_cast<uint32_t>(value);
    const CodePoint forward = DecodeUtf8(text, 0);
    const CodePoint backward = DecodeUtf8Before(text, size);
    ASSERT_EQ(forward.value, value);
    ASSERT_EQ(forward.bytes, size);
    ASSERT_EQ(backward.value, value);
    ASSERT_EQ(backward.bytes, size);
  }
}

TEST(Utf8Test, DecodingBeforeFindsTheCharacterThatEndsThere) {
  const std::string text = "a\xE2\x80\x91z";
  EXPECT_EQ(DecodeUtf8Before(text, 5).value, U'z');
  EXPECT_EQ(DecodeUtf8Before(text, 4).value, 0x2011u);
  EXPECT_EQ(DecodeUtf8Before(text, 1).value, U'a');
}

}  // namespace
}  // namespace treatywire::ingest
