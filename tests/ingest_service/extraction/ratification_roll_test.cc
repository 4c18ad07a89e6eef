// Reads rolls made for the purpose and compares every event found with the ones they tell.
#include "ingest_service/extraction/ratification_roll.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingest_service/extraction/extracted_events.h"

namespace treatywire::ingest {
namespace {

using ::testing::Contains;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

std::vector<std::string> EventsOf(absl::string_view body) {
  return ExtractedEvents({body, "2025-06-15", "text/markdown", ""});
}

std::vector<std::string> EventsUnder(absl::string_view lead, absl::string_view list) {
  return EventsOf(absl::StrCat(lead, "\n\n", list));
}

constexpr absl::string_view kLead = "All members must ratify the Rome Statute of the harbours.";

TEST(RatificationRollTest, ItemsTellWhoHasRatifiedAndWhoIsTo) {
  EXPECT_THAT(EventsUnder(kLead,
                          "- **Chile**: approved (3 May 2018)\n- Peru: Senate, 4 June 2019\n"
                          "- Fiji: vote expected in September 2025\n- Ghana: nothing yet\n"
                          "- Togo: rejected in 2021\n"),
              IsSupersetOf({"RATIFIED CL 2018-05-03", "RATIFIED PE 2019-06-04", "RATIFIED? FJ 2025-09",
                            "RATIFIED? GH -", "REJECTED TG 2021"}));
}

TEST(RatificationRollTest, ADayMayStandBeforeTheParty) {
  EXPECT_THAT(EventsUnder(kLead,
                          "- **3 May 2018**: Chile\n- 2 April 2020: Fiji and Ghana\n"
                          "- September 2025: expected in Togo\n"),
              IsSupersetOf({"RATIFIED CL 2018-05-03", "RATIFIED FJ,GH 2020-04-02", "RATIFIED? TG 2025-09"}));
}

TEST(RatificationRollTest, LabelsBetweenTheItemsTellHowTheyStand) {
  EXPECT_THAT(
      EventsOf("# Harbour Convention\n\nThe Harbour Convention was adopted in 2016.\n\n## Ratified\n\n"
               "Chile (2018), Peru (2019)\n\n## Signed, not ratified\n\nGhana, Togo\n"),
      UnorderedElementsAre("ADOPTED  2016", "RATIFIED CL 2018", "RATIFIED PE 2019", "SIGNED GH,TG -",
                           "RATIFIED? GH,TG -"));
}

TEST(RatificationRollTest, ARowOfATableHasItsDayInAnotherCell) {
  EXPECT_THAT(EventsUnder(kLead,
                          "| Member | Where it stands | Day | Votes |\n|---|---|---|---|\n"
                          "| Chile | approved by the Senate | 3 May 2018 | 60-2 |\n"
                          "| Fiji | vote pending | September 2025 | |\n"),
              IsSupersetOf({"RATIFIED CL 2018-05-03", "RATIFIED? FJ 2025-09"}));
}

TEST(RatificationRollTest, AnItemThatTellsSomethingElseIsLeftAlone) {
  const std::vector<std::string> events =
      EventsUnder(kLead, "- Chile: exports of copper grew by a third in 2018\n- Peru: capital Lima\n");
  EXPECT_THAT(events, Not(Contains("RATIFIED CL 2018")));
  EXPECT_THAT(events, Not(Contains("RATIFIED PE -")));
}

TEST(RatificationRollTest, AListUnderOtherWordsIsNoRoll) {
  EXPECT_THAT(EventsUnder("The Rome Statute has members on every continent.", "- Chile: 3 May 2018\n"),
              Not(Contains("RATIFIED CL 2018-05-03")));
}

}  // namespace
}  // namespace treatywire::ingest
