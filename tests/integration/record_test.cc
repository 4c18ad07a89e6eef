// What goes in through the one service comes out of the other, whatever happens in between.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "query_service/event_log/memory_event_log.h"
#include "tests/integration/both_services.h"
#include "tests/query_service/event_log/temporary_directory.h"
#include "tests/query_service/index/article_builder.h"
#include "tests/query_service/proto_matchers.h"
#include "treatywire/v1/event_log_service.grpc.pb.h"

namespace treatywire {
namespace {

using query::EqualsProto;
using query::IsOk;
using query::MemoryEventLog;
using query::ParseText;
using query::StatusIs;
using query::TemporaryDirectory;
using treatywire::v1::AgreementService;
using treatywire::v1::Article;
using treatywire::v1::ArticleService;
using treatywire::v1::IngestArticleResponse;
using treatywire::v1::IngestArticlesResponse;
using treatywire::v1::ListAgreementsRequest;
using treatywire::v1::ListAgreementsResponse;
using treatywire::v1::PartyService;
using treatywire::v1::TimelineService;

// Everything that the record answers, for comparison. Revisions depend on the order of arrival and are left
// out.
struct Answers {
  ListAgreementsResponse agreements;
  treatywire::v1::ListConflictsResponse conflicts;
  treatywire::v1::ListPartiesResponse parties;
  treatywire::v1::GetTimelineResponse timeline;
  treatywire::v1::ListSourcesResponse sources;
};

Answers Ask(BothServices& services, const std::string& as_of = "") {
  Answers answers;
  const auto ask = [&](auto& stub, auto method, auto request, auto* answer) {
    *request.mutable_as_of() = ParseText<treatywire::v1::AsOf>(as_of);
    auto result = BothServices::Call(stub, method, request);
    ASSERT_THAT(result, IsOk());
    *answer = *std::move(result);
    answer->clear_revision();
  };
  ask(services.agreements(), &AgreementService::Stub::ListAgreements,
      ParseText<ListAgreementsRequest>("view: VIEW_FULL"), &answers.agreements);
  ask(services.agreements(), &AgreementService::Stub::ListConflicts, treatywire::v1::ListConflictsRequest(),
      &answers.conflicts);
  ask(services.parties(), &PartyService::Stub::ListParties, treatywire::v1::ListPartiesRequest(),
      &answers.parties);
  ask(services.timelines(), &TimelineService::Stub::GetTimeline,
      ParseText<treatywire::v1::GetTimelineRequest>("parties: 'FR' parties: 'DE'"), &answers.timeline);
  ask(services.articles(), &ArticleService::Stub::ListSources, treatywire::v1::ListSourcesRequest(),
      &answers.sources);
  return answers;
}

void ExpectSame(const Answers& expected, const Answers& actual) {
  EXPECT_THAT(actual.agreements, EqualsProto(expected.agreements));
  EXPECT_THAT(actual.conflicts, EqualsProto(expected.conflicts));
  EXPECT_THAT(actual.parties, EqualsProto(expected.parties));
  EXPECT_THAT(actual.timeline, EqualsProto(expected.timeline));
  EXPECT_THAT(actual.sources, EqualsProto(expected.sources));
}

std::vector<std::string> PartiesOf(const treatywire::v1::Agreement& agreement) {
  std::vector<std::string> ids;
  for (const auto& party : agreement.parties()) ids.push_back(party.party_id());
  return ids;
}

TEST(RecordTest, ArticlesBecomeAgreementsTimelinesAndConflicts) {
  MemoryEventLog log;
  BothServices services({.log = &log});
  for (const IngestArticlesResponse& answer : services.IngestAll(SampleArticles())) {
    EXPECT_TRUE(answer.has_ingested()) << answer.ShortDebugString();
  }
  const Answers answers = Ask(services);
  ASSERT_EQ(answers.agreements.agreements_size(), 2);
  EXPECT_EQ(answers.agreements.total_size(), 2);
  const auto& fisheries = answers.agreements.agreements(0);
  EXPECT_THAT(PartiesOf(fisheries), testing::UnorderedElementsAre("DE", "FR"));
  EXPECT_EQ(fisheries.subject(), treatywire::v1::SUBJECT_RESOURCES);
  const auto& defence = answers.agreements.agreements(1);
  EXPECT_THAT(PartiesOf(defence), testing::UnorderedElementsAre("NO", "SE"));
  EXPECT_EQ(defence.signed_date().edtf(), "2020-05-12");
  EXPECT_EQ(defence.independent_source_count(), 2);

  ASSERT_EQ(answers.conflicts.conflicts_size(), 1);
  EXPECT_EQ(answers.conflicts.conflicts(0).kind(), treatywire::v1::CONFLICT_KIND_DATE);
  EXPECT_EQ(answers.conflicts.conflicts(0).agreement(), fisheries.name());
  std::vector<std::string> dates;
  for (const auto& position : answers.conflicts.conflicts(0).positions()) dates.push_back(position.value());
  EXPECT_THAT(dates, testing::UnorderedElementsAre("1999-03-03", "1999-03-05"));

  std::vector<treatywire::v1::EventType> types;
  for (const auto& entry : answers.timeline.entries()) types.push_back(entry.type());
  EXPECT_THAT(types,
              testing::ElementsAre(treatywire::v1::EVENT_TYPE_SIGNED, treatywire::v1::EVENT_TYPE_RATIFIED,
                                   treatywire::v1::EVENT_TYPE_TERMINATED));
}

TEST(RecordTest, EvidenceIsTheSentenceAtItsSpan) {
  MemoryEventLog log;
  BothServices services({.log = &log});
  const Article article = SampleArticles()[0];
  ASSERT_THAT(services.Ingest(article), IsOk());
  const auto stored =
      BothServices::Call(services.articles(), &ArticleService::Stub::GetArticle,
                         ParseText<treatywire::v1::GetArticleRequest>("name: 'articles/sample-1'"));
  ASSERT_THAT(stored, IsOk());
  EXPECT_EQ(stored->article().article().body(), "");
  ASSERT_EQ(stored->events_size(), 2);
  for (const auto& event : stored->events()) {
    const auto& evidence = event.claim().event().evidence();
    EXPECT_EQ(article.body().substr(evidence.begin_byte(), evidence.end_byte() - evidence.begin_byte()),
              evidence.text());
    EXPECT_EQ(event.claim().publisher(), "Morning Tide");
  }
}

TEST(RecordTest, AnswersAreTheSameAfterARestart) {
  const TemporaryDirectory directory;
  BothServices services({.data_dir = directory.path()});
  services.IngestAll(SampleArticles());
  const Answers before = Ask(services);
  services.Stop();
  services.Start();
  ExpectSame(before, Ask(services));
}

TEST(RecordTest, AnArticleIngestedAgainChangesNothing) {
  MemoryEventLog log;
  BothServices services({.log = &log});
  const std::vector<IngestArticlesResponse> first = services.IngestAll(SampleArticles());
  const Answers before = Ask(services);
  std::vector<IngestArticlesResponse> second = services.IngestAll(SampleArticles());
  ASSERT_EQ(first.size(), second.size());
  for (size_t i = 0; i < first.size(); ++i) {
    EXPECT_TRUE(second[i].ingested().already_present());
    second[i].mutable_ingested()->clear_already_present();
    EXPECT_THAT(second[i], EqualsProto(first[i]));
  }
  ExpectSame(before, Ask(services));
  EXPECT_EQ(log.head(), first.size());
}

TEST(RecordTest, AnyOrderOfArrivalGivesTheSameAnswers) {
  std::vector<Article> articles = SampleArticles();
  const auto by_id = [](const Article& a, const Article& b) { return a.article_id() < b.article_id(); };
  std::optional<Answers> expected;
  do {
    MemoryEventLog log;
    BothServices services({.log = &log});
    services.IngestAll(articles);
    const Answers answers = Ask(services);
    if (expected.has_value()) ExpectSame(*expected, answers);
    expected = answers;
  } while (std::next_permutation(articles.begin(), articles.end(), by_id) && !testing::Test::HasFailure());
}

TEST(RecordTest, KnownAtGivesWhatHadBeenPublishedByThen) {
  MemoryEventLog log;
  BothServices services({.log = &log});
  services.IngestAll(SampleArticles());
  MemoryEventLog earlier_log;
  BothServices earlier({.log = &earlier_log});
  earlier.IngestAll({SampleArticles()[0], SampleArticles()[1]});
  ExpectSame(Ask(earlier), Ask(services, "known_at: '2020-05-14'"));
}

TEST(RecordTest, CorrectedArticleReplacesWhatItSaid) {
  MemoryEventLog log;
  BothServices services({.log = &log});
  services.IngestAll(SampleArticles());
  Article corrected = SampleArticles()[1];
  corrected.set_body("Germany ratified the fisheries agreement with France on 10 June 2000.");
  const absl::StatusOr<IngestArticleResponse> answer = services.Ingest(corrected);
  ASSERT_THAT(answer, IsOk());
  EXPECT_FALSE(answer->already_present());
  EXPECT_EQ(Ask(services).conflicts.conflicts_size(), 0);
}

TEST(RecordTest, RetractedArticleLeavesNothingBehind) {
  MemoryEventLog log;
  BothServices services({.log = &log});
  MemoryEventLog without_log;
  BothServices without({.log = &without_log});
  services.IngestAll(SampleArticles());
  without.IngestAll({SampleArticles()[0], SampleArticles()[2], SampleArticles()[3]});
  const auto request = ParseText<treatywire::v1::RetractArticleRequest>("name: 'articles/sample-2'");
  const auto retracted =
      BothServices::Call(services.articles(), &ArticleService::Stub::RetractArticle, request);
  ASSERT_THAT(retracted, IsOk());
  EXPECT_EQ(retracted->revision(), 5);
  ExpectSame(Ask(without), Ask(services));
  // A retry after a lost answer is told that there is nothing left to do.
  EXPECT_THAT(BothServices::Call(services.articles(), &ArticleService::Stub::RetractArticle, request),
              StatusIs(absl::StatusCode::kNotFound, testing::_));
}

void Publish(BothServices& services, const treatywire::v1::ExtractedArticle& article) {
  const auto stub = treatywire::v1::EventLogService::NewStub(services.query_channel());
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kCallPatience));
  const auto stream = stub->PublishExtractions(&context);
  treatywire::v1::PublishExtractionsRequest request;
  request.set_sequence(1);
  *request.mutable_extraction() = article;
  ASSERT_TRUE(stream->Write(request));
  treatywire::v1::PublishExtractionsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_FALSE(response.has_refusal()) << response.ShortDebugString();
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

treatywire::v1::ExtractedArticle ReportOf(const std::string& id, const std::string& title,
                                          const std::vector<std::string>& aliases) {
  return query::ArticleBuilder(id, id, "2020-05-12")
      .Agreement("a1", {"FR", "RU"}, {.title = title, .aliases = aliases})
      .Event("a1", treatywire::v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04"})
      .Build();
}

// The name in force of the agreement that `name` is asked by, whichever read is asked.
std::string NameInForce(BothServices& services, const std::string& name) {
  const auto agreement =
      BothServices::Call(services.agreements(), &AgreementService::Stub::GetAgreement,
                         ParseText<treatywire::v1::GetAgreementRequest>("name: '" + name + "'"));
  EXPECT_THAT(agreement, IsOk());
  if (!agreement.ok()) return "";
  const auto timeline =
      BothServices::Call(services.timelines(), &TimelineService::Stub::GetTimeline,
                         ParseText<treatywire::v1::GetTimelineRequest>("agreement: '" + name + "'"));
  EXPECT_THAT(timeline, IsOk());
  if (timeline.ok()) {
    EXPECT_EQ(timeline->entries(0).agreement(), agreement->name());
  }
  const auto events = BothServices::Call(
      services.timelines(), &TimelineService::Stub::ListEvents,
      ParseText<treatywire::v1::ListEventsRequest>("filter { agreements: '" + name + "' }"));
  EXPECT_THAT(events, IsOk());
  if (events.ok()) {
    EXPECT_EQ(events->events(0).agreement(), agreement->name());
  }
  EXPECT_THAT(BothServices::Call(services.agreements(), &AgreementService::Stub::ListConflicts,
                                 ParseText<treatywire::v1::ListConflictsRequest>("parent: '" + name + "'")),
              IsOk());
  return agreement->name();
}

TEST(RecordTest, NamesRetiredByAMergeResolveAndAreNamesAgainAfterASplit) {
  MemoryEventLog log;
  BothServices services({.log = &log});
  Publish(services, ReportOf("one", "Concorde Exchange Accord", {}));
  Publish(services, ReportOf("two", "Baikal Visits Accord", {}));
  const std::string one = "agreements/france-russia-concorde-exchange";
  const std::string two = "agreements/france-russia-baikal-visits";
  EXPECT_EQ(NameInForce(services, one), one);
  EXPECT_EQ(NameInForce(services, two), two);

  Publish(services, ReportOf("three", "Concorde Exchange Accord", {"Baikal Visits Accord"}));
  const std::string merged = NameInForce(services, one);
  EXPECT_EQ(NameInForce(services, two), merged);
  const Answers answers = Ask(services);
  ASSERT_EQ(answers.agreements.agreements_size(), 1);
  EXPECT_THAT(answers.agreements.agreements(0).retired_names(),
              testing::ElementsAre(merged == one ? two : one));

  const auto request = ParseText<treatywire::v1::RetractArticleRequest>("name: 'articles/three'");
  ASSERT_THAT(BothServices::Call(services.articles(), &ArticleService::Stub::RetractArticle, request),
              IsOk());
  EXPECT_EQ(NameInForce(services, one), one);
  EXPECT_EQ(NameInForce(services, two), two);
}

Article ShortReport(const std::string& id, const std::string& body) {
  Article article;
  article.set_article_id(id);
  article.set_publisher(id);
  article.set_body(body);
  article.mutable_publish_time()->set_seconds(1'577'880'000);  // 2020-01-01
  return article;
}

// The lexicon knows which well-known agreement a well-known amendment belongs to.
TEST(RecordTest, AnAmendmentIsTiedToWhatItAmends) {
  MemoryEventLog log;
  BothServices services({.log = &log});
  for (const IngestArticlesResponse& answer : services.IngestAll(
           {ShortReport("one", "The Kigali Amendment entered into force on 1 January 2019."),
            ShortReport("two", "The Montreal Protocol entered into force on 1 January 1989.")})) {
    ASSERT_TRUE(answer.has_ingested()) << answer.ShortDebugString();
  }
  const auto amendment = BothServices::Call(
      services.agreements(), &AgreementService::Stub::GetAgreement,
      ParseText<treatywire::v1::GetAgreementRequest>("name: 'agreements/kigali-amendment'"));
  ASSERT_THAT(amendment, IsOk());
  ASSERT_EQ(amendment->relations_size(), 1);
  EXPECT_THAT(amendment->relations(0), EqualsProto(ParseText<treatywire::v1::Relation>(R"pb(
                kind: RELATION_KIND_AMENDS
                agreement: "agreements/montreal-protocol"
                display_name: "Montreal Protocol")pb")));
}

TEST(RecordTest, ReadAtTheRevisionOfAWriteSeesIt) {
  MemoryEventLog log;
  BothServices services({.log = &log});
  for (const Article& article : SampleArticles()) {
    const absl::StatusOr<IngestArticleResponse> answer = services.Ingest(article);
    ASSERT_THAT(answer, IsOk());
    treatywire::v1::GetArticleRequest request;
    request.set_name(answer->article());
    request.set_min_revision(answer->revision());
    EXPECT_THAT(BothServices::Call(services.articles(), &ArticleService::Stub::GetArticle, request), IsOk());
  }
}

}  // namespace
}  // namespace treatywire
