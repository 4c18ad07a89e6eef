// Articles that are built to be slow to read, of any size: for tests and benchmarks of reading and
// extraction.
#ifndef TREATYWIRE_TESTS_INGEST_SERVICE_DOCUMENT_HOSTILE_ARTICLES_H_
#define TREATYWIRE_TESTS_INGEST_SERVICE_DOCUMENT_HOSTILE_ARTICLES_H_

#include <cstddef>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"

namespace treatywire::ingest {

// A text that begins with `head`, repeats `unit` and ends with `tail`. What stands in `unit` as {A}, {B},
// {subject} and {day} is another one each time: two states, what an agreement is about, a date.
struct HostileArticle {
  const char* name;
  absl::string_view head;
  absl::string_view unit;
  absl::string_view tail;

  // As many units as fit into `bytes`.
  std::string Body(size_t bytes) const {
    const bool varies =
        unit.find('{') != absl::string_view::npos && unit.find('}') != absl::string_view::npos;
    std::string body(head);
    for (size_t i = 0;; ++i) {
      const std::string next = varies ? Unit(i) : std::string(unit);
      if (body.size() + next.size() + tail.size() > bytes) break;
      body += next;
    }
    return body.append(tail.data(), tail.size());
  }

 private:
  std::string Unit(size_t i) const {
    static constexpr const char* kStates[] = {"Kenya", "Peru",  "Chad",  "Mali",  "Fiji",  "Togo",
                                              "Cuba",  "Oman",  "Iran",  "Iraq",  "Laos",  "Malta",
                                              "Nepal", "Niger", "Qatar", "Samoa", "Spain", "Sudan",
                                              "Syria", "Tonga", "Yemen", "Ghana", "Gabon"};
    static constexpr const char* kSubjects[] = {"trade",       "fisheries", "defence", "tax",  "transit",
                                                "extradition", "border",    "energy",  "water"};
    static constexpr const char* kMonths[] = {"January", "March", "May", "July", "August", "October"};
    const size_t states = std::size(kStates);
    const std::string day = absl::StrCat(1 + i % 28, " ", kMonths[i / 28 % std::size(kMonths)], " ",
                                         1900 + i / 28 / std::size(kMonths) % 120);
    // Every pair before one comes again.
    return absl::StrReplaceAll(unit, {{"{A}", kStates[i % states]},
                                      {"{B}", kStates[(i + 1 + i / states % (states - 1)) % states]},
                                      {"{subject}", kSubjects[i % std::size(kSubjects)]},
                                      {"{day}", day}});
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
    {"TalksWithAll", "", "talks with France and ", "Spain on a treaty."},
    {"StatesJoined", "A treaty between ", "France and Germany and ", "Spain was signed."},
    {"AgreementsJoined", "France signed ", "a trade agreement with Kenya and ", "a pact with Peru."},
    {"NestedTreaties", "", "the treaty between France and ", "Spain was signed."},
    {"TreatyOfTreaty", "", "the protocol to the agreement on the treaty with ", "Spain was signed."},
    {"OpenBrackets", "The treaty ", "(the treaty with France ", ". "},
    {"OpenQuotes", "The treaty ", "\xE2\x80\x9Cthe treaty of France said ", ""},
    {"OneSentenceOfPronouns", "France and Spain signed a treaty. ", "they it both the two it ", "."},
    {"Negations", "The treaty between France and Spain was ", "not never no without ", "signed."},
    {"Infinitives", "France wants ", "to sign to ratify to end ", "the treaty with Spain."},
    {"Capitals", "", "FRANCE SIGNED THE TREATY WITH SPAIN ", ""},
    {"WordsWithoutSpaces", "The treaty ", "treatybetweenFranceandGermanysigned", ""},
    {"Possessives", "", "France's Spain's ", "treaty ended."},
    {"CountsOfAgreements", "France signed two accords: ", "one with Kenya, one with Peru, ",
     "one with Mali."},
    {"FormerAndLatter", "France and Spain signed a treaty. ",
     "The first treaty, the second, the former and the latter ended. ", ""},
    {"Followers", "France ratified the treaty with Spain in 2003. ", "{A} followed on {day}. ", ""},
    {"Gaps", "France ratified the treaty with Spain in 2003, ", "{A} in 2004, ", "Chad in 2006."},
    {"HeadingsOfTreaties", "", "# The treaty between {A} and {B}\n\n", ""},
    {"PairsWithoutVerb", "", "The treaty between {A} and {B}. ", ""},
    {"PairsOfOneSentence", "", "the treaty between {A} and {B}, ", "ended."},
    {"PluralPairs", "", "The treaties of {A} with {B} and Haiti. ", ""},
    {"DatedPairs", "", "{A} ended the {subject} treaty with {B} on {day}. ", ""},
    {"DatedActs", "", "France ratified the treaty with Spain on {day}. ", ""},
    {"DatedTreaties", "", "The treaty of {day} between {A} and {B}. ", ""},
    {"WideTable", "<table><tr><th>Treaty", "<th>Signed", "<tr><td>France<td>3 May 2004</table>"},
    {"RowsOfStates", "<p>States that ratified the treaty of 1990:</p><table><tr><th>Country<th>Date",
     "<tr><td>{A}<td>{day}", "</table>"},
    {"RowsOfPairs", "<table><tr><th>Treaty<th>Parties<th>Signed",
     "<tr><td>{subject} treaty<td>{A}, {B}<td>{day}", "</table>"},
    {"ItemsOfStates", "States that ratified the treaty of 1990:\n\n", "- {A}, {day}\n", ""},
    {"Timeline", "Timeline:\n\n", "- {day}: {A} signed the treaty with {B}\n", ""},
    {"ListOfTreaties", "Treaties that France ended:\n\n", "- the 1994 treaty with Germany\n", ""},
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_TESTS_INGEST_SERVICE_DOCUMENT_HOSTILE_ARTICLES_H_
