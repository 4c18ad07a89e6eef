#include "ingest_service/document/character_class.h"

#include <gtest/gtest.h>

namespace treatywire::ingest {
namespace {

TEST(CharacterClassTest, AsciiIsClassified) {
  EXPECT_EQ(Classify(0), CharacterClass::kSpace);
  EXPECT_EQ(Classify('\n'), CharacterClass::kSpace);
  EXPECT_EQ(Classify(0x7F), CharacterClass::kSpace);
  EXPECT_EQ(Classify('a'), CharacterClass::kLower);
  EXPECT_EQ(Classify('Z'), CharacterClass::kUpper);
  EXPECT_EQ(Classify('7'), CharacterClass::kDigit);
  EXPECT_EQ(Classify('-'), CharacterClass::kHyphen);
  EXPECT_EQ(Classify('`'), CharacterClass::kSingleQuote);
  EXPECT_EQ(Classify('"'), CharacterClass::kDoubleQuote);
  EXPECT_EQ(Classify('_'), CharacterClass::kOther);
  EXPECT_EQ(Classify('$'), CharacterClass::kOther);
}

TEST(CharacterClassTest, LettersOfEveryScriptAreLetters) {
  EXPECT_EQ(Classify(U'é'), CharacterClass::kLower);
  EXPECT_EQ(Classify(U'Ł'), CharacterClass::kUpper);
  EXPECT_EQ(Classify(U'ж'), CharacterClass::kLower);
  EXPECT_EQ(Classify(U'Ω'), CharacterClass::kUpper);
  EXPECT_EQ(Classify(U'约'), CharacterClass::kLetter);
  EXPECT_EQ(Classify(U'ع'), CharacterClass::kLetter);
  EXPECT_EQ(Classify(U'٣'), CharacterClass::kDigit);
}

TEST(CharacterClassTest, SpacesOfEveryWidthAreSpace) {
  for (const char32_t c : {0x85, 0xA0, 0x1680, 0x2003, 0x2009, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000}) {
    EXPECT_EQ(Classify(c), CharacterClass::kSpace) << static_cast<uint32_t>(c);
  }
}

TEST(CharacterClassTest, InvisibleCharactersAreIgnorable) {
  for (const char32_t c : {0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x2060, 0xFEFF}) {
    EXPECT_EQ(Classify(c), CharacterClass::kIgnorable) << static_cast<uint32_t>(c);
  }
}

TEST(CharacterClassTest, DashesAndQuotesOfTypographersAreKnown) {
  for (const char32_t c : {0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE58, 0xFF0D}) {
    EXPECT_EQ(Classify(c), CharacterClass::kHyphen) << static_cast<uint32_t>(c);
  }
  for (const char32_t c : {0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x2039, 0x203A, 0x02BC, 0xB4}) {
    EXPECT_EQ(Classify(c), CharacterClass::kSingleQuote) << static_cast<uint32_t>(c);
  }
  for (const char32_t c : {0x201C, 0x201D, 0x201E, 0x2033, 0xAB, 0xBB}) {
    EXPECT_EQ(Classify(c), CharacterClass::kDoubleQuote) << static_cast<uint32_t>(c);
  }
}

TEST(CharacterClassTest, CombiningAccentsAreMarks) {
  EXPECT_EQ(Classify(0x0301), CharacterClass::kMark);
  EXPECT_TRUE(ContinuesWord(CharacterClass::kMark));
  EXPECT_FALSE(IsLetter(CharacterClass::kMark));
}

TEST(CharacterClassTest, CharactersAtTheEndsOfATextAreNone) {
  const absl::string_view text = "a\xE2\x80\x91";
  EXPECT_EQ(CharacterAt(text, 0).value, U'a');
  EXPECT_EQ(CharacterAt(text, 1).bytes, 3u);
  EXPECT_EQ(CharacterAt(text, 4).bytes, 0u);
  EXPECT_EQ(CharacterBefore(text, 4).value, 0x2011u);
  EXPECT_EQ(CharacterBefore(text, 0).bytes, 0u);
}

TEST(CharacterClassTest, TrimSpaceTakesWhiteSpaceOfBothEndsOnly) {
  EXPECT_EQ(TrimSpace(" \t\xC2\xA0 two words\xE3\x80\x80\n"), "two words");
  EXPECT_EQ(TrimSpace(" \xC2\xA0 "), "");
  EXPECT_EQ(TrimSpace(""), "");
}

}  // namespace
}  // namespace treatywire::ingest
