#include "ingest_service/lexicon/pattern.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace treatywire::ingest {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

const VerbTable& Verbs() {
  static const VerbTable* const verbs = [] {
    auto* table = new VerbTable();
    table->Add({"come", {"came"}, {"come"}, {}, {}});
    return table;
  }();
  return *verbs;
}

PatternOptions Options() {
  PatternOptions options;
  options.verbs = &Verbs();
  return options;
}

// "a ^b ... !c": words with a gap before "c", a capital wanted for "b", capitals for "c".
std::string Show(const PatternSequence& sequence) {
  return absl::StrJoin(sequence.words, " ", [](std::string* out, const PatternWord& word) {
    absl::StrAppend(out, word.after_gap ? "... " : "",
                    word.needs_caps      ? "!"
                    : word.needs_capital ? "^"
                                         : "",
                    word.norm);
  });
}

std::vector<std::string> Compile(absl::string_view pattern, const PatternOptions& options = Options()) {
  const absl::StatusOr<std::vector<PatternSequence>> sequences = CompilePattern(pattern, options);
  EXPECT_TRUE(sequences.ok()) << sequences.status();
  std::vector<std::string> shown;
  if (!sequences.ok()) return shown;
  for (const PatternSequence& sequence : *sequences) shown.push_back(Show(sequence));
  return shown;
}

std::string Error(absl::string_view pattern) {
  const absl::StatusOr<std::vector<PatternSequence>> sequences = CompilePattern(pattern, Options());
  EXPECT_EQ(sequences.status().code(), absl::StatusCode::kInvalidArgument) << pattern;
  return std::string(sequences.status().message());
}

TEST(PatternTest, PlainWordsAreTokenizedAsATextIs) {
  EXPECT_THAT(Compile("notice"), ElementsAre("notice"));
  EXPECT_THAT(Compile("Women's Treaty"), ElementsAre("women 's treaty"));
  EXPECT_THAT(Compile("C\xC3\xB4te d\xE2\x80\x99Ivoire"), ElementsAre("cote d'ivoire"));
  EXPECT_THAT(Compile("U.S. Senate"), ElementsAre("u.s. senate"));
}

TEST(PatternTest, VerbComesInAllItsForms) {
  const absl::StatusOr<std::vector<PatternSequence>> sequences =
      CompilePattern("<come> into force", Options());
  ASSERT_TRUE(sequences.ok());
  std::vector<std::pair<std::string, VerbForm>> shown;
  for (const PatternSequence& sequence : *sequences) shown.emplace_back(Show(sequence), sequence.form);
  EXPECT_THAT(shown, ElementsAre(std::make_pair("come into force", VerbForm::kBase),
                                 std::make_pair("comes into force", VerbForm::kThird),
                                 std::make_pair("came into force", VerbForm::kPast),
                                 std::make_pair("coming into force", VerbForm::kIng)));
}

TEST(PatternTest, FirstVerbGivesTheForm) {
  const absl::StatusOr<std::vector<PatternSequence>> sequences = CompilePattern("(<help>) <sign>", Options());
  ASSERT_TRUE(sequences.ok());
  for (const PatternSequence& sequence : *sequences) {
    const std::string shown = Show(sequence);
    const bool is_helped = shown.substr(0, 6) == "helped";
    EXPECT_EQ(sequence.form == VerbForm::kPastOrParticiple, is_helped || shown == "signed") << shown;
  }
  EXPECT_EQ(sequences->size(), 20u);
}

TEST(PatternTest, BracketsMayBeMissing) {
  EXPECT_THAT(Compile("(the) Baltic states"), ElementsAre("the baltic states", "baltic states"));
  EXPECT_THAT(Compile("note (of the day) (no longer)"),
              ElementsAre("note of the day no longer", "note of the day", "note no longer", "note"));
}

TEST(PatternTest, SlashSeparatesAlternatives) {
  EXPECT_THAT(Compile("peace treaty/pact/<accord>"),
              ElementsAre("peace treaty", "peace pact", "peace accord", "peace accords", "peace accorded",
                          "peace according"));
  EXPECT_THAT(Compile("(a/the) deal"), ElementsAre("a deal", "the deal", "deal"));
}

TEST(PatternTest, GapStandsBetweenWords) {
  EXPECT_THAT(Compile("turn ... down"), ElementsAre("turn ... down"));
  EXPECT_THAT(Compile("a \xE2\x80\xA6 b c ... d"), ElementsAre("a ... b c ... d"));
  EXPECT_THAT(Compile("a ... b/c"), ElementsAre("a ... b", "a ... c"));
}

TEST(PatternTest, HyphenMayBeASpaceOrNothing) {
  EXPECT_THAT(Compile("co-operation"), UnorderedElementsAre("co - operation", "co operation", "cooperation"));
  EXPECT_THAT(Compile("the a-b-c d"),
              UnorderedElementsAre("the a - b - c d", "the a b - c d", "the ab - c d", "the a - b c d",
                                   "the a b c d", "the ab c d", "the a - bc d", "the a bc d", "the abc d"));
  EXPECT_THAT(Compile("<re-open>"), testing::Contains("reopened"));
}

TEST(PatternTest, DashBetweenWordsIsADash) {
  EXPECT_THAT(Compile("a - b"), ElementsAre("a - b"));
  EXPECT_THAT(Compile("pre- and post"), ElementsAre("pre - and post"));
}

TEST(PatternTest, CaseCountsWhereWanted) {
  PatternOptions options = Options();
  options.respects_case = true;
  EXPECT_THAT(Compile("US Senate of the Union", options), ElementsAre("!us ^senate of the ^union"));
  EXPECT_THAT(Compile("AUKUS-plus", options),
              UnorderedElementsAre("!aukus - plus", "!aukus plus", "^aukusplus"));
  EXPECT_THAT(Compile("US Senate"), ElementsAre("us senate"));
}

TEST(PatternTest, LiteralHasNoMarks) {
  PatternOptions options = Options();
  options.is_literal = true;
  EXPECT_THAT(Compile("Congo (Kinshasa)", options), ElementsAre("congo ( kinshasa )"));
}

TEST(PatternTest, SequencesAreGivenOnce) {
  EXPECT_THAT(Compile("the/the/a deal"), ElementsAre("the deal", "a deal"));
}

TEST(PatternTest, MalformedPatternsAreRefused) {
  EXPECT_THAT(Error(""), HasSubstr("empty"));
  EXPECT_THAT(Error("(the)"), HasSubstr("empty"));
  EXPECT_THAT(Error("(the deal"), HasSubstr("never closed"));
  EXPECT_THAT(Error("treat(y)"), HasSubstr("whole words"));
  EXPECT_THAT(Error("the) deal"), HasSubstr("whole words"));
  EXPECT_THAT(Error("(re)sign"), HasSubstr("white space"));
  EXPECT_THAT(Error("(a (b)) c"), HasSubstr("not in each other"));
  EXPECT_THAT(Error("a//b"), HasSubstr("empty alternative"));
  EXPECT_THAT(Error("<sign"), HasSubstr("not a verb"));
  EXPECT_THAT(Error("<sign>ed"), HasSubstr("not a verb"));
  EXPECT_THAT(Error("<>"), HasSubstr("not a verb"));
  EXPECT_THAT(Error("... down"), HasSubstr("begins"));
  EXPECT_THAT(Error("(turn) ... down"), HasSubstr("begins"));
  EXPECT_THAT(Error("turn ..."), HasSubstr("ends"));
  EXPECT_THAT(Error("turn ... ... down"), HasSubstr("follows a gap"));
  EXPECT_THAT(Error("turn ... (it) down"), HasSubstr("follows a gap"));
  EXPECT_THAT(Error("turn (it ... right) down"), HasSubstr("in brackets"));
  EXPECT_THAT(Error("turn...down"), HasSubstr("between spaces"));
}

TEST(PatternTest, LimitOfGaps) {
  EXPECT_THAT(Compile("a ... b ... c"), ElementsAre("a ... b ... c"));
  EXPECT_THAT(Error("a ... b ... c ... d"), HasSubstr("more than 2 gaps"));
}

TEST(PatternTest, LimitOfWords) {
  std::string pattern = "w";
  for (size_t i = 1; i < kMaxPatternWords; ++i) pattern += " w";
  EXPECT_EQ(Compile(pattern).size(), 1u);
  EXPECT_THAT(Error(pattern + " w"), HasSubstr("more than 48 words"));
}

TEST(PatternTest, LimitOfSequences) {
  // 2 ^ 10 = kMaxPatternSequences.
  std::string pattern = "x";
  for (char c = 'a'; c < 'a' + 10; ++c) absl::StrAppend(&pattern, " (", std::string(1, c), ")");
  EXPECT_EQ(Compile(pattern).size(), kMaxPatternSequences);
  EXPECT_THAT(Error(pattern + " (z)"), HasSubstr("more than 1024 sequences"));
  EXPECT_THAT(Error("a-b-c-d-e-f-g-h"), HasSubstr("more than 1024 sequences"));
}

// Makes random patterns together with all that they stand for, as Show writes it.
class RandomPattern {
 public:
  explicit RandomPattern(std::mt19937& random) : random_(random) {
    const uint32_t chunks = 1 + Below(5);
    for (uint32_t i = 0; i < chunks; ++i) AddChunk(i == 0);
  }

  const std::string& text() const { return text_; }
  const std::set<std::string>& meanings() const { return meanings_; }

 private:
  uint32_t Below(uint32_t limit) { return random_() % limit; }
  std::string Word() { return std::string(1, static_cast<char>('a' + Below(4))) + "x"; }

  // "ax", "ax/bx"
  std::set<std::string> Alternatives(std::string* written) {
    std::set<std::string> words = {Word()};
    *written = *words.begin();
    for (uint32_t more = Below(3); more > 0; --more) {
      const std::string word = Word();
      absl::StrAppend(written, "/", word);
      words.insert(word);
    }
    return words;
  }

  void AddChunk(bool is_first) {
    std::string written;
    std::set<std::string> words = Alternatives(&written);
    // A gap needs a word before it in every meaning, and one after it.
    const bool may_gap = !is_first && gaps_ < kMaxPatternGaps && !meanings_.contains("");
    const bool gap = may_gap && Below(4) == 0;
    const bool optional = !is_first && !gap && Below(3) == 0;
    if (gap) ++gaps_;
    if (optional) words.insert("");
    absl::StrAppend(&text_, is_first ? "" : " ", gap ? "... " : "", optional ? "(" : "", written,
                    optional ? ")" : "");
    std::set<std::string> longer;
    for (const std::string& meaning : meanings_) {
      for (const std::string& word : words) {
        const bool space = !meaning.empty() && !word.empty();
        longer.insert(absl::StrCat(meaning, space ? " " : "", gap ? "... " : "", word));
      }
    }
    meanings_ = std::move(longer);
  }

  std::mt19937& random_;
  std::string text_;
  std::set<std::string> meanings_ = {""};
  size_t gaps_ = 0;
};

TEST(PatternTest, RandomPatternsStandForEachChoiceOfTheirParts) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  for (int i = 0; i < 2000; ++i) {
    const RandomPattern pattern(random);
    const std::vector<std::string> compiled = Compile(pattern.text());
    ASSERT_THAT(compiled, testing::UnorderedElementsAreArray(pattern.meanings())) << pattern.text();
  }
}

}  // namespace
}  // namespace treatywire::ingest
