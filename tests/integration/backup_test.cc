// The record is backed up while it is served, and a restored one answers the same.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status.h"
#include "query_service/backup/backup_check.h"
#include "query_service/backup/backup_file.h"
#include "query_service/backup/restore.h"
#include "tests/integration/both_services.h"
#include "tests/query_service/event_log/temporary_directory.h"
#include "tests/query_service/proto_matchers.h"
#include "treatywire/v1/backup_service.grpc.pb.h"

namespace treatywire {
namespace {

using query::BackupCheck;
using query::IsOk;
using query::ParseText;
using query::StatusIs;
using query::TemporaryDirectory;
using treatywire::v1::AgreementService;
using treatywire::v1::Article;
using treatywire::v1::ArticleService;
using treatywire::v1::BackupResponse;
using treatywire::v1::BackupService;
using treatywire::v1::ListAgreementsRequest;
using treatywire::v1::PartyService;
using treatywire::v1::TimelineService;
using treatywire::v1::WatchEventsRequest;
using treatywire::v1::WatchEventsResponse;

// The articles, the first corrected and another retracted.
void FillRecord(BothServices& services) {
  services.IngestAll(SampleArticles());
  Article corrected = SampleArticles().front();
  corrected.set_body("France and Germany signed a fisheries agreement in Bonn on 3 March 1999.");
  ASSERT_THAT(services.Ingest(corrected), IsOk());
  ASSERT_THAT(
      BothServices::Call(services.articles(), &ArticleService::Stub::RetractArticle,
                         ParseText<treatywire::v1::RetractArticleRequest>("name: 'articles/sample-4'")),
      IsOk());
}

// Every list of the record, revisions included, as the bytes that were answered; the page tokens left out.
std::vector<std::string> AnswersOf(BothServices& services) {
  std::vector<std::string> answers;
  const auto ask = [&](auto& stub, auto method, const auto& request) {
    auto answer = BothServices::Call(stub, method, request);
    EXPECT_THAT(answer, IsOk());
    if (!answer.ok()) return;
    if constexpr (requires { answer->clear_next_page_token(); }) answer->clear_next_page_token();
    answers.push_back(answer->SerializeAsString());
  };
  for (const char* as_of : {"", "as_of { valid_at: '2010-01-01' }", "as_of { known_at: '2020-05-14' }"}) {
    ask(services.agreements(), &AgreementService::Stub::ListAgreements,
        ParseText<ListAgreementsRequest>(absl::StrCat("view: VIEW_FULL ", as_of)));
    ask(services.agreements(), &AgreementService::Stub::ListConflicts,
        ParseText<treatywire::v1::ListConflictsRequest>(as_of));
    ask(services.parties(), &PartyService::Stub::ListParties,
        ParseText<treatywire::v1::ListPartiesRequest>(as_of));
    ask(services.timelines(), &TimelineService::Stub::GetTimeline,
        ParseText<treatywire::v1::GetTimelineRequest>(absl::StrCat("parties: 'FR' parties: 'DE' ", as_of)));
    ask(services.timelines(), &TimelineService::Stub::ListEvents,
        ParseText<treatywire::v1::ListEventsRequest>(as_of));
    ask(services.articles(), &ArticleService::Stub::ListSources,
        ParseText<treatywire::v1::ListSourcesRequest>(as_of));
  }
  ask(services.agreements(), &AgreementService::Stub::SearchAgreements,
      ParseText<treatywire::v1::SearchAgreementsRequest>("query: 'fisheries'"));
  ask(services.articles(), &ArticleService::Stub::ListArticles, treatywire::v1::ListArticlesRequest());
  ask(services.articles(), &ArticleService::Stub::GetArticle,
      ParseText<treatywire::v1::GetArticleRequest>("name: 'articles/sample-1'"));
  return answers;
}

// The parts of a backup; `meanwhile` is called after the first.
std::vector<BackupResponse> Backup(
    BothServices& services, const std::function<void()>& meanwhile = [] {}) {
  const auto stub = BackupService::NewStub(services.query_channel());
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kCallPatience));
  const auto stream = stub->Backup(&context, treatywire::v1::BackupRequest());
  std::vector<BackupResponse> parts;
  BackupCheck check;
  for (BackupResponse part; stream->Read(&part);) {
    EXPECT_THAT(check.Take(part), IsOk());
    parts.push_back(part);
    if (parts.size() == 1) meanwhile();
  }
  EXPECT_THAT(FromGrpcStatus(stream->Finish()), IsOk());
  EXPECT_THAT(check.Finish(), IsOk());
  return parts;
}

void Restore(const std::vector<BackupResponse>& parts, const std::string& data_dir) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/backup";
  auto file = query::BackupFileWriter::Create(path);
  ASSERT_THAT(file, IsOk());
  for (const BackupResponse& part : parts) ASSERT_THAT((*file)->Write(part), IsOk());
  ASSERT_THAT((*file)->Commit(), IsOk());
  ASSERT_THAT(query::RestoreBackup(path, data_dir), IsOk());
}

// How a watch from revision 1 on begins: its first response, or its end.
absl::StatusOr<WatchEventsResponse> BeginWatch(BothServices& services, const std::string& log_id) {
  WatchEventsRequest request;
  request.set_from_revision(1);
  request.set_log_id(log_id);
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kCallPatience));
  const auto stream = services.timelines().WatchEvents(&context, request);
  WatchEventsResponse response;
  if (!stream->Read(&response)) return FromGrpcStatus(stream->Finish());
  context.TryCancel();
  stream->Finish();
  return response;
}

std::string ReasonOf(const absl::Status& status) {
  const auto info = GetErrorInfo(status);
  return info.has_value() ? info->reason() : "";
}

TEST(BackupTest, RestoredServiceAnswersTheSameBytes) {
  const TemporaryDirectory directory;
  BothServices services({.data_dir = directory.path() + "/first"});
  FillRecord(services);
  Restore(Backup(services), directory.path() + "/second");
  BothServices restored({.data_dir = directory.path() + "/second"});
  EXPECT_EQ(AnswersOf(restored), AnswersOf(services));
  // And goes on as the other would.
  EXPECT_EQ(restored.Ingest(SampleArticles()[3])->revision(), 7);
  EXPECT_EQ(services.Ingest(SampleArticles()[3])->revision(), 7);
  EXPECT_EQ(AnswersOf(restored), AnswersOf(services));
}

TEST(BackupTest, IngestionGoesOnDuringABackupAndIsNoPartOfIt) {
  const TemporaryDirectory directory;
  BothServices services({.data_dir = directory.path()});
  services.IngestAll(SampleArticles());
  const auto parts = Backup(services, [&] {
    Article another = SampleArticles().front();
    another.set_article_id("another");
    EXPECT_THAT(services.Ingest(another), IsOk());
  });
  EXPECT_EQ(parts.front().header().revision(), 4);
  EXPECT_EQ(Backup(services).front().header().revision(), 5);
}

TEST(BackupTest, PageTokenFromBeforeTheRestoreIsRefused) {
  const TemporaryDirectory directory;
  BothServices services({.data_dir = directory.path() + "/first"});
  FillRecord(services);
  auto request = ParseText<treatywire::v1::ListArticlesRequest>("page_size: 1");
  const auto list = [&](BothServices& asked) {
    return BothServices::Call(asked.articles(), &ArticleService::Stub::ListArticles, request);
  };
  request.set_page_token(list(services)->next_page_token());
  Restore(Backup(services), directory.path() + "/second");
  BothServices restored({.data_dir = directory.path() + "/second"});
  EXPECT_THAT(list(services), IsOk());
  const absl::Status refused = list(restored).status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kAborted, testing::HasSubstr("page_token")));
  EXPECT_EQ(ReasonOf(refused), "LOG_REPLACED");
}

TEST(BackupTest, PageTokenOutlivesARestartOnTheSameLog) {
  const TemporaryDirectory directory;
  BothServices services({.data_dir = directory.path()});
  FillRecord(services);
  auto request = ParseText<treatywire::v1::ListArticlesRequest>("page_size: 1");
  const auto list = [&] {
    return BothServices::Call(services.articles(), &ArticleService::Stub::ListArticles, request);
  };
  request.set_page_token(list()->next_page_token());
  services.Stop();
  services.Start();
  ASSERT_THAT(list(), IsOk());
  EXPECT_EQ(list()->articles(0).name(), "articles/sample-2");
}

TEST(BackupTest, RevisionFromBeforeTheRestoreIsRefusedWhereTheReadSaysWhoseItIs) {
  const TemporaryDirectory directory;
  BothServices services({.data_dir = directory.path() + "/first"});
  const auto acknowledged = services.Ingest(SampleArticles().front());
  ASSERT_THAT(acknowledged, IsOk());
  Restore(Backup(services), directory.path() + "/second");
  BothServices restored({.data_dir = directory.path() + "/second"});
  const auto list = [&](BothServices& asked, const std::string& log_id) {
    treatywire::v1::ListArticlesRequest request;
    request.set_min_revision(acknowledged->revision());
    request.set_log_id(log_id);
    return BothServices::Call(asked.articles(), &ArticleService::Stub::ListArticles, request).status();
  };
  EXPECT_THAT(list(services, acknowledged->log_id()), IsOk());
  const absl::Status refused = list(restored, acknowledged->log_id());
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, testing::HasSubstr("log_id")));
  EXPECT_EQ(ReasonOf(refused), "LOG_REPLACED");
  EXPECT_THAT(list(restored, restored.Ingest(SampleArticles().front())->log_id()), IsOk());
  EXPECT_THAT(list(restored, ""), IsOk());
}

TEST(BackupTest, WatchFromBeforeTheRestoreIsRefused) {
  const TemporaryDirectory directory;
  BothServices services({.data_dir = directory.path() + "/first"});
  FillRecord(services);
  const std::string log_id = BeginWatch(services, "")->log_id();
  EXPECT_THAT(BeginWatch(services, log_id), IsOk());
  Restore(Backup(services), directory.path() + "/second");
  BothServices restored({.data_dir = directory.path() + "/second"});
  const absl::Status refused = BeginWatch(restored, log_id).status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, testing::HasSubstr("log_id")));
  EXPECT_EQ(ReasonOf(refused), "LOG_REPLACED");
  EXPECT_NE(BeginWatch(restored, "")->log_id(), log_id);
}

}  // namespace
}  // namespace treatywire
