#include "ingest_service/extraction/event_date.h"

#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingest_service/extraction/extracted_events.h"

namespace treatywire::ingest {
namespace {

using ::testing::ElementsAre;

// A Saturday.
constexpr absl::string_view kPublished = "2025-12-06";

struct Row {
  absl::string_view text;
  absl::string_view expected;  // events joined with "; "
};

template <size_t N>
void ExpectAll(const Row (&rows)[N]) {
  for (const Row& row : rows) {
    EXPECT_EQ(absl::StrJoin(ExtractedEvents({row.text, kPublished}), "; "), row.expected) << row.text;
  }
}

TEST(EventDateTest, EachActOfASentenceHasItsOwnDate) {
  constexpr Row kRows[] = {
      {"Signed in 1994, ratified in 1996 and in force since 1 January 1997, the treaty between France and "
       "Chile "
       "was denounced on Friday by Paris.",
       "SIGNED CL,FR 1994; RATIFIED CL,FR 1996; ENTERED_INTO_FORCE CL,FR 1997-01-01; TERMINATED FR "
       "2025-12-05"},
      {"The extradition treaty between Peru and Spain, signed on 4 February 1994, was terminated by Lima on "
       "Friday.",
       "SIGNED ES,PE 1994-02-04; TERMINATED PE 2025-12-05"},
      {"Kenya suspended its labour agreement with Qatar in March and resumed it in July.",
       "SUSPENDED KE 2025-03; RESUMED KE 2025-07"},
      {"Kenya, which suspended its labour agreement with Qatar in March, said on Friday that it had resumed "
       "it.",
       "SUSPENDED KE 2025-03; RESUMED KE 2025-12-05"},
      {"The treaty between Fiji and Tonga was ratified by Fiji in 2003 and by Tonga in 2005.",
       "RATIFIED FJ 2003; RATIFIED TO 2005"},
      {"The agreement between Kenya and Norway was signed in Nairobi on 12 May 2011 by the two foreign "
       "ministers.",
       "SIGNED KE,NO 2011-05-12"},
  };
  ExpectAll(kRows);
}

TEST(EventDateTest, DatesInTheTextAreAnchorsForLaterOnes) {
  constexpr Row kRows[] = {
      {"In 1994, Hungary and Romania signed a treaty on minorities. It was ratified in March of the "
       "following year "
       "and expired in 2004.",
       "SIGNED HU,RO 1994; RATIFIED HU,RO 1995-03; EXPIRED HU,RO 2004"},
      {"The pact between Oman and Yemen was signed in June 1992. Oman suspended it three years later, on 5 "
       "July.",
       "SIGNED OM,YE 1992-06; SUSPENDED OM 1995-07-05"},
      {"Fiji and Tonga initialled the treaty on 9 May 2020 and signed it the following day.",
       "INITIALLED FJ,TO 2020-05-09; SIGNED FJ,TO 2020-05-10"},
      {"Ghana's parliament ratified the border treaty with Togo yesterday, more than two years after it was "
       "signed.",
       "RATIFIED GH 2025-12-05; SIGNED GH,TG 2023~"},
  };
  ExpectAll(kRows);
}

TEST(EventDateTest, ListsGiveEveryActItsDay) {
  constexpr Row kRows[] = {
      {"Latvia ratified the Rail Baltica Convention on 3 May, Estonia on 7 June.",
       "RATIFIED LV 2025-05-03; RATIFIED EE 2025-06-07"},
      {"The pact between Oman and Yemen was amended twice: in 1995 and in 2001.",
       "AMENDED OM,YE 1995; AMENDED OM,YE 2001"},
      {"Fiji, Tonga and Samoa ratified the Pacific Tuna Convention on 3, 9 and 20 July 2020 respectively.",
       "RATIFIED FJ 2020-07-03; RATIFIED TO 2020-07-09; RATIFIED WS 2020-07-20"},
  };
  ExpectAll(kRows);
}

TEST(EventDateTest, DatesMayStandBeforeThoseWhomTheyAreOf) {
  ExpectAll({
      {"In 2004 Fiji ratified the Pacific Tuna Convention, in 2005 Samoa, in 2006 Palau and Nauru.",
       "RATIFIED FJ 2004; RATIFIED WS 2005; RATIFIED NR,PW 2006"},
      {"Fiji (2004), Samoa (2005) and Palau (2006) have ratified the Pacific Tuna Convention.",
       "RATIFIED FJ 2004; RATIFIED WS 2005; RATIFIED PW 2006"},
      {"Fiji was the first to ratify the Pacific Tuna Convention, in 2004, followed by Samoa (2005) and "
       "Palau (2006).",
       "RATIFIED FJ 2004; RATIFIED WS 2005; RATIFIED PW 2006"},
  });
}

TEST(EventDateTest, ADayIsSharedByClausesThatTellOfOneAct) {
  constexpr Row kRows[] = {
      {"Cuba and Peru signed a protocol on Friday that extends their fisheries agreement.",
       "SIGNED CU,PE 2025-12-05; EXTENDED CU,PE 2025-12-05"},
      {"It began in Lima on 13 March, when Cuba and Peru signed a fisheries agreement.",
       "SIGNED CU,PE 2025-03-13"},
      {"Kenya has suspended its labour agreement with Qatar, the labour ministry announced on Wednesday.",
       "SUSPENDED KE 2025-12-03"},
  };
  ExpectAll(kRows);
}

TEST(EventDateTest, PlansLookAheadAndTakeNoDayOfDecision) {
  constexpr Row kRows[] = {
      {"The treaty between Japan and Mongolia takes effect on 1 March.",
       "ENTERED_INTO_FORCE? JP,MN 2026-03-01"},
      {"Fiji and Tonga are to sign a trade treaty on Tuesday.", "SIGNED? FJ,TO 2025-12-09"},
      {"Fiji and Tonga will sign a trade treaty on Tuesday, the two governments said on Friday.",
       "SIGNED? FJ,TO 2025-12-09"},
      {"Poland will denounce the treaty with Belarus next month, the foreign ministry said on Thursday.",
       "TERMINATED? PL 2026-01"},
      {"Poland will denounce the treaty with Belarus, the foreign ministry said on Thursday.",
       "TERMINATED? PL -"},
      {"The labour ministry announced on Wednesday that Kenya would suspend its labour agreement with Qatar "
       "in "
       "January.",
       "SUSPENDED? KE 2026-01"},
  };
  ExpectAll(kRows);
}

TEST(EventDateTest, TermsAheadCountFromTheDayOfWriting) {
  ExpectAll({
      {"The fisheries agreement between Fiji and Tonga will expire in six months.", "EXPIRED? FJ,TO 2026-06"},
      {"The fisheries agreement between Fiji and Tonga expires in a year's time.", "EXPIRED? FJ,TO 2026-12"},
      {"The fisheries agreement between Fiji and Tonga will expire in thirty days, on 4 January.",
       "EXPIRED? FJ,TO 2026-01-04"},
      // How long it took, not when.
      {"The fisheries agreement between Fiji and Tonga was ratified in two days by Fiji on 3 May 2024.",
       "RATIFIED FJ 2024-05-03"},
  });
}

TEST(EventDateTest, TheDayOfANounIsThatOfItsVerb) {
  ExpectAll(
      {{"Tuesday's walkout marked the start of negotiations on a fisheries agreement between Fiji and "
        "Tonga.",
        "NEGOTIATED FJ,TO 2025-12-02"}});
}

TEST(EventDateTest, AStepYetToBeTakenIsOfTheDayThatIsExpected) {
  ExpectAll({
      {"Fiji and Tonga signed a fisheries agreement on 3 May 2024. It must still be approved by Fiji's "
       "parliament, "
       "where a vote is expected in March.",
       "SIGNED FJ,TO 2024-05-03; APPROVED? FJ 2026-03"},
      {"Fiji will sign a fisheries agreement with Tonga in March, the minister said.",
       "SIGNED? FJ,TO 2026-03"},
  });
}

TEST(EventDateTest, DatesCountedFromWhatFollowsAreOfThat) {
  ExpectAll({
      {"On 5 May 2024 Fiji suspended its fisheries agreement with Tonga, three days after ratifying it.",
       "SUSPENDED FJ 2024-05-05; RATIFIED FJ 2024-05-02"},
      {"Fiji signed the Pacific Tuna Convention on 3 May 2004 and, two years later, ratified it.",
       "SIGNED FJ 2004-05-03; RATIFIED FJ 2006"},
  });
}

TEST(EventDateTest, NewsWithoutADateIsOfTheDayThatTheLeadNames) {
  EXPECT_THAT(ExtractedEvents({"Chad has ended its defence accord with France. The foreign minister made the "
                               "announcement on Thursday evening.",
                               kPublished}),
              ElementsAre("TERMINATED TD 2025-12-04~"));
  EXPECT_THAT(ExtractedEvents({"Chad has ended its defence accord with France.", kPublished}),
              ElementsAre("TERMINATED TD 2025-12-06~"));
  EXPECT_THAT(ExtractedEvents(
                  {"N'DJAMENA, Dec 5 (Wire) - Chad has ended its defence accord with France.", kPublished}),
              ElementsAre("TERMINATED TD 2025-12-05~"));
}

TEST(EventDateTest, NothingIsFreshWithoutADayOfWriting) {
  EXPECT_THAT(ExtractedEvents({"Chad has ended its defence accord with France.", ""}),
              ElementsAre("TERMINATED TD -"));
}

TEST(EventDateTest, WhatComesAgainAndAgainHasNoDay) {
  EXPECT_THAT(
      ExtractedEvents(
          {"The rice agreement between Cuba and Vietnam has been extended every year since.", kPublished}),
      ElementsAre("EXTENDED CU,VN -"));
}

TEST(EventDateTest, ListItemsAreOfTheDateAtTheirHead) {
  EXPECT_THAT(ExtractedEvents({"# A pact and its years\n\n"
                               "- **Aug. 30, 1951** -- Fiji and Tonga sign the Defence Treaty.\n"
                               "- **Feb. 11, 2020** -- Fiji denounces the Defence Treaty.\n",
                               kPublished, "text/markdown"}),
              ElementsAre("SIGNED FJ,TO 1951-08-30", "TERMINATED FJ 2020-02-11"));
}

TEST(SignedDateTest, AnAgreementIsDatedByWhatSaysItMostPrecisely) {
  EXPECT_THAT(
      ExtractedAgreements({"Under the 1994 extradition treaty between Peru and Spain nobody was sent back. "
                           "The treaty was signed on 4 February 1994 in Lima.",
                           kPublished}),
      ElementsAre("ES,PE 1994-02-04"));
  EXPECT_THAT(ExtractedAgreements(
                  {"The Kenyan-Norwegian fisheries treaty (1972, amended 1980) has been terminated by "
                   "Oslo.",
                   kPublished}),
              ElementsAre("KE,NO 1972"));
}

TEST(SignedDateTest, OneStatesSignatureDoesNotDateAnAdoptedConvention) {
  EXPECT_THAT(ExtractedAgreements(
                  {"The Pacific Tuna Convention was adopted in Apia in 2004. Fiji signed it in May 2006.",
                   kPublished}),
              ElementsAre("FJ -"));
}

TEST(SignedDateTest, ARangeOverSeveralAgreementsDatesNoneOfThem) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Fiji has terminated its three fisheries agreements with Tonga, Samoa and Vanuatu, signed "
                   "between 1989 and 2000.",
                   kPublished}),
              ElementsAre("FJ,TO -", "FJ,WS -", "FJ,VU -"));
}

}  // namespace
}  // namespace treatywire::ingest
