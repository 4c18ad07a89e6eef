#include "ingest_service/document/markdown_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/ingest_service/document/document_text.h"

namespace treatywire::ingest {
namespace {

using testing::ElementsAre;

TEST(MarkdownReaderTest, HeadingsInBothNotations) {
  EXPECT_THAT(ShowMarkdown("# One\n## Two ##\nText\n\nUnder\n=====\nBelow\n---\n####### no\n#no\n"),
              ElementsAre("H1: One", "H2: Two", "P: Text", "H1: Under", "H2: Below", "P: ####### no #no"));
}

TEST(MarkdownReaderTest, LinesOfAParagraphAreJoined) {
  EXPECT_THAT(ShowMarkdown("They met\nin Oslo.\n\nThey left.\r\n\r\nThen"),
              ElementsAre("P: They met in Oslo.", "P: They left.", "P: Then"));
}

TEST(MarkdownReaderTest, HardBreaksEndParagraphsUnlessTheTextGoesOn) {
  EXPECT_THAT(ShowMarkdown("One  \nTwo\\\nThree  \nfour"), ElementsAre("P: One", "P: Two", "P: Three four"));
}

TEST(MarkdownReaderTest, ListsNestByIndent) {
  EXPECT_THAT(ShowMarkdown("- a\n- b\n  - c\n    1. d\n- e\n  goes on\n\n  and more\n\nText"),
              ElementsAre("L0: a", "L0: b", "L1: c", "L2: d", "L0: e goes on", "L0: and more", "P: Text"));
  EXPECT_THAT(ShowMarkdown("- - deep\n* 1994) begins so"), ElementsAre("L1: deep", "L0: 1994) begins so"));
}

TEST(MarkdownReaderTest, PipeTablesHaveTheHeaderAboveTheDashes) {
  EXPECT_THAT(ShowMarkdown("| Treaty | Signed |\n|:--|--:|\n| INF | *1987* |\n| A\\|B | |\n\nEnd"),
              ElementsAre("R0*: Treaty ; Signed", "R0: INF ; 1987", "R0: A|B ; ", "P: End"));
  EXPECT_THAT(ShowMarkdown("Treaty | Signed\n--- | ---\nINF | 1987\n"),
              ElementsAre("R0*: Treaty ; Signed", "R0: INF ; 1987"));
}

TEST(MarkdownReaderTest, DashesBelowAParagraphMarkNoHeader) {
  EXPECT_THAT(ShowMarkdown("| INF | 1987 |\n\n# Over\n|---|---|\n"),
              ElementsAre("R0: INF ; 1987", "H1: Over"));
}

TEST(MarkdownReaderTest, QuotesAreOrdinaryBlocks) {
  EXPECT_THAT(ShowMarkdown("> We have decided\n> to leave.\n>\n> - at once\n\n>> Deep"),
              ElementsAre("P: We have decided to leave.", "L0: at once", "P: Deep"));
}

TEST(MarkdownReaderTest, BoldParagraphIsAHeading) {
  EXPECT_THAT(ShowMarkdown("**What comes next**\n\nTalks.\n\n**It is over.**"),
              ElementsAre("H6: What comes next", "P: Talks.", "P: It is over."));
}

TEST(MarkdownReaderTest, FrontMatterFencesRulesAndCommentsAreLeftOut) {
  EXPECT_THAT(
      ShowMarkdown("---\ntitle: x\ndate: 1994\n---\nA\n\n```c\ncode\n```\nB\n\n* * *\nC\n<!-- a\nb -->\nD\n"
                   "~~~\nnever closed"),
      ElementsAre("P: A", "P: B", "P: C", "P: D", "P: never closed"));
}

TEST(MarkdownReaderTest, LinkDefinitionsAreLeftOut) {
  EXPECT_THAT(ShowMarkdown("The [pact][1] holds.\n\n[1]: https://example.org/a\n"),
              ElementsAre("P: The pact holds."));
}

}  // namespace
}  // namespace treatywire::ingest
