#include "ingest_service/lexicon/literal_prefilter.h"

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ingest_service/document/document_reader.h"

namespace treatywire::ingest {
namespace {

// Phrases of plain words, given as "peace treaty".
class Phrases {
 public:
  explicit Phrases(const std::vector<std::string>& patterns) {
    for (const std::string& pattern : patterns) {
      LexiconEntry& entry = entries_.emplace_back();
      entry.kind = EntryKind::kInstrument;
      entry.words = pattern;
      Phrase phrase;
      phrase.entry = &entry;
      for (const absl::string_view word : absl::StrSplit(pattern, ' ')) {
        const bool caps = word == "INF" || word == "START";
        phrase.sequence.words.push_back({absl::AsciiStrToLower(word), caps, caps, false});
      }
      phrases_.push_back(phrase);
    }
    for (const Phrase& phrase : phrases_) pointers_.push_back(&phrase);
  }

  const std::vector<Phrase>& all() const { return phrases_; }
  LiteralPrefilter Prefilter() const { return LiteralPrefilter(pointers_); }

 private:
  std::deque<LexiconEntry> entries_;
  std::vector<Phrase> phrases_;
  std::vector<const Phrase*> pointers_;
};

TEST(LiteralPrefilterTest, TextsWithoutAnyOfTheWordsAreLetGo) {
  const LiteralPrefilter prefilter = Phrases({"treaty", "exchange of notes"}).Prefilter();
  EXPECT_FALSE(prefilter.MayMatch(""));
  EXPECT_FALSE(
      prefilter.MayMatch("A quiet day in Oslo, with notes of spring; treatment, entreaty and treaties."));
  EXPECT_TRUE(prefilter.MayMatch("The TREATY's end"));
  EXPECT_TRUE(prefilter.MayMatch("an exchange of notes"));
}

TEST(LiteralPrefilterTest, OneWordServesAllPhrasesThatHoldIt) {
  const LiteralPrefilter prefilter = Phrases({"treaty of friendship", "treaty"}).Prefilter();
  EXPECT_FALSE(prefilter.MayMatch("friendship"));
  EXPECT_TRUE(prefilter.MayMatch("treaty"));
}

TEST(LiteralPrefilterTest, CommonWordsCountOneAfterTheOther) {
  const LiteralPrefilter prefilter = Phrases({"berlin act", "eu - turkey statement", "oslo i"}).Prefilter();
  EXPECT_FALSE(prefilter.MayMatch("In Berlin, to act is all; Turkey's statement. I, in Oslo."));
  EXPECT_TRUE(prefilter.MayMatch("Oslo I"));
  EXPECT_TRUE(prefilter.MayMatch("the Berlin Act"));
  EXPECT_TRUE(prefilter.MayMatch("the EU\xE2\x80\x93Turkey statement"));
}

TEST(LiteralPrefilterTest, AcronymsCountInCapitals) {
  const LiteralPrefilter prefilter = Phrases({"START II"}).Prefilter();
  EXPECT_FALSE(prefilter.MayMatch("The start of it, the Start"));
  EXPECT_TRUE(prefilter.MayMatch("START II"));
}

TEST(LiteralPrefilterTest, WordsAreFoundHoweverTheyAreWritten) {
  const LiteralPrefilter prefilter = Phrases({"pact", "accord"}).Prefilter();
  for (const absl::string_view text :
       {"pact.", "(Pact)", "PACT", "non-pact",
        "p\xC3\xA1"
        "ct",
        "pa\xC2\xAD"
        "ct",
        "\xE2\x80\x9Cpact\xE2\x80\x9D", "Franco\xE2\x80\x91pact", "pac\xCC\x81t",
        "\xEF\xBD\x90\xEF\xBD\x81"
        "ct",
        "d'accord", "pactn't", "\xE2\x80\x8Bpact", "\xC2\xA0pact"}) {
    EXPECT_TRUE(prefilter.MayMatch(text)) << text;
  }
  for (const absl::string_view text : {"impact", "pacts", "pact2", "compact\xC3\xA9", "p act"}) {
    EXPECT_FALSE(prefilter.MayMatch(text)) << text;
  }
}

TEST(LiteralPrefilterTest, PhraseWithoutAWordToLookForLetsAllThrough) {
  EXPECT_TRUE(Phrases({"treaty", "u.s."}).Prefilter().MayMatch("nothing"));
  EXPECT_TRUE(Phrases({"will"}).Prefilter().MayMatch("they won't"));
}

TEST(LiteralPrefilterTest, WordsBehindTheCutOfALongTokenAreNotMissed) {
  const LiteralPrefilter prefilter = Phrases({"pact"}).Prefilter();
  EXPECT_TRUE(prefilter.MayMatch(std::string(kMaxTokenBytes, 'x') + "pact"));
  EXPECT_TRUE(prefilter.MayMatch("http://" + std::string(kMaxTokenBytes - 7, 'x') + "pact"));
}

// What the trie finds in a text, the prefilter may not let go.
TEST(LiteralPrefilterTest, LetsGoOfNoTextWithAMatch) {
  const Phrases phrases({"pact", "accord", "new START", "peace deal", "of - paris n't", "INF", "start of"});
  const LiteralPrefilter prefilter = phrases.Prefilter();
  const std::unique_ptr<const PhraseTrie> trie = PhraseTrie::Build(phrases.all());
  const std::string pieces[] = {"pact",
                                "accord",
                                "new ",
                                "start",
                                "peace ",
                                "deal ",
                                "of ",
                                "Paris",
                                "INF",
                                " ",
                                " ",
                                "\n",
                                ".",
                                "'s",
                                "n't",
                                "n",
                                "-",
                                "x",
                                "1",
                                "e",
                                "\xCC\x81",
                                "\xC2\xAD",
                                "\xE2\x80\x99",
                                "\xE2\x80\x91",
                                "\xC2\xA0",
                                "'",
                                "http://",
                                "@a.b",
                                ".com",
                                "P",
                                "A",
                                "\xEF\xBD\x83",
                                "s",
                                "\xE2\x80\x8B"};
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  size_t let_go = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (uint32_t length = 1 + random() % 8; length > 0; --length)
      text += pieces[random() % std::size(pieces)];
    const absl::StatusOr<Document> document = ReadDocument("", text, MimeType::kPlain);
    if (!document.ok()) continue;
    const bool matches = !trie->Match(*document).empty();
    ASSERT_TRUE(prefilter.MayMatch(text) || !matches) << text;
    ASSERT_TRUE(prefilter.MayMatch(*document) || !matches) << text;
    let_go += prefilter.MayMatch(text) ? 0 : 1;
  }
  EXPECT_GT(let_go, 1000u);
}

}  // namespace
}  // namespace treatywire::ingest
