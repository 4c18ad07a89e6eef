// What the services answer to what they cannot do, and what they tell of themselves.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/logging.h"
#include "common/raw_message.h"
#include "common/status.h"
#include "google/protobuf/descriptor.pb.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpc/reflection/v1/reflection.grpc.pb.h"
#include "query_service/event_log/memory_event_log.h"
#include "query_service/event_log/sqlite_connection.h"
#include "query_service/event_log/sqlite_event_log.h"
#include "tests/integration/both_services.h"
#include "tests/query_service/event_log/log_records.h"
#include "tests/query_service/event_log/temporary_directory.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using grpc::reflection::v1::ServerReflection;
using grpc::reflection::v1::ServerReflectionRequest;
using grpc::reflection::v1::ServerReflectionResponse;
using query::EqualsProto;
using query::IsOk;
using query::MemoryEventLog;
using query::ParseText;
using query::StatusIs;
using treatywire::v1::AgreementService;
using treatywire::v1::Article;
using treatywire::v1::ListAgreementsRequest;

// The answer to raw bytes.
absl::Status CallRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                     const std::string& bytes) {
  grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer> stub(channel);
  grpc::ClientContext context;
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  std::promise<grpc::Status> status;
  stub.UnaryCall(&context, "/treatywire.v1." + method, {}, &request, &response,
                 [&status](grpc::Status result) { status.set_value(std::move(result)); });
  return FromGrpcStatus(status.get_future().get());
}

std::string FieldOf(const absl::Status& status) {
  const auto details = GetBadRequest(status);
  return details.has_value() ? details->field_violations(0).field() : "no field";
}

class RequestsTest : public testing::Test {
 protected:
  HealthCheckResponse::ServingStatus Health(const std::shared_ptr<grpc::Channel>& channel,
                                            const std::string& service) {
    const auto stub = grpc::health::v1::Health::NewStub(channel);
    grpc::ClientContext context;
    HealthCheckRequest request;
    request.set_service(service);
    HealthCheckResponse response;
    const grpc::Status status = stub->Check(&context, request, &response);
    return status.ok() ? response.status() : HealthCheckResponse::UNKNOWN;
  }

  // Reads a watch of `service`'s health until it says `status`.
  void WaitForHealth(const std::shared_ptr<grpc::Channel>& channel, const std::string& service,
                     HealthCheckResponse::ServingStatus status) {
    const auto stub = grpc::health::v1::Health::NewStub(channel);
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + kCallPatience));
    HealthCheckRequest request;
    request.set_service(service);
    const auto watch = stub->Watch(&context, request);
    HealthCheckResponse response;
    bool reached = false;
    while (!reached && watch->Read(&response)) reached = response.status() == status;
    EXPECT_TRUE(reached) << service;
    context.TryCancel();
  }

  MemoryEventLog log_;
  BothServices services_{{.log = &log_}};
};

TEST_F(RequestsTest, BadArticlesAreRefusedByTheirFieldAndTheServiceGoesOn) {
  const Article good = SampleArticles()[0];
  const auto refused = [&](const std::string& field, auto spoil) {
    Article article = good;
    spoil(article);
    const absl::Status status = services_.Ingest(article).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
    EXPECT_EQ(FieldOf(status), field);
  };
  refused("article.body", [](Article& a) { a.clear_body(); });
  refused("article.body", [](Article& a) { a.set_body(" \n\t "); });
  refused("article.body", [](Article& a) { a.set_body(std::string((4 << 20) + 1, 'x')); });
  refused("article.mime_type", [](Article& a) { a.set_mime_type("application/pdf"); });
  refused("article.article_id", [](Article& a) { a.set_article_id("a/b"); });
  refused("article.uri", [](Article& a) { a.set_uri("not a uri"); });
  refused("article.language", [](Article& a) { a.set_language("fr"); });
  // The year 10000, as a client without a calendar may send it.
  refused("article.publish_time", [](Article& a) { a.mutable_publish_time()->set_seconds(253'402'300'800); });
  refused("article.publish_time", [](Article& a) { a.mutable_publish_time()->set_nanos(-1); });
  EXPECT_EQ(log_.head(), 0);
  EXPECT_THAT(services_.Ingest(good), IsOk());
}

TEST_F(RequestsTest, ArticleWithoutPublishTimeIsTaken) {
  Article article = SampleArticles()[0];
  article.clear_publish_time();
  const auto answer = services_.Ingest(article);
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->event_count(), 2);
}

TEST_F(RequestsTest, ArticleOf20MebibytesIsRefusedBeforeItIsRead) {
  Article article = SampleArticles()[0];
  article.set_body(std::string(20 << 20, 'x'));
  EXPECT_EQ(services_.Ingest(article).status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(services_.Ingest(SampleArticles()[0]), IsOk());
}

TEST_F(RequestsTest, TextThatIsNotUtf8NamesItsField) {
  treatywire::v1::IngestArticleRequest ingest;
  ingest.mutable_article()->set_body("xyz");
  std::string bytes = ingest.SerializeAsString();
  bytes[bytes.size() - 1] = '\xFF';
  EXPECT_EQ(CallRaw(services_.ingest_channel(), "IngestService/IngestArticle", bytes),
            InvalidFieldError("article.body", "is not valid UTF-8"));

  ListAgreementsRequest list;
  list.mutable_filter()->add_publishers("xyz");
  bytes = list.SerializeAsString();
  bytes[bytes.size() - 1] = '\xFF';
  EXPECT_EQ(CallRaw(services_.query_channel(), "AgreementService/ListAgreements", bytes),
            InvalidFieldError("filter.publishers", "is not valid UTF-8"));
}

TEST_F(RequestsTest, BytesThatAreNoRequestAreInvalidForEveryMethod) {
  const std::vector<std::string> methods = {"AgreementService/GetAgreement",
                                            "AgreementService/ListAgreements",
                                            "AgreementService/SearchAgreements",
                                            "AgreementService/ListConflicts",
                                            "PartyService/GetParty",
                                            "PartyService/ListParties",
                                            "TimelineService/GetTimeline",
                                            "TimelineService/ListEvents",
                                            "TimelineService/WatchEvents",
                                            "ArticleService/GetArticle",
                                            "ArticleService/ListArticles",
                                            "ArticleService/RetractArticle",
                                            "ArticleService/ListSources",
                                            "BackupService/Backup"};
  for (const std::string& method : methods) {
    EXPECT_EQ(CallRaw(services_.query_channel(), method, "\xFF\xFF\xFF").code(),
              absl::StatusCode::kInvalidArgument)
        << method;
  }
}

TEST_F(RequestsTest, PageTokenIsBoundToItsQuery) {
  services_.IngestAll(SampleArticles());
  auto request = ParseText<ListAgreementsRequest>("page_size: 1");
  const auto list = [&] {
    return BothServices::Call(services_.agreements(), &AgreementService::Stub::ListAgreements, request);
  };
  const auto first = list();
  ASSERT_THAT(first, IsOk());
  request.set_page_token(first->next_page_token());
  const auto second = list();
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->next_page_token(), "");
  EXPECT_NE(second->agreements(0).name(), first->agreements(0).name());

  request.mutable_filter()->add_parties("FR");
  EXPECT_EQ(FieldOf(list().status()), "page_token");
  const auto conflicts = BothServices::Call(
      services_.agreements(), &AgreementService::Stub::ListConflicts,
      ParseText<treatywire::v1::ListConflictsRequest>("page_token: '" + first->next_page_token() + "'"));
  EXPECT_EQ(FieldOf(conflicts.status()), "page_token");
}

TEST_F(RequestsTest, PagesOfOneListAreOfOneRevision) {
  services_.IngestAll({SampleArticles()[0], SampleArticles()[2]});
  auto request = ParseText<ListAgreementsRequest>("page_size: 1 view: VIEW_FULL");
  const auto list = [&] {
    return BothServices::Call(services_.agreements(), &AgreementService::Stub::ListAgreements, request);
  };
  const auto first = list();
  ASSERT_THAT(first, IsOk());
  request.set_page_token(first->next_page_token());
  const auto before = list();
  services_.IngestAll(SampleArticles());
  const auto after = list();
  ASSERT_THAT(before, IsOk());
  ASSERT_THAT(after, IsOk());
  EXPECT_THAT(*after, EqualsProto(*before));
  EXPECT_EQ(after->revision(), first->revision());
}

TEST_F(RequestsTest, OneAgreementAndOnePartySayOfWhichRevisionTheyAre) {
  services_.IngestAll(SampleArticles());
  const auto list = BothServices::Call(services_.agreements(), &AgreementService::Stub::ListAgreements,
                                       ListAgreementsRequest());
  ASSERT_THAT(list, IsOk());
  ASSERT_GT(list->revision(), 0U);
  const auto agreement =
      BothServices::Call(services_.agreements(), &AgreementService::Stub::GetAgreement,
                         ParseText<treatywire::v1::GetAgreementRequest>(
                             absl::StrCat("view: VIEW_BASIC name: '", list->agreements(0).name(), "'")));
  ASSERT_THAT(agreement, IsOk());
  treatywire::v1::Agreement expected = list->agreements(0);
  expected.set_revision(list->revision());
  EXPECT_THAT(*agreement, EqualsProto(expected));
  const auto party = BothServices::Call(services_.parties(), &treatywire::v1::PartyService::Stub::GetParty,
                                        ParseText<treatywire::v1::GetPartyRequest>("name: 'parties/RU'"));
  ASSERT_THAT(party, IsOk());
  EXPECT_EQ(party->revision(), list->revision());
}

TEST_F(RequestsTest, UnknownPartiesAndNamesAreToldApart) {
  services_.IngestAll({SampleArticles()[0]});
  EXPECT_EQ(FieldOf(BothServices::Call(services_.agreements(), &AgreementService::Stub::ListAgreements,
                                       ParseText<ListAgreementsRequest>("filter { parties: 'XX' }"))
                        .status()),
            "filter.parties[0]");
  const absl::Status party =
      BothServices::Call(services_.parties(), &treatywire::v1::PartyService::Stub::GetParty,
                         ParseText<treatywire::v1::GetPartyRequest>("name: 'parties/XX'"))
          .status();
  EXPECT_EQ(party.code(), absl::StatusCode::kNotFound);
  ASSERT_TRUE(GetResourceInfo(party).has_value());
  EXPECT_EQ(GetResourceInfo(party)->resource_name(), "parties/XX");
  const absl::Status agreement =
      BothServices::Call(services_.agreements(), &AgreementService::Stub::GetAgreement,
                         ParseText<treatywire::v1::GetAgreementRequest>("name: 'agreements/nothing'"))
          .status();
  EXPECT_EQ(agreement.code(), absl::StatusCode::kNotFound);
  ASSERT_TRUE(GetResourceInfo(agreement).has_value());
  EXPECT_EQ(GetResourceInfo(agreement)->resource_type(), "Agreement");
  // A filter by an agreement that never was is a mistake, not an empty answer.
  EXPECT_EQ(
      FieldOf(BothServices::Call(
                  services_.timelines(), &treatywire::v1::TimelineService::Stub::ListEvents,
                  ParseText<treatywire::v1::ListEventsRequest>("filter { agreements: 'agreements/nothing' }"))
                  .status()),
      "filter.agreements[0]");
  EXPECT_EQ(FieldOf(BothServices::Call(
                        services_.articles(), &treatywire::v1::ArticleService::Stub::ListArticles,
                        ParseText<treatywire::v1::ListArticlesRequest>("agreement: 'agreements/nothing'"))
                        .status()),
            "agreement");
}

// A little before it: past it the client tells itself, without a reason. On a busy machine one answer may
// come too late, but not all.
TEST_F(RequestsTest, ReadOfARevisionThatDoesNotComeEndsBeforeItsDeadlineWithAReason) {
  const auto request = ParseText<ListAgreementsRequest>("min_revision: 1000");
  std::string reason;
  for (int attempt = 0; attempt < 20 && reason.empty(); ++attempt) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(1)));
    treatywire::v1::ListAgreementsResponse response;
    const absl::Status status =
        FromGrpcStatus(services_.agreements().ListAgreements(&context, request, &response));
    ASSERT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
    if (const auto info = GetErrorInfo(status)) reason = info->reason();
  }
  EXPECT_EQ(reason, "REVISION_NOT_REACHED");
}

TEST_F(RequestsTest, HealthFollowsTheQueryService) {
  const std::string ingest_service = treatywire::v1::IngestService::service_full_name();
  WaitForHealth(services_.ingest_channel(), ingest_service, HealthCheckResponse::SERVING);
  EXPECT_EQ(Health(services_.query_channel(), ""), HealthCheckResponse::SERVING);
  for (const char* service :
       {"AgreementService", "PartyService", "TimelineService", "ArticleService", "EventLogService"}) {
    EXPECT_EQ(Health(services_.query_channel(), absl::StrCat("treatywire.v1.", service)),
              HealthCheckResponse::SERVING);
  }
  services_.query().Shutdown();
  WaitForHealth(services_.ingest_channel(), ingest_service, HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(Health(services_.ingest_channel(), ""), HealthCheckResponse::SERVING);
}

TEST_F(RequestsTest, ReflectionListsAndDescribesEveryService) {
  const auto ask = [](const std::shared_ptr<grpc::Channel>& channel, const ServerReflectionRequest& request) {
    const auto stub = ServerReflection::NewStub(channel);
    grpc::ClientContext context;
    const auto stream = stub->ServerReflectionInfo(&context);
    ServerReflectionResponse response;
    EXPECT_TRUE(stream->Write(request) && stream->Read(&response));
    stream->WritesDone();
    EXPECT_TRUE(stream->Finish().ok());
    return response;
  };
  std::set<std::string> names;
  for (const auto& channel : {services_.query_channel(), services_.ingest_channel()}) {
    const auto list = ask(channel, ParseText<ServerReflectionRequest>("list_services: ''"));
    for (const auto& service : list.list_services_response().service()) {
      names.insert(service.name());
      ServerReflectionRequest request;
      request.set_file_containing_symbol(service.name());
      const auto described = ask(channel, request);
      std::set<std::string> services;
      for (const std::string& bytes : described.file_descriptor_response().file_descriptor_proto()) {
        google::protobuf::FileDescriptorProto file;
        ASSERT_TRUE(file.ParseFromString(bytes));
        for (const auto& s : file.service()) services.insert(absl::StrCat(file.package(), ".", s.name()));
      }
      EXPECT_THAT(services, testing::Contains(service.name()));
    }
  }
  EXPECT_THAT(names, testing::IsSupersetOf({"treatywire.v1.IngestService", "treatywire.v1.AgreementService",
                                            "treatywire.v1.PartyService", "treatywire.v1.TimelineService",
                                            "treatywire.v1.ArticleService", "treatywire.v1.EventLogService",
                                            "treatywire.v1.BackupService", "grpc.health.v1.Health",
                                            "grpc.reflection.v1.ServerReflection",
                                            "grpc.reflection.v1alpha.ServerReflection"}));
}

TEST_F(RequestsTest, TraceOfAnArticleIsFollowedIntoTheQueryService) {
  std::mutex mutex;
  std::vector<std::string> lines;  // guarded by mutex
  SetLogSink([&](absl::string_view line) {
    const std::lock_guard lock(mutex);
    lines.emplace_back(line);
  });
  const auto ingest = [&](const Article& article, const std::string& traceparent) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + kCallPatience));
    context.AddMetadata("traceparent", traceparent);
    context.AddMetadata("tracestate", "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE");
    treatywire::v1::IngestArticleRequest request;
    *request.mutable_article() = article;
    treatywire::v1::IngestArticleResponse response;
    EXPECT_TRUE(services_.ingestion().IngestArticle(&context, request, &response).ok());
  };
  ingest(SampleArticles()[0], "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  ingest(SampleArticles()[1], "00-a3ce929d0e0e47364bf92f3577b34da6-00f067aa0ba902b7-00");  // not sampled
  services_.Stop();
  SetLogSink(nullptr);
  std::vector<std::string> published;
  for (const std::string& line : lines) {
    if (absl::StrContains(line, "extraction published"))
      published.push_back(line.substr(line.find("\"code\"")));
  }
  EXPECT_THAT(published,
              testing::ElementsAre("\"code\":\"OK\",\"revision\":1,\"already_present\":false,"
                                   "\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\","
                                   "\"tracestate\":\"rojo=00f067aa0ba902b7,congo=t61rcWkgMzE\"}\n"));
}

// A log that cannot be read until it may be.
class SlowEventLog : public MemoryEventLog {
 public:
  absl::StatusOr<std::vector<treatywire::v1::LogRecord>> Read(uint64_t from, size_t limit) const override {
    may_read.WaitForNotification();
    return MemoryEventLog::Read(from, limit);
  }
  mutable absl::Notification may_read;
};

TEST(RebuildTest, CallsAreUnavailableAndHealthSaysSoUntilTheIndexIsRebuilt) {
  SlowEventLog log;
  query::QueryServer::Options options;
  options.log = &log;
  const auto server = query::QueryServer::Start(options).value();
  const auto channel = grpc::CreateChannel(server->lifecycle().address(), grpc::InsecureChannelCredentials());
  const auto agreements = AgreementService::NewStub(channel);
  const auto list = [&] {
    return BothServices::Call(*agreements, &AgreementService::Stub::ListAgreements, ListAgreementsRequest())
        .status();
  };
  const auto health = [&] {
    const auto stub = grpc::health::v1::Health::NewStub(channel);
    return BothServices::Call(*stub, &grpc::health::v1::Health::Stub::Check,
                              ParseText<HealthCheckRequest>("service: 'treatywire.v1.AgreementService'"))
        ->status();
  };
  const absl::Status refusal = list();
  EXPECT_EQ(refusal.code(), absl::StatusCode::kUnavailable);
  ASSERT_TRUE(GetErrorInfo(refusal).has_value());
  EXPECT_EQ(GetErrorInfo(refusal)->reason(), "REBUILDING");
  EXPECT_TRUE(GetRetryDelay(refusal).has_value());
  EXPECT_EQ(health(), HealthCheckResponse::NOT_SERVING);
  log.may_read.Notify();
  EXPECT_THAT(server->WaitUntilReady(), IsOk());
  EXPECT_THAT(list(), IsOk());
  EXPECT_EQ(health(), HealthCheckResponse::SERVING);
}

TEST(RebuildTest, LogThatDoesNotReplayStopsTheService) {
  class DamagedEventLog : public MemoryEventLog {
   public:
    absl::StatusOr<std::vector<treatywire::v1::LogRecord>> Read(uint64_t, size_t) const override {
      return absl::DataLossError("revision 7 of log.sqlite3 is damaged");
    }
  };
  DamagedEventLog log;
  query::QueryServer::Options options;
  options.log = &log;
  std::promise<absl::Status> failure;
  options.on_failure = [&failure](const absl::Status& status) { failure.set_value(status); };
  const auto server = query::QueryServer::Start(options).value();
  EXPECT_THAT(failure.get_future().get(),
              StatusIs(absl::StatusCode::kDataLoss, testing::HasSubstr("revision 7")));
  EXPECT_THAT(server->WaitUntilReady(), StatusIs(absl::StatusCode::kDataLoss, testing::_));
}

// The start does not read the record, but the service does not go on as if it were whole.
TEST(RebuildTest, DamageToARecordThatTheImageSparesStopsTheService) {
  const query::TemporaryDirectory directory;
  {
    const auto log = query::SqliteEventLog::Open({.data_dir = directory.path()}).value();
    for (const char* id : {"a", "b", "c"}) ASSERT_THAT(log->Append({query::ExtractionRecord(id)}), IsOk());
  }
  std::promise<absl::Status> failure;
  query::QueryServer::Options options;
  options.data_dir = directory.path();
  ASSERT_THAT(query::QueryServer::Start(options).value()->WaitUntilReady(), IsOk());  // leaves an image
  {
    const auto file = directory.path() + "/" + std::string(query::SqliteEventLog::kFileName);
    const auto connection = query::SqliteConnection::Open({.path = file}).value();
    ASSERT_THAT(connection->Execute("UPDATE log SET crc = crc + 1 WHERE revision = 1"), IsOk());
  }
  options.on_failure = [&failure](const absl::Status& status) { failure.set_value(status); };
  const auto server = query::QueryServer::Start(options).value();
  EXPECT_THAT(server->WaitUntilReady(), IsOk());
  EXPECT_THAT(failure.get_future().get(),
              StatusIs(absl::StatusCode::kDataLoss, testing::HasSubstr("revision 1 is damaged")));
}

// A log that says to have more than the index was given.
class AheadEventLog : public MemoryEventLog {
 public:
  uint64_t head() const override { return MemoryEventLog::head() + ahead; }
  std::atomic<uint64_t> ahead{0};
};

TEST(LagTest, HealthSaysNotServingWhileTheIndexIsBehindForTooLong) {
  AheadEventLog log;
  const std::unique_ptr<Metrics> metrics = Metrics::Create();
  query::QueryServer::Options options;
  options.log = &log;
  options.tick = absl::Milliseconds(1);
  options.max_index_lag = absl::Milliseconds(1);
  options.metrics = metrics.get();
  const auto server = query::QueryServer::Start(options).value();
  ASSERT_THAT(server->WaitUntilReady(), IsOk());
  const auto stub = grpc::health::v1::Health::NewStub(
      grpc::CreateChannel(server->lifecycle().address(), grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kCallPatience));
  const auto watch =
      stub->Watch(&context, ParseText<HealthCheckRequest>("service: 'treatywire.v1.AgreementService'"));
  const auto wait_for = [&](HealthCheckResponse::ServingStatus status) {
    HealthCheckResponse response;
    while (watch->Read(&response)) {
      if (response.status() == status) return true;
    }
    return false;
  };
  EXPECT_TRUE(wait_for(HealthCheckResponse::SERVING));
  log.ahead = 7;
  EXPECT_TRUE(wait_for(HealthCheckResponse::NOT_SERVING));
  EXPECT_THAT(metrics->Text(), testing::HasSubstr("treatywire_index_lag_records 7"));
  log.ahead = 0;
  EXPECT_TRUE(wait_for(HealthCheckResponse::SERVING));
  context.TryCancel();
}

// What `metrics` tell once nothing of what was answered is counted as under way: a client may have its answer
// before the service is done with the call.
std::string TextAtRest(const Metrics& metrics, const std::vector<std::string>& gauges) {
  while (true) {
    std::string text = metrics.Text();
    const bool at_rest = std::all_of(gauges.begin(), gauges.end(), [&text](const std::string& gauge) {
      return absl::StrContains(text, absl::StrCat("\n", gauge, " 0\n"));
    });
    if (at_rest) return text;
    std::this_thread::yield();
  }
}

TEST(MetricsTest, BothServicesTellWhatTheyDid) {
  const std::unique_ptr<Metrics> query_metrics = Metrics::Create();
  const std::unique_ptr<Metrics> ingest_metrics = Metrics::Create();
  MemoryEventLog log;
  BothServices services(
      {.log = &log, .query_metrics = query_metrics.get(), .ingest_metrics = ingest_metrics.get()});
  services.IngestAll(SampleArticles());
  services.IngestAll({SampleArticles()[0], Article()});
  const std::string ingest =
      TextAtRest(*ingest_metrics, {"treatywire_unanswered_articles", "treatywire_unsent_bytes"});
  for (const char* line :
       {"treatywire_articles_total{outcome=\"INGESTED\"} 4",
        "treatywire_articles_total{outcome=\"ALREADY_PRESENT\"} 1",
        "treatywire_articles_total{outcome=\"INVALID_ARGUMENT\"} 1",
        "treatywire_article_read_seconds_count 5", "treatywire_events_total{type=\"TERMINATED\"} 2",
        "treatywire_deliveries_total{outcome=\"delivered\"} 5", "treatywire_delivery_connected 1",
        "grpc_server_started_total{grpc_method=\"IngestArticles\""}) {
    EXPECT_THAT(ingest, testing::HasSubstr(line));
  }
  const std::string query = TextAtRest(*query_metrics, {"treatywire_unsent_bytes"});
  for (const char* line : {"treatywire_index_revision 4", "treatywire_log_revision 4", "treatywire_ready 1",
                           "treatywire_watches 0", "treatywire_queued_records 0", "treatywire_queued_reads 0",
                           "treatywire_waiting_reads 0", "treatywire_index_lag_records 0",
                           "treatywire_log_commit_seconds_count", "treatywire_log_commit_records_sum 5",
                           "grpc_server_started_total{grpc_method=\"PublishExtractions\""}) {
    EXPECT_THAT(query, testing::HasSubstr(line));
  }
}

// A log whose writes fail from the second on, as after a failed fsync.
class FailingEventLog : public MemoryEventLog {
 public:
  absl::StatusOr<std::vector<query::AppendResult>> Append(
      absl::Span<const treatywire::v1::LogRecord> records) override {
    if (head() > 0) return absl::DataLossError("fsync failed");
    return MemoryEventLog::Append(records);
  }
};

TEST(FailStopTest, AfterAFailedWriteNothingIsAcknowledgedAndTheServiceStops) {
  FailingEventLog log;
  std::promise<absl::Status> failure;
  BothServices services(
      {.log = &log, .on_failure = [&failure](const absl::Status& s) { failure.set_value(s); }});
  ASSERT_THAT(services.Ingest(SampleArticles()[0]), IsOk());
  treatywire::v1::IngestArticleRequest request;
  *request.mutable_article() = SampleArticles()[1];
  treatywire::v1::IngestArticleResponse response;
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(2)));
  EXPECT_FALSE(services.ingestion().IngestArticle(&context, request, &response).ok());
  EXPECT_THAT(failure.get_future().get(),
              StatusIs(absl::StatusCode::kDataLoss, testing::HasSubstr("fsync failed")));
  const auto health = grpc::health::v1::Health::NewStub(services.query_channel());
  EXPECT_EQ(
      BothServices::Call(*health, &grpc::health::v1::Health::Stub::Check, HealthCheckRequest())->status(),
      HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(log.head(), 1);
}

}  // namespace
}  // namespace treatywire
