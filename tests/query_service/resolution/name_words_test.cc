#include "query_service/resolution/name_words.h"

#include <gmock/gmock.h>

namespace treatywire::query {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<std::string> kNone;

TEST(FoldedWordsTest, SpellingCaseAccentsAndHyphensDoNotMatter) {
  const auto expected = ElementsAre("franco", "russian", "defence", "cooperation");
  EXPECT_THAT(FoldedWords("Franco-Russian Defense Co-operation"), expected);
  EXPECT_THAT(FoldedWords("franco‑russian defence cooperation"), expected);
  EXPECT_THAT(FoldedWords("FRANCO–RUSSIAN DEFENCE CO‑OPERATION"), expected);
  EXPECT_THAT(FoldedWords("U.S.-México"), ElementsAre("us", "mexico"));
  EXPECT_THAT(FoldedWords("Côte d’Ivoire"), ElementsAre("cote", "d", "ivoire"));
}

TEST(FoldedWordsTest, TakesAnyBytes) {
  EXPECT_THAT(FoldedWords(""), IsEmpty());
  EXPECT_THAT(FoldedWords(" .,;— "), IsEmpty());
  EXPECT_THAT(FoldedWords("pact\xff\xfe of \xe2\x80"), testing::Contains("of"));
}

TEST(ReadNameTest, TopicIsWhatNamesNeitherPartyNorInstrument) {
  const NameWords name = ReadName("Russian-Portuguese Military Cooperation Treaty", {"PT", "RU"});
  EXPECT_THAT(name.topic(), ElementsAre("cooperation", "defence"));
  EXPECT_THAT(name.slug(), ElementsAre("military", "cooperation"));
  EXPECT_EQ(name.noun(), "treaty");
  EXPECT_TRUE(name.proper());
  EXPECT_FALSE(name.distinctive());
}

TEST(ReadNameTest, FullTitleAndShortNameHaveOneTopic) {
  const NameWords full = ReadName(
      "Agreement between the Government of the Russian Federation and the Government of the French Republic "
      "on "
      "cooperation in the field of defence",
      {"FR", "RU"});
  const NameWords brief = ReadName("Franco-Russian Defence Cooperation Agreement", {"FR", "RU"});
  EXPECT_EQ(full.topic(), brief.topic());
  EXPECT_EQ(full.slug(), brief.slug());
}

TEST(ReadNameTest, SuccessorsAndDemonymsNameTheParty) {
  EXPECT_THAT(ReadName("Soviet-Canadian visits pact", {"CA", "RU"}).topic(), ElementsAre("visit"));
  EXPECT_THAT(ReadName("Dutch-Swiss tax treaty", {"CH", "NL"}).topic(), ElementsAre("tax"));
}

TEST(ReadNameTest, DescriptionIsNotProperAndOwnWordsAreDistinctive) {
  EXPECT_FALSE(ReadName("pact on military visits", kNone).proper());
  EXPECT_TRUE(ReadName("Ottawa Convention", kNone).proper());
  EXPECT_TRUE(ReadName("Ottawa Convention", kNone).distinctive());
  EXPECT_FALSE(ReadName("Trade Agreement", kNone).distinctive());
}

TEST(ReadNameTest, YearsAndStopWordsDoNotCount) {
  EXPECT_THAT(ReadName("the 1997 treaty", kNone).words(), IsEmpty());
  EXPECT_TRUE(ReadName("", kNone).empty());
}

TEST(ReadNameTest, KeepsTheTitleAndItsOwnWords) {
  const NameWords name = ReadName("The Ottawa Convention on Land Mines", kNone);
  EXPECT_EQ(name.text(), "The Ottawa Convention on Land Mines");
  EXPECT_THAT(name.own(), ElementsAre("land", "mine", "ottawa"));
  EXPECT_THAT(name.slug(), ElementsAre("ottawa", "land", "mines"));
  EXPECT_TRUE(NameWords().empty());
  EXPECT_EQ(NameWords().text(), "");
}

TEST(WordListTest, IsAListOfWordsInTheirOrder) {
  EXPECT_THAT(WordList("arms border trade"), ElementsAre("arms", "border", "trade"));
  EXPECT_EQ(WordList("arms border trade").size(), 3u);
  EXPECT_THAT(WordList(""), IsEmpty());
  EXPECT_EQ(WordList("").size(), 0u);
  EXPECT_LT(WordList("arm trade"), WordList("arms border"));  // as words, not as bytes of one text
  EXPECT_LT(WordList("arms"), WordList("arms border"));
}

TEST(WordListTest, SharedWordsAreCountedOnce) {
  EXPECT_EQ(CountShared(WordList("arms border trade"), WordList("arms fishing trade visa")), 2u);
  EXPECT_EQ(CountShared(WordList("arms"), WordList("")), 0u);
  EXPECT_EQ(CountShared(WordList("arm"), WordList("arms")), 0u);
}

TEST(SlugTest, IsLowerCaseAsciiWithHyphens) {
  EXPECT_EQ(Slug("Côte d’Ivoire & Co."), "cote-d-ivoire-co");
  EXPECT_EQ(Slug("Мир"), "");
  EXPECT_EQ(Slug(""), "");
}

}  // namespace
}  // namespace treatywire::query
