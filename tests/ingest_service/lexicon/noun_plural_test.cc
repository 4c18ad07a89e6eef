#include "ingest_service/lexicon/noun_plural.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace treatywire::ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(NounPluralTest, RegularNouns) {
  EXPECT_THAT(PluralPatterns("treaty"), ElementsAre("treaties"));
  EXPECT_THAT(PluralPatterns("accord"), ElementsAre("accords"));
  EXPECT_THAT(PluralPatterns("annex"), ElementsAre("annexes"));
  EXPECT_THAT(PluralPatterns("entry"), ElementsAre("entries"));
  EXPECT_THAT(PluralPatterns("highway"), ElementsAre("highways"));
  EXPECT_THAT(PluralPatterns("peace deal"), ElementsAre("peace deals"));
  EXPECT_THAT(PluralPatterns("cease-fire"), ElementsAre("cease-fires"));
}

TEST(NounPluralTest, HeadStandsBeforeThePreposition) {
  EXPECT_THAT(PluralPatterns("exchange of notes"), ElementsAre("exchanges of notes"));
  EXPECT_THAT(PluralPatterns("cessation of hostilities agreement"),
              ElementsAre("cessations of hostilities agreement"));
  EXPECT_THAT(PluralPatterns("protocol to the treaty"), ElementsAre("protocols to the treaty"));
}

TEST(NounPluralTest, LatinNounsHaveTwo) {
  EXPECT_THAT(PluralPatterns("memorandum of understanding"),
              ElementsAre("memorandums of understanding", "memoranda of understanding"));
}

TEST(NounPluralTest, BracketsAreNotTheHead) {
  EXPECT_THAT(PluralPatterns("treaty (of friendship)"), ElementsAre("treaties (of friendship)"));
  EXPECT_THAT(PluralPatterns("agreement (text)"), ElementsAre("agreements (text)"));
  EXPECT_THAT(PluralPatterns("(peace and friendship) treaty"),
              ElementsAre("(peace and friendship) treaties"));
  EXPECT_THAT(PluralPatterns("(optional)"), IsEmpty());
}

TEST(NounPluralTest, EveryAlternativeIsPutInThePlural) {
  EXPECT_THAT(PluralPatterns("peace treaty/pact"), ElementsAre("peace treaties", "peace pacts"));
}

TEST(NounPluralTest, PluralsStayAsTheyAre) {
  EXPECT_TRUE(IsPluralPattern("terms of reference"));
  EXPECT_FALSE(IsPluralPattern("modus vivendi"));
  EXPECT_FALSE(IsPluralPattern("exchange of notes"));
  EXPECT_THAT(PluralPatterns("terms of reference"), IsEmpty());
}

}  // namespace
}  // namespace treatywire::ingest
