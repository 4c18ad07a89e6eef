// Reads fact boxes and registers made for the purpose and compares every event found with the ones they tell.
#include "ingest_service/extraction/fact_line.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingest_service/extraction/extracted_events.h"

namespace treatywire::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::vector<std::string> EventsOf(absl::string_view title, absl::string_view body) {
  return ExtractedEvents({body, "2025-06-15", "text/plain", title});
}

TEST(FactLineTest, APartnerBringsUpItsOwnAgreement) {
  EXPECT_THAT(EventsOf("Swiss tax treaties",
                       "The committee meets on Monday.\n\nPartner: Chile\nSigned: Bern, 10.03.2004\n"
                       "In force: 01.10.2005\n\nPartner: Fiji (provisional)\nSigned: Suva, 3 May 2024\n"
                       "In force: not yet\n"),
              UnorderedElementsAre("SIGNED CH,CL 2004-03-10", "ENTERED_INTO_FORCE CH,CL 2005-10-01",
                                   "SIGNED CH,FJ 2024-05-03", "ENTERED_INTO_FORCE? CH,FJ -"));
}

TEST(FactLineTest, PartiesAreThoseOfTheAgreementSpokenOf) {
  EXPECT_THAT(EventsOf("",
                       "The Treaty of Palma at a glance\n\nParties: Chile, Peru\nSigned: 3 June 1929\n"
                       "Entered into force: 28 July 1930\n"),
              ElementsAre("SIGNED CL,PE 1929-06-03", "ENTERED_INTO_FORCE CL,PE 1930-07-28"));
}

TEST(FactLineTest, ARegisterTellsActAndParty) {
  EXPECT_THAT(EventsOf("",
                       "Harbour Convention (Suva, 3 May 2016)\n\nRatification: Chile, 4 June 2018\n"
                       "Accession: Cuba, 5 July 2020\nEntry into force for Cuba: 3 October 2020\n"
                       "Denunciation: Fiji, 1 August 2024\n"),
              ElementsAre("CONCLUDED  2016-05-03", "RATIFIED CL 2018-06-04", "ACCEDED CU 2020-07-05",
                          "ENTERED_INTO_FORCE CU 2020-10-03", "WITHDRAWN FJ 2024-08-01"));
}

TEST(FactLineTest, LinesOfPartiesAndDatesAreOfTheActAboveThem) {
  EXPECT_THAT(EventsOf("",
                       "Harbour Convention: state of ratifications\n\nChile: 3 May 2018\n"
                       "Peru: 4 June 2019\nFiji: not yet\n"),
              ElementsAre("RATIFIED CL 2018-05-03", "RATIFIED PE 2019-06-04", "RATIFIED? FJ -"));
}

TEST(FactLineTest, ALineThatSaysMoreIsASentence) {
  EXPECT_THAT(EventsOf("", "The Treaty of Palma is old.\n\nSigned: nobody knows.\n"), IsEmpty());
  EXPECT_THAT(EventsOf("",
                       "The tax treaty between Chile and Peru is old.\n\nNotice: the office is closed on 3 "
                       "May 2025.\n"),
              IsEmpty());
}

}  // namespace
}  // namespace treatywire::ingest
