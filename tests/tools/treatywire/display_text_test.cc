#include "tools/treatywire/display_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace treatywire::tools {
namespace {

using ::testing::ElementsAre;

TEST(PrintableTextTest, KeepsTextOfAnyScript) {
  for (const char* text :
       {"New START", "Übereinkommen", "Договор РСМД", "中導條約", "معاهدة", "क्षि", "🕊️"}) {
    EXPECT_EQ(PrintableText(text), text);
  }
}

TEST(PrintableTextTest, PutsLineBreaksAndTabsOnOneLine) {
  EXPECT_EQ(PrintableText("a\tb\r\nc\xC2\xA0"
                          "d"),
            "a b  c d");
}

TEST(PrintableTextTest, DisarmsEscapeSequences) {
  EXPECT_EQ(PrintableText("\x1b[2Jgone\x07"), "\xEF\xBF\xBD[2Jgone\xEF\xBF\xBD");
}

TEST(PrintableTextTest, DisarmsChangesOfDirection) {
  EXPECT_EQ(PrintableText("A\xE2\x80\xAE"
                          "B"),
            "A\xEF\xBF\xBD"
            "B");  // U+202E
}

TEST(PrintableTextTest, ReplacesEachByteThatIsNoUtf8) {
  EXPECT_EQ(PrintableText("a\xFF\xC3"), "a\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(DisplayWidthTest, CountsColumnsNotBytes) {
  EXPECT_EQ(DisplayWidth(""), 0);
  EXPECT_EQ(DisplayWidth("Übung"), 5);
  EXPECT_EQ(DisplayWidth("條約"), 4);
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1);  // e with a combining acute
}

TEST(WrapTextTest, BreaksBetweenWords) {
  EXPECT_THAT(WrapText("the treaty on open skies", 10), ElementsAre("the treaty", "on open", "skies"));
}

TEST(WrapTextTest, BreaksWithinAWordThatIsTooWide) {
  EXPECT_THAT(WrapText("a agreements/inf", 6), ElementsAre("a", "agreem", "ents/i", "nf"));
}

TEST(WrapTextTest, KeepsSpacesButAtTheEndsOfLines) {
  EXPECT_THAT(WrapText("  1987  signed  US ", 12), ElementsAre("1987  signed", "US"));
}

TEST(WrapTextTest, CutsNoCharacterAndKeepsMarksWithTheirLetter) {
  EXPECT_THAT(WrapText("條約條", 3), ElementsAre("條", "約", "條"));
  EXPECT_THAT(WrapText("e\xCC\x81"
                       "e\xCC\x81",
                       1),
              ElementsAre("e\xCC\x81", "e\xCC\x81"));
}

TEST(WrapTextTest, GivesOneEmptyLineForNothing) {
  EXPECT_THAT(WrapText("", 10), ElementsAre(""));
  EXPECT_THAT(WrapText("   ", 0), ElementsAre(""));
}

TEST(WrapTextTest, LosesNothingAndKeepsTheWidthWhateverTheText) {
  constexpr int kSeed = 20190802;
  std::mt19937 random(kSeed);
  const std::vector<std::string> pieces = {" ", "  ", "a", "treaty", "條", "é", "agreements/long-name"};
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) text += pieces[random() % pieces.size()];
    const int width = 2 + static_cast<int>(random() % 20);
    std::string rest;
    for (const std::string& line : WrapText(text, width)) {
      EXPECT_LE(DisplayWidth(line), width) << text << " seed " << kSeed;
      rest += line;
    }
    const auto without_spaces = [](std::string s) {
      std::erase(s, ' ');
      return s;
    };
    EXPECT_EQ(without_spaces(rest), without_spaces(text)) << "seed " << kSeed;
  }
}

TEST(IndentedTextTest, IndentsTheFirstLineAndTheOthers) {
  EXPECT_EQ(IndentedText("one two three", 2, 4, 9), "  one\n    two\n    three\n");
  EXPECT_EQ(IndentedText("one two three", 2, 4, 0), "  one two three\n");
  EXPECT_EQ(IndentedText("", 2, 4, 0), "  \n");
}

}  // namespace
}  // namespace treatywire::tools
