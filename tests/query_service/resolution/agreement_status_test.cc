#include "query_service/resolution/agreement_status.h"

#include <gmock/gmock.h>

#include "tests/query_service/resolution/claims.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;
using testing::ElementsAre;
using testing::IsEmpty;

v1::Status On(const std::string& day, const Claims& claims) {
  return StandingOn(*ParseDay(day), claims.Acts(), claims.context()).status;
}
Standing Of(const std::string& party, const std::string& day, const Claims& claims) {
  return PartyStandingOn(*ParseDay(day), party, claims.Acts(), claims.context());
}

Claims Signed1994() {
  Claims claims;
  claims.Add(v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04"});
  return claims;
}

TEST(StandingOnTest, FollowsTheActsDay) {
  Claims claims = Signed1994();
  claims.Add(v1::EVENT_TYPE_ENTERED_INTO_FORCE, {.date = "1995-01-01"})
      .Add(v1::EVENT_TYPE_SUSPENDED, {.date = "2014-04-01", .actors = {"FR"}})
      .Add(v1::EVENT_TYPE_RESUMED, {.date = "2016-04-01", .actors = {"FR"}})
      .Add(v1::EVENT_TYPE_TERMINATED, {.date = "2019-04-01", .actors = {"RU"}});
  EXPECT_EQ(On("1994-02-03", claims), v1::STATUS_NOT_YET);
  EXPECT_EQ(On("1994-02-04", claims), v1::STATUS_SIGNED);
  EXPECT_EQ(On("1995-01-01", claims), v1::STATUS_IN_FORCE);
  EXPECT_EQ(On("2014-04-01", claims), v1::STATUS_SUSPENDED);
  EXPECT_EQ(On("2016-04-01", claims), v1::STATUS_IN_FORCE);
  EXPECT_EQ(On("2019-04-01", claims), v1::STATUS_ENDED);
}

TEST(StandingOnTest, AVagueDateCountsFromItsLastDay) {
  Claims claims;
  claims.Add(v1::EVENT_TYPE_SIGNED, {.date = "1994"});
  EXPECT_EQ(On("1993-12-31", claims), v1::STATUS_NOT_YET);
  EXPECT_EQ(On("1994-06-01", claims), v1::STATUS_UNSPECIFIED);
  EXPECT_EQ(On("1994-12-31", claims), v1::STATUS_SIGNED);
}

TEST(StandingOnTest, AVagueDateCountsFromItsFirstReportAtTheLatest) {
  Claims claims;
  claims.Add(v1::EVENT_TYPE_TERMINATED, {.date = "2025-12", .actors = {"RU"}}, {}, "2025-12-06");
  EXPECT_EQ(On("2025-12-06", claims), v1::STATUS_ENDED);
  EXPECT_NE(On("2025-12-05", claims), v1::STATUS_ENDED);
}

TEST(StandingOnTest, EndingWhileTheNoticeIsPlannedOrTheEffectAhead) {
  Claims planned_notice = Signed1994();
  planned_notice.Add(v1::EVENT_TYPE_TERMINATED, {.date = "2020-05-20", .actors = {"RU"}}, {}, "2020-05-21")
      .Add(v1::EVENT_TYPE_NOTIFIED, {.actors = {"RU"}, .modality = v1::MODALITY_PLANNED}, {}, "2020-05-21");
  EXPECT_EQ(On("2020-05-21", planned_notice), v1::STATUS_ENDING);
  Claims announced = Signed1994();
  announced.Add(v1::EVENT_TYPE_TERMINATED,
                {.date = "2021-01-01", .actors = {"RU"}, .modality = v1::MODALITY_PLANNED}, {}, "2020-05-21");
  EXPECT_EQ(On("2020-05-20", announced), v1::STATUS_SIGNED);
  EXPECT_EQ(On("2020-05-21", announced), v1::STATUS_ENDING);
}

TEST(StandingOnTest, ANoticeThatCompletesProceduresIsOneOfLeavingWhereTheEndIsReported) {
  Claims claims = Signed1994();
  claims.Add(v1::EVENT_TYPE_TERMINATED, {.date = "2020-05-20", .actors = {"RU"}}, {}, "2020-05-21")
      .Add(v1::EVENT_TYPE_NOTIFIED,
           {.actors = {"RU"},
            .modality = v1::MODALITY_PLANNED,
            .sentence = "Diplomats are to tell Paris and so complete the procedure."},
           {}, "2020-05-21");
  EXPECT_EQ(On("2020-05-21", claims), v1::STATUS_ENDING);
}

TEST(StandingOnTest, ARevokedNoticeEndsTheEnding) {
  Claims claims = Signed1994();
  claims
      .Add(v1::EVENT_TYPE_NOTIFIED, {.date = "2020-01-10",
                                     .actors = {"RU"},
                                     .sentence = "Russia gave notice that it will terminate the pact."})
      .Add(v1::EVENT_TYPE_NOTICE_REVOKED, {.date = "2020-03-10", .actors = {"RU"}});
  EXPECT_EQ(On("2020-02-01", claims), v1::STATUS_ENDING);
  EXPECT_NE(On("2020-04-01", claims), v1::STATUS_ENDING);
}

// "Washington suspended all three", says an article on a fourth.
TEST(StandingOnTest, WhatEndedBeforeTheAgreementWasThereIsAnother) {
  Claims claims;
  claims.Add(v1::EVENT_TYPE_SUSPENDED, {.date = "2021-02", .actors = {"FR"}}, {}, "2025-08-15")
      .Add(v1::EVENT_TYPE_TERMINATED, {.date = "2022", .actors = {"FR"}}, {}, "2025-08-15")
      .Add(v1::EVENT_TYPE_SIGNED, {.date = "2025-08-14"}, {}, "2025-08-15");
  EXPECT_EQ(On("2025-08-15", claims), v1::STATUS_SIGNED);
  EXPECT_EQ(On("2023-01-01", claims), v1::STATUS_NOT_YET);
  EXPECT_EQ(Of("FR", "2025-08-15", claims).status, v1::STATUS_SIGNED);
  EXPECT_FALSE(Of("FR", "2025-08-15", claims).exit_decided);
  EXPECT_THAT(MissingStepsOn(*ParseDay("2025-08-15"), claims.Acts(), claims.context()),
              ElementsAre(v1::MISSING_STEP_NEVER_RATIFIED));
}

TEST(StandingOnTest, TalksOnly) {
  Claims claims;
  claims.Add(v1::EVENT_TYPE_NEGOTIATED, {.date = "2020-01-10"});
  EXPECT_EQ(On("2020-02-01", claims), v1::STATUS_NEGOTIATED);
}

TEST(PartyStandingOnTest, WhoLeavesAnAgreementOfManyLeavesItInForceForTheOthers) {
  Claims claims({"FI", "LT", "PL"});
  claims.Add(v1::EVENT_TYPE_ENTERED_INTO_FORCE, {.date = "1999-03-01"})
      .Add(v1::EVENT_TYPE_RATIFIED, {.date = "2003-05-12", .actors = {"LT"}})
      .Add(v1::EVENT_TYPE_WITHDRAWN, {.date = "2025-12-27", .actors = {"LT"}});
  EXPECT_EQ(On("2026-01-01", claims), v1::STATUS_IN_FORCE);
  EXPECT_EQ(Of("LT", "2026-01-01", claims).status, v1::STATUS_ENDED);
  EXPECT_TRUE(Of("LT", "2026-01-01", claims).exit_effective);
  EXPECT_EQ(Of("LT", "2025-01-01", claims).status, v1::STATUS_IN_FORCE);
  EXPECT_EQ(Of("FI", "2026-01-01", claims).status, v1::STATUS_IN_FORCE);
  EXPECT_FALSE(Of("FI", "2026-01-01", claims).exit_decided);
}

TEST(PartyStandingOnTest, WhoJoinsIsBoundWhenTheAgreementComesIntoForce) {
  Claims claims({"BD", "IN", "LR"});
  claims.Add(v1::EVENT_TYPE_ACCEDED, {.date = "2019-11-28", .actors = {"IN"}}, {}, "2023-06-28");
  EXPECT_EQ(Of("IN", "2023-06-28", claims).status, v1::STATUS_IN_FORCE);  // nothing tells otherwise
  claims.Add(v1::EVENT_TYPE_ENTERED_INTO_FORCE, {.date = "2025-06-26", .modality = v1::MODALITY_PLANNED}, {},
             "2023-06-28");
  EXPECT_EQ(Of("IN", "2023-06-28", claims).status, v1::STATUS_SIGNED);
  claims.Add(v1::EVENT_TYPE_ENTERED_INTO_FORCE, {.date = "2025-06-26"}, {}, "2025-06-27");
  EXPECT_EQ(Of("IN", "2025-06-25", claims).status, v1::STATUS_SIGNED);
  EXPECT_EQ(Of("IN", "2025-06-26", claims).status, v1::STATUS_IN_FORCE);
  claims.Add(v1::EVENT_TYPE_ACCEDED, {.date = "2026-01-01", .actors = {"LR"}}, {}, "2026-01-02");
  EXPECT_EQ(Of("LR", "2026-01-02", claims).status, v1::STATUS_IN_FORCE);
}

TEST(PartyStandingOnTest, WhoNeverRatifiedIsNotBoundByWhatComesIntoForce) {
  Claims claims({"CA", "JP", "US"});
  claims.Add(v1::EVENT_TYPE_SIGNED, {.date = "1998-04", .actors = {"CA"}})
      .Add(v1::EVENT_TYPE_SIGNED, {.date = "1998", .actors = {"US"}})
      .Add(v1::EVENT_TYPE_RATIFIED, {.date = "2002-12", .actors = {"CA"}})
      .Add(v1::EVENT_TYPE_ENTERED_INTO_FORCE, {.date = "2005-02-16"})
      .Add(v1::EVENT_TYPE_RATIFIED, {.actors = {"US"}, .modality = v1::MODALITY_DENIED});
  EXPECT_EQ(On("2006-01-01", claims), v1::STATUS_IN_FORCE);
  EXPECT_EQ(Of("CA", "2006-01-01", claims).status, v1::STATUS_IN_FORCE);
  EXPECT_EQ(Of("JP", "2006-01-01", claims).status, v1::STATUS_IN_FORCE);
  EXPECT_EQ(Of("US", "2006-01-01", claims).status, v1::STATUS_SIGNED);
}

TEST(MissingStepsOnTest, ListsWhatOneWouldExpectAndNobodyReports) {
  EXPECT_THAT(MissingStepsOn(*ParseDay("2020-01-01"), Signed1994().Acts(), Signed1994().context()),
              ElementsAre(v1::MISSING_STEP_NEVER_RATIFIED));
  Claims ended = Signed1994();
  ended.Add(v1::EVENT_TYPE_TERMINATED, {.date = "2019-04-01", .actors = {"RU"}});
  EXPECT_THAT(MissingStepsOn(*ParseDay("2020-01-01"), ended.Acts(), ended.context()),
              ElementsAre(v1::MISSING_STEP_NEVER_NOTIFIED));
  Claims overdue = Signed1994();
  overdue.Add(v1::EVENT_TYPE_ENTERED_INTO_FORCE, {.date = "1995", .modality = v1::MODALITY_PLANNED}, {},
              "1994-03-01");
  EXPECT_THAT(MissingStepsOn(*ParseDay("2020-01-01"), overdue.Acts(), overdue.context()),
              testing::Contains(v1::MISSING_STEP_EFFECT_NOT_REPORTED));
  EXPECT_THAT(MissingStepsOn(*ParseDay("2020-01-01"), {}, {}), IsEmpty());
}

TEST(IsShownOnTest, NeitherLaterActsNorPlansPublishedLater) {
  Claims claims;
  claims.Add(v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04"}, {}, "2020-06-01")
      .Add(v1::EVENT_TYPE_NOTIFIED, {.modality = v1::MODALITY_PLANNED}, {}, "2020-06-01");
  const std::vector<Act> acts = claims.Acts();
  ASSERT_EQ(acts.size(), 2u);
  EXPECT_TRUE(IsShownOn(*ParseDay("1994-02-04"), acts[0]));
  EXPECT_FALSE(IsShownOn(*ParseDay("1994-02-03"), acts[0]));
  EXPECT_TRUE(IsShownOn(*ParseDay("2020-06-01"), acts[1]));
  EXPECT_FALSE(IsShownOn(*ParseDay("2020-05-31"), acts[1]));
}

TEST(PartyStandingTest, WhatUnnamedPartiesOfManyDoIsNobodysOwn) {
  Claims claims({"EE", "LT", "TH"});
  claims.Add(v1::EVENT_TYPE_ENTERED_INTO_FORCE, {.date = "1999-03-01"})
      .Add(v1::EVENT_TYPE_NOTIFIED,
           {.date = "2019-06-27", .actors = {"EE", "LT"}, .sentence = "They gave notice of withdrawal."})
      .Add(v1::EVENT_TYPE_WITHDRAWN, {.date = "2020-12-27", .modality = v1::MODALITY_PLANNED});
  const std::vector<Act> acts = claims.Acts();
  const Day day = *ParseDay("2020-06-01");
  EXPECT_EQ(PartyStandingOn(day, "TH", acts, claims.context()).status, v1::STATUS_IN_FORCE);
  EXPECT_FALSE(PartyStandingOn(day, "TH", acts, claims.context()).exit_decided);
  EXPECT_EQ(PartyStandingOn(day, "LT", acts, claims.context()).status, v1::STATUS_ENDING);
  EXPECT_TRUE(PartyStandingOn(day, "LT", acts, claims.context()).exit_notified);
}

}  // namespace
}  // namespace treatywire::query
