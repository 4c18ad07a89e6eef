// Which agreements, events, articles and parties the filters of a snapshot select.
#include <gmock/gmock.h>

#include <functional>
#include <string>
#include <vector>

#include "query_service/index/index.h"
#include "tests/query_service/index/article_builder.h"
#include "tests/query_service/index/cancelled_agreements.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr PageOf kAll = {.size = 1000};

// The story of cancelled_agreements.h, and a convention of many.
class SelectionTest : public testing::Test {
 protected:
  SelectionTest() {
    std::vector<v1::ExtractedArticle> articles = CancelledAgreements();
    articles.push_back(ArticleBuilder("mines", "Dawn Dispatch", "2025-03-19")
                           .Agreement("c", {"FI", "LT", "PL", "FR"},
                                      {.title = "Ottawa Convention",
                                       .kind = v1::AGREEMENT_KIND_CONVENTION,
                                       .subject = v1::SUBJECT_ARMS_CONTROL,
                                       .multilateral = true})
                           .Event("c", v1::EVENT_TYPE_WITHDRAWN, {.date = "2025-03-18", .actors = {"LT"}})
                           .Event("c", v1::EVENT_TYPE_SIGNED, {.date = "1997-12"})
                           .Build());
    EXPECT_THAT(index_.Apply(LogOf(articles)), IsOk());
    snapshot_ = index_.snapshot();
  }

  // Names without what all have in common.
  std::vector<std::string> Agreements(const std::function<void(v1::AgreementFilter&)>& set,
                                      v1::AgreementOrder order = v1::AGREEMENT_ORDER_NAME) const {
    v1::AgreementFilter filter;
    set(filter);
    std::vector<std::string> names;
    for (const v1::Agreement& found :
         snapshot_->ListAgreements(filter, order, v1::VIEW_BASIC, {}, kAll).items) {
      names.push_back(found.name().substr(sizeof("agreements/") - 1));
      names.back().resize(names.back().find('-'));
    }
    return names;
  }

  std::vector<v1::EventRecord> Events(const std::function<void(v1::EventFilter&)>& set) const {
    v1::EventFilter filter;
    set(filter);
    std::vector<v1::EventRecord> events = snapshot_->ListEvents(filter, {}, kAll).items;
    // What a list selects, a watch with the same filter does, and nothing else.
    for (const v1::EventRecord& event : snapshot_->ListEvents({}, {}, kAll).items) {
      const bool listed = std::any_of(events.begin(), events.end(), [&](const v1::EventRecord& other) {
        return other.claim().event().event_id() == event.claim().event().event_id();
      });
      EXPECT_EQ(snapshot_->Selects(filter, event), listed) << event.ShortDebugString();
    }
    return events;
  }

  Index index_;
  std::shared_ptr<const Snapshot> snapshot_;
};

TEST_F(SelectionTest, AgreementsByParties) {
  EXPECT_THAT(Agreements([](auto& f) { f.add_parties("FR"); }), ElementsAre("france", "ottawa"));
  const auto two = [](v1::PartyMatch match) {
    return [match](v1::AgreementFilter& f) {
      f.add_parties("FR");
      f.add_parties("SUHH");
      f.set_party_match(match);
    };
  };
  EXPECT_THAT(Agreements(two(v1::PARTY_MATCH_ANY)),
              ElementsAre("canada", "france", "germany", "ottawa", "portugal"));
  EXPECT_THAT(Agreements(two(v1::PARTY_MATCH_ALL)), ElementsAre("france"));
  EXPECT_THAT(Agreements(two(v1::PARTY_MATCH_EXACTLY)), ElementsAre("france"));
  EXPECT_THAT(Agreements([](auto& f) {
                f.add_parties("FI");
                f.add_parties("LT");
                f.set_party_match(v1::PARTY_MATCH_EXACTLY);
              }),
              IsEmpty());
  EXPECT_THAT(Agreements([](auto& f) {
                f.add_parties("FI");
                f.add_parties("LT");
                f.set_party_match(v1::PARTY_MATCH_ALL);
              }),
              ElementsAre("ottawa"));
}

TEST_F(SelectionTest, AgreementsByWhatTheyAre) {
  EXPECT_THAT(Agreements([](auto& f) { f.add_subjects(v1::SUBJECT_ARMS_CONTROL); }), ElementsAre("ottawa"));
  EXPECT_THAT(Agreements([](auto& f) { f.add_kinds(v1::AGREEMENT_KIND_CONVENTION); }), ElementsAre("ottawa"));
  EXPECT_THAT(Agreements([](auto& f) { f.add_statuses(v1::STATUS_ENDED); }), ElementsAre("germany"));
  EXPECT_THAT(Agreements([](auto& f) { f.add_event_types(v1::EVENT_TYPE_WITHDRAWN); }),
              ElementsAre("ottawa"));
  EXPECT_THAT(Agreements([](auto& f) { f.set_conflicts_only(true); }),
              ElementsAre("canada", "france", "portugal"));
  EXPECT_THAT(Agreements([](auto& f) { f.set_min_independent_sources(2); }),
              ElementsAre("canada", "france", "germany", "portugal"));
  EXPECT_THAT(Agreements([](auto& f) { f.add_publishers("Policy Review Daily"); }),
              ElementsAre("canada", "france", "portugal"));
  EXPECT_THAT(Agreements([](auto& f) {
                f.mutable_signed_()->set_from("1994-01-01");
                f.mutable_signed_()->set_to("1999-12-31");
              }),
              ElementsAre("france", "ottawa"));
  const auto ended_in = [](const char* from, const char* to, v1::Modality modality) {
    return [=](v1::AgreementFilter& f) {
      f.add_event_types(v1::EVENT_TYPE_TERMINATED);
      f.add_event_modalities(modality);
      f.mutable_event_date()->set_from(from);
      f.mutable_event_date()->set_to(to);
    };
  };
  EXPECT_THAT(Agreements(ended_in("2025-07-01", "2025-07-31", v1::MODALITY_ASSERTED)),
              ElementsAre("germany"));
  EXPECT_THAT(Agreements(ended_in("2025-12-01", "2025-12-31", v1::MODALITY_ASSERTED)),
              ElementsAre("canada", "france", "portugal"));
  EXPECT_THAT(Agreements(ended_in("2025-12-01", "2025-12-31", v1::MODALITY_DENIED)), IsEmpty());
  EXPECT_THAT(Agreements(ended_in("2024-01-01", "2024-12-31", v1::MODALITY_ASSERTED)), IsEmpty());
  EXPECT_THAT(Agreements([](auto& f) { f.add_missing_steps(v1::MISSING_STEP_NEVER_NOTIFIED); }),
              ElementsAre("canada", "france", "germany", "ottawa", "portugal"));
}

TEST_F(SelectionTest, AgreementsInTheOrderAsked) {
  EXPECT_THAT(Agreements([](auto&) {}, v1::AGREEMENT_ORDER_SIGNED_DATE),
              ElementsAre("canada", "france", "ottawa", "germany", "portugal"));
  EXPECT_THAT(Agreements([](auto&) {}, v1::AGREEMENT_ORDER_SOURCES),
              ElementsAre("canada", "france", "portugal", "germany", "ottawa"));
}

TEST_F(SelectionTest, PagesOfAListMakeUpTheList) {
  const auto all = snapshot_->ListAgreements({}, v1::AGREEMENT_ORDER_NAME, v1::VIEW_BASIC, {}, kAll);
  std::vector<v1::Agreement> paged;
  for (size_t offset = 0; offset < 8; offset += 2) {
    const auto page = snapshot_->ListAgreements({}, v1::AGREEMENT_ORDER_NAME, v1::VIEW_BASIC, {},
                                                {.offset = offset, .size = 2});
    EXPECT_EQ(page.total_size, 5u);
    paged.insert(paged.end(), page.items.begin(), page.items.end());
  }
  ASSERT_THAT(paged, SizeIs(all.items.size()));
  for (size_t i = 0; i < paged.size(); ++i) EXPECT_THAT(paged[i], EqualsProto(all.items[i]));
}

TEST_F(SelectionTest, EventsByAgreementPartyActorTypeModalityDateAndPublisher) {
  EXPECT_THAT(Events([](auto&) {}), SizeIs(32));
  EXPECT_THAT(Events([](auto& f) { f.add_agreements("agreements/germany-russia-defence-agreement"); }),
              SizeIs(3));
  EXPECT_THAT(Events([](auto& f) { f.add_agreements("agreements/unknown"); }), IsEmpty());
  EXPECT_THAT(Events([](auto& f) { f.add_actors("LT"); }), SizeIs(1));
  EXPECT_THAT(Events([](auto& f) { f.add_types(v1::EVENT_TYPE_NOTIFIED); }), SizeIs(6));
  EXPECT_THAT(Events([](auto& f) { f.add_modalities(v1::MODALITY_DENIED); }), SizeIs(3));
  EXPECT_THAT(Events([](auto& f) { f.add_publishers("Policy Review Daily"); }), SizeIs(6));
  EXPECT_THAT(Events([](auto& f) { f.mutable_published()->set_to("2025-12-05"); }), SizeIs(2));
  EXPECT_THAT(Events([](auto& f) {
                f.add_parties("RU");
                f.add_parties("DE");
                f.set_party_match(v1::PARTY_MATCH_EXACTLY);
                f.add_types(v1::EVENT_TYPE_TERMINATED);
                f.mutable_date()->set_from("2025-07-31");
                f.mutable_date()->set_to("2025-08-31");
              }),
              SizeIs(2));
}

TEST_F(SelectionTest, EventsComeByRevisionAndPlace) {
  const auto all = snapshot_->ListEvents({}, {}, kAll);
  uint64_t revision = 0;
  for (const v1::EventRecord& event : all.items) {
    EXPECT_GE(event.revision(), revision);
    revision = event.revision();
  }
  const auto part = snapshot_->ListEvents({}, {}, {.offset = 12, .size = 9});
  EXPECT_EQ(part.total_size, all.total_size);
  ASSERT_THAT(part.items, SizeIs(9));
  for (size_t i = 0; i < 9; ++i) EXPECT_THAT(part.items[i], EqualsProto(all.items[12 + i]));
}

TEST_F(SelectionTest, ArticlesByPublisherDayAndAgreement) {
  const auto names = [&](const v1::ListArticlesRequest& request) {
    std::vector<std::string> found;
    for (const v1::ArticleRecord& article : snapshot_->ListArticles(request, kAll).items)
      found.push_back(article.name());
    return found;
  };
  v1::ListArticlesRequest request;
  request.add_publishers("Dawn Dispatch");
  EXPECT_THAT(names(request), ElementsAre("articles/mines", "articles/table-report"));
  request.mutable_published()->set_from("2025-12-01");
  EXPECT_THAT(names(request), ElementsAre("articles/table-report"));
  request.Clear();
  request.set_agreement("agreements/ottawa-convention");
  EXPECT_THAT(names(request), ElementsAre("articles/mines"));
  request.set_agreement("agreements/unknown");
  EXPECT_THAT(names(request), IsEmpty());
}

TEST_F(SelectionTest, PartiesByKindAndPartner) {
  const auto ids = [&](std::vector<v1::PartyKind> kinds, const std::string& partner) {
    std::vector<std::string> found;
    for (const v1::Party& party : snapshot_->ListParties(kinds, partner, {}, kAll).items) {
      found.push_back(party.party_id());
    }
    return found;
  };
  EXPECT_THAT(ids({v1::PARTY_KIND_FORMER_STATE}, ""), ElementsAre("SUHH"));
  EXPECT_THAT(ids({}, "RU"), ElementsAre("CA", "DE", "FR", "PT"));
  EXPECT_THAT(ids({}, "LT"), ElementsAre("FI", "FR", "PL"));
  EXPECT_THAT(snapshot_->GetParty("ZZ", {}), StatusIs(absl::StatusCode::kNotFound, testing::_));
  EXPECT_TRUE(snapshot_->KnowsParty("JP"));
  EXPECT_FALSE(snapshot_->KnowsParty("nobody"));
}

TEST_F(SelectionTest, TimelineOfAPartyAPairAndARange) {
  const auto count = [&](const std::vector<std::string>& parties, const std::string& from) {
    v1::GetTimelineRequest request;
    for (const std::string& party : parties) request.add_parties(party);
    if (!from.empty()) request.mutable_range()->set_from(from);
    const auto timeline = snapshot_->GetTimeline(request, kAll);
    EXPECT_THAT(timeline, IsOk());
    return timeline.ok() ? timeline->total_size : 0;
  };
  EXPECT_EQ(count({"FR"}, ""), 6u);
  EXPECT_EQ(count({"FR", "RU"}, ""), 4u);
  EXPECT_EQ(count({"FR", "RU"}, "2000-01-01"), 1u);
  EXPECT_EQ(count({"JP"}, ""), 0u);
  v1::GetTimelineRequest unknown;
  unknown.add_parties("nobody");
  EXPECT_THAT(snapshot_->GetTimeline(unknown, kAll), StatusIs(absl::StatusCode::kNotFound, testing::_));
}

}  // namespace
}  // namespace treatywire::query
