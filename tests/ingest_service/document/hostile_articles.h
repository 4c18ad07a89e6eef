// Articles that are built to be slow to read, of any size: for the tests and the benchmark of the document
// stage.
#ifndef TREATYWIRE_TESTS_INGEST_SERVICE_DOCUMENT_HOSTILE_ARTICLES_H_
#define TREATYWIRE_TESTS_INGEST_SERVICE_DOCUMENT_HOSTILE_ARTICLES_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace treatywire::ingest {

// A text that begins with `head`, repeats `unit` and ends with `tail`.
struct HostileArticle {
  const char* name;
  absl::string_view head;
  absl::string_view unit;
  absl::string_view tail;

  // As many units as fit into `bytes`.
  std::string Body(size_t bytes) const {
    std::string body(head);
    while (body.size() + unit.size() + tail.size() <= bytes) body.append(unit.data(), unit.size());
    return body.append(tail.data(), tail.size());
  }
};

inline constexpr HostileArticle kHostileArticles[] = {
    // HTML
    {"NestedDivs", "", "<div>", "deep"},
    {"NestedDivsWithText", "", "<div>a", ""},
    {"NestedBold", "", "<b>x", ""},
    {"NestedTables", "", "<table><tr><td>", "deep"},
    {"NestedLists", "", "<ul><li>", "deep"},
    {"UnclosedSkippedElements",
     "<nav><form><footer><aside><menu><dialog><template><noscript><object><svg><math><canvas><video><audio><"
     "select>"
     "<button><datalist><applet><map><del><s><strike><rp><rt><div class=ad><section class=ad><ul class=ad>",
     "<i>", "x"},
    {"SkippedElementsUnclosedOneByOne", "", "<nav>a<form>b<aside>c", ""},
    {"NestedSkippedElementsHalfClosed", "", "<nav><nav></nav>a", ""},
    {"UnclosedComments", "text", "<!-- -", ""},
    {"UnclosedAttributes", "text", "<p a=\"x", ""},
    {"AttributesWithoutEnd", "text<p", " a=b", ""},
    {"AnglesOnly", "x", "<", ""},
    {"EndTagsOnly", "x", "</p>", ""},
    {"UnclosedRawText", "x<script>", "</scrip ", ""},
    {"Entities", "", "&amp;", ""},
    {"HalfEntities", "x", "&ampersan", ""},
    {"NumberWithoutEnd", "x&#", "9", ""},
    {"Ampersands", "x", "&", ""},
    {"WideCells", "<table>", "<tr><td colspan=20 rowspan=20>x", "</table>"},
    {"EmptyCells", "<table><tr><td>a<td>b", "<td>", "</table>"},
    {"TallRow", "<table><tr>", "<td>x", "</table>"},
    {"LineBreaks", "x", "<br>a", ""},
    {"ClosingMarksBetweenBreaks", "x", ")<i></i>", "<br>a"},
    {"ClassNames", "x<div class=\"", "nav2 ", "\">y</div>"},
    // Markdown and plain text
    {"OpeningBrackets", "x", "[", ""},
    {"LinksWithoutEnd", "x", "[a](", ""},
    {"LinkTargetsWithoutEnd", "x", "](", ""},
    {"NestedLinks", "x", "![a", "](b)"},
    {"OpenReferences", "[x]: http://a\n\n", "[a][", ""},
    {"Footnotes", "x", "[^a]", ""},
    {"Emphasis", "x", "*a **b ", ""},
    {"Stars", "x", "*", ""},
    {"Strikes", "x", "~~~a~~", ""},
    {"Backticks", "x", "`a``b", ""},
    {"OpenFences", "x\n\n", "```a\n", ""},
    {"FencesOfEveryLength", "x\n\n", "```a\n````b\n`````c\n~~~d\n~~~~e\n", ""},
    {"Quotes", "x\n\n", ">", "y"},
    {"QuotedLines", "x\n", "> y\n", ""},
    {"DeepLists", "", "- ", "x"},
    {"ListItems", "", "- x\n", ""},
    {"Rules", "x\n", "---\n", ""},
    {"Headings", "", "# x\n", ""},
    {"UnderlinedLines", "", "x\n=\n", ""},
    {"PipeRows", "", "|a|b\n", ""},
    {"Pipes", "|", "|", "x|"},
    {"DelimiterRows", "a|b\n", "-|-\n", ""},
    {"OpenComments", "", "<!-- x\n", ""},
    {"OneLineComments", "", "<!-- -->x\n", ""},
    {"Backslashes", "x", "\\", ""},
    {"ShortLines", "", "a\n", ""},
    {"ShortSentences", "", "A. ", ""},
    {"BlankLines", "x", "\n", "y"},
    {"CarriageReturns", "x", "\r", "y"},
    // Tokens and sentences
    {"OneWord", "", "a", ""},
    {"OneWordOfCapitals", "", "A", ""},
    {"OneNumber", "", "1,", "1"},
    {"OneUrl", "http://", "a", ""},
    {"Domains", "", ".com", ""},
    {"Urls", "", "www.a.com/b ", ""},
    {"Addresses", "", "a@b.c", ""},
    {"AtSigns", "x", "@", ""},
    {"AtSignsAndLetters", "x", "a@", ""},
    {"Apostrophes", "x", "'", ""},
    {"ApostrophesInWords", "", "a'", "a"},
    {"CurlyApostrophesInWords", "", "a\xE2\x80\x99", "a"},
    {"Accents", "a", "\xCC\x81", ""},
    {"InvisibleCharacters", "a", "\xE2\x80\x8B", "b"},
    {"LongDecompositions", "", "\xEF\xB7\xBA", ""},
    {"AcronymDots", "", "A.", ""},
    {"InitialBeforeSpaces", "A.", " ", "B"},
    {"NumberBeforeSpaces", "No.", " ", "5"},
    {"ClosingBracketsAfterAnEnd", "It ended.", ")]", ""},
    {"QuotesAfterEnds", "x", ".\"", ""},
    {"FullStops", "x", ". ", ""},
    {"Punctuation", "x", ".,", ""},
    {"WideSpaces", "x", "\xE3\x80\x80", "y"},
    {"Nuls", "x", absl::string_view("\0", 1), "y"},
    {"NulsInWords", "x", absl::string_view("tre\0aty ", 8), "y"},
    {"RightToLeft", "treaty ", "\xD7\x90\xD9\x85 ", ""},
    {"TurnsOfDirection", "treaty ",
     "\xE2\x80\xAE"
     "a\xE2\x80\xAC ",
     ""},
    {"CombiningMarksInNames", "treaty ", "F\xCC\x81rance ", ""},
    // What extraction reads: names, agreements, acts and dates
    {"CapitalNames", "A treaty. ", "John Smith Paris ", ""},
    {"Countries", "A treaty of ", "France Germany ", ""},
    {"ListOfCountries", "A treaty of ", "France, Germany, ", "Spain was signed."},
    {"TreatiesWithoutVerb", "", "treaty ", ""},
    {"OneSentenceOfTreaties", "", "the treaty between France and Germany, ", "ended."},
    {"Signings", "", "France and Germany signed a trade agreement. ", ""},
    {"OneSentenceOfActs", "France and Germany ", "signed, ratified, suspended and ", "ended the treaty."},
    {"ActsOnly", "A treaty. ", "signed ratified withdrew suspended ", ""},
    {"DatesOnly", "A treaty. ", "3 March 2004, ", ""},
    {"DatesOfATreaty", "France and Germany signed the treaty on ", "3 March 2004 and ", "4 May 2005."},
    {"RelativeDates", "A treaty. ", "two days before last week ", ""},
    {"Pronouns", "France and Spain signed a treaty. ", "They left it. ", ""},
    {"SaidThat", "France ", "said that Germany ", "left the treaty."},
    {"QuotedTreaties", "", "\"the treaty\" of France ", ""},
    {"NestedClauses", "The treaty ", "which France, which ", "signed ended."},
    {"TableOfTreaties", "<table><tr><th>Treaty<th>Parties<th>Signed",
     "<tr><td>Trade treaty<td>France, Germany<td>3 March 2004", "</table>"},
    {"PipeTableOfTreaties", "| Treaty | Parties | Signed |\n|-|-|-|\n",
     "| Trade treaty | France, Germany | 3 March 2004 |\n", ""},
    {"ListOfTreaties", "Treaties that France ended:\n\n", "- the 1994 treaty with Germany\n", ""},
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_TESTS_INGEST_SERVICE_DOCUMENT_HOSTILE_ARTICLES_H_
