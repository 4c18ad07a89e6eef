#include "ingest_service/document/tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ingest_service/document/document_reader.h"

namespace treatywire::ingest {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::SizeIs;

// Keeps what the tokens view.
class Tokenized {
 public:
  explicit Tokenized(std::string text) : text_(std::move(text)) { AppendTokens(text_, arena_, tokens_); }
  const std::vector<Token>& tokens() const { return tokens_; }
  const Token& operator[](size_t i) const { return tokens_.at(i); }

 private:
  const std::string text_;
  TextArena arena_;
  std::vector<Token> tokens_;
};

std::vector<std::string> Texts(const std::string& text) {
  std::vector<std::string> texts;
  const Tokenized tokenized(text);
  for (const Token& token : tokenized.tokens()) texts.emplace_back(token.text);
  return texts;
}

std::vector<std::string> Norms(const std::string& text) {
  std::vector<std::string> norms;
  const Tokenized tokenized(text);
  for (const Token& token : tokenized.tokens()) norms.emplace_back(token.norm);
  return norms;
}

TEST(TokenizerTest, WordsNumbersAndMarksAreApart) {
  EXPECT_THAT(
      Texts("Talks (in Oslo), began; ended: no deal!"),
      ElementsAre("Talks", "(", "in", "Oslo", ")", ",", "began", ";", "ended", ":", "no", "deal", "!"));
  EXPECT_THAT(Texts(""), SizeIs(0));
  EXPECT_THAT(Texts(" \t\r\n\xC2\xA0"), SizeIs(0));
}

TEST(TokenizerTest, HyphenatedWordsAreSeveralTokens) {
  const Tokenized franco("Franco\xE2\x80\x91Russian");
  EXPECT_THAT(Norms("Franco\xE2\x80\x91Russian"), ElementsAre("franco", "-", "russian"));
  EXPECT_EQ(franco[1].text, "\xE2\x80\x91");
  EXPECT_FALSE(franco[1].space_before);
  EXPECT_FALSE(franco[2].space_before);
  EXPECT_THAT(Norms("1994\xE2\x80\x93"
                    "1997"),
              ElementsAre("1994", "-", "1997"));
  EXPECT_THAT(Norms("pact -- signed"), ElementsAre("pact", "-", "signed"));
}

TEST(TokenizerTest, PossessiveIsATokenOfItsOwn) {
  EXPECT_THAT(Texts("Russia's"), ElementsAre("Russia", "'s"));
  EXPECT_THAT(Norms("Russia\xE2\x80\x99s"), ElementsAre("russia", "'s"));
  EXPECT_THAT(Norms("RUSSIA\xE2\x80\x99S"), ElementsAre("russia", "'s"));
  EXPECT_THAT(Norms("the states' pact"), ElementsAre("the", "states", "'", "pact"));
  EXPECT_THAT(Norms("the 1990's"), ElementsAre("the", "1990", "'s"));
}

TEST(TokenizerTest, ContractionsAreSplitBeforeTheirSecondWord) {
  EXPECT_THAT(Norms("didn't won\xE2\x80\x99t can't shan't"),
              ElementsAre("did", "n't", "will", "n't", "can", "n't", "shall", "n't"));
  EXPECT_THAT(Norms("it'll they're we've I'm he'd"),
              ElementsAre("it", "'ll", "they", "'re", "we", "'ve", "i", "'m", "he", "'d"));
  EXPECT_THAT(Texts("DIDN'T"), ElementsAre("DID", "N'T"));
  EXPECT_TRUE(Tokenized("DIDN'T")[0].all_caps);
}

TEST(TokenizerTest, ApostrophesWithinNamesStay) {
  EXPECT_THAT(Norms("d\xE2\x80\x99Ivoire O'Brien N'Djamena Sana\xCA\xBC"
                    "a Xi'an"),
              ElementsAre("d'ivoire", "o'brien", "n'djamena", "sana'a", "xi'an"));
}

TEST(TokenizerTest, AbbreviationsKeepTheirFullStopAndLoseItInTheNorm) {
  EXPECT_THAT(Texts("on Feb. 4 in the U.S. by Gen. Lee"),
              ElementsAre("on", "Feb.", "4", "in", "the", "U.S.", "by", "Gen.", "Lee"));
  EXPECT_THAT(Norms("Feb. 4 U.S. e.g. No. 5"), ElementsAre("feb", "4", "u.s.", "e.g.", "no", "5"));
  EXPECT_THAT(Texts("He said no. 5 left"), ElementsAre("He", "said", "no.", "5", "left"));
  EXPECT_THAT(Texts("He said no. Five left"), ElementsAre("He", "said", "no", ".", "Five", "left"));
}

TEST(TokenizerTest, InitialsKeepTheirFullStop) {
  EXPECT_THAT(Texts("George W. Bush"), ElementsAre("George", "W.", "Bush"));
  EXPECT_THAT(Texts("J.-P. Chauveau"), ElementsAre("J.", "-", "P.", "Chauveau"));
  EXPECT_THAT(Texts("World War I. Germany"), ElementsAre("World", "War", "I", ".", "Germany"));
  EXPECT_THAT(Texts("START I. Moscow"), ElementsAre("START", "I", ".", "Moscow"));
  EXPECT_THAT(Texts("Plan B. The talks"), ElementsAre("Plan", "B", ".", "The", "talks"));
}

TEST(TokenizerTest, NumbersKeepInnerSeparatorsAndSuffixes) {
  EXPECT_THAT(Texts("1,500 3.5 04.02.1994 16:30 2,35,000"),
              ElementsAre("1,500", "3.5", "04.02.1994", "16:30", "2,35,000"));
  EXPECT_THAT(Texts("4th 1990s 30bn"), ElementsAre("4th", "1990s", "30bn"));
  EXPECT_THAT(Texts("July 3,9"), ElementsAre("July", "3", ",", "9"));
  EXPECT_THAT(Texts("1994,1997"), ElementsAre("1994", ",", "1997"));
  EXPECT_THAT(Texts("in 1994."), ElementsAre("in", "1994", "."));
  EXPECT_THAT(Tokenized("4TH 3.5").tokens(), Each(Field(&Token::is_number, true)));
}

TEST(TokenizerTest, AddressesAreOneToken) {
  EXPECT_THAT(Texts("see https://example.org/a,b?c=d. Then"),
              ElementsAre("see", "https://example.org/a,b?c=d", ".", "Then"));
  EXPECT_THAT(Texts("(www.example.com)"), ElementsAre("(", "www.example.com", ")"));
  EXPECT_THAT(Texts("at example.org/x, he"), ElementsAre("at", "example.org/x", ",", "he"));
  EXPECT_THAT(Texts("mail press.office@mfa.example.int now"),
              ElementsAre("mail", "press.office@mfa.example.int", "now"));
  EXPECT_THAT(Texts("@handle a@b"), ElementsAre("@", "handle", "a", "@", "b"));
}

TEST(TokenizerTest, EllipsesAndRunsOfMarksAreOneToken) {
  EXPECT_THAT(Norms("well... yes\xE2\x80\xA6 =====  !!! ----"),
              ElementsAre("well", "...", "yes", "...", "=====", "!", "!", "!", "-"));
}

TEST(TokenizerTest, LetterCaseIsToldFromLettersAlone) {
  const Tokenized text("NATO Nato nato U.S. I \xC3\x89tat \xD0\x9C\xD0\x98\xD0\x94 F-16 O'NEILL");
  const auto caps = [&](size_t i) { return std::make_pair(text[i].capitalized, text[i].all_caps); };
  EXPECT_EQ(caps(0), std::make_pair(true, true));
  EXPECT_EQ(caps(1), std::make_pair(true, false));
  EXPECT_EQ(caps(2), std::make_pair(false, false));
  EXPECT_EQ(caps(3), std::make_pair(true, true));
  EXPECT_EQ(caps(4), std::make_pair(true, false));  // one letter is no capitals
  EXPECT_EQ(caps(5), std::make_pair(true, false));
  EXPECT_EQ(caps(6), std::make_pair(true, true));
  EXPECT_EQ(text[7].text, "F");
  EXPECT_EQ(caps(10), std::make_pair(true, true));
}

TEST(TokenizerTest, DecomposedAccentsStayInTheWord) {
  const Tokenized text("Ko\xCC\x88ln e\xCC\x81tat");
  ASSERT_THAT(text.tokens(), SizeIs(2));
  EXPECT_EQ(text[0].text, "Ko\xCC\x88ln");
  EXPECT_EQ(text[0].norm, "koln");
  EXPECT_EQ(text[1].norm, "etat");
}

TEST(TokenizerTest, InvisibleCharactersArePartOfWordsAndNothingAlone) {
  EXPECT_THAT(Norms("treaty\xC2\xADless \xE2\x80\x8B pact"), ElementsAre("treatyless", "pact"));
  EXPECT_THAT(Texts("\xEF\xBB\xBFPact"), ElementsAre("Pact"));
}

TEST(TokenizerTest, ControlCharactersAreSpace) {
  EXPECT_THAT(Texts(std::string("a\0b\x07"
                                "c",
                                5)),
              ElementsAre("a", "b", "c"));
}

TEST(TokenizerTest, OffsetsAndSpacesAreThoseOfTheText) {
  const std::string text = "A \xE2\x80\x9Cpact\xE2\x80\x9D.";
  const Tokenized tokens(text);
  ASSERT_THAT(tokens.tokens(), SizeIs(5));
  for (const Token& token : tokens.tokens()) {
    EXPECT_EQ(text.substr(token.source.begin, token.source.end - token.source.begin), token.text);
  }
  EXPECT_TRUE(tokens[0].space_before);
  EXPECT_TRUE(tokens[1].space_before);
  EXPECT_FALSE(tokens[2].space_before);
  EXPECT_FALSE(tokens[3].space_before);
}

TEST(TokenizerTest, LongestTokenIsAtTheMaximum) {
  const std::string longest(kMaxTokenBytes, 'x');
  EXPECT_THAT(Texts(longest), ElementsAre(longest));
  EXPECT_THAT(Texts(longest + "yz"), ElementsAre(longest, "yz"));
  EXPECT_THAT(Texts(std::string(3 * kMaxTokenBytes, '7')), SizeIs(3));
  EXPECT_THAT(Texts("http://" + std::string(4 * kMaxTokenBytes, 'x')),
              Each(SizeIs(testing::Le(kMaxTokenBytes))));
}

TEST(TokenizerTest, LongTokensAreCutBetweenCharacters) {
  std::string text = "a";
  for (int i = 0; i < 300; ++i) text += "\xC3\xA9";  // the maximum falls within one of them
  const std::vector<std::string> texts = Texts(text);
  ASSERT_THAT(texts, SizeIs(3));
  EXPECT_EQ(texts[0].size(), kMaxTokenBytes - 1);
  EXPECT_EQ(texts[0] + texts[1] + texts[2], text);
}

TEST(TokenizerTest, AppendsBehindTokensThatAreThere) {
  TextArena arena;
  std::vector<Token> tokens;
  AppendTokens("won", arena, tokens);
  AppendTokens("'s n't", arena, tokens);  // a new text: nothing to be the possessive of
  std::vector<std::string> norms;
  norms.reserve(tokens.size());
  for (const Token& token : tokens) norms.emplace_back(token.norm);
  EXPECT_THAT(norms, ElementsAre("won", "'", "s", "n't"));
  EXPECT_TRUE(tokens[1].space_before);
}

}  // namespace
}  // namespace treatywire::ingest
