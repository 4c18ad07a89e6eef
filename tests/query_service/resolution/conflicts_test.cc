#include "query_service/resolution/conflicts.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/query_service/resolution/claims.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;
using testing::ElementsAre;
using testing::IsEmpty;

// "id: value/sources, ..." of each conflict, the preferred value with a star.
std::vector<std::string> Conflicts(const Claims& claims) {
  std::vector<std::string> conflicts;
  for (const ActConflict& conflict : FindConflicts(claims.Acts(), claims.context())) {
    std::string text = absl::StrCat(conflict.id, ":");
    for (const Position& position : conflict.positions) {
      absl::StrAppend(&text, " ", position.value, position.preferred ? "*" : "", "/",
                      position.independent_sources);
    }
    conflicts.push_back(std::move(text));
  }
  return conflicts;
}

TEST(FindConflictsTest, DatesThatAgreeAreNone) {
  EXPECT_THAT(Conflicts(Claims()
                            .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994"})
                            .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04"})
                            .Add(v1::EVENT_TYPE_SIGNED)),
              IsEmpty());
}

TEST(FindConflictsTest, DatesOfOneActThatShareNoDay) {
  EXPECT_THAT(Conflicts(Claims()
                            .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994"})
                            .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04"})
                            .Add(v1::EVENT_TYPE_SIGNED, {.date = "1997"})
                            .Add(v1::EVENT_TYPE_SIGNED, {.date = "1996"})),
              ElementsAre("date-signed-1994-02-04: 1994-02-04*/2 1996/1 1997/1"));
}

TEST(FindConflictsTest, APlanIsNoClaimForTheDayThatItWasFor) {
  EXPECT_THAT(
      Conflicts(Claims()
                    .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04"})
                    .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04", .modality = v1::MODALITY_PLANNED})
                    .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04"})
                    .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994-03-01"})),
      ElementsAre("date-signed-1994-02-04: 1994-02-04*/2 1994-03-01/1"));
}

TEST(FindConflictsTest, OriginsThatCannotBothBeRight) {
  EXPECT_THAT(Conflicts(Claims()
                            .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04"})
                            .Add(v1::EVENT_TYPE_CONCLUDED, {.date = "1997"})),
              ElementsAre("origin-signed-1994-02-04: 1994-02-04*/1 1997/1"));
}

TEST(FindConflictsTest, AssertedByOneDeniedByAnotherAtTheTime) {
  EXPECT_THAT(
      Conflicts(Claims()
                    .Add(v1::EVENT_TYPE_RATIFIED, {.date = "2020-05-01", .actors = {"FR"}}, {}, "2020-05-02")
                    .Add(v1::EVENT_TYPE_RATIFIED, {.actors = {"FR"}, .modality = v1::MODALITY_DENIED}, {},
                         "2020-06-01")),
      ElementsAre("occurrence-ratified-fr-2020-05-01: happened*/1 did not happen/1"));
}

TEST(FindConflictsTest, ADenialFromBeforeTheActWasTrue) {
  EXPECT_THAT(
      Conflicts(Claims()
                    .Add(v1::EVENT_TYPE_RATIFIED, {.date = "2020-05-01", .actors = {"FR"}}, {}, "2020-05-02")
                    .Add(v1::EVENT_TYPE_RATIFIED, {.actors = {"FR"}, .modality = v1::MODALITY_DENIED}, {},
                         "2020-03-01")),
      IsEmpty());
}

TEST(FindConflictsTest, WhoEndedAnAgreementOfTwo) {
  EXPECT_THAT(Conflicts(Claims()
                            .Add(v1::EVENT_TYPE_TERMINATED, {.date = "2025-12-05", .actors = {"RU"}})
                            .Add(v1::EVENT_TYPE_TERMINATED, {.date = "2025-12-05", .actors = {"RU"}})
                            .Add(v1::EVENT_TYPE_TERMINATED, {.date = "2025-12-05", .actors = {"FR"}})),
              ElementsAre("actor-terminated-ru-2025-12-05: RU*/2 FR/1"));
}

TEST(FindConflictsTest, PlansThatCameToNothingAreNone) {
  EXPECT_THAT(
      Conflicts(Claims()
                    .Add(v1::EVENT_TYPE_SIGNED, {.date = "2021-05-01", .modality = v1::MODALITY_PLANNED})
                    .Add(v1::EVENT_TYPE_SIGNED, {.date = "2021-09-01"})),
      IsEmpty());
}

TEST(FindConflictsTest, AnArticleThatGivesTwoDatesMeansTwoThings) {
  Claims claims;
  claims.Add(v1::EVENT_TYPE_SIGNED, {.date = "2010-09-15"})
      .AddBeside(v1::EVENT_TYPE_SIGNED, {.date = "2010-04"})
      .AddBeside(v1::EVENT_TYPE_CONCLUDED, {.date = "1994"});
  EXPECT_THAT(Conflicts(claims), IsEmpty());
  const auto acts = claims.Acts();
  for (const ActClaim& claim : acts.at(0).claims) {
    EXPECT_NE(claim.comparison, v1::DATE_COMPARISON_CONTRADICTS);
  }
  // Another article's other date contradicts it.
  claims.Add(v1::EVENT_TYPE_SIGNED, {.date = "2008-01-01"});
  EXPECT_THAT(Conflicts(claims), testing::Contains(testing::HasSubstr("date-signed-")));
}

TEST(FindConflictsTest, AnArticleThatSaysBothDeniesNothingUnlessItQuotesTwo) {
  EXPECT_THAT(Conflicts(Claims()
                            .Add(v1::EVENT_TYPE_TERMINATED)
                            .AddBeside(v1::EVENT_TYPE_TERMINATED, {.modality = v1::MODALITY_DENIED})),
              IsEmpty());
  EXPECT_THAT(Conflicts(Claims()
                            .Add(v1::EVENT_TYPE_TERMINATED, {.speaker = "Hungary"})
                            .AddBeside(v1::EVENT_TYPE_TERMINATED,
                                       {.modality = v1::MODALITY_DENIED, .speaker = "Slovakia"})),
              ElementsAre("occurrence-terminated: happened*/1 did not happen/1"));
}

TEST(FindConflictsTest, AnArticleThatNamesTwoWhoEndedItBlamesBoth) {
  EXPECT_THAT(Conflicts(Claims()
                            .Add(v1::EVENT_TYPE_TERMINATED, {.actors = {"FR"}})
                            .AddBeside(v1::EVENT_TYPE_TERMINATED, {.actors = {"RU"}})),
              IsEmpty());
}

TEST(FindConflictsTest, ThatSomeNeverSignedDeniesNotTheSignatureOfAll) {
  Claims claims({"CN", "LT", "LV", "RU", "US"});
  claims.Add(v1::EVENT_TYPE_SIGNED, {.date = "1997-12"})
      .Add(v1::EVENT_TYPE_SIGNED, {.actors = {"CN", "RU", "US"}, .modality = v1::MODALITY_DENIED});
  EXPECT_THAT(Conflicts(claims), IsEmpty());
  EXPECT_THAT(claims.ActIds(), ElementsAre("signed-1997-12", "signed-cn-ru-us"));
}

}  // namespace
}  // namespace treatywire::query
