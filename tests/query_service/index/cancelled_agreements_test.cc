// What the record makes of the story of cancelled_agreements.h.
#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "query_service/index/index.h"
#include "tests/query_service/index/article_builder.h"
#include "tests/query_service/index/cancelled_agreements.h"
#include "tests/query_service/index/snapshot_answers.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr char kCanada[] = "agreements/canada-soviet-union-military-visits";
constexpr char kFrance[] = "agreements/france-russia-defence-cooperation";
constexpr char kGermany[] = "agreements/germany-russia-military-technical-cooperation";
constexpr char kPortugal[] = "agreements/portugal-russia-military-cooperation";
constexpr PageOf kAll = {.size = 1000};

class CancelledAgreementsTest : public testing::Test {
 protected:
  CancelledAgreementsTest() {
    EXPECT_THAT(index_.Apply(LogOf(CancelledAgreements())), IsOk());
    snapshot_ = index_.snapshot();
  }

  v1::Agreement Get(const std::string& name, const std::string& valid_at = "") const {
    v1::AsOf as_of;
    as_of.set_valid_at(valid_at);
    const auto agreement = snapshot_->GetAgreement(name, v1::VIEW_FULL, as_of);
    EXPECT_THAT(agreement, IsOk());
    return agreement.value_or(v1::Agreement());
  }

  std::vector<std::string> NamesFor(const std::string& party) const {
    v1::AgreementFilter filter;
    filter.add_parties(party);
    std::vector<std::string> names;
    for (const auto& agreement :
         snapshot_->ListAgreements(filter, v1::AGREEMENT_ORDER_NAME, v1::VIEW_BASIC, {}, kAll).items) {
      names.push_back(agreement.name());
    }
    return names;
  }

  std::vector<v1::TimelineEntry> Timeline(const std::string& agreement,
                                          const std::string& valid_at = "") const {
    v1::GetTimelineRequest request;
    request.set_agreement(agreement);
    request.set_view(v1::VIEW_FULL);
    request.mutable_as_of()->set_valid_at(valid_at);
    return snapshot_->GetTimeline(request, kAll)->items;
  }

  Index index_;
  std::shared_ptr<const Snapshot> snapshot_;
};

// "publisher date comparison" of each claim.
std::vector<std::string> Dates(const v1::TimelineEntry& entry) {
  std::vector<std::string> dates;
  for (const v1::Claim& claim : entry.claims()) {
    dates.push_back(claim.publisher() + " " + claim.event().date().edtf() + " " +
                    v1::DateComparison_Name(claim.date_comparison()).substr(sizeof("DATE_COMPARISON_") - 1));
  }
  return dates;
}

TEST_F(CancelledAgreementsTest, ThereAreJustFour) {
  EXPECT_THAT(NamesFor("RU"), ElementsAre(kCanada, kFrance, kGermany, kPortugal));
  EXPECT_EQ(snapshot_->ListAgreements({}, v1::AGREEMENT_ORDER_NAME, v1::VIEW_BASIC, {}, kAll).total_size, 4u);
}

TEST_F(CancelledAgreementsTest, EachIsDatedByWhoQuotesItsTitle) {
  EXPECT_EQ(Get(kCanada).signed_date().edtf(), "1989-11-20");
  EXPECT_EQ(Get(kCanada).signed_place(), "Moscow");
  EXPECT_EQ(Get(kFrance).signed_date().edtf(), "1994-02-04");
  EXPECT_EQ(Get(kFrance).signed_date_rule(), v1::PREFERENCE_RULE_FULL_TITLE);
  EXPECT_EQ(Get(kPortugal).signed_date().edtf(), "2000-08-04");
  EXPECT_EQ(Get(kGermany).signed_date().edtf(), "2000/2003~");
}

TEST_F(CancelledAgreementsTest, TheSovietAgreementIsFoundByEitherState) {
  EXPECT_THAT(NamesFor("SUHH"), testing::Contains(kCanada));
  EXPECT_THAT(NamesFor("RU"), testing::Contains(kCanada));
  EXPECT_THAT(NamesFor("CA"), ElementsAre(kCanada));
  v1::AgreementFilter pair;
  pair.add_parties("RU");
  pair.add_parties("CA");
  pair.set_party_match(v1::PARTY_MATCH_EXACTLY);
  EXPECT_EQ(snapshot_->ListAgreements(pair, v1::AGREEMENT_ORDER_NAME, v1::VIEW_BASIC, {}, kAll).total_size,
            1u);
}

TEST_F(CancelledAgreementsTest, ThreeAreEndingWhileTheirNoticeIsPlannedAndOneHasEnded) {
  for (const char* name : {kCanada, kFrance, kPortugal}) {
    EXPECT_EQ(Get(name).status(), v1::STATUS_ENDING) << name;
    EXPECT_THAT(Get(name).missing_steps(), ElementsAre(v1::MISSING_STEP_NEVER_NOTIFIED)) << name;
  }
  EXPECT_EQ(Get(kGermany).status(), v1::STATUS_ENDED);
  EXPECT_EQ(Get(kGermany).status_since().edtf(), "2025-07");
}

TEST_F(CancelledAgreementsTest, InAugust2025OnlyTheGermanOneHadEnded) {
  for (const char* name : {kCanada, kFrance, kPortugal}) {
    EXPECT_EQ(Get(name, "2025-08-01").status(), v1::STATUS_SIGNED) << name;
  }
  EXPECT_EQ(Get(kGermany, "2025-08-01").status(), v1::STATUS_ENDED);
  v1::AgreementFilter ended;
  ended.add_statuses(v1::STATUS_ENDED);
  v1::AsOf august;
  august.set_valid_at("2025-08-01");
  const auto found = snapshot_->ListAgreements(ended, v1::AGREEMENT_ORDER_NAME, v1::VIEW_BASIC, august, kAll);
  ASSERT_THAT(found.items, SizeIs(1));
  EXPECT_EQ(found.items[0].name(), kGermany);
}

TEST_F(CancelledAgreementsTest, In1999ThePortugueseOneDidNotExistYet) {
  EXPECT_EQ(Get(kPortugal, "1999-01-01").status(), v1::STATUS_NOT_YET);
  EXPECT_EQ(Get(kCanada, "1999-01-01").status(), v1::STATUS_SIGNED);
  EXPECT_EQ(Get(kFrance, "1999-01-01").status(), v1::STATUS_SIGNED);
}

TEST_F(CancelledAgreementsTest, TheFrenchTimelineShowsEveryDateAndWhoSaysSo) {
  const std::vector<v1::TimelineEntry> entries = Timeline(kFrance);
  ASSERT_THAT(entries, SizeIs(4));
  EXPECT_EQ(entries[0].type(), v1::EVENT_TYPE_SIGNED);
  EXPECT_EQ(entries[0].date().edtf(), "1994-02-04");
  EXPECT_THAT(Dates(entries[0]),
              ElementsAre("The Harbour Gazette 1994-02-04 SAME", "Dawn Dispatch 1994-02-04 SAME",
                          "Policy Review Daily 1997 INCOMPARABLE"));
  EXPECT_EQ(entries[1].type(), v1::EVENT_TYPE_TERMINATED);
  EXPECT_EQ(entries[1].date().edtf(), "2025-12-05");
  EXPECT_EQ(entries[1].claims(0).event().instrument(), "decree");
  EXPECT_EQ(entries[1].independent_source_count(), 3);
  std::set<std::pair<v1::EventType, v1::Modality>> undated;
  for (size_t i = 2; i < 4; ++i) {
    EXPECT_FALSE(entries[i].has_date());
    undated.emplace(entries[i].type(), entries[i].modality());
  }
  EXPECT_THAT(undated, UnorderedElementsAre(Pair(v1::EVENT_TYPE_NOTIFIED, v1::MODALITY_PLANNED),
                                            Pair(v1::EVENT_TYPE_SUPERSEDED, v1::MODALITY_DENIED)));
}

TEST_F(CancelledAgreementsTest, EveryClaimCarriesItsSentenceSpanArticleAndPublisher) {
  for (const char* name : {kCanada, kFrance, kGermany, kPortugal}) {
    for (const v1::TimelineEntry& entry : Timeline(name)) {
      for (const v1::Claim& claim : entry.claims()) {
        const v1::Evidence& evidence = claim.event().evidence();
        EXPECT_EQ(evidence.end_byte() - evidence.begin_byte(), static_cast<int>(evidence.text().size()));
        EXPECT_THAT(claim.article(), HasSubstr("articles/"));
        EXPECT_FALSE(claim.publisher().empty());
        EXPECT_TRUE(claim.has_publish_time());
      }
    }
  }
}

TEST_F(CancelledAgreementsTest, TimelineAtAnEarlierDayLeavesOutWhatCameLater) {
  const std::vector<v1::TimelineEntry> entries = Timeline(kFrance, "2025-08-01");
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].type(), v1::EVENT_TYPE_SIGNED);
}

TEST_F(CancelledAgreementsTest, ConflictsShowTheThreeDisputedDatesWithTheirSources) {
  const auto conflicts = snapshot_->ListConflicts("", {}, {}, {}, kAll);
  ASSERT_THAT(conflicts, IsOk());
  std::vector<std::string> positions;
  for (const v1::Conflict& conflict : conflicts->items) {
    EXPECT_EQ(conflict.kind(), v1::CONFLICT_KIND_ORIGIN);
    EXPECT_EQ(conflict.comparison(), v1::DATE_COMPARISON_INCOMPARABLE);
    EXPECT_EQ(conflict.rule(), v1::PREFERENCE_RULE_FULL_TITLE);
    std::string line = conflict.agreement();
    for (const v1::ConflictPosition& position : conflict.positions()) {
      line += " " + position.value() + (position.preferred() ? "*" : "") + ":";
      for (const v1::Claim& claim : position.claims()) line += " " + claim.publisher() + ",";
    }
    positions.push_back(line);
  }
  const std::string known = ": The Harbour Gazette, Dawn Dispatch,";
  const std::string vague = ": Policy Review Daily,";
  EXPECT_THAT(positions, ElementsAre(kCanada + (" 1989-11-20*" + known + " 1992" + vague),
                                     kFrance + (" 1994-02-04*" + known + " 1997" + vague),
                                     kPortugal + (" 2000-08-04*" + known + " 1994" + vague)));
}

TEST_F(CancelledAgreementsTest, TheThirdPaperIsContradictedThreeTimes) {
  std::vector<std::string> sources;
  for (const v1::Source& source : snapshot_->ListSources({}, kAll).items) {
    sources.push_back(source.publisher() + " " + std::to_string(source.contradicted_count()));
  }
  EXPECT_THAT(sources, ElementsAre("Dawn Dispatch 0", "Policy Review Daily 3", "The Harbour Gazette 0"));
}

TEST_F(CancelledAgreementsTest, PartiesAreThoseThatTheArticlesName) {
  std::vector<std::string> parties;
  for (const v1::Party& party : snapshot_->ListParties({}, "", {}, kAll).items) {
    parties.push_back(party.party_id() + " " + std::to_string(party.agreement_count()));
  }
  EXPECT_THAT(parties, ElementsAre("CA 1", "DE 1", "FR 1", "PT 1", "RU 4", "SUHH 1"));
}

TEST_F(CancelledAgreementsTest, OrderRepetitionAndRestartChangeNothing) {
  const std::vector<v1::ExtractedArticle> articles = CancelledAgreements();
  const std::vector<std::string> expected = AnswersOf(*snapshot_);
  std::vector<size_t> order = {0, 1, 2};
  do {
    for (const bool twice : {false, true}) {
      std::vector<v1::ExtractedArticle> arrived;
      for (int round = 0; round < (twice ? 2 : 1); ++round) {
        for (const size_t i : order) arrived.push_back(articles[i]);
      }
      const std::vector<v1::LogRecord> records = LogOf(arrived);
      Index one_by_one;
      for (const v1::LogRecord& record : records) ASSERT_THAT(one_by_one.Apply({record}), IsOk());
      EXPECT_EQ(AnswersOf(*one_by_one.snapshot()), expected);
      Index at_once;
      ASSERT_THAT(at_once.Apply(records), IsOk());
      EXPECT_EQ(AnswersOf(*at_once.snapshot()), expected);
    }
  } while (std::next_permutation(order.begin(), order.end()));
}

}  // namespace
}  // namespace treatywire::query
