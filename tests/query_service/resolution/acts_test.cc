#include "query_service/resolution/acts.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "tests/query_service/resolution/claims.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;
using testing::ElementsAre;
using testing::SizeIs;

TEST(JoinActsTest, OneSignatureHoweverFarApartItsDatesAre) {
  Claims claims;
  claims.Add(v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04"})
      .Add(v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04"})
      .Add(v1::EVENT_TYPE_SIGNED, {.date = "1997"})
      .Add(v1::EVENT_TYPE_SIGNED);
  const std::vector<Act> acts = claims.Acts();
  ASSERT_THAT(acts, SizeIs(1));
  EXPECT_EQ(acts[0].id, "signed-1994-02-04");
  EXPECT_THAT(acts[0].claims, SizeIs(4));
  EXPECT_EQ(acts[0].claims[2].comparison, v1::DATE_COMPARISON_CONTRADICTS);
  EXPECT_EQ(acts[0].claims[3].comparison, v1::DATE_COMPARISON_UNSPECIFIED);
}

TEST(JoinActsTest, ABareOriginJoinsTheSignature) {
  Claims claims;
  claims.Add(v1::EVENT_TYPE_CONCLUDED, {.date = "1997"}).Add(v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04"});
  const std::vector<Act> acts = claims.Acts();
  ASSERT_THAT(acts, SizeIs(1));
  EXPECT_EQ(acts[0].type, v1::EVENT_TYPE_SIGNED);
  EXPECT_EQ(acts[0].stated_date.edtf(), "1994-02-04");
  EXPECT_EQ(acts[0].claims[1].comparison, v1::DATE_COMPARISON_INCOMPARABLE);
}

TEST(JoinActsTest, RepeatableActsAreToldApartByTheirDates) {
  Claims claims;
  claims.Add(v1::EVENT_TYPE_EXTENDED, {.date = "2011"})
      .Add(v1::EVENT_TYPE_EXTENDED, {.date = "2021-02-03"})
      .Add(v1::EVENT_TYPE_EXTENDED, {.date = "2021-02"});
  EXPECT_THAT(claims.ActIds(), ElementsAre("extended-2011", "extended-2021-02-03"));
}

TEST(JoinActsTest, APlanJoinsTheActThatCarriesItOut) {
  Claims claims;
  claims
      .Add(v1::EVENT_TYPE_RATIFIED, {.date = "2021-05", .actors = {"FR"}, .modality = v1::MODALITY_PLANNED},
           {}, "2021-01-01")
      .Add(v1::EVENT_TYPE_RATIFIED, {.date = "2021-06-03", .actors = {"FR"}}, {}, "2021-06-04");
  const std::vector<Act> acts = claims.Acts();
  ASSERT_THAT(acts, SizeIs(1));
  EXPECT_EQ(acts[0].modality, v1::MODALITY_ASSERTED);
  EXPECT_EQ(acts[0].stated_date.edtf(), "2021-06-03");
  EXPECT_EQ(acts[0].claims[1].comparison, v1::DATE_COMPARISON_INCOMPARABLE);
}

TEST(CountSourcesTest, OfAnActThoseWhoPutItAsItIsPut) {
  Claims claims;
  claims
      .Add(v1::EVENT_TYPE_TERMINATED,
           {.date = "2021-06", .actors = {"FR"}, .modality = v1::MODALITY_POSSIBLE}, {}, "2021-01-01")
      .Add(v1::EVENT_TYPE_TERMINATED, {.date = "2021-06", .actors = {"FR"}, .modality = v1::MODALITY_PLANNED},
           {}, "2021-05-01");
  ASSERT_THAT(claims.Acts(), SizeIs(1));
  EXPECT_EQ(claims.Acts()[0].modality, v1::MODALITY_PLANNED);
  EXPECT_EQ(CountSources(claims.Acts()[0]), 1);
  claims.Add(v1::EVENT_TYPE_TERMINATED, {.date = "2021-06-03", .actors = {"FR"}}, {}, "2021-06-04")
      .Add(v1::EVENT_TYPE_TERMINATED, {.actors = {"FR"}}, {}, "2021-06-05");
  const std::vector<Act> acts = claims.Acts();
  ASSERT_THAT(acts, SizeIs(1));
  EXPECT_THAT(acts[0].claims, SizeIs(4));
  EXPECT_EQ(CountSources(acts[0]), 2);
}

TEST(JoinActsTest, EachPartyRatifiesForItself) {
  Claims claims;
  claims.Add(v1::EVENT_TYPE_RATIFIED, {.date = "1995", .actors = {"FR"}})
      .Add(v1::EVENT_TYPE_RATIFIED, {.date = "1996", .actors = {"RU"}})
      .Add(v1::EVENT_TYPE_RATIFIED, {.date = "1996-03", .actors = {"SUHH"}});
  EXPECT_THAT(claims.ActIds(), ElementsAre("ratified-fr-1995", "ratified-ru-1996-03"));
}

TEST(JoinActsTest, LeavingAnAgreementOfTwoEndsIt) {
  Claims pair;
  pair.Add(v1::EVENT_TYPE_WITHDRAWN, {.date = "2025", .actors = {"RU"}})
      .Add(v1::EVENT_TYPE_TERMINATED, {.date = "2025-12-05", .actors = {"RU"}});
  EXPECT_THAT(pair.ActIds(), ElementsAre("terminated-ru-2025-12-05"));
  Claims many({"EE", "FI", "LT"});
  many.Add(v1::EVENT_TYPE_WITHDRAWN, {.date = "2025", .actors = {"LT"}})
      .Add(v1::EVENT_TYPE_WITHDRAWN, {.date = "2025", .actors = {"FI"}});
  EXPECT_THAT(many.ActIds(), ElementsAre("withdrawn-fi-2025", "withdrawn-lt-2025"));
}

TEST(JoinActsTest, APartyThatRejoinedCanLeaveAgain) {
  Claims claims({"FR", "US", "CN"});
  claims.Add(v1::EVENT_TYPE_WITHDRAWN, {.date = "2020-11-04", .actors = {"US"}})
      .Add(v1::EVENT_TYPE_ACCEDED, {.date = "2021-02-19", .actors = {"US"}})
      .Add(v1::EVENT_TYPE_WITHDRAWN, {.date = "2026-01", .actors = {"US"}});
  EXPECT_THAT(claims.ActIds(),
              ElementsAre("withdrawn-us-2020-11-04", "acceded-us-2021-02-19", "withdrawn-us-2026-01"));
}

TEST(JoinActsTest, AnUnnamedActorIsTheOnlyOneKnown) {
  Claims claims({"FR", "US", "CN"});
  claims.Add(v1::EVENT_TYPE_RATIFIED, {.date = "2016-09", .actors = {"CN"}}).Add(v1::EVENT_TYPE_RATIFIED);
  ASSERT_THAT(claims.Acts(), SizeIs(1));
  EXPECT_THAT(claims.Acts()[0].claims, SizeIs(2));
}

TEST(JoinActsTest, IdsAreUniqueWhateverTheClaims) {
  Claims claims;
  for (const v1::Modality modality : {v1::MODALITY_ASSERTED, v1::MODALITY_PLANNED, v1::MODALITY_POSSIBLE}) {
    for (const char* date : {"2020", "2020-05", "2021/..", ""}) {
      claims.Add(v1::EVENT_TYPE_SUSPENDED, {.date = date, .actors = {"RU"}, .modality = modality});
      claims.Add(v1::EVENT_TYPE_TERMINATED, {.date = date, .modality = modality});
    }
  }
  std::vector<std::string> ids = claims.ActIds();
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
}

TEST(JoinActsTest, OrderOfClaimsDoesNotMatter) {
  Claims claims;
  claims.Add(v1::EVENT_TYPE_SUSPENDED, {.date = "2020"})
      .Add(v1::EVENT_TYPE_SUSPENDED, {.date = "2019/2021"})
      .Add(v1::EVENT_TYPE_SUSPENDED, {.date = "2021-03", .actors = {"RU"}})
      .Add(v1::EVENT_TYPE_SUSPENDED)
      .Add(v1::EVENT_TYPE_SUSPENDED, {.date = "2020-05", .modality = v1::MODALITY_POSSIBLE});
  std::vector<ActClaim> reversed(claims.all().rbegin(), claims.all().rend());
  std::vector<std::string> ids;
  for (const Act& act : JoinActs(reversed, claims.context())) ids.push_back(act.id);
  EXPECT_EQ(ids, claims.ActIds());
}

TEST(JoinActsTest, ActorsAreThoseThatMostSourcesName) {
  Claims claims({"FR", "US", "CN"});
  claims.Add(v1::EVENT_TYPE_AMENDED, {.date = "2016", .actors = {"FR", "CN"}})
      .Add(v1::EVENT_TYPE_AMENDED, {.date = "2016", .actors = {"FR"}})
      .Add(v1::EVENT_TYPE_AMENDED, {.date = "2016", .actors = {"FR"}});
  ASSERT_THAT(claims.Acts(), SizeIs(1));
  ASSERT_THAT(claims.Acts()[0].actors, SizeIs(1));
  EXPECT_EQ(claims.Acts()[0].actors[0].party_id(), "FR");
}

}  // namespace
}  // namespace treatywire::query
