#include "ingest_service/document/html_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/ingest_service/document/document_text.h"

namespace treatywire::ingest {
namespace {

using testing::ElementsAre;

// Enough text that leaving out the rest of a page leaves the article.
const char kBody[] =
    "<p>The two governments said that the agreement on fisheries, which had been in force for more than "
    "twenty "
    "years, would not be prolonged, since neither side had asked for new talks on quotas in time.</p>"
    "<p>Officials of both sides will meet again next month.</p>";
const char kFirst[] =
    "P: The two governments said that the agreement on fisheries, which had been in force for more than "
    "twenty "
    "years, would not be prolonged, since neither side had asked for new talks on quotas in time.";
const char kSecond[] = "P: Officials of both sides will meet again next month.";

TEST(HtmlReaderTest, ElementsMakeBlocks) {
  EXPECT_THAT(
      ShowHtml("<html><body><h1>Pact ends</h1><p>It ended. It is over.</p><div>Two <b>more</b> years</div>"
               "<ul><li>One<li>Two<ul><li>Deep</ul></ul><dl><dt>Term<dd>Text</dl></body></html>"),
      ElementsAre("H1: Pact ends", "P: It ended. | It is over.", "P: Two more years", "L0: One", "L0: Two",
                  "L1: Deep", "L0: Term", "L0: Text"));
}

TEST(HtmlReaderTest, TagsWithinWordsJoinThem) {
  EXPECT_THAT(ShowHtml("inter<b>nation</b>al<i> law</i>"), ElementsAre("P: international law"));
}

TEST(HtmlReaderTest, WhiteSpaceIsCollapsed) {
  EXPECT_THAT(ShowHtml("<p>\r\n  a \t b\r\n</p>"), ElementsAre("P: a b"));
}

TEST(HtmlReaderTest, EntitiesAreDecoded) {
  EXPECT_THAT(ShowHtml("<p>Fran&ccedil;ois&rsquo;s R&amp;D&nbsp;pact &lt;1994&gt; &#8211; AT&T</p>"),
              ElementsAre("P: Fran\xC3\xA7ois\xE2\x80\x99s R&D pact <1994> \xE2\x80\x93 AT&T"));
}

TEST(HtmlReaderTest, UnclosedAndMisnestedTagsStillMakeBlocks) {
  EXPECT_THAT(ShowHtml("<p>One<p>Two<li>Three</p></b></div></ul>Four<h2>Five<p>Six"),
              ElementsAre("P: One", "P: Two", "L0: Three", "P: Four", "H2: Five", "P: Six"));
  EXPECT_THAT(ShowHtml("no tags at all"), ElementsAre("P: no tags at all"));
}

TEST(HtmlReaderTest, LineBreakEndsAParagraphUnlessTheTextGoesOn) {
  EXPECT_THAT(ShowHtml("They met in<br>the capital.<br>Then they left<br/><br>the room"),
              ElementsAre("P: They met in the capital.", "P: Then they left", "P: the room"));
}

TEST(HtmlReaderTest, ShortBoldParagraphIsAHeading) {
  EXPECT_THAT(
      ShowHtml("<p><strong>What comes next</strong></p><p><b>Talks</b> began.</p><p><b>It is over.</b></p>"),
      ElementsAre("H6: What comes next", "P: Talks began.", "P: It is over."));
}

TEST(HtmlReaderTest, WhatIsNotShownIsLeftOut) {
  EXPECT_THAT(ShowHtml("<head><title>T</title><style>p{}</style></head><p>A<script>x</script> pact "
                       "<del>void</del><svg><text>t</text></svg>holds<!-- note --></p><div hidden>H</div>"
                       "<noscript>N</noscript><template>X</template><p>Done<select><option>o</select></p>"),
              ElementsAre("P: A pact holds", "P: Done"));
}

TEST(HtmlReaderTest, NavigationAndItsLikeAreLeftOut) {
  EXPECT_THAT(ShowHtml(absl::StrCat("<nav>Home</nav><form>Search</form>", kBody,
                                    "<div class=\"box related-posts\">More</div><aside>Also</aside>"
                                    "<ul class=share><li>Post</ul><footer>Imprint</footer>")),
              ElementsAre(kFirst, kSecond));
}

TEST(HtmlReaderTest, HeaderOfThePageIsLeftOutAndThatOfTheArticleKept) {
  EXPECT_THAT(ShowHtml(absl::StrCat("<header>Daily</header><article><header><h1>Pact ends</h1></header>",
                                    kBody, "</article>")),
              ElementsAre("H1: Pact ends", kFirst, kSecond));
  EXPECT_THAT(ShowHtml(absl::StrCat("<header><h1>Pact ends</h1></header>", kBody)),
              ElementsAre("H1: Pact ends", kFirst, kSecond));
}

TEST(HtmlReaderTest, NothingIsLeftOutOfAPageThatHasNothingElse) {
  EXPECT_THAT(ShowHtml("<form><p>The whole page stands in a form, as old systems make it.</p></form>"),
              ElementsAre("P: The whole page stands in a form, as old systems make it."));
}

TEST(HtmlReaderTest, SkippedElementThatNeverEndsIsNotSkipped) {
  EXPECT_THAT(ShowHtml(absl::StrCat("<nav>Home", kBody)), ElementsAre("P: Home", kFirst, kSecond));
  EXPECT_THAT(ShowHtml(absl::StrCat("<div class=promo>Offer", kBody)),
              ElementsAre("P: Offer", kFirst, kSecond));
}

TEST(HtmlReaderTest, TablesGiveRowsWithCellsUnderTheirHeaders) {
  EXPECT_THAT(ShowHtml("<table><caption>Pacts</caption><thead><tr><th>Treaty<th>Signed<th>Ended</thead>"
                       "<tr><td rowspan=2>INF<td>1987<td>2019<tr><td colspan=2>seen as over</table>"),
              ElementsAre("P: Pacts", "R0*: Treaty ; Signed ; Ended", "R0: INF ; 1987 ; 2019",
                          "R0:  ; seen as over ; "));
}

TEST(HtmlReaderTest, CellsOfSeveralParagraphsAreOneText) {
  EXPECT_THAT(ShowHtml("<table><tr><td><p>One.</p><p>Two.</p></td><td>x</td></tr></table>"),
              ElementsAre("R0: One. Two. ; x"));
}

TEST(HtmlReaderTest, TablesThatLayOutThePageDissolve) {
  EXPECT_THAT(ShowHtml("<table><tr><td><h1>Pact</h1><td>Side</tr></table>"),
              ElementsAre("H1: Pact", "P: Side"));
  EXPECT_THAT(ShowHtml("<table><tr><td>Menu<td><table><tr><td>a<td>1<tr><td>b<td>2</table><p>After</table>"),
              ElementsAre("P: Menu", "R0: a ; 1", "R0: b ; 2", "P: After"));
}

TEST(HtmlReaderTest, XmlClosesElementsInTheirTags) {
  EXPECT_THAT(ShowHtml("<?xml version='1.0'?><html><script src='x'/><p>One</p><nav/><p>Two</p></html>"),
              ElementsAre("P: One", "P: Two"));
}

}  // namespace
}  // namespace treatywire::ingest
