#include "ingest_service/document/sentence_splitter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ingest_service/document/document_reader.h"
#include "ingest_service/document/text_arena.h"
#include "ingest_service/document/tokenizer.h"

namespace treatywire::ingest {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

// The sentences of `text`, cut out of it.
std::vector<std::string> Split(const std::string& text) {
  TextArena arena;
  std::vector<Token> tokens;
  AppendTokens(text, arena, tokens);
  std::vector<Sentence> sentences;
  AppendSentences(tokens, 0, 0, sentences);
  std::vector<std::string> cuts;
  uint32_t next = 0;
  for (const Sentence& sentence : sentences) {
    EXPECT_EQ(sentence.tokens.begin, next);
    next = sentence.tokens.end;
    cuts.push_back(text.substr(sentence.source.begin, sentence.source.end - sentence.source.begin));
  }
  EXPECT_EQ(next, tokens.size());
  return cuts;
}

TEST(SentenceSplitterTest, FullStopsQuestionsAndEllipsesEndSentences) {
  EXPECT_THAT(Split("They met. Did they sign? They did! Later\xE2\x80\xA6 They left."),
              ElementsAre("They met.", "Did they sign?", "They did!", "Later\xE2\x80\xA6", "They left."));
}

TEST(SentenceSplitterTest, SemicolonsAndColonsEndNone) {
  EXPECT_THAT(Split("One thing: a pact; nothing else."), SizeIs(1));
}

TEST(SentenceSplitterTest, TextWithoutAnEndIsASentence) {
  EXPECT_THAT(Split("Pact signed in Oslo"), ElementsAre("Pact signed in Oslo"));
}

TEST(SentenceSplitterTest, AbbreviationsBeforeNamesAndNumbersEndNone) {
  EXPECT_THAT(Split("Gen. Lee met Mr. Kim. Law No. 12 passed."),
              ElementsAre("Gen. Lee met Mr. Kim.", "Law No. 12 passed."));
  EXPECT_THAT(Split("Treaties, e.g. The Hague's, last."), SizeIs(1));
}

TEST(SentenceSplitterTest, AbbreviationsEndOneBeforeAWordThatBeginsSentences) {
  EXPECT_THAT(Split("A pact with the U.S. The treaty lapsed."),
              ElementsAre("A pact with the U.S.", "The treaty lapsed."));
  EXPECT_THAT(Split("A pact with the U.S. Congress balked."), SizeIs(1));
  EXPECT_THAT(Split("It ends in Jan. It began in Feb. 1994."),
              ElementsAre("It ends in Jan.", "It began in Feb. 1994."));
  EXPECT_THAT(Split("An aide to the U.S. Under-Secretary left."), SizeIs(1));
}

TEST(SentenceSplitterTest, ClosingQuotesAndBracketsBelongToTheSentence) {
  EXPECT_THAT(
      Split("He said: \"It is over.\" She left. (They signed.) Then \xE2\x80\x9CYes.\xE2\x80\x9D No."),
      ElementsAre("He said: \"It is over.\"", "She left.", "(They signed.)",
                  "Then \xE2\x80\x9CYes.\xE2\x80\x9D", "No."));
}

TEST(SentenceSplitterTest, QuotesThatOpenBelongToTheNext) {
  EXPECT_THAT(Split("It lapsed. \"We regret that,\" he said."),
              ElementsAre("It lapsed.", "\"We regret that,\" he said."));
  EXPECT_THAT(Split("It lapsed. \xE2\x80\x9CWe regret that.\xE2\x80\x9D"),
              ElementsAre("It lapsed.", "\xE2\x80\x9CWe regret that.\xE2\x80\x9D"));
}

TEST(SentenceSplitterTest, SpeechVerbAfterAQuestionGoesOn) {
  EXPECT_THAT(Split("\"Is it over?\" President Novak asked."), SizeIs(1));
  EXPECT_THAT(Split("\"Is it over?\" The pact lapsed."), SizeIs(2));
  EXPECT_THAT(Split("\"Leave!\" he said."), SizeIs(1));
}

TEST(SentenceSplitterTest, LowerCaseAndCommasGoOn) {
  EXPECT_THAT(Split("The firm Yahoo! said so. No?, he asked."), SizeIs(2));
  EXPECT_THAT(Split("v.2 of it. the end."), SizeIs(1));
}

TEST(SentenceSplitterTest, NumberAtTheBeginningNumbersTheSentence) {
  EXPECT_THAT(Split("1. The parties agree. 2. They sign."),
              ElementsAre("1. The parties agree.", "2. They sign."));
}

TEST(SentenceSplitterTest, LongestSentenceIsAtTheMaximum) {
  std::string text;
  for (size_t i = 0; i < kMaxSentenceTokens; ++i) text += "a ";
  EXPECT_THAT(Split(text), SizeIs(1));
  EXPECT_THAT(Split(text + "b"), ElementsAre(testing::_, "b"));
}

TEST(SentenceSplitterTest, LongOnesAreCutAfterASemicolonElseAComma) {
  std::string text;
  for (size_t i = 0; i < kMaxSentenceTokens - 100; ++i) text += "a ";
  std::string tail;
  for (int i = 0; i < 200; ++i) tail += " b";
  EXPECT_THAT(Split(text + ", x" + tail)[0], testing::EndsWith(","));
  EXPECT_THAT(Split(text + "; x, y" + tail)[0], testing::EndsWith(";"));
}

TEST(SentenceSplitterTest, EndlessClosingBracketsStayWithinTheMaximum) {
  std::string text = "It ended.";
  for (size_t i = 0; i < 2000; ++i) text += " ) ]";
  TextArena arena;
  std::vector<Token> tokens;
  AppendTokens(text, arena, tokens);
  std::vector<Sentence> sentences;
  AppendSentences(tokens, 0, 0, sentences);
  for (const Sentence& sentence : sentences) EXPECT_LE(sentence.tokens.size(), kMaxSentenceTokens);
}

TEST(SentenceSplitterTest, SentencesCarryTheBlockAndBeginWhereTold) {
  TextArena arena;
  std::vector<Token> tokens;
  AppendTokens("First block.", arena, tokens);
  const auto begin = static_cast<uint32_t>(tokens.size());
  AppendTokens("Second. Third.", arena, tokens);
  std::vector<Sentence> sentences;
  AppendSentences(tokens, begin, 7, sentences);
  ASSERT_THAT(sentences, SizeIs(2));
  EXPECT_EQ(sentences[0].tokens, (TokenSpan{begin, begin + 2}));
  EXPECT_EQ(sentences[1].block, 7u);
}

}  // namespace
}  // namespace treatywire::ingest
