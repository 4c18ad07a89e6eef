#include "ingest_service/document/document_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/ingest_service/document/document_promises.h"
#include "tests/ingest_service/document/document_text.h"

namespace treatywire::ingest {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

constexpr MimeType kAllTypes[] = {MimeType::kPlain, MimeType::kHtml, MimeType::kMarkdown};

void ExpectRefused(absl::string_view title, absl::string_view body, absl::string_view message) {
  for (const MimeType type : kAllTypes) {
    const absl::StatusOr<Document> document = ReadDocument(title, body, type);
    EXPECT_EQ(document.status(), absl::InvalidArgumentError(message));
  }
}

TEST(DocumentReaderTest, BodyWithoutTextIsRefused) {
  ExpectRefused("", "", "body: has no text");
  ExpectRefused("A title", " \r\n\t\xC2\xA0", "body: has no text");
  ExpectRefused("A title", "\xEF\xBB\xBF", "body: has no text");
  ExpectRefused("A title", "\xE2\x80\x8B\xC2\xAD", "body: has no text");
  EXPECT_FALSE(ReadDocument("A title", "<p><!-- x --></p>", MimeType::kHtml).ok());
  EXPECT_FALSE(ReadDocument("A title", "---\n***", MimeType::kMarkdown).ok());
}

TEST(DocumentReaderTest, TextThatIsNotUtf8IsRefusedWithThePlace) {
  ExpectRefused("", "caf\xE9", "body: is not UTF-8 at byte 3");
  ExpectRefused("\xFF", "pact", "title: is not UTF-8 at byte 0");
}

TEST(DocumentReaderTest, LimitsHoldAtTheMaximumAndOnePastIt) {
  EXPECT_TRUE(ReadDocument(std::string(kMaxTitleBytes, 'a'), "pact", MimeType::kPlain).ok());
  ExpectRefused(std::string(kMaxTitleBytes + 1, 'a'), "pact", "title: has 4097 bytes; the maximum is 4096");
  EXPECT_TRUE(ReadDocument("", std::string(kMaxBodyBytes, 'a'), MimeType::kPlain).ok());
  ExpectRefused("", std::string(kMaxBodyBytes + 1, 'a'), "body: has 4194305 bytes; the maximum is 4194304");
}

TEST(DocumentReaderTest, TitleIsTheFirstBlock) {
  EXPECT_THAT(Show(MustRead("It ended.", MimeType::kPlain, "Pact ends")),
              ElementsAre("T: Pact ends", "P: It ended."));
  EXPECT_THAT(Show(MustRead("It ended.", MimeType::kPlain, " ")), ElementsAre("P: It ended."));
  // A title is plain text whatever the body is.
  EXPECT_THAT(Show(MustRead("<p>It ended.", MimeType::kHtml, "R&amp;D <b>pact</b>"))[0],
              "T: R&amp;D <b>pact</b>");
}

TEST(DocumentReaderTest, TitleThatTheBodyRepeatsComesOnce) {
  EXPECT_THAT(Show(MustRead("Pact ends!\n\nIt ended.", MimeType::kPlain, "Pact ends")),
              ElementsAre("T: Pact ends", "P: It ended."));
  EXPECT_THAT(Show(MustRead("<p>World</p><h1>PACT ENDS</h1><p>It ended.</p>", MimeType::kHtml, "Pact ends")),
              ElementsAre("T: Pact ends", "P: World", "P: It ended."));
  EXPECT_THAT(Show(MustRead("# Pact ends soon\n\nIt ended.", MimeType::kMarkdown, "Pact ends")),
              ElementsAre("T: Pact ends", "H1: Pact ends soon", "P: It ended."));
}

TEST(DocumentReaderTest, BodyThatOnlyRepeatsTheTitleIsTheTitle) {
  EXPECT_THAT(Show(MustRead("Pact ends", MimeType::kPlain, "Pact ends")), ElementsAre("T: Pact ends"));
}

TEST(DocumentReaderTest, BlocksKnowTheHeadingAboveThem) {
  const Document document =
      MustRead("# A\na\n## B\nb\n### C\nc\n## D\n- d\n# E\ne\n", MimeType::kMarkdown, "Title");
  std::vector<uint32_t> headings;
  for (const Block& block : document.blocks) headings.push_back(block.heading);
  //                                    Title A  a  B  b  C  c  D  d  E  e
  EXPECT_THAT(headings, ElementsAre(0u, 0u, 1u, 1u, 3u, 3u, 5u, 1u, 7u, 0u, 9u));
}

TEST(DocumentReaderTest, BlocksWithoutHeadingHaveTheirOwnIndex) {
  const Document document = MustRead("One.\n\nTwo.", MimeType::kMarkdown);
  ASSERT_THAT(document.blocks, SizeIs(2));
  EXPECT_EQ(document.blocks[1].heading, 1u);
}

TEST(DocumentReaderTest, CellsAreSentencesOfTheirOwn) {
  const Document document = MustRead("| A | 1 |\n| Pact. Over. | |\n", MimeType::kMarkdown);
  ASSERT_THAT(document.blocks, SizeIs(2));
  EXPECT_THAT(document.blocks[1].cells, ElementsAre(TokenSpan{2, 6}, TokenSpan{6, 6}));
  EXPECT_EQ(document.blocks[1].last_sentence - document.blocks[1].first_sentence, 2u);
}

TEST(DocumentReaderTest, ByteOrderMarkIsNoText) {
  const std::string mark = "\xEF\xBB\xBF";
  EXPECT_THAT(ShowPlain(mark + "- One\n- Two"), ElementsAre("L0: One", "L0: Two"));
  EXPECT_THAT(ShowMarkdown(mark + "# One\n\nTwo"), ElementsAre("H1: One", "P: Two"));
  EXPECT_THAT(ShowMarkdown(mark + "---\nkey: x\n---\nTwo"), ElementsAre("P: Two"));
  EXPECT_THAT(ShowHtml(mark + "<?xml version='1.0'?><script/><p>One"), ElementsAre("P: One"));
  const std::string body = mark + "The pact ended.";
  const Document document = MustRead(body, MimeType::kPlain);
  const ByteSpan span = document.sentences[0].source;
  EXPECT_EQ(body.substr(span.begin, span.end - span.begin), "The pact ended.");
}

// --- Byte spans

struct Article {
  MimeType type;
  std::string body;
  std::vector<std::string> sentences;  // as cut out of the body
};

void ExpectCuts(const Article& article) {
  const Document document = MustRead(article.body, article.type);
  std::vector<std::string> cuts;
  for (const Sentence& sentence : document.sentences) {
    cuts.push_back(article.body.substr(sentence.source.begin, sentence.source.end - sentence.source.begin));
  }
  EXPECT_EQ(cuts, article.sentences);
}

TEST(DocumentReaderTest, SentencesAreCutOutOfPlainTextAsSent) {
  ExpectCuts({MimeType::kPlain,
              "\xEF\xBB\xBFThe \xE2\x80\x9C"
              "Franco\xE2\x80\x91Russian\xE2\x80\x9D pact,\r\nsigned in Paris\xE2\x80\x99s suburbs, lapsed.  "
              "Ko\xCC\x88ln\xC2\xA0"
              "1994.\r\n\r\n\tFin\xE2\x80\xA6",
              {"The \xE2\x80\x9C"
               "Franco\xE2\x80\x91Russian\xE2\x80\x9D pact,\r\nsigned in Paris\xE2\x80\x99s suburbs, lapsed.",
               "Ko\xCC\x88ln\xC2\xA0"
               "1994.",
               "Fin\xE2\x80\xA6"}});
}

TEST(DocumentReaderTest, SentencesAreCutOutOfHtmlAsSent) {
  ExpectCuts({MimeType::kHtml,
              "<p>The R&amp;D <b>pact&rsquo;s</b> text&nbsp;&mdash; a &#8220;draft&#8221;.\r\n "
              "<i>Caf&eacute;</i> talks failed.</p><ul><li>U.S&#46; left</ul>",
              {"The R&amp;D <b>pact&rsquo;s</b> text&nbsp;&mdash; a &#8220;draft&#8221;.",
               "Caf&eacute;</i> talks failed.", "U.S&#46; left"}});
}

TEST(DocumentReaderTest, SentencesAreCutOutOfMarkdownAsSent) {
  ExpectCuts(
      {MimeType::kMarkdown,
       "# The **pact** &amp; more\n\n> It [lapsed](x), he said.\n> Then *inter*national law, \\*so\\*.\n",
       {"The **pact** &amp; more", "It [lapsed](x), he said.", "Then *inter*national law, \\*so\\*."}});
}

// Each cut of an HTML sentence, given to a browser's parser, is the sentence's text.
TEST(DocumentReaderTest, CutsOfHtmlAreWhatABrowserShows) {
  const std::string body =
      "<h1>Pact &amp; peace</h1><p>The &ldquo;1994&rdquo; agree<b>ment</b> (No.&nbsp;5) ended.<p>It&#39;s <a "
      "href='a>b'>over</a>: 5&thinsp;&times;&thinsp;3 &lt; 16 &copy; a<br>second line, na&iuml;ve &notin; S.";
  const Document document = MustRead(body, MimeType::kHtml);
  ASSERT_THAT(document.sentences, SizeIs(3));
  for (const Sentence& sentence : document.sentences) {
    const absl::string_view cut =
        absl::string_view(body).substr(sentence.source.begin, sentence.source.end - sentence.source.begin);
    const Document shown = MustRead(TextOfHtml(cut), MimeType::kPlain);
    const uint32_t tokens = static_cast<uint32_t>(shown.tokens.size());
    EXPECT_EQ(Texts(shown, {0, tokens}), Texts(document, sentence.tokens)) << cut;
  }
}

// Pieces of markup and text in any order: whatever a reader makes of them, the promises hold.
TEST(DocumentReaderTest, RandomArticlesKeepEveryPromise) {
  const std::string pieces[] = {"pact",
                                "Paris",
                                "U.S.",
                                "No. 5",
                                "1,994",
                                "\xE2\x80\x99s",
                                "n't",
                                "won't",
                                "e\xCC\x81",
                                "\xE2\x80\x91",
                                "\xEF\xBB\xBF",
                                "\xC2\xAD",
                                ". ",
                                "? ",
                                "\xE2\x80\xA6",
                                "\"",
                                "\xE2\x80\x9C",
                                "\xE2\x80\x9D",
                                " ",
                                " ",
                                " ",
                                "\n",
                                "\n\n",
                                "\r\n",
                                "\t",
                                "\xE2\x80\xA8",
                                "- ",
                                "1. ",
                                "  ",
                                "| ",
                                "|---|",
                                "# ",
                                "> ",
                                "===\n",
                                "```\n",
                                "**",
                                "_",
                                "`",
                                "~~",
                                "[",
                                "](",
                                ")",
                                "][",
                                "![",
                                "\\",
                                "<!--",
                                "-->",
                                "<b>",
                                "</b>",
                                "<p>",
                                "</p>",
                                "<br>",
                                "<li>",
                                "<ul>",
                                "</ul>",
                                "<table>",
                                "<tr>",
                                "<td>",
                                "<td colspan=3>",
                                "<td rowspan=2>",
                                "</table>",
                                "<nav>",
                                "</nav>",
                                "<div class=share>",
                                "</div>",
                                "<script>",
                                "</script>",
                                "<h2>",
                                "</h2>",
                                "<svg>",
                                "</svg>",
                                "<del>",
                                "</del>",
                                "&amp;",
                                "&eacute;",
                                "&nvlt;",
                                "&#8209;",
                                "&#x",
                                "&nbsp",
                                "&",
                                "<",
                                ">",
                                "http://a.b/c",
                                "a@b.org",
                                std::string(1, '\0'),
                                "\xF0\x9F\x98\x80",
                                "\xD8\xB9\xD9\x87\xD8\xAF",
                                "=",
                                "....",
                                "x"};
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  const auto text = [&](uint32_t longest) {
    std::string joined;
    for (uint32_t length = random() % longest; length > 0; --length)
      joined += pieces[random() % std::size(pieces)];
    return joined;
  };
  for (int i = 0; i < 3000; ++i) {
    const std::string title = text(8);
    const std::string body = text(60);
    const MimeType type = kAllTypes[i % 3];
    const absl::StatusOr<Document> document = ReadDocument(title, body, type);
    if (!document.ok()) {
      ASSERT_EQ(document.status(), absl::InvalidArgumentError("body: has no text")) << body;
      continue;
    }
    ASSERT_EQ(FindBrokenPromise(title, body, type, *document), "")
        << "title: " << title << "\nbody: " << body;
  }
}

}  // namespace
}  // namespace treatywire::ingest
