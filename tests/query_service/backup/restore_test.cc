#include "query_service/backup/restore.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "query_service/event_log/sqlite_event_log.h"
#include "tests/query_service/backup/backup_parts.h"
#include "tests/query_service/event_log/temporary_directory.h"

namespace treatywire::query {
namespace {

using testing::HasSubstr;
using treatywire::v1::BackupResponse;
using treatywire::v1::LogRecord;

class RestoreTest : public testing::Test {
 protected:
  void SetUp() override { FillLog(&log_); }

  absl::StatusOr<std::unique_ptr<SqliteEventLog>> Open() const {
    return SqliteEventLog::Open({.data_dir = data_dir_});
  }
  bool HasLog() const { return std::filesystem::exists(data_dir_ + "/event_log.sqlite3"); }

  MemoryEventLog log_;
  const TemporaryDirectory directory_;
  const std::string backup_ = directory_.path() + "/monday.backup";
  const std::string data_dir_ = directory_.path() + "/data/record";
};

TEST_F(RestoreTest, LogHasTheSameRecordsAndAnIdOfItsOwn) {
  WriteParts(backup_, PartsOf(log_));
  const auto summary = RestoreBackup(backup_, data_dir_);
  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->revision, 4);
  const auto restored = Open();
  ASSERT_THAT(restored, IsOk());
  const auto expected = *log_.Read(1, 9);
  const auto records = *(*restored)->Read(1, 9);
  ASSERT_EQ(records.size(), expected.size());
  for (size_t i = 0; i < records.size(); ++i) EXPECT_THAT(records[i], EqualsProto(expected[i]));
  EXPECT_NE((*restored)->log_id(), log_.log_id());
  // It goes on, and knows what it has.
  EXPECT_TRUE((*restored)->Append({ExtractionRecord("a", "d2")})->at(0).already_present);
  EXPECT_EQ((*restored)->Append({ExtractionRecord("b")})->at(0).revision, 5);
}

TEST_F(RestoreTest, IdStaysWithTheLogOverRestarts) {
  WriteParts(backup_, PartsOf(log_));
  ASSERT_THAT(RestoreBackup(backup_, data_dir_), IsOk());
  const uint64_t log_id = (*Open())->log_id();
  EXPECT_EQ((*Open())->log_id(), log_id);
}

TEST_F(RestoreTest, ImageOfAnotherLogsIndexIsRemoved) {
  WriteParts(backup_, PartsOf(log_));
  std::filesystem::create_directories(data_dir_);
  for (const char* name : {"/index.image", "/index.image.new"}) std::ofstream(data_dir_ + name) << "stale";
  ASSERT_THAT(RestoreBackup(backup_, data_dir_), IsOk());
  EXPECT_TRUE(HasLog());
  EXPECT_FALSE(std::filesystem::exists(data_dir_ + "/index.image"));
  EXPECT_FALSE(std::filesystem::exists(data_dir_ + "/index.image.new"));
}

TEST_F(RestoreTest, FolderOfThousandsOfRecordsInManyBatches) {
  MemoryEventLog log;
  std::vector<LogRecord> batch;
  for (int i = 0; i < 3000; ++i) {
    batch.push_back(ExtractionRecord(absl::StrCat("a", i)));
    if (batch.size() == 1000) {
      ASSERT_THAT(log.Append(batch), IsOk());
      batch.clear();
    }
  }
  WriteParts(backup_, PartsOf(log));
  ASSERT_THAT(RestoreBackup(backup_, data_dir_), IsOk());
  EXPECT_EQ((*Open())->head(), 3000);
}

TEST_F(RestoreTest, FolderThatHasAnythingIsRefusedAndLeftAsItIs) {
  WriteParts(backup_, PartsOf(log_));
  { ASSERT_THAT((*Open())->Append({ExtractionRecord("precious")}), IsOk()); }
  EXPECT_THAT(RestoreBackup(backup_, data_dir_),
              StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr("event_log.sqlite3")));
  EXPECT_EQ((*Open())->head(), 1);
}

TEST_F(RestoreTest, FolderInUseIsRefused) {
  WriteParts(backup_, PartsOf(log_));
  const auto running = Open();
  ASSERT_THAT(running, IsOk());
  EXPECT_THAT(RestoreBackup(backup_, data_dir_),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("in use")));
}

TEST_F(RestoreTest, DamagedBackupTouchesNothing) {
  auto parts = PartsOf(log_);
  parts.pop_back();
  WriteParts(backup_, parts);
  EXPECT_THAT(RestoreBackup(backup_, data_dir_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(backup_)));
  EXPECT_FALSE(std::filesystem::exists(data_dir_));
}

// A backup whose checksums are right, but which no log can have made.
TEST_F(RestoreTest, RecordsThatMakeNoLogAreRefusedAndLeaveNone) {
  std::vector<std::vector<LogRecord>> cases = {
      {AtRevision(RetractionRecord("a"), 1)},
      {AtRevision(ExtractionRecord("a"), 1), AtRevision(ExtractionRecord("a"), 2)}};
  for (size_t i = 0; i < cases.size(); ++i) {
    RecordDigest digest;
    BackupResponse header, records, trailer;
    header.mutable_header()->set_revision(cases[i].size());
    for (const LogRecord& record : cases[i]) {
      digest.Add(record.SerializeAsString());
      records.mutable_records()->add_records(record.SerializeAsString());
    }
    trailer.mutable_trailer()->set_revision(cases[i].size());
    trailer.mutable_trailer()->set_sha256(digest.Finish());
    const std::string path = absl::StrCat(backup_, i);
    WriteParts(path, {header, records, trailer});
    EXPECT_FALSE(RestoreBackup(path, data_dir_).ok());
    EXPECT_FALSE(HasLog());
  }
}

TEST_F(RestoreTest, InterruptedRestoreIsBegunAnew) {
  WriteParts(backup_, PartsOf(log_));
  {
    // As far as one got that was killed.
    const auto unfinished = SqliteEventLog::Open({.data_dir = data_dir_ + "/restoring"});
    ASSERT_THAT((*unfinished)->Append({ExtractionRecord("half")}), IsOk());
  }
  ASSERT_FALSE(HasLog());
  ASSERT_THAT(RestoreBackup(backup_, data_dir_), IsOk());
  EXPECT_EQ((*Open())->head(), 4);
  EXPECT_FALSE(std::filesystem::exists(data_dir_ + "/restoring"));
}

TEST_F(RestoreTest, FileThatCannotBeReadIsNamed) {
  EXPECT_THAT(RestoreBackup(backup_, data_dir_), StatusIs(absl::StatusCode::kNotFound, HasSubstr(backup_)));
}

}  // namespace
}  // namespace treatywire::query
