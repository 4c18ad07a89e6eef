#include "query_service/index/index.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_format.h"
#include "tests/query_service/index/article_builder.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

v1::ExtractedArticle Report(const std::string& id, const std::string& publisher, const std::string& published,
                            const std::string& signed_on) {
  return ArticleBuilder(id, publisher, published)
      .Agreement("a1", {"FR", "RU"},
                 {.title = "Agreement on defence cooperation", .subject = v1::SUBJECT_MILITARY})
      .Event("a1", v1::EVENT_TYPE_SIGNED, {.date = signed_on})
      .Build();
}

std::vector<std::string> Names(const Snapshot& snapshot, const v1::AgreementFilter& filter = {}) {
  std::vector<std::string> names;
  for (const v1::Agreement& agreement :
       snapshot.ListAgreements(filter, v1::AGREEMENT_ORDER_NAME, v1::VIEW_BASIC, {}, {.size = 1000}).items) {
    names.push_back(agreement.name());
  }
  return names;
}

std::vector<std::string> Changes(const Snapshot& snapshot, uint64_t revision) {
  std::vector<std::string> changes;
  for (const v1::EventChange& change : snapshot.ChangesAt(revision)) {
    changes.push_back((change.kind() == v1::CHANGE_KIND_ADDED ? "+" : "-") +
                      change.event().claim().event().event_id());
  }
  return changes;
}

TEST(IndexTest, EmptyIndexAnswersWithNothing) {
  const Index index;
  const auto snapshot = index.snapshot();
  EXPECT_EQ(snapshot->revision(), 0u);
  EXPECT_THAT(Names(*snapshot), IsEmpty());
  EXPECT_THAT(snapshot->GetAgreement("agreements/none", v1::VIEW_FULL, {}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("agreements/none")));
  EXPECT_EQ(snapshot->ListEvents({}, {}, {}).total_size, 0u);
  EXPECT_EQ(snapshot->ListParties({}, "", {}, {}).total_size, 0u);
  EXPECT_EQ(snapshot->ListArticles({}, {}).total_size, 0u);
  EXPECT_EQ(snapshot->ListSources({}, {}).total_size, 0u);
  EXPECT_THAT(snapshot->ChangesAt(1), IsEmpty());
}

TEST(IndexTest, RefusesRecordsThatDoNotFollow) {
  Index index;
  const auto records =
      LogOf({Report("a", "A", "2020-01-01", "1994"), Report("b", "B", "2020-01-02", "1994")}, 2);
  EXPECT_THAT(index.Apply(records),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("1 is the next")));
  EXPECT_EQ(index.snapshot()->revision(), 0u);
}

TEST(IndexTest, SnapshotStaysAsItWasWhileTheIndexGoesOn) {
  Index index;
  ASSERT_THAT(index.Apply(LogOf({Report("a", "A", "2020-01-01", "1994-02-04")})), IsOk());
  const auto before = index.snapshot();
  ASSERT_THAT(index.Apply(LogOf({Report("b", "B", "2020-01-02", "1997-01-01")}, 2)), IsOk());
  EXPECT_EQ(before->revision(), 1u);
  EXPECT_EQ(before->ListConflicts("", {}, {}, {}, {})->total_size, 0u);
  EXPECT_EQ(index.snapshot()->revision(), 2u);
  EXPECT_EQ(index.snapshot()->ListConflicts("", {}, {}, {}, {})->total_size, 1u);
}

TEST(IndexTest, WhatIsLoadedIsReadOncePublished) {
  auto records = LogOf({Report("a", "A", "2020-01-01", "1994-02-04"), Report("b", "B", "2020-01-02", "1997"),
                        Report("a", "A", "2020-01-01", "1994-02-05")});
  Index at_once;
  ASSERT_THAT(at_once.Apply(records), IsOk());
  Index index;
  const auto before = index.snapshot();
  ASSERT_THAT(index.Load(absl::MakeSpan(records).first(1)), IsOk());
  EXPECT_THAT(index.Load(absl::MakeSpan(records).first(1)),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("2 is the next")));
  ASSERT_THAT(index.Load(absl::MakeSpan(records).subspan(1)), IsOk());
  EXPECT_EQ(index.snapshot(), before);
  index.Publish();
  EXPECT_EQ(index.snapshot()->revision(), 3u);
  EXPECT_EQ(Names(*index.snapshot()), Names(*at_once.snapshot()));
  EXPECT_EQ(index.snapshot()->ListConflicts("", {}, {}, {}, {})->total_size,
            at_once.snapshot()->ListConflicts("", {}, {}, {}, {})->total_size);
  const auto published = index.snapshot();
  index.Publish();
  EXPECT_EQ(index.snapshot(), published);
}

TEST(IndexTest, WaitForRevisionGivesTheSnapshotOrTheDeadline) {
  Index index;
  ASSERT_THAT(index.Apply(LogOf({Report("a", "A", "2020-01-01", "1994")})), IsOk());
  const auto reached = index.WaitForRevision(1, absl::InfiniteFuture());
  ASSERT_THAT(reached, IsOk());
  EXPECT_EQ((*reached)->revision(), 1u);
  EXPECT_THAT(index.WaitForRevision(2, absl::InfinitePast()),
              StatusIs(absl::StatusCode::kDeadlineExceeded, HasSubstr("revision 2")));
}

TEST(IndexTest, ReadersGoOnWhileTheIndexIsWritten) {
  constexpr uint64_t kRevisions = 60;
  Index index;
  const auto read = [&index] {
    uint64_t revision = 0;
    while (revision < kRevisions) {
      const auto snapshot = index.WaitForRevision(revision + 1, absl::InfiniteFuture());
      ASSERT_THAT(snapshot, IsOk());
      ASSERT_GT((*snapshot)->revision(), revision);
      revision = (*snapshot)->revision();
      v1::AsOf known;
      known.set_known_at("2020-01-15");
      EXPECT_EQ((*snapshot)->ListEvents({}, {}, {}).total_size, revision);
      EXPECT_EQ(
          (*snapshot)->ListAgreements({}, v1::AGREEMENT_ORDER_SIGNED_DATE, v1::VIEW_FULL, {}, {}).total_size,
          1u);
      EXPECT_EQ((*snapshot)->ListEvents({}, known, {}).total_size, std::min<uint64_t>(revision, 15));
      EXPECT_EQ((*snapshot)->SearchAgreements("france", {}, {}, {}).total_size, 1u);
      EXPECT_FALSE((*snapshot)->ChangesAt(revision).empty());
    }
  };
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) readers.emplace_back(read);
  for (uint64_t revision = 1; revision <= kRevisions; ++revision) {
    const std::string day = revision <= 15 ? absl::StrFormat("2020-01-%02d", revision) : "2020-02-01";
    const std::string id = "article-" + std::to_string(revision);
    ASSERT_THAT(index.Apply(LogOf({Report(id, id, day, "1994-02-04")}, revision)), IsOk());
  }
  for (std::thread& reader : readers) reader.join();
}

TEST(IndexTest, RetractionLeavesNothingOfTheArticle) {
  Index index;
  ASSERT_THAT(index.Apply(LogOf({Report("a", "A", "2020-01-01", "1994-02-04")})), IsOk());
  ASSERT_THAT(index.Apply({RetractionOf("a", 2)}), IsOk());
  const auto snapshot = index.snapshot();
  EXPECT_THAT(Names(*snapshot), IsEmpty());
  EXPECT_EQ(snapshot->ListEvents({}, {}, {}).total_size, 0u);
  EXPECT_EQ(snapshot->ListParties({}, "", {}, {}).total_size, 0u);
  EXPECT_EQ(snapshot->ListSources({}, {}).total_size, 0u);
  EXPECT_THAT(snapshot->GetArticle("articles/a"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("articles/a")));
  v1::AsOf known_then;
  known_then.set_known_at("2021-01-01");
  EXPECT_EQ(snapshot->ListAgreements({}, v1::AGREEMENT_ORDER_NAME, v1::VIEW_BASIC, known_then, {}).total_size,
            0u);
}

TEST(IndexTest, RetractionOfAnUnknownArticleChangesNothingButTheRevision) {
  Index index;
  ASSERT_THAT(index.Apply({RetractionOf("none", 1)}), IsOk());
  EXPECT_EQ(index.snapshot()->revision(), 1u);
  EXPECT_THAT(index.snapshot()->ChangesAt(1), IsEmpty());
}

TEST(IndexTest, CorrectionReplacesWhatTheArticleSaid) {
  Index index;
  ASSERT_THAT(
      index.Apply(LogOf({Report("a", "A", "2020-01-01", "1997"), Report("b", "B", "2020-01-02", "1994")})),
      IsOk());
  EXPECT_EQ(index.snapshot()->ListConflicts("", {}, {}, {}, {})->total_size, 1u);
  ASSERT_THAT(index.Apply(LogOf({Report("a", "A", "2020-01-01", "1994")}, 3)), IsOk());
  EXPECT_EQ(index.snapshot()->ListConflicts("", {}, {}, {}, {})->total_size, 0u);
  EXPECT_EQ(index.snapshot()->ListEvents({}, {}, {}).total_size, 2u);
}

TEST(IndexTest, ChangesTellWhatEachRevisionAddedAndRemoved) {
  const v1::ExtractedArticle first = Report("a", "A", "2020-01-01", "1997");
  const v1::ExtractedArticle second = Report("a", "A", "2020-01-01", "1994");
  Index index;
  std::vector<v1::LogRecord> records = LogOf({first, second});
  records.push_back(RetractionOf("a", 3));
  ASSERT_THAT(index.Apply(records), IsOk());
  const auto snapshot = index.snapshot();
  EXPECT_THAT(Changes(*snapshot, 1), ElementsAre("+" + first.events(0).event_id()));
  EXPECT_THAT(Changes(*snapshot, 2),
              ElementsAre("-" + first.events(0).event_id(), "+" + second.events(0).event_id()));
  EXPECT_THAT(Changes(*snapshot, 3), ElementsAre("-" + second.events(0).event_id()));
  for (uint64_t revision = 1; revision <= 3; ++revision) {
    for (const v1::EventChange& change : snapshot->ChangesAt(revision)) {
      EXPECT_EQ(change.event().agreement(), "agreements/france-russia-defence-cooperation");
    }
  }
}

TEST(IndexTest, ChangesTellWhatTheRecordMakesOfAnEventInForce) {
  Index index;
  ASSERT_THAT(index.Apply(LogOf({Report("a", "A", "2020-01-01", "1994-02-04"),
                                 Report("b", "B", "2020-01-02", "1994-02-04"),
                                 Report("c", "C", "2020-01-03", "1997-05-05")})),
              IsOk());
  const v1::EventRecord contradicted = index.snapshot()->ChangesAt(3).at(0).event();
  EXPECT_EQ(contradicted.claim().date_comparison(), v1::DATE_COMPARISON_CONTRADICTS);
  EXPECT_EQ(contradicted.claim().source_group(), 3);
  EXPECT_EQ(contradicted.entry(), "agreements/france-russia-defence-cooperation/entries/signed-1994-02-04");
  EXPECT_THAT(index.snapshot()->ListEvents({}, {}, {}).items.at(2), EqualsProto(contradicted));

  ASSERT_THAT(index.Apply({RetractionOf("c", 4)}), IsOk());
  for (const uint64_t revision : {3, 4}) {
    const v1::EventRecord gone = index.snapshot()->ChangesAt(revision).at(0).event();
    EXPECT_EQ(gone.agreement(), contradicted.agreement());
    EXPECT_EQ(gone.claim().date_comparison(), v1::DATE_COMPARISON_UNSPECIFIED);
    EXPECT_EQ(gone.claim().source_group(), 0);
    EXPECT_EQ(gone.entry(), "");
  }
}

v1::SuccessionLink Link(const Snapshot& snapshot, const std::string& party, int index) {
  const auto found = snapshot.GetParty(party, {});
  EXPECT_THAT(found, IsOk());
  return found.ok() && index < found->succession_links_size() ? found->succession_links(index)
                                                              : v1::SuccessionLink();
}

TEST(IndexTest, PartiesAreLinkedToThoseWhosePlaceTheyTook) {
  Index index;
  ASSERT_THAT(
      index.Apply(LogOf({ArticleBuilder("a", "A", "1993-02-01")
                             .Agreement("old", {"SUHH", "US"}, {.title = "Pole Star Accord"})
                             .Agreement("own", {"RU", "US"}, {.title = "Comet Accord"})
                             .Event("old", v1::EVENT_TYPE_SIGNED, {.date = "1972"})
                             .Event("old", v1::EVENT_TYPE_SUCCEEDED, {.date = "1993", .actors = {"UA"}})
                             .Event("own", v1::EVENT_TYPE_SIGNED, {.date = "1992"})
                             .Build()})),
      IsOk());
  EXPECT_THAT(Link(*index.snapshot(), "RU", 0), EqualsProto(ParseText<v1::SuccessionLink>(R"pb(
                predecessor: "SUHH"
                successor: "RU"
                display_name: "Soviet Union"
                continues_agreements: true
                predecessor_agreement_count: 1)pb")));
  EXPECT_THAT(Link(*index.snapshot(), "UA", 0), EqualsProto(ParseText<v1::SuccessionLink>(R"pb(
                predecessor: "SUHH"
                successor: "UA"
                display_name: "Soviet Union"
                predecessor_agreement_count: 1
                succeeded_agreements: "agreements/soviet-union-united-states-pole-star")pb")));
  EXPECT_EQ(Link(*index.snapshot(), "SUHH", 0).display_name(), "Armenia");
  EXPECT_EQ(index.snapshot()->GetParty("US", {})->succession_links_size(), 0);
  // Lists stay light.
  for (const v1::Party& party : index.snapshot()->ListParties({}, "", {}, {}).items) {
    EXPECT_EQ(party.succession_links_size(), 0);
  }
}

TEST(IndexTest, EventsThatANewVersionKeepsAreNoChange) {
  const v1::ExtractedArticle first = Report("a", "A", "2020-01-01", "1997");
  v1::ExtractedArticle second = first;
  second.set_extractor_version("later");
  Index index;
  ASSERT_THAT(index.Apply(LogOf({first, second})), IsOk());
  EXPECT_THAT(index.snapshot()->ChangesAt(2), IsEmpty());
}

TEST(IndexTest, AgreementsOfOneSlugHaveNamesOfTheirOwn) {
  // One article tells the two apart.
  const v1::ExtractedArticle both = ArticleBuilder("both", "Both", "2020-03-01")
                                        .Agreement("a1", {"DE", "KE"}, {.subject = v1::SUBJECT_TRADE})
                                        .Agreement("a2", {"DE", "KE"}, {.subject = v1::SUBJECT_TRADE})
                                        .Event("a1", v1::EVENT_TYPE_SIGNED, {.date = "1971-05-03"})
                                        .Event("a2", v1::EVENT_TYPE_SIGNED, {.date = "2008-06-17"})
                                        .Build();
  Index index;
  ASSERT_THAT(index.Apply(LogOf({both})), IsOk());
  EXPECT_THAT(Names(*index.snapshot()), ElementsAre("agreements/germany-kenya-trade-agreement",
                                                    "agreements/germany-kenya-trade-agreement-2008"));
  // Either is found by the year that tells it apart.
  const auto older =
      index.snapshot()->GetAgreement("agreements/germany-kenya-trade-agreement-1971", v1::VIEW_BASIC, {});
  ASSERT_THAT(older, IsOk());
  EXPECT_EQ(older->name(), "agreements/germany-kenya-trade-agreement");
  EXPECT_EQ(older->signed_date().edtf(), "1971-05-03");
}

// A table and the text beside it may be read as two agreements; the act that both tell says that they are
// one.
TEST(IndexTest, AnArticleThatTellsOneActOfTwoMentionsDoesNotTellThemApart) {
  const auto article = [](const std::string& second_end) {
    return ArticleBuilder("a", "A", "2025-08-01")
        .Agreement("text", {"DE", "RU"}, {.subject = v1::SUBJECT_MILITARY})
        .Agreement("row", {"DE", "RU"},
                   {.title = "Military-Technical Accord", .subject = v1::SUBJECT_MILITARY})
        .Event("text", v1::EVENT_TYPE_TERMINATED, {.date = "2025-07", .actors = {"RU"}})
        .Event("row", v1::EVENT_TYPE_TERMINATED, {.date = second_end, .actors = {"RU"}})
        .Build();
  };
  Index one;
  ASSERT_THAT(one.Apply(LogOf({article("2025-07")})), IsOk());
  EXPECT_EQ(Names(*one.snapshot()).size(), 1u);
  Index two;
  ASSERT_THAT(two.Apply(LogOf({article("2019-03")})), IsOk());
  EXPECT_EQ(Names(*two.snapshot()).size(), 2u);
}

TEST(IndexTest, RetiredNamesResolve) {
  Index index;
  const v1::ExtractedArticle vague =
      ArticleBuilder("vague", "A", "2020-01-01")
          .Agreement("a1", {"CA", "SUHH"}, {.subject = v1::SUBJECT_MILITARY, .signed_date = "1989-11-20"})
          .Event("a1", v1::EVENT_TYPE_TERMINATED, {.actors = {"RU"}})
          .Build();
  ASSERT_THAT(index.Apply(LogOf({vague})), IsOk());
  EXPECT_THAT(Names(*index.snapshot()), ElementsAre("agreements/canada-soviet-union-defence-agreement"));
  const v1::ExtractedArticle titled =
      ArticleBuilder("titled", "B", "2020-01-02")
          .Agreement("a1", {"CA", "RU"},
                     {.title = "Agreement between Canada and Russia on military visits",
                      .subject = v1::SUBJECT_MILITARY,
                      .signed_date = "1989-11-20"})
          .Event("a1", v1::EVENT_TYPE_SIGNED, {.date = "1989-11-20"})
          .Build();
  ASSERT_THAT(index.Apply(LogOf({titled}, 2)), IsOk());
  EXPECT_THAT(Names(*index.snapshot()), ElementsAre("agreements/canada-russia-military-visits"));
  const auto found =
      index.snapshot()->GetAgreement("agreements/canada-soviet-union-defence-agreement", v1::VIEW_BASIC, {});
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->name(), "agreements/canada-russia-military-visits");
  EXPECT_THAT(found->retired_names(), ElementsAre("agreements/canada-soviet-union-defence-agreement"));
}

}  // namespace
}  // namespace treatywire::query
