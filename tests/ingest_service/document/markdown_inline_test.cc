#include "ingest_service/document/markdown_inline.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace treatywire::ingest {
namespace {

std::string Inline(const std::string& source, const MarkdownInlineOptions& options = {}) {
  BlockList list(source);
  AddMarkdownInline({0, static_cast<uint32_t>(source.size())}, options, list);
  TextArena arena;
  return std::string(list.Flatten(list.TakeText(), arena));
}

TEST(MarkdownInlineTest, MarksOfEmphasisAreGone) {
  EXPECT_EQ(Inline("a **bold** _word_ and `code` in inter*nation*al"),
            "a bold word and code in international");
  EXPECT_EQ(Inline("***all***"), "all");
}

TEST(MarkdownInlineTest, MarksThatAreTextStay) {
  EXPECT_EQ(Inline("2 * 3, 2*3, snake_case_name"), "2 * 3, 2*3, snake_case_name");
  EXPECT_EQ(Inline("\\*not\\* a\\&b \\a"), "*not* a&b \\a");
}

TEST(MarkdownInlineTest, LinksGiveTheirText) {
  EXPECT_EQ(Inline("the [pact](https://example.org/a_(b) \"title\") ended"), "the pact ended");
  EXPECT_EQ(Inline("[a [b] c](x)"), "a [b] c");
  EXPECT_EQ(Inline("<https://example.org> <press@example.org>"), "https://example.org press@example.org");
  EXPECT_EQ(Inline("[pact][1]", {.has_references = true}), "pact");
  EXPECT_EQ(Inline("[pact][1]"), "[pact][1]");
}

TEST(MarkdownInlineTest, BracketsThatAreTextStay) {
  EXPECT_EQ(Inline("[sic] and [never closed and (a) ](x"), "[sic] and [never closed and (a) ](x");
  EXPECT_EQ(Inline("[he](not a target)"), "[he](not a target)");
}

TEST(MarkdownInlineTest, ImagesFootnotesAndStruckTextAreGone) {
  EXPECT_EQ(Inline("a![map](m.png) b[^1] c ~~struck~~ d"), "a b c  d");
  EXPECT_EQ(Inline("wow! [x](y) ~~open"), "wow! x ~~open");
}

TEST(MarkdownInlineTest, TagsAndEntitiesAreResolved) {
  EXPECT_EQ(Inline("a<b>b</b><!-- c -->d<br>e &amp; f&nbsp;g < h"), "abd e & f\xC2\xA0g < h");
  EXPECT_EQ(Inline("x <!-- never closed"), "x <!-- never closed");
}

TEST(MarkdownInlineTest, QuoteMarksOfFurtherLinesAreGone) {
  EXPECT_EQ(Inline("a\n> b\n>> c", {.quoted = true}), "a\nb\nc");
  EXPECT_EQ(Inline("a\n> b"), "a\n> b");
}

TEST(MarkdownInlineTest, NothingOutsideOfTheRangeIsRead) {
  const std::string source = "[a](b) *c";
  for (uint32_t end = 0; end <= source.size(); ++end) {
    BlockList list(source);
    AddMarkdownInline({0, end}, {}, list);
    TextArena arena;
    EXPECT_EQ(list.Flatten(list.TakeText(), arena), Inline(source.substr(0, end))) << end;
  }
}

}  // namespace
}  // namespace treatywire::ingest
