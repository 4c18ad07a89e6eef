#include "ingest_service/document/text_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace treatywire::ingest {
namespace {

using testing::ElementsAre;

std::vector<std::string> Lines(absl::string_view text) {
  std::vector<std::string> lines;
  for (uint32_t at = 0; at < text.size();) {
    const TextLine line = LineAt(text, at);
    lines.emplace_back(Slice(text, line.span));
    EXPECT_GT(line.next, at);
    at = line.next;
  }
  return lines;
}

TEST(TextLineTest, LinesEndWithAnyOfTheLineEnds) {
  EXPECT_THAT(Lines("a\nb\r\nc\rd\xE2\x80\xA8"
                    "e\xE2\x80\xA9"
                    "f"),
              ElementsAre("a", "b", "c", "d", "e", "f"));
  EXPECT_THAT(Lines("\n\n"), ElementsAre("", ""));
  EXPECT_THAT(Lines("\r"), ElementsAre(""));
  // Other characters that begin with the same bytes end nothing.
  EXPECT_THAT(Lines("a\xE2\x80\x99s \xE2\x82\xAC"), ElementsAre("a\xE2\x80\x99s \xE2\x82\xAC"));
}

TEST(TextLineTest, WhiteSpaceAtTheEndsIsNotInTheLine) {
  const TextLine line = LineAt(" \t\xC2\xA0x y  \n", 0);
  EXPECT_EQ(line.span, (ByteSpan{4, 7}));
  EXPECT_EQ(line.indent, 5u);  // a space, a tab to column 4, and one wide space
  EXPECT_TRUE(line.hard_break);
  EXPECT_FALSE(LineAt("x \n", 0).hard_break);
  EXPECT_TRUE(LineAt("   ", 0).empty());
}

TEST(TextLineTest, ListMarkersAreKnownWithTheirWhiteSpace) {
  const auto marker = [](absl::string_view line) {
    const ListMarker found = FindListMarker(line);
    return std::make_pair(found.bytes, found.numbered);
  };
  EXPECT_EQ(marker("- a"), std::make_pair(2u, false));
  EXPECT_EQ(marker("*   a"), std::make_pair(4u, false));
  EXPECT_EQ(marker("\xE2\x80\xA2text"), std::make_pair(3u, false));
  EXPECT_EQ(marker("\xE2\x80\x93 text"), std::make_pair(4u, false));
  EXPECT_EQ(marker("12. a"), std::make_pair(4u, true));
  EXPECT_EQ(marker("(12) a"), std::make_pair(5u, true));
  EXPECT_EQ(marker("(a) x"), std::make_pair(4u, true));
  EXPECT_EQ(marker("b) x"), std::make_pair(3u, true));
}

TEST(TextLineTest, WhatOnlyLooksLikeAMarkerIsNone) {
  for (const absl::string_view line : {"-5 degrees", "*bold*", "1994. It", "1.5 million", "a. x", "(see) x",
                                       "12", "-", "1. ", "1)", "", "\xE2\x80\x94 He"}) {
    EXPECT_EQ(FindListMarker(line).bytes, 0u) << line;
  }
}

TEST(TextLineTest, RulesAreThreeMarksOrMoreOfOneKind) {
  for (const absl::string_view line : {"---", "***", "* * *", "_____", "==="})
    EXPECT_TRUE(IsRule(line)) << line;
  for (const absl::string_view line : {"--", "- -", "--x", "-*-", "...", ""})
    EXPECT_FALSE(IsRule(line)) << line;
}

TEST(TextLineTest, LastMarkLooksThroughClosingMarks) {
  EXPECT_EQ(LastMark("It ended.\xE2\x80\x9D) "), U'.');
  EXPECT_EQ(LastMark("**Why?**"), U'?');
  EXPECT_EQ(LastMark("no"), U'o');
  EXPECT_EQ(LastMark(")\"' "), 0u);
  EXPECT_TRUE(EndsSentence("As follows:"));
  EXPECT_FALSE(EndsSentence("and,"));
}

TEST(TextLineTest, WidthCountsCharacters) {
  EXPECT_EQ(Width("\xC3\xA9t\xC3\xA9"), 3u);
  EXPECT_EQ(Width(""), 0u);
}

TEST(TextLineTest, LowerCaseBeginningsAreThoseOfEveryScript) {
  EXPECT_TRUE(BeginsLower("\xC3\xA9tat"));
  EXPECT_FALSE(BeginsLower("\xC3\x89tat"));
  EXPECT_FALSE(BeginsLower("1 a"));
  EXPECT_FALSE(BeginsLower(""));
}

TEST(TextLineTest, RowsAndDelimitersAreToldApart) {
  EXPECT_TRUE(IsPipeRow("| a | b |"));
  EXPECT_TRUE(IsPipeRow("||"));
  EXPECT_FALSE(IsPipeRow("|"));
  EXPECT_FALSE(IsPipeRow("a | b"));
  EXPECT_TRUE(IsDelimiterRow("|---|:--:|"));
  EXPECT_TRUE(IsDelimiterRow("--- | ---"));
  EXPECT_TRUE(IsDelimiterRow("+----+====+"));
  EXPECT_FALSE(IsDelimiterRow("---"));
  EXPECT_FALSE(IsDelimiterRow("| |"));
  EXPECT_FALSE(IsDelimiterRow("| a |---|"));
}

TEST(TextLineTest, CellsAreWhatStandsBetweenPipes) {
  const auto cells = [](absl::string_view row) {
    std::vector<std::string> texts;
    ForEachCell(row, {0, static_cast<uint32_t>(row.size())},
                [&](ByteSpan cell) { texts.emplace_back(Slice(row, cell)); });
    return texts;
  };
  EXPECT_THAT(cells("| a | b c |"), ElementsAre("a", "b c"));
  EXPECT_THAT(cells("a|b"), ElementsAre("a", "b"));
  EXPECT_THAT(cells("| a |  | c"), ElementsAre("a", "", "c"));
  EXPECT_THAT(cells("| a \\| b | c |"), ElementsAre("a \\| b", "c"));
  EXPECT_THAT(cells("|a\\"), ElementsAre("a\\"));
  EXPECT_THAT(cells(""), ElementsAre());
}

}  // namespace
}  // namespace treatywire::ingest
