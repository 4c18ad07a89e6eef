// Which agreements an article speaks of: told from whole short articles, as readers meet them.
#include "ingest_service/extraction/discourse.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingest_service/extraction/extracted_events.h"

namespace treatywire::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kPublished[] = "2025-12-06";

TEST(DiscourseTest, OneAgreementUnderSeveralNounsIsOne) {
  EXPECT_THAT(
      ExtractedEvents({"Chile and Peru signed a fisheries treaty in May 1999. The pact took effect in 2001. "
                       "Lima terminated the agreement on 3 March 2020.",
                       kPublished}),
      ElementsAre("SIGNED CL,PE 1999-05", "ENTERED_INTO_FORCE CL,PE 2001", "TERMINATED PE 2020-03-03"));
}

TEST(DiscourseTest, PartnersOfAPluralPhraseHaveOneAgreementEach) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Norway has terminated its tax treaties with Kenya, Ghana and Egypt.", kPublished}),
              UnorderedElementsAre("KE,NO -", "GH,NO -", "EG,NO -"));
}

TEST(DiscourseTest, TheyMeansAllThatWereSpokenOfTogether) {
  EXPECT_THAT(
      ExtractedEvents(
          {"Norway signed extradition treaties with Kenya and Ghana in 1998. They were terminated in 2015.",
           kPublished}),
      UnorderedElementsAre("SIGNED KE,NO 1998", "SIGNED GH,NO 1998", "TERMINATED NO 2015",
                           "TERMINATED NO 2015"));
}

TEST(DiscourseTest, AnotherOwnersTreatyIsWithTheSameOtherSide) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Zambia has terminated its tax treaty with Mauritius. Rwanda suspended its treaty in 2013.",
           kPublished, "text/plain", "Zambia ends tax treaty with Mauritius"}),
      UnorderedElementsAre("MU,ZM -", "MU,RW -"));
}

TEST(DiscourseTest, TheirsAreTheOwnersOwn) {
  EXPECT_THAT(
      ExtractedEvents(
          {"New Zealand suspended its extradition treaty with China on Tuesday. Canada and Australia "
           "suspended theirs in July.",
           kPublished, "text/plain", "New Zealand suspends extradition treaty with China"}),
      UnorderedElementsAre("SUSPENDED NZ 2025-12-02", "SUSPENDED CA 2025-07", "SUSPENDED AU 2025-07"));
}

TEST(DiscourseTest, AnAppositionIsTheNameBeforeIt) {
  EXPECT_THAT(
      ExtractedEvents(
          {"On 21 February 2023 Russia suspended its participation in New START, the last treaty that "
           "limits both arsenals. The treaty was signed in Prague on 8 April 2010.",
           kPublished}),
      UnorderedElementsAre("SUSPENDED RU 2023-02-21", "SIGNED RU,US 2010-04-08"));
}

TEST(DiscourseTest, APredicateIsItsSubject) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Angola and Namibia signed a water agreement on Thursday. It is the first pact of its kind in "
           "the region. The pact will enter into force in March 2026.",
           kPublished}),
      ElementsAre("AO,NA 2025-12-04"));
}

TEST(DiscourseTest, AProtocolHasThePartiesOfWhatWasSpokenOf) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"India and Pakistan signed the pact on the corridor on 24 October 2019. For other shrines the two "
           "countries go by a protocol of September 1974.",
           kPublished}),
      UnorderedElementsAre("IN,PK 2019-10-24", "IN,PK 1974-09"));
}

TEST(DiscourseTest, TheFormerStateThatSignedIsTheParty) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Russia has terminated its pact with Canada on military visits. The pact was signed by the Soviet "
           "Union on 20 November 1989.",
           kPublished}),
      ElementsAre("CA,SUHH 1989-11-20"));
}

TEST(DiscourseTest, MediatorsAreNoParties) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Thailand and Cambodia signed a ceasefire brokered by Malaysia on 28 July 2025.", kPublished}),
      ElementsAre("KH,TH 2025-07-28"));
}

TEST(DiscourseTest, AWellKnownNameWithOtherPartiesIsAnotherAgreement) {
  EXPECT_THAT(ExtractedAgreements(
                  {"The Reciprocal Access Agreement between the Philippines and Japan entered into force on "
                   "11 September 2025.",
                   kPublished}),
              ElementsAre("JP,PH -"));
}

TEST(DiscourseTest, HeadingsInTitleCaseNameNothing) {
  EXPECT_THAT(
      ExtractedEvents({"# Norway's Treaty Cancellations Since 2022\n\nAnalysts say that the trend goes on.\n",
                       kPublished, "text/markdown"}),
      IsEmpty());
}

TEST(DiscourseTest, TheBeginningOfAnArticleWithoutAgreementsHoldsNone) {
  EXPECT_THAT(
      ExtractedEvents(
          {"The deal of the week was a done deal: the club signed a striker. It has never laid mines.",
           kPublished}),
      IsEmpty());
}

}  // namespace
}  // namespace treatywire::ingest
