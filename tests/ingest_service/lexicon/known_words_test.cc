#include "ingest_service/lexicon/known_words.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "tests/ingest_service/lexicon/test_document.h"

namespace treatywire::ingest {
namespace {

// A trie of the phrases "tax treaty" and "in force".
std::unique_ptr<const PhraseTrie> TrieOfTwo() {
  static const auto& entry = *new LexiconEntry;
  std::vector<Phrase> phrases(2);
  phrases[0].sequence.words = {{"tax"}, {"treaty"}};
  phrases[1].sequence.words = {{"in"}, {"force"}};
  for (Phrase& phrase : phrases) phrase.entry = &entry;
  return PhraseTrie::Build(phrases);
}

TEST(KnownWordsTest, TellsOfEachTokenWhatItsOwnLookUpsWould) {
  const std::unique_ptr<const PhraseTrie> trie = TrieOfTwo();
  const Document document =
      MakeDocument({"In May 2019 the tax treaty , formally in force since 4 March , may have lapsed",
                    "Italy and the Assembly march on ( 30th ) ; 04.02.1994 ... zyx"});
  const TokenFacts facts = KnownWords(*trie).LookUp(document);
  ASSERT_EQ(facts.numbers.size(), document.tokens.size());
  for (size_t i = 0; i < document.tokens.size(); ++i) {
    const Token& token = document.tokens[i];
    EXPECT_EQ(facts.numbers[i], trie->NumberOf(token.norm)) << token.text;
    const TimeWord expected = Classify(token);
    EXPECT_EQ(facts.time_words[i].kind, expected.kind) << token.text;
    EXPECT_EQ(facts.time_words[i].value, expected.value) << token.text;
    for (const WordClass word_class :
         {WordClass::kFunctionWord, WordClass::kAuxiliary, WordClass::kAdverb, WordClass::kClauseOpener,
          WordClass::kClauseMark, WordClass::kStandIn}) {
      EXPECT_EQ(facts.classes[i].Has(word_class),
                ClassesOf(token, ListedClassesOf(token.norm)).Has(word_class))
          << token.text;
    }
  }
}

TEST(KnownWordsTest, KnowsWordsOfPatternsDatesAndClosedClasses) {
  const std::unique_ptr<const PhraseTrie> trie = TrieOfTwo();
  const Document document = MakeDocument({"treaty March formally have zyx"});
  const TokenFacts facts = KnownWords(*trie).LookUp(document);
  EXPECT_NE(facts.numbers[0], PhraseTrie::kNoWord);
  EXPECT_EQ(facts.time_words[1].kind, WordKind::kMonth);
  EXPECT_EQ(facts.time_words[1].value, 3);
  EXPECT_TRUE(facts.classes[2].Has(WordClass::kAdverb));
  EXPECT_TRUE(facts.classes[3].Has(WordClass::kAuxiliary));
  EXPECT_EQ(facts.numbers[4], PhraseTrie::kNoWord);
  EXPECT_EQ(facts.time_words[4].kind, WordKind::kOther);
}

TEST(KnownWordsTest, EmptyDocumentHasNoFacts) {
  const std::unique_ptr<const PhraseTrie> trie = TrieOfTwo();
  const TokenFacts facts = KnownWords(*trie).LookUp(Document());
  EXPECT_TRUE(facts.numbers.empty());
  EXPECT_TRUE(facts.time_words.empty());
  EXPECT_TRUE(facts.classes.empty());
}

}  // namespace
}  // namespace treatywire::ingest
