#include "query_service/event_log/sqlite_event_log.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "query_service/event_log/sqlite_connection.h"
#include "tests/query_service/event_log/event_log_contract.h"
#include "tests/query_service/event_log/faulty_vfs.h"
#include "tests/query_service/event_log/temporary_directory.h"

namespace treatywire::query {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using treatywire::v1::LogRecord;

// A log with the directory it is in.
class LogInTemporaryDirectory : public EventLog {
 public:
  LogInTemporaryDirectory() {
    auto log = SqliteEventLog::Open({.data_dir = directory_.path()});
    EXPECT_THAT(log, IsOk());
    if (log.ok()) log_ = *std::move(log);
  }
  absl::StatusOr<std::vector<AppendResult>> Append(absl::Span<const LogRecord> records) override {
    return log_->Append(records);
  }
  absl::StatusOr<std::vector<LogRecord>> Read(uint64_t from, size_t limit) const override {
    return log_->Read(from, limit);
  }
  uint64_t head() const override { return log_->head(); }
  uint64_t log_id() const override { return log_->log_id(); }

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<SqliteEventLog> log_;
};

INSTANTIATE_TEST_SUITE_P(Sqlite, EventLogContract,
                         testing::Values([] { return std::make_unique<LogInTemporaryDirectory>(); }));

class SqliteEventLogTest : public testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<SqliteEventLog>> Open() { return SqliteEventLog::Open({.data_dir = dir()}); }

  std::unique_ptr<SqliteEventLog> MustOpen() {
    auto log = Open();
    EXPECT_THAT(log, IsOk());
    return log.ok() ? *std::move(log) : nullptr;
  }

  const std::string& dir() const { return directory_.path(); }
  std::string database() const { return dir() + "/event_log.sqlite3"; }
  std::string wal() const { return database() + "-wal"; }

  // What a crash of the process leaves: the files as they are while `log` still has them open.
  void CopyFilesTo(const std::string& target) const {
    for (const auto& file : std::filesystem::directory_iterator(dir())) {
      std::filesystem::copy_file(file.path(), target / file.path().filename());
    }
  }

  static std::string ReadFile(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }

  static void WriteFile(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  }

  // Runs SQL on the closed database, as somebody with the sqlite3 shell might.
  void ExecuteSql(const std::string& sql) const {
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open(database().c_str(), &connection), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(connection);
    sqlite3_close(connection);
  }

  TemporaryDirectory directory_;
};

// So that a log is the same whoever wrote it: the bytes are what a LogRecord serialises to.
TEST_F(SqliteEventLogTest, EncodedExtractionIsStoredAsItsRecordWouldBe) {
  const std::vector<LogRecord> records = {ExtractionRecord("a"), ExtractionRecord("b")};
  ASSERT_THAT(MustOpen()->AppendEncoded(records, {"", records[1].extraction().SerializeAsString()}), IsOk());
  const auto connection = SqliteConnection::Open({.path = database(), .read_only = true}).value();
  for (const uint64_t revision : {1, 2}) {
    const auto payload =
        connection->QueryText(absl::StrCat("SELECT hex(payload) FROM log WHERE revision = ", revision));
    ASSERT_THAT(payload, IsOk());
    EXPECT_EQ(absl::HexStringToBytes(*payload),
              AtRevision(records[revision - 1], revision).SerializeAsString());
  }
}

TEST_F(SqliteEventLogTest, BytesOfAnotherNumberOfRecordsAreRefused) {
  EXPECT_THAT(MustOpen()->AppendEncoded({ExtractionRecord("a"), ExtractionRecord("b")}, {""}),
              StatusIs(absl::StatusCode::kInvalidArgument, testing::HasSubstr("the bytes of 1")));
}

TEST_F(SqliteEventLogTest, ReopenedLogHasWhatWasAppended) {
  ASSERT_THAT(MustOpen()->Append({ExtractionRecord("a"), ExtractionRecord("b")}), IsOk());
  const auto log = MustOpen();
  EXPECT_EQ(log->head(), 2);
  EXPECT_THAT(*log->Read(1, 9), ElementsAre(EqualsProto(AtRevision(ExtractionRecord("a"), 1)),
                                            EqualsProto(AtRevision(ExtractionRecord("b"), 2))));
  EXPECT_THAT(*log->Append({ExtractionRecord("a"), RetractionRecord("b")}),
              ElementsAre(AppendResult{1, true}, AppendResult{3, false}));
}

TEST_F(SqliteEventLogTest, IdIsKeptAndALogFromBeforeThereWereIdsGetsOne) {
  const uint64_t log_id = MustOpen()->log_id();
  EXPECT_EQ(MustOpen()->log_id(), log_id);
  ExecuteSql("DROP TABLE identity");
  const uint64_t given = MustOpen()->log_id();
  EXPECT_NE(given, log_id);
  EXPECT_EQ(MustOpen()->log_id(), given);
}

TEST_F(SqliteEventLogTest, DamagedIdIsFoundAtOpen) {
  MustOpen();
  ExecuteSql("UPDATE identity SET log_id = 'x'");
  EXPECT_THAT(Open(),
              StatusIs(absl::StatusCode::kDataLoss, AllOf(HasSubstr(database()), HasSubstr("identity"))));
}

TEST_F(SqliteEventLogTest, DataDirectoryIsMadeWithItsParents) {
  const auto log = SqliteEventLog::Open({.data_dir = dir() + "/x/y"});
  ASSERT_THAT(log, IsOk());
  EXPECT_EQ((*log)->path(), dir() + "/x/y/event_log.sqlite3");
}

TEST_F(SqliteEventLogTest, DirectoryThatCannotBeMadeIsNamed) {
  WriteFile(dir() + "/file", "x");
  const auto log = SqliteEventLog::Open({.data_dir = dir() + "/file/data"});
  EXPECT_FALSE(log.ok());
  EXPECT_THAT(std::string(log.status().message()), HasSubstr(dir() + "/file/data"));
}

TEST_F(SqliteEventLogTest, WhatIsNoFileIsNoDatabase) {
  const auto refused = StatusIs(absl::StatusCode::kFailedPrecondition, database() + " is no regular file");
  std::filesystem::create_directory(database());
  EXPECT_THAT(Open(), refused);
  std::filesystem::remove(database());
  ASSERT_EQ(mkfifo(database().c_str(), 0600), 0);
  EXPECT_THAT(Open(), refused);
}

TEST_F(SqliteEventLogTest, LockThatIsALinkIsRefusedAndWhatItPointsToLeftAlone) {
  const std::string other = dir() + "/other";
  WriteFile(other, "theirs");
  std::filesystem::create_symlink(other, dir() + "/LOCK");
  const auto log = Open();
  EXPECT_FALSE(log.ok());
  EXPECT_THAT(std::string(log.status().message()), HasSubstr(dir() + "/LOCK"));
  EXPECT_EQ(ReadFile(other), "theirs");
}

TEST_F(SqliteEventLogTest, AppendedRecordsSurviveAKilledProcess) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    // No destructor runs: the database is neither checkpointed nor closed.
    auto log = Open();
    const bool appended = log.ok() && (*log)->Append({ExtractionRecord("a"), ExtractionRecord("b")}).ok();
    _exit(appended ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_EQ(WEXITSTATUS(status), 0);
  ASSERT_TRUE(std::filesystem::exists(wal()));
  EXPECT_EQ(MustOpen()->head(), 2);
}

TEST_F(SqliteEventLogTest, FilesCopiedFromARunningLogHoldEveryAppend) {
  const auto log = MustOpen();
  for (int i = 1; i <= 5; ++i) {
    ASSERT_THAT(log->Append({ExtractionRecord(absl::StrCat("a", i))}), IsOk());
    TemporaryDirectory copy;
    CopyFilesTo(copy.path());
    const auto crashed = SqliteEventLog::Open({.data_dir = copy.path()});
    ASSERT_THAT(crashed, IsOk());
    EXPECT_EQ((*crashed)->head(), i);
  }
}

// Cut the write-ahead log anywhere, as a power cut in the middle of a write does: what opens is a prefix of
// whole batches, and goes on from there.
TEST_F(SqliteEventLogTest, TornWriteAheadLogLosesOnlyWholeBatchesFromItsEnd) {
  std::vector<std::pair<size_t, uint64_t>>
      sizes;  // of the write-ahead log after each batch, and the head then
  const auto log = MustOpen();
  for (int i = 1; i <= 4; ++i) {
    ASSERT_THAT(log->Append({ExtractionRecord(absl::StrCat("a", i)), ExtractionRecord(absl::StrCat("b", i))}),
                IsOk());
    sizes.emplace_back(std::filesystem::file_size(wal()), log->head());
  }
  const size_t whole = sizes.back().first;
  for (size_t size = 0; size <= whole; size += 1021) {
    TemporaryDirectory copy;
    CopyFilesTo(copy.path());
    std::filesystem::remove(copy.path() + "/event_log.sqlite3-shm");
    std::filesystem::resize_file(copy.path() + "/event_log.sqlite3-wal", size);
    uint64_t expected = 0;
    for (const auto& [end, head] : sizes) {
      if (end <= size) expected = head;
    }
    const auto torn = SqliteEventLog::Open({.data_dir = copy.path()});
    ASSERT_THAT(torn, IsOk()) << size;
    EXPECT_EQ((*torn)->head(), expected) << size;
    EXPECT_THAT(*(*torn)->Append({ExtractionRecord("new")}), ElementsAre(AppendResult{expected + 1, false}));
  }
}

TEST_F(SqliteEventLogTest, ChangedColumnIsFoundWithFileAndRevision) {
  const char* const kChanges[] = {
      "UPDATE log SET content_digest = 'd2' WHERE revision = 2",
      "UPDATE log SET extractor_version = '' WHERE revision = 2",
      "UPDATE log SET crc = crc + 1 WHERE revision = 2",
      "UPDATE log SET payload = (SELECT payload FROM log WHERE revision = 1) WHERE revision = 2",
  };
  ASSERT_THAT(MustOpen()->Append({ExtractionRecord("a"), ExtractionRecord("b"), ExtractionRecord("c")}),
              IsOk());
  const std::string whole = ReadFile(database());
  for (const char* change : kChanges) {
    WriteFile(database(), whole);
    ExecuteSql(change);
    const auto log = MustOpen();
    EXPECT_THAT(log->Read(1, 1), IsOk());
    EXPECT_THAT(log->Read(1, 3),
                StatusIs(absl::StatusCode::kDataLoss, AllOf(HasSubstr(database()), HasSubstr("revision 2"))))
        << change;
  }
}

// What tells which version of an article is in force has to agree with the table of those.
TEST_F(SqliteEventLogTest, ChangedArticleIdOrKindIsFoundAtStart) {
  ASSERT_THAT(MustOpen()->Append({ExtractionRecord("a"), ExtractionRecord("b"), ExtractionRecord("c")}),
              IsOk());
  const std::string whole = ReadFile(database());
  for (const char* change :
       {"UPDATE log SET article_id = 'c' WHERE revision = 2", "UPDATE log SET kind = 2 WHERE revision = 2"}) {
    WriteFile(database(), whole);
    ExecuteSql(change);
    EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(database()))) << change;
  }
}

// Flip one bit in each byte of the records, one at a time: nothing damaged is ever returned.
TEST_F(SqliteEventLogTest, FlippedBitIsNeverReadAsARecord) {
  ASSERT_THAT(MustOpen()->Append({ExtractionRecord("article-a"), ExtractionRecord("article-b")}), IsOk());
  const std::string whole = ReadFile(database());
  const auto expected = *MustOpen()->Read(1, 9);
  const size_t first = whole.find("article-a");
  ASSERT_NE(first, std::string::npos);
  int found = 0;
  for (size_t at = first & ~size_t{4095}; at < whole.size(); at += 29) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
    WriteFile(database(), flipped);
    const auto log = Open();
    const auto records = log.ok() ? (*log)->Read(1, 9) : log.status();
    if (!records.ok()) {
      EXPECT_THAT(records, StatusIs(absl::StatusCode::kDataLoss, HasSubstr(database()))) << at;
      ++found;
    } else if (records->size() == expected.size()) {
      EXPECT_THAT(*records, ElementsAre(EqualsProto(expected[0]), EqualsProto(expected[1]))) << at;
    } else {
      ADD_FAILURE() << "records vanished with byte " << at;
    }
  }
  EXPECT_GT(found, 0);
}

TEST_F(SqliteEventLogTest, MissingRecordIsFoundAtOpen) {
  ASSERT_THAT(MustOpen()->Append({ExtractionRecord("a"), ExtractionRecord("b"), ExtractionRecord("c")}),
              IsOk());
  ExecuteSql("DELETE FROM log WHERE revision = 2");
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("gap")));
}

TEST_F(SqliteEventLogTest, MissingLastRecordIsFoundAtOpen) {
  ASSERT_THAT(MustOpen()->Append({ExtractionRecord("a"), ExtractionRecord("b")}), IsOk());
  ExecuteSql("DELETE FROM log WHERE revision = 2");
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("revision 2 is in force")));
}

// The list of versions in force has no checksums; it is derived again from the log, which has.
TEST_F(SqliteEventLogTest, WrongVersionInForceIsFoundAtOpen) {
  const char* const kChanges[] = {
      "UPDATE version_in_force SET revision = 1 WHERE article_id = 'b'",
      "UPDATE version_in_force SET article_id = 'c' WHERE article_id = 'b'",
      "DELETE FROM version_in_force WHERE article_id = 'b'",
      "INSERT INTO version_in_force VALUES('gone', 4)",
  };
  ASSERT_THAT(MustOpen()->Append({ExtractionRecord("a"), ExtractionRecord("b"), ExtractionRecord("a", "d2"),
                                  ExtractionRecord("gone"), RetractionRecord("gone")}),
              IsOk());
  const std::string whole = ReadFile(database());
  for (const char* change : kChanges) {
    WriteFile(database(), whole);
    ExecuteSql(change);
    EXPECT_THAT(Open(),
                StatusIs(absl::StatusCode::kDataLoss, AllOf(HasSubstr(database()), HasSubstr("in force"))))
        << change;
  }
  WriteFile(database(), whole);
  EXPECT_EQ(MustOpen()->head(), 5);
}

// Wherever in the file a bit flips: it is found and reported with the file, or nothing that the log says or
// does is changed by it.
TEST_F(SqliteEventLogTest, FlippedBitAnywhereIsFoundOrDoesNotMatter) {
  const std::vector<LogRecord> records = {ExtractionRecord("article-a"), ExtractionRecord("article-b"),
                                          ExtractionRecord("article-a", "d2")};
  ASSERT_THAT(MustOpen()->Append(records), IsOk());
  const std::string whole = ReadFile(database());
  const auto expected = *MustOpen()->Read(1, 9);
  const auto use = [&]() -> absl::Status {
    const auto log = Open();
    if (!log.ok()) return log.status();
    const auto read = (*log)->Read(1, 9);
    if (!read.ok()) return read.status();
    EXPECT_EQ(read->size(), expected.size());
    for (size_t i = 0; i < read->size(); ++i) EXPECT_THAT((*read)[i], EqualsProto(expected.at(i)));
    const auto known = (*log)->Append({records[1], records[2]});
    if (!known.ok()) return known.status();
    EXPECT_THAT(*known, ElementsAre(AppendResult{2, true}, AppendResult{3, true}));
    return absl::OkStatus();
  };
  int found = 0;
  for (size_t at = 0; at < whole.size(); at += 53) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
    WriteFile(database(), flipped);
    SCOPED_TRACE(absl::StrCat("byte ", at));
    const absl::Status status = use();
    if (status.ok()) continue;
    ++found;
    EXPECT_TRUE(absl::IsDataLoss(status) || absl::IsFailedPrecondition(status)) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(database()));
  }
  EXPECT_GT(found, 10);
}

TEST_F(SqliteEventLogTest, TruncatedFileIsRefused) {
  std::vector<LogRecord> records;
  for (int i = 0; i < 100; ++i) records.push_back(ExtractionRecord(absl::StrCat("a", i)));
  ASSERT_THAT(MustOpen()->Append(records), IsOk());
  const size_t whole = std::filesystem::file_size(database());
  for (const size_t size : {whole - 4096, whole - 1000, whole / 2, size_t{50}, size_t{0}}) {
    TemporaryDirectory copy;
    CopyFilesTo(copy.path());
    std::filesystem::resize_file(copy.path() + "/event_log.sqlite3", size);
    EXPECT_THAT(SqliteEventLog::Open({.data_dir = copy.path()}),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("event_log.sqlite3")))
        << size;
  }
}

TEST_F(SqliteEventLogTest, WriteAheadLogWithoutItsDatabaseIsRefused) {
  WriteFile(wal(), "left behind");
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(database())));
}

TEST_F(SqliteEventLogTest, CreationThatACrashInterruptedIsDoneAgain) {
  WriteFile(database() + ".new", "half a database");
  EXPECT_EQ(MustOpen()->head(), 0);
  EXPECT_FALSE(std::filesystem::exists(database() + ".new"));
}

TEST_F(SqliteEventLogTest, DatabaseOfAnotherProgramIsRefusedAndLeftAlone) {
  ExecuteSql("CREATE TABLE recipes(name TEXT); INSERT INTO recipes VALUES('borscht')");
  const std::string before = ReadFile(database());
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kFailedPrecondition,
                               AllOf(HasSubstr(database()), HasSubstr("no event log"))));
  EXPECT_EQ(ReadFile(database()), before);
}

TEST_F(SqliteEventLogTest, FileThatIsNoDatabaseIsRefused) {
  WriteFile(database(), std::string(8192, 'x'));
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("not a database")));
}

TEST_F(SqliteEventLogTest, LaterSchemaVersionIsRefused) {
  MustOpen();
  ExecuteSql("PRAGMA user_version = 2");
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("schema version 2")));
}

TEST_F(SqliteEventLogTest, SecondOpenerIsRefusedWithTheHoldersProcess) {
  auto first = MustOpen();
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kFailedPrecondition,
                               AllOf(HasSubstr(dir()), HasSubstr(absl::StrCat("process ", getpid())))));
  first.reset();
  EXPECT_THAT(Open(), IsOk());
}

TEST_F(SqliteEventLogTest, LockOfAnotherConnectionIsUnavailableAndPasses) {
  auto opened = SqliteEventLog::Open({.data_dir = dir(), .busy_timeout = absl::ZeroDuration()});
  ASSERT_THAT(opened, IsOk());
  sqlite3* shell = nullptr;
  ASSERT_EQ(sqlite3_open(database().c_str(), &shell), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(shell, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_THAT((*opened)->Append({ExtractionRecord("a")}),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("locked")));
  ASSERT_EQ(sqlite3_exec(shell, "ROLLBACK", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(shell);
  EXPECT_THAT(*(*opened)->Append({ExtractionRecord("a")}), ElementsAre(AppendResult{1, false}));
}

TEST_F(SqliteEventLogTest, LogPastItsSizeLimitWritesNothingAndStaysReadable) {
  auto opened = SqliteEventLog::Open({.data_dir = dir(), .max_bytes = 64 << 10});
  ASSERT_THAT(opened, IsOk());
  SqliteEventLog& log = **opened;
  std::vector<LogRecord> batch;
  for (int i = 0; i < 200; ++i) batch.push_back(ExtractionRecord(absl::StrCat("a", i)));
  ASSERT_THAT(log.Append({ExtractionRecord("first")}), IsOk());
  std::vector<LogRecord> too_much(EventLog::kMaxBatchRecords, ExtractionRecord(""));
  for (size_t i = 0; i < too_much.size(); ++i) {
    too_much[i].mutable_extraction()->mutable_article()->set_article_id(absl::StrCat("b", i));
  }
  EXPECT_THAT(log.Append(too_much), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr(database())));
  EXPECT_EQ(log.head(), 1);
  EXPECT_THAT(*log.Append({ExtractionRecord("second")}), ElementsAre(AppendResult{2, false}));
  EXPECT_THAT(*log.Read(1, 9), testing::SizeIs(2));
}

class SqliteEventLogFaultTest : public SqliteEventLogTest {
 protected:
  void SetUp() override {
    auto log = SqliteEventLog::Open({.data_dir = dir(), .vfs = vfs_.name()});
    ASSERT_THAT(log, IsOk());
    log_ = *std::move(log);
    ASSERT_THAT(log_->Append({ExtractionRecord("before")}), IsOk());
  }

  FaultyVfs vfs_;  // outlives the log
  std::unique_ptr<SqliteEventLog> log_;
};

TEST_F(SqliteEventLogFaultTest, EveryAppendSyncs) {
  const int before = vfs_.syncs();
  ASSERT_THAT(log_->Append({ExtractionRecord("a"), ExtractionRecord("b")}), IsOk());
  EXPECT_GT(vfs_.syncs(), before);
}

TEST_F(SqliteEventLogFaultTest, FullDiskWritesNothingAndARetrySucceeds) {
  vfs_.FailWrites(SQLITE_FULL);
  EXPECT_THAT(log_->Append({ExtractionRecord("a")}),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("full")));
  EXPECT_EQ(log_->head(), 1);
  EXPECT_THAT(*log_->Read(1, 9), testing::SizeIs(1));
  vfs_.FailWrites(SQLITE_OK);
  EXPECT_THAT(*log_->Append({ExtractionRecord("a")}), ElementsAre(AppendResult{2, false}));
}

TEST_F(SqliteEventLogFaultTest, FailedSyncStopsTheLogUntilItIsReopened) {
  vfs_.FailSyncs(SQLITE_IOERR_FSYNC);
  EXPECT_THAT(log_->Append({ExtractionRecord("a")}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("stopped")));
  vfs_.FailSyncs(SQLITE_OK);
  EXPECT_THAT(log_->Append({ExtractionRecord("a")}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("stopped")));
  EXPECT_THAT(log_->Read(1, 1), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("stopped")));
  EXPECT_EQ(log_->head(), 1);
  log_.reset();
  EXPECT_THAT(MustOpen()->Append({ExtractionRecord("b")}), IsOk());
}

TEST_F(SqliteEventLogFaultTest, FailedWriteStopsTheLogUntilItIsReopened) {
  vfs_.FailWrites(SQLITE_IOERR_WRITE);
  EXPECT_THAT(log_->Append({ExtractionRecord("a")}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("stopped")));
  vfs_.FailWrites(SQLITE_OK);
  EXPECT_THAT(log_->Append({ExtractionRecord("a")}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("stopped")));
  log_.reset();
  const auto reopened = MustOpen();
  EXPECT_EQ(reopened->head(), 1);
  EXPECT_THAT(*reopened->Append({ExtractionRecord("a")}), ElementsAre(AppendResult{2, false}));
}

}  // namespace
}  // namespace treatywire::query
