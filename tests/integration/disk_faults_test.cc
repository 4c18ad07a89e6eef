// Disks that are full, and disks that fail: what was acknowledged is there, and what is not there was not
// acknowledged.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/mount.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "query_service/event_log/sqlite_event_log.h"
#include "tests/integration/both_services.h"
#include "tests/query_service/event_log/faulty_vfs.h"
#include "tests/query_service/event_log/temporary_directory.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire {
namespace {

using query::FaultyVfs;
using query::IsOk;
using query::SqliteEventLog;
using query::StatusIs;
using query::TemporaryDirectory;
using testing::ElementsAre;
using treatywire::v1::Article;
using treatywire::v1::ArticleService;

// An attempt that is not expected to succeed: as little patience as a busy machine allows.
absl::Status TryToIngest(BothServices& services, const Article& article) {
  treatywire::v1::IngestArticleRequest request;
  *request.mutable_article() = article;
  treatywire::v1::IngestArticleResponse response;
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(1)));
  return FromGrpcStatus(services.ingestion().IngestArticle(&context, request, &response));
}

std::vector<std::string> ArticlesOf(BothServices& services) {
  std::vector<std::string> names;
  auto list = BothServices::Call(services.articles(), &ArticleService::Stub::ListArticles,
                                 query::ParseText<treatywire::v1::ListArticlesRequest>("page_size: 500"));
  EXPECT_THAT(list, IsOk());
  if (list.ok()) {
    for (const auto& article : list->articles()) names.push_back(article.article().article_id());
  }
  return names;
}

class DiskFaultTest : public testing::Test {
 protected:
  void Start(const std::string& vfs) {
    auto log = SqliteEventLog::Open({.data_dir = directory_.path(), .vfs = vfs});
    ASSERT_THAT(log, IsOk());
    log_ = *std::move(log);
    services_.emplace(BothServices::Options{
        .log = log_.get(), .on_failure = [this](const absl::Status& status) { failure_.set_value(status); }});
  }
  void Stop() {
    services_.reset();
    log_.reset();
  }

  // One article is acknowledged, the fault comes and goes; then a restart.
  void NothingIsAcknowledgedAfter(const std::function<void(bool fails)>& fault) {
    Start(vfs_.name());
    ASSERT_THAT(services_->Ingest(articles_[0]), IsOk());
    fault(true);
    EXPECT_FALSE(TryToIngest(*services_, articles_[1]).ok());
    EXPECT_THAT(failure_.get_future().get(),
                StatusIs(absl::StatusCode::kDataLoss, testing::HasSubstr("stopped")));
    fault(false);
    // The disk is well again, but who knows what it has: not before a restart.
    EXPECT_FALSE(TryToIngest(*services_, articles_[2]).ok());
    Stop();
    Start("");
    EXPECT_THAT(ArticlesOf(*services_), testing::Contains("sample-1"));
    for (const Article& article : articles_) EXPECT_THAT(services_->Ingest(article), IsOk());
    EXPECT_THAT(ArticlesOf(*services_), ElementsAre("sample-1", "sample-2", "sample-3", "sample-4"));
    EXPECT_EQ(log_->head(), 4);
  }

  const std::vector<Article> articles_ = SampleArticles();
  const TemporaryDirectory directory_;
  FaultyVfs vfs_;
  std::promise<absl::Status> failure_;
  std::unique_ptr<SqliteEventLog> log_;
  std::optional<BothServices> services_;
};

TEST_F(DiskFaultTest, AfterAFailedSyncNothingIsAcknowledgedUntilARestart) {
  NothingIsAcknowledgedAfter([this](bool fails) { vfs_.FailSyncs(fails ? SQLITE_IOERR_FSYNC : SQLITE_OK); });
}

TEST_F(DiskFaultTest, AfterAFailedWriteNothingIsAcknowledgedUntilARestart) {
  NothingIsAcknowledgedAfter([this](bool fails) { vfs_.FailWrites(fails ? SQLITE_IOERR_WRITE : SQLITE_OK); });
}

TEST_F(DiskFaultTest, FullDiskIsWaitedForWhileReadsGoOn) {
  Start(vfs_.name());
  ASSERT_THAT(services_->Ingest(articles_[0]), IsOk());
  vfs_.FailWrites(SQLITE_FULL);
  EXPECT_FALSE(TryToIngest(*services_, articles_[1]).ok());
  EXPECT_THAT(ArticlesOf(*services_), ElementsAre("sample-1"));
  vfs_.FailWrites(SQLITE_OK);
  EXPECT_EQ(services_->Ingest(articles_[1])->revision(), 2);
  EXPECT_THAT(ArticlesOf(*services_), ElementsAre("sample-1", "sample-2"));
}

// A file system of two MiB, for who may mount one.
class SmallFileSystem {
 public:
  SmallFileSystem() { mounted_ = mount("tmpfs", path().c_str(), "tmpfs", 0, "size=2m") == 0; }
  ~SmallFileSystem() {
    if (mounted_) umount2(path().c_str(), MNT_DETACH);
  }
  SmallFileSystem(const SmallFileSystem&) = delete;
  SmallFileSystem& operator=(const SmallFileSystem&) = delete;

  bool mounted() const { return mounted_; }
  const std::string& path() const { return directory_.path(); }

 private:
  const TemporaryDirectory directory_;
  bool mounted_ = false;
};

TEST(FullFileSystemTest, WhatWasAcknowledgedIsThereAndRoomLetsItGoOn) {
  const SmallFileSystem disk;
  if (!disk.mounted()) GTEST_SKIP() << "no right to mount a file system";
  const std::string ballast = disk.path() + "/ballast";
  { std::ofstream(ballast, std::ios::binary) << std::string(1 << 20, 'x'); }
  const std::string data_dir = disk.path() + "/data";
  std::vector<std::string> acknowledged;
  const auto article = [](size_t number) {
    Article next = SampleArticles()[0];
    next.set_article_id(absl::StrCat("full-", 1000 + number));
    return next;
  };
  {
    BothServices services({.data_dir = data_dir});
    constexpr size_t kMoreThanFit = 400;
    while (acknowledged.size() < kMoreThanFit && TryToIngest(services, article(acknowledged.size())).ok()) {
      acknowledged.push_back(article(acknowledged.size()).article_id());
    }
    EXPECT_GT(acknowledged.size(), 0U);
    EXPECT_LT(acknowledged.size(), kMoreThanFit);
    EXPECT_EQ(ArticlesOf(services), acknowledged);
    std::filesystem::remove(ballast);
    EXPECT_THAT(services.Ingest(article(acknowledged.size())), IsOk());
    acknowledged.push_back(article(acknowledged.size()).article_id());
  }
  BothServices services({.data_dir = data_dir});
  EXPECT_EQ(ArticlesOf(services), acknowledged);
}

// There is room for the database, but not for what SQLite keeps beside it while it is open.
TEST(FullFileSystemTest, StartWithoutRoomSaysSoAndStartsWithRoom) {
  const SmallFileSystem disk;
  if (!disk.mounted()) GTEST_SKIP() << "no right to mount a file system";
  const std::string data_dir = disk.path() + "/data";
  { ASSERT_THAT(SqliteEventLog::Open({.data_dir = data_dir}), IsOk()); }
  const std::string ballast = disk.path() + "/ballast";
  { std::ofstream(ballast, std::ios::binary) << std::string(2 << 20, 'x'); }
  const auto full = SqliteEventLog::Open({.data_dir = data_dir});
  EXPECT_EQ(full.status().code(), absl::StatusCode::kResourceExhausted) << full.status();
  EXPECT_THAT(std::string(full.status().message()), testing::HasSubstr(data_dir));
  std::filesystem::remove(ballast);
  EXPECT_THAT(SqliteEventLog::Open({.data_dir = data_dir}), IsOk());
}

}  // namespace
}  // namespace treatywire
