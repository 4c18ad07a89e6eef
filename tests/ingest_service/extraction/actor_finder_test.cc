// Reads sentences made for the purpose and compares who is said to have done what.
#include "ingest_service/extraction/actor_finder.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingest_service/extraction/extracted_events.h"

namespace treatywire::ingest {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsSupersetOf;
using ::testing::Not;

constexpr absl::string_view kPublished = "2025-12-06";

std::vector<std::string> EventsIn(absl::string_view body) { return ExtractedEvents({body, kPublished}); }

TEST(ActorFinderTest, ThoseWhomSomethingIsToldAreNotTheSubject) {
  EXPECT_THAT(
      EventsIn("The Chilean Foreign Ministry told Lima in March that it was ending the tax treaty between "
               "the two countries."),
      Contains("TERMINATED? CL -"));
  EXPECT_THAT(
      EventsIn("Kenya and Norway have a fisheries agreement. Norway informed Kenya on 3 May 2024 that it "
               "had suspended the agreement."),
      Contains("SUSPENDED NO 2024-05-03"));
}

TEST(ActorFinderTest, SoManyAreThoseListedLast) {
  EXPECT_THAT(
      EventsIn("Ghana, Togo and Benin met in Lagos. All three left the Pacific Tuna Convention in May 2019."),
      ElementsAre("WITHDRAWN BJ,GH,TG 2019-05"));
  EXPECT_THAT(EventsIn("Peru ratified the Pacific Tuna Convention in 2001. Chile ratified it in 2003, "
                       "Bolivia in 2004. All "
                       "three left it in May 2019."),
              Contains("WITHDRAWN BO,CL,PE 2019-05"));
}

TEST(ActorFinderTest, TheOthersAreThoseBesidesTheOneSpokenOf) {
  EXPECT_THAT(
      EventsIn(
          "Ghana, Togo and Benin signed the Pacific Tuna Convention in 2001. Togo ratified it in 2003. The "
          "other two ratified it in May 2005."),
      IsSupersetOf({"RATIFIED TG 2003", "RATIFIED BJ,GH 2005-05"}));
}

TEST(ActorFinderTest, SoManyOfWhomNothingWasSaidAreNobody) {
  EXPECT_THAT(EventsIn("Peru signed the Pacific Tuna Convention in 2001. All four members of its council "
                       "left in May 2019."),
              Not(Contains("WITHDRAWN PE 2019-05")));
}

TEST(ActorFinderTest, ThoseExceptedDidNotDoIt) {
  EXPECT_THAT(
      EventsIn(
          "Chile and Peru signed the Pacific Tuna Convention in 2001. All members but Chile ratified it in "
          "2005."),
      Not(Contains("RATIFIED CL 2005")));
  EXPECT_THAT(
      EventsIn(
          "The Pacific Tuna Convention was adopted in 2001. Peru never ratified it, but Chile ratified it "
          "in 2005."),
      Contains("RATIFIED CL 2005"));
}

TEST(ActorFinderTest, ConsentIsOfTheOrganThatTheSentenceNames) {
  EXPECT_THAT(EventsIn("Oman and Yemen signed a border treaty in May 2004. Yemen praised it. The treaty was "
                       "put before the "
                       "Omani parliament and never ratified."),
              Contains("RATIFIED? OM -"));
  EXPECT_THAT(
      EventsIn("Oman and Yemen signed a border treaty in May 2004. Omani voters rejected it in June 2005."),
      Contains("REJECTED OM 2005-06"));
}

TEST(ActorFinderTest, ForWhomItIsAFirstIsWhoDidIt) {
  EXPECT_THAT(
      EventsIn(
          "Poland ratified the Pacific Tuna Convention in 2003. For Oslo it was a first: in May 2019 it left "
          "the Pacific Tuna Convention."),
      IsSupersetOf({"RATIFIED PL 2003", "WITHDRAWN NO 2019-05"}));
}

TEST(ActorFinderTest, APossessivePronounBeforeANounIsTheSubjectBefore) {
  EXPECT_THAT(
      EventsIn("Poland ratified the Pacific Tuna Convention in 2003. Norway has never liked the rules. Under "
               "Article 20 of the Pacific Tuna Convention, its withdrawal took effect on 5 January 2019."),
      Contains("WITHDRAWN NO 2019-01-05"));
}

TEST(ActorFinderTest, ABreachIsByTheOtherThanTheOneWhoSaysSo) {
  EXPECT_THAT(
      EventsIn("The pact between Oman and Yemen is old. Oman says that the pact was breached in May 2024."),
      Contains("BREACH_ALLEGED YE 2024-05"));
  EXPECT_THAT(
      EventsIn("The pact between Oman and Yemen is old. Yemeni guards fired on Omani fishermen in May 2024, "
               "Oman wrote, calling it a violation of the pact."),
      Contains("BREACH_ALLEGED YE 2024-05"));
  EXPECT_THAT(EventsIn("Oman said that Yemen had violated the pact between the two countries in May 2024."),
              Contains("BREACH_ALLEGED YE 2024-05"));
}

TEST(ActorFinderTest, NeitherOfSeveralDidWhatWasDoneBefore) {
  EXPECT_THAT(
      EventsIn("Peru ratified the Pacific Tuna Convention in 2003. Neither Chile nor Bolivia ever did."),
      IsSupersetOf({"RATIFIED PE 2003", "RATIFIED? BO,CL -"}));
}

TEST(ActorFinderTest, CountsTakeTheNamesThatAreGivenElsewhere) {
  const std::string adopted = "The Pacific Tuna Convention was adopted in Apia in 2003. ";
  for (const char* text : {
           "Of the 20 signatories, three have ratified it: Fiji, Tonga and Palau.",
           "Three states have ratified it (Fiji, Tonga and Palau).",
           "It has been ratified by three states - Fiji, Tonga and Palau.",
           "The states that have ratified it are Fiji, Tonga and Palau.",
           "The following states have ratified the convention: Fiji, Tonga and Palau.",
           "Fiji, Tonga, Palau and three other states have ratified it.",
       }) {
    EXPECT_THAT(EventsIn(adopted + text), Contains(::testing::StartsWith("RATIFIED FJ,PW,TO "))) << text;
  }
}

TEST(ActorFinderTest, BracketsAfterACountThatNameNoListNameNobody) {
  EXPECT_THAT(
      EventsIn("The Pacific Tuna Convention was adopted in 2003. Three states have ratified it (in Fiji's "
               "absence)."),
      Contains(::testing::StartsWith("RATIFIED  ")));
}

TEST(ActorFinderTest, AnInstrumentIsDepositedByItsOwner) {
  EXPECT_THAT(
      EventsIn(
          "The Pacific Tuna Convention was adopted in 2003. Instruments of ratification were deposited by "
          "Fiji on 3 May 2004. Palau's instrument was deposited on 4 May 2005."),
      IsSupersetOf({"DEPOSITED FJ 2004-05-03", "DEPOSITED PW 2005-05-04"}));
}

TEST(ActorFinderTest, WhoDidItWithTheSubjectDidItToo) {
  const std::string adopted = "The Pacific Tuna Convention was adopted in Apia in 2003. ";
  for (const char* text : {
           "It was signed by ministers from Fiji, Tonga and Palau in 2004.",
           "Fiji, along with Tonga and Palau, signed the convention in 2004.",
           "Fiji, together with Tonga and Palau, signed it in 2004.",
       }) {
    EXPECT_THAT(EventsIn(adopted + text), Contains("SIGNED FJ,PW,TO 2004")) << text;
  }
}

TEST(ActorFinderTest, ThoseAPredicateIsSaidOfDidIt) {
  const std::string adopted = "The Pacific Tuna Convention was adopted in Apia in 2003. ";
  for (const char* text : {
           "Fiji, Tonga and Palau are the only states to have ratified the convention.",
           "It has been ratified in Suva, Apia and Koror.",
       }) {
    EXPECT_THAT(EventsIn(adopted + text), Contains(::testing::StartsWith("RATIFIED FJ,"))) << text;
  }
}

TEST(ActorFinderTest, OthersAreToldBesideTheAct) {
  const std::string adopted = "The Pacific Tuna Convention was adopted in Apia in 2003. ";
  for (const char* text : {
           "Fiji became the third state to ratify the convention, after Tonga and Palau.",
           "Fiji ratified the convention in 2006, ahead of Tonga and Palau.",
           "Fiji followed Tonga and Palau in ratifying the convention.",
           "Fiji ratified the convention in 2006, as Tonga and Palau had done in 2004.",
       }) {
    EXPECT_THAT(EventsIn(adopted + text), Contains(::testing::StartsWith("RATIFIED PW,TO "))) << text;
  }
  EXPECT_THAT(EventsIn(adopted + "Fiji refused to sign the convention, as did Tonga."),
              IsSupersetOf({"REJECTED FJ -", "REJECTED TO -"}));
}

}  // namespace
}  // namespace treatywire::ingest
