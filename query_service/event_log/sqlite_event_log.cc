#include "query_service/event_log/sqlite_event_log.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <initializer_list>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status_macros.h"
#include "common/wire_field.h"
#include "query_service/event_log/crc32c.h"
#include "query_service/event_log/log_batch.h"
#include "query_service/event_log/log_id.h"

namespace treatywire::query {
namespace {

using treatywire::v1::LogRecord;

// "TWlg", so that file(1) and this program tell an event log from other databases.
constexpr int64_t kApplicationId = 0x54576C67;
constexpr int64_t kSchemaVersion = 1;

// One narrow table whose rows are only ever added, by ascending key, and the place of each article's version
// in force. The columns beside the payload repeat what is in it, for the idempotency check and the sqlite3
// shell.
constexpr char kSchema[] = R"sql(
BEGIN;
CREATE TABLE log(
  revision INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,             -- 1 extraction, 2 retraction
  article_id TEXT NOT NULL,
  content_digest TEXT NOT NULL,
  extractor_version TEXT NOT NULL,
  payload BLOB NOT NULL,             -- treatywire.v1.LogRecord
  crc INTEGER NOT NULL               -- CRC-32C over the columns before
);
CREATE TABLE version_in_force(
  article_id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL          -- of its extraction in log
) WITHOUT ROWID;
)sql";

constexpr size_t kMinPageBytes = 512;
constexpr size_t kMaxIdleReaders = 4;
// SQLite's default of 1,000 pages of 4 KiB: the write-ahead log stays in cache and a restart replays little.
constexpr size_t kCheckpointBytes = 4 << 20;

// One row of table log. Views live as long as the statement's row.
struct Row {
  int64_t revision = 0;
  int64_t kind = 0;
  absl::string_view article_id;
  absl::string_view content_digest;
  absl::string_view extractor_version;
  absl::string_view payload;
};

constexpr char kRowColumns[] = "revision, kind, article_id, content_digest, extractor_version, payload, crc";

int64_t KindOf(const LogRecord& record) { return record.has_extraction() ? 1 : 2; }

void AppendFixed64(uint64_t value, std::string* out) {
  for (int shift = 0; shift < 64; shift += 8) out->push_back(static_cast<char>((value >> shift) & 0xFF));
}

// Lengths go in too, so that no byte can move from one column to the next unseen.
uint32_t ChecksumOf(const Row& row) {
  std::string fixed;
  AppendFixed64(row.revision, &fixed);
  AppendFixed64(row.kind, &fixed);
  const std::initializer_list<absl::string_view> columns = {row.article_id, row.content_digest,
                                                            row.extractor_version, row.payload};
  for (const absl::string_view column : columns) AppendFixed64(column.size(), &fixed);
  uint32_t crc = Crc32c(fixed);
  for (const absl::string_view column : columns) crc = Crc32c(column, crc);
  return crc;
}

// `record` with `revision`, in wire form. Of a field that is there twice a parser takes the last, so that it
// need not be copied to set it.
std::string PayloadOf(const LogRecord& record, uint64_t revision) {
  if (record.revision() == revision) return record.SerializeAsString();
  LogRecord place;
  place.set_revision(revision);
  std::string payload;
  payload.reserve(record.ByteSizeLong() + place.ByteSizeLong());
  if (record.revision() == 0) {
    place.AppendToString(&payload);  // where it would be
    record.AppendToString(&payload);
  } else {
    record.AppendToString(&payload);
    place.AppendToString(&payload);
  }
  return payload;
}

// The same of an extraction that is `encoded` already.
std::string PayloadOfEncoded(absl::string_view encoded, uint64_t revision) {
  LogRecord place;
  place.set_revision(revision);
  std::string payload;
  payload.reserve(place.ByteSizeLong() + FieldBytes(LogRecord::kExtractionFieldNumber, encoded.size()));
  place.AppendToString(&payload);
  AppendField(LogRecord::kExtractionFieldNumber, encoded, &payload);
  return payload;
}

absl::Status DamagedError(const std::string& path, uint64_t revision, absl::string_view what) {
  return absl::DataLossError(absl::StrCat(path, ": revision ", revision, " is damaged: ", what));
}

// The row that `statement` stands on, selected as kRowColumns, checked to be whole and at `revision`.
absl::StatusOr<Row> CheckedRow(const SqliteStatement& statement, uint64_t revision, const std::string& path) {
  const Row row = {.revision = statement.Integer(0),
                   .kind = statement.Integer(1),
                   .article_id = statement.Text(2),
                   .content_digest = statement.Text(3),
                   .extractor_version = statement.Text(4),
                   .payload = statement.Blob(5)};
  if (row.revision != static_cast<int64_t>(revision)) {
    return DamagedError(path, revision, absl::StrCat("missing, next is ", row.revision));
  }
  if (statement.Integer(6) != ChecksumOf(row)) return DamagedError(path, revision, "its checksum differs");
  return row;
}

absl::StatusOr<LogRecord> ParseRow(const Row& row, const std::string& path) {
  LogRecord record;
  if (!record.ParseFromArray(row.payload.data(), static_cast<int>(row.payload.size()))) {
    return DamagedError(path, row.revision, "its payload does not parse");
  }
  if (record.revision() != static_cast<uint64_t>(row.revision)) {
    return DamagedError(path, row.revision, absl::StrCat("its payload says ", record.revision()));
  }
  return record;
}

}  // namespace

struct SqliteEventLog::Statements {
  std::unique_ptr<SqliteStatement> begin;
  std::unique_ptr<SqliteStatement> commit;
  std::unique_ptr<SqliteStatement> insert;
  std::unique_ptr<SqliteStatement> select_in_force;
  std::unique_ptr<SqliteStatement> select_row;
  std::unique_ptr<SqliteStatement> set_in_force;
  std::unique_ptr<SqliteStatement> clear_in_force;

  absl::Status Prepare(SqliteConnection* connection) {
    struct Entry {
      std::unique_ptr<SqliteStatement>* statement;
      std::string sql;
    };
    const Entry entries[] = {
        {&begin, "BEGIN IMMEDIATE"},
        {&commit, "COMMIT"},
        {&insert, absl::StrCat("INSERT INTO log(", kRowColumns, ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")},
        {&select_in_force, "SELECT revision FROM version_in_force WHERE article_id = ?1"},
        {&select_row, absl::StrCat("SELECT ", kRowColumns, " FROM log WHERE revision = ?1")},
        {&set_in_force, "INSERT OR REPLACE INTO version_in_force(article_id, revision) VALUES(?1, ?2)"},
        {&clear_in_force, "DELETE FROM version_in_force WHERE article_id = ?1"},
    };
    for (const Entry& entry : entries) {
      TW_ASSIGN_OR_RETURN(*entry.statement, connection->Prepare(entry.sql));
    }
    return absl::OkStatus();
  }
};

struct SqliteEventLog::Reader {
  std::unique_ptr<SqliteConnection> connection;
  std::unique_ptr<SqliteStatement> select;
};

SqliteEventLog::SqliteEventLog(const Options& options, std::unique_ptr<DirectoryLock> lock)
    : options_(options), lock_(std::move(lock)), path_(absl::StrCat(options.data_dir, "/", kFileName)) {}

SqliteEventLog::~SqliteEventLog() = default;

absl::StatusOr<std::unique_ptr<SqliteEventLog>> SqliteEventLog::Open(const Options& options) {
  TW_ASSIGN_OR_RETURN(auto lock, DirectoryLock::Acquire(options.data_dir));
  auto log = std::unique_ptr<SqliteEventLog>(new SqliteEventLog(options, std::move(lock)));
  std::error_code error;
  if (!std::filesystem::exists(log->path_, error)) TW_RETURN_IF_ERROR(log->Create());
  if (!std::filesystem::is_regular_file(log->path_, error)) {
    return absl::FailedPreconditionError(absl::StrCat(log->path_, " is no regular file"));
  }
  // SQLite takes a file without a whole page for a new database.
  if (const auto bytes = std::filesystem::file_size(log->path_, error); error || bytes < kMinPageBytes) {
    return absl::DataLossError(absl::StrCat(log->path_, " is cut off: ", bytes, " bytes"));
  }
  TW_RETURN_IF_ERROR(log->Connect());
  return log;
}

// Under another name first, so that a crash leaves either no database or a whole one.
absl::Status SqliteEventLog::Create() {
  std::error_code error;
  if (std::filesystem::exists(path_ + "-wal", error)) {
    return absl::DataLossError(absl::StrCat(path_, " is gone, but its write-ahead log is there"));
  }
  const std::string unfinished = path_ + ".new";
  for (const char* suffix : {"", "-journal", "-wal", "-shm"}) std::remove((unfinished + suffix).c_str());
  {
    TW_ASSIGN_OR_RETURN(const auto connection,
                        SqliteConnection::Open({.path = unfinished, .create = true, .vfs = options_.vfs}));
    TW_RETURN_IF_ERROR(connection->Execute("PRAGMA synchronous = FULL"));
    TW_RETURN_IF_ERROR(
        connection->Execute(absl::StrCat(kSchema, "PRAGMA application_id = ", kApplicationId,
                                         "; PRAGMA user_version = ", kSchemaVersion, "; COMMIT;")));
    TW_RETURN_IF_ERROR(connection->Execute("PRAGMA journal_mode = WAL"));
  }
  std::filesystem::rename(unfinished, path_, error);
  if (error) return absl::ErrnoToStatus(error.value(), absl::StrCat("cannot rename ", unfinished));
  return SyncDirectory(options_.data_dir);
}

absl::Status SqliteEventLog::Connect() {
  absl::MutexLock lock(&mutex_);
  TW_ASSIGN_OR_RETURN(
      writer_,
      SqliteConnection::Open({.path = path_, .busy_timeout = options_.busy_timeout, .vfs = options_.vfs}));
  TW_RETURN_IF_ERROR(CheckFormat());
  TW_ASSIGN_OR_RETURN(const std::string mode, writer_->QueryText("PRAGMA journal_mode = WAL"));
  if (mode != "wal") {
    return absl::FailedPreconditionError(absl::StrCat(path_, ": journal mode is ", mode, ", not wal"));
  }
  // Checkpoints are this class's own: SQLite's automatic one hides its errors.
  TW_RETURN_IF_ERROR(
      writer_->Execute("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
                       "PRAGMA cell_size_check = ON;"));
  TW_RETURN_IF_ERROR(CheckContents());
  TW_RETURN_IF_ERROR(SetLogId());
  if (options_.max_bytes > 0) {
    TW_ASSIGN_OR_RETURN(const int64_t page_bytes, writer_->QueryInteger("PRAGMA page_size"));
    const uint64_t pages = std::max<uint64_t>(1, options_.max_bytes / page_bytes);
    TW_RETURN_IF_ERROR(writer_->Execute(absl::StrCat("PRAGMA max_page_count = ", pages)));
  }
  TW_RETURN_IF_ERROR(writer_->Checkpoint());
  statements_ = std::make_unique<Statements>();
  return statements_->Prepare(writer_.get());
}

absl::Status SqliteEventLog::CheckFormat() {
  mutex_.AssertHeld();
  TW_ASSIGN_OR_RETURN(const int64_t application, writer_->QueryInteger("PRAGMA application_id"));
  if (application != kApplicationId) {
    return absl::FailedPreconditionError(
        absl::StrCat(path_, " is a SQLite database, but no event log (application_id ", application, ")"));
  }
  TW_ASSIGN_OR_RETURN(const int64_t version, writer_->QueryInteger("PRAGMA user_version"));
  if (version != kSchemaVersion) {
    return absl::FailedPreconditionError(absl::StrCat(path_, " has schema version ", version,
                                                      "; this program reads version ", kSchemaVersion));
  }
  return absl::OkStatus();
}

// A table of its own, so that logs from before there were ids get one, and programs from before still read
// them.
absl::Status SqliteEventLog::SetLogId() {
  mutex_.AssertHeld();
  TW_RETURN_IF_ERROR(writer_->Execute(
      absl::StrCat("BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS identity(log_id INTEGER NOT NULL);"
                   "INSERT INTO identity(log_id) SELECT ",
                   NewLogId(), " WHERE NOT EXISTS (SELECT 1 FROM identity); COMMIT;")));
  TW_ASSIGN_OR_RETURN(const int64_t log_id, writer_->QueryInteger("SELECT log_id FROM identity"));
  if (log_id <= 0) return absl::DataLossError(absl::StrCat(path_, ": its identity is damaged"));
  log_id_ = static_cast<uint64_t>(log_id);
  return absl::OkStatus();
}

absl::Status SqliteEventLog::CheckContents() {
  mutex_.AssertHeld();
  TW_ASSIGN_OR_RETURN(const std::string verdict, writer_->QueryText("PRAGMA quick_check(1)"));
  if (verdict != "ok") return absl::DataLossError(absl::StrCat(path_, ": ", verdict));
  TW_ASSIGN_OR_RETURN(const int64_t last, writer_->QueryInteger("SELECT ifnull(max(revision), 0) FROM log"));
  TW_ASSIGN_OR_RETURN(const int64_t count, writer_->QueryInteger("SELECT count(*) FROM log"));
  if (count != last) {
    return absl::DataLossError(
        absl::StrCat(path_, ": ", count, " records up to revision ", last, "; there is a gap"));
  }
  TW_ASSIGN_OR_RETURN(const int64_t in_force,
                      writer_->QueryInteger("SELECT ifnull(max(revision), 0) FROM version_in_force"));
  if (in_force > last) {
    return absl::DataLossError(
        absl::StrCat(path_, ": revision ", in_force, " is in force, but the log ends at ", last));
  }
  TW_RETURN_IF_ERROR(CheckVersionsInForce());
  head_.store(last, std::memory_order_release);
  return absl::OkStatus();
}

// They have no checksums: a flipped bit in an article's id would make it unknown, to be written twice or
// never retracted. So they are derived again from the log, whose rows Read verifies.
absl::Status SqliteEventLog::CheckVersionsInForce() {
  mutex_.AssertHeld();
  constexpr absl::string_view kInForce =
      "(SELECT article_id, max(revision) AS revision, kind FROM log GROUP BY article_id) WHERE kind = 1";
  TW_ASSIGN_OR_RETURN(const int64_t expected,
                      writer_->QueryInteger(absl::StrCat("SELECT count(*) FROM ", kInForce)));
  TW_ASSIGN_OR_RETURN(const int64_t listed, writer_->QueryInteger("SELECT count(*) FROM version_in_force"));
  TW_ASSIGN_OR_RETURN(
      const int64_t same,
      writer_->QueryInteger(absl::StrCat("SELECT count(*) FROM (SELECT article_id, revision FROM ", kInForce,
                                         " INTERSECT SELECT article_id, revision FROM version_in_force)")));
  if (expected == same && listed == same) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(path_, ": ", expected, " articles are in force, ", listed,
                                          " are listed as such, ", same, " of them rightly"));
}

absl::StatusOr<std::vector<AppendResult>> SqliteEventLog::AppendEncoded(
    absl::Span<const LogRecord> records, absl::Span<const std::string> encoded) {
  TW_RETURN_IF_ERROR(failure());
  TW_RETURN_IF_ERROR(CheckBatch(records, encoded));
  if (records.empty()) return std::vector<AppendResult>();
  absl::MutexLock lock(&mutex_);
  TW_RETURN_IF_ERROR(failure());
  absl::StatusOr<std::vector<AppendResult>> results = AppendInTransaction(records, encoded);
  if (!results.ok()) {
    // SQLite has rolled back by itself after some errors.
    if (writer_->in_transaction()) {
      if (const absl::Status undone = writer_->Execute("ROLLBACK"); !undone.ok()) return Fail(undone);
    }
    return absl::IsDataLoss(results.status()) ? Fail(results.status()) : results.status();
  }
  for (const AppendResult& result : *results) {
    if (result.revision > head()) head_.store(result.revision, std::memory_order_release);
  }
  CheckpointIfDue();
  return results;
}

absl::StatusOr<std::vector<AppendResult>> SqliteEventLog::AppendInTransaction(
    absl::Span<const LogRecord> records, absl::Span<const std::string> encoded) {
  {
    const ScopedReset reset(statements_->begin.get());
    TW_RETURN_IF_ERROR(statements_->begin->Step().status());
  }
  std::vector<AppendResult> results;
  results.reserve(records.size());
  uint64_t next = head() + 1;
  for (size_t i = 0; i < records.size(); ++i) {
    const absl::string_view bytes = encoded.empty() ? absl::string_view() : encoded[i];
    TW_ASSIGN_OR_RETURN(const AppendResult result, AppendOne(records[i], bytes, next));
    if (!result.already_present) ++next;
    results.push_back(result);
  }
  const ScopedReset reset(statements_->commit.get());
  TW_RETURN_IF_ERROR(statements_->commit->Step().status());
  return results;
}

absl::StatusOr<AppendResult> SqliteEventLog::AppendOne(const LogRecord& record, absl::string_view encoded,
                                                       uint64_t next) {
  const VersionKey key = VersionOf(record);
  uint64_t in_force = 0;
  {
    SqliteStatement& select = *statements_->select_in_force;
    const ScopedReset reset(&select);
    select.BindText(1, key.article_id);
    TW_ASSIGN_OR_RETURN(const bool found, select.Step());
    if (found) in_force = select.Integer(0);
  }
  if (record.has_retraction()) {
    if (in_force == 0) return NothingToRetractError(key.article_id);
    TW_RETURN_IF_ERROR(Insert(record, {}, next));
    TW_RETURN_IF_ERROR(SetInForce(key.article_id, 0));
    return AppendResult{next, /*already_present=*/false};
  }
  if (in_force != 0) {
    SqliteStatement& select = *statements_->select_row;
    const ScopedReset reset(&select);
    select.Bind(1, static_cast<int64_t>(in_force));
    TW_ASSIGN_OR_RETURN(const bool found, select.Step());
    if (!found) return DamagedError(path_, in_force, "missing");
    TW_ASSIGN_OR_RETURN(const Row row, CheckedRow(select, in_force, path_));
    if (row.article_id != key.article_id)
      return DamagedError(path_, in_force, "in force for another article");
    if (row.content_digest == key.content_digest && row.extractor_version == key.extractor_version) {
      return AppendResult{in_force, /*already_present=*/true};
    }
  }
  TW_RETURN_IF_ERROR(Insert(record, encoded, next));
  TW_RETURN_IF_ERROR(SetInForce(key.article_id, next));
  return AppendResult{next, /*already_present=*/false};
}

absl::Status SqliteEventLog::Insert(const LogRecord& record, absl::string_view encoded, uint64_t revision) {
  const std::string payload =
      encoded.empty() ? PayloadOf(record, revision) : PayloadOfEncoded(encoded, revision);
  const VersionKey key = VersionOf(record);
  const Row row = {.revision = static_cast<int64_t>(revision),
                   .kind = KindOf(record),
                   .article_id = key.article_id,
                   .content_digest = key.content_digest,
                   .extractor_version = key.extractor_version,
                   .payload = payload};
  SqliteStatement& insert = *statements_->insert;
  const ScopedReset reset(&insert);
  insert.Bind(1, row.revision);
  insert.Bind(2, row.kind);
  insert.BindText(3, row.article_id);
  insert.BindText(4, row.content_digest);
  insert.BindText(5, row.extractor_version);
  insert.BindBlob(6, row.payload);
  insert.Bind(7, ChecksumOf(row));
  bytes_since_checkpoint_ += payload.size();
  return insert.Step().status();
}

absl::Status SqliteEventLog::SetInForce(const std::string& article_id, uint64_t revision) {
  SqliteStatement& statement = revision == 0 ? *statements_->clear_in_force : *statements_->set_in_force;
  const ScopedReset reset(&statement);
  statement.BindText(1, article_id);
  if (revision != 0) statement.Bind(2, static_cast<int64_t>(revision));
  return statement.Step().status();
}

// The batch is durable already, so that an error here is not the batch's. A disk that is full, or a lock, may
// pass; anything else stops the log.
void SqliteEventLog::CheckpointIfDue() {
  if (bytes_since_checkpoint_ < kCheckpointBytes) return;
  bytes_since_checkpoint_ = 0;
  if (const absl::Status status = writer_->Checkpoint(); absl::IsDataLoss(status)) Fail(status).IgnoreError();
}

absl::StatusOr<std::vector<LogRecord>> SqliteEventLog::Read(uint64_t from, size_t limit) const {
  TW_RETURN_IF_ERROR(failure());
  TW_RETURN_IF_ERROR(CheckRead(from, limit));
  std::vector<LogRecord> records;
  const uint64_t last = head();
  if (from > last) return records;
  TW_ASSIGN_OR_RETURN(auto reader, TakeReader());
  {
    SqliteStatement& select = *reader->select;
    const ScopedReset reset(&select);
    select.Bind(1, static_cast<int64_t>(from));
    select.Bind(2, static_cast<int64_t>(last));
    size_t bytes = 0;
    for (uint64_t revision = from; revision <= last && records.size() < limit; ++revision) {
      TW_ASSIGN_OR_RETURN(const bool found, select.Step());
      if (!found) return DamagedError(path_, revision, "missing");
      TW_ASSIGN_OR_RETURN(const Row row, CheckedRow(select, revision, path_));
      bytes += row.payload.size();
      if (bytes > kMaxBatchBytes && !records.empty()) break;
      TW_ASSIGN_OR_RETURN(LogRecord record, ParseRow(row, path_));
      records.push_back(std::move(record));
    }
  }
  ReturnReader(std::move(reader));
  return records;
}

absl::StatusOr<std::unique_ptr<SqliteEventLog::Reader>> SqliteEventLog::TakeReader() const {
  {
    absl::MutexLock lock(&readers_mutex_);
    if (!idle_readers_.empty()) {
      auto reader = std::move(idle_readers_.back());
      idle_readers_.pop_back();
      return reader;
    }
  }
  auto reader = std::make_unique<Reader>();
  TW_ASSIGN_OR_RETURN(
      reader->connection,
      SqliteConnection::Open(
          {.path = path_, .read_only = true, .busy_timeout = options_.busy_timeout, .vfs = options_.vfs}));
  TW_ASSIGN_OR_RETURN(reader->select, reader->connection->Prepare(absl::StrCat(
                                          "SELECT ", kRowColumns,
                                          " FROM log WHERE revision BETWEEN ?1 AND ?2 ORDER BY revision")));
  return reader;
}

void SqliteEventLog::ReturnReader(std::unique_ptr<Reader> reader) const {
  absl::MutexLock lock(&readers_mutex_);
  if (idle_readers_.size() < kMaxIdleReaders) idle_readers_.push_back(std::move(reader));
}

absl::Status SqliteEventLog::Fail(const absl::Status& status) const {
  absl::MutexLock lock(&failure_mutex_);
  if (failure_.ok()) {
    failure_ = absl::DataLossError(absl::StrCat(
        "the event log has stopped after a failed write; restart to read what is there: ", status.message()));
  }
  return failure_;
}

absl::Status SqliteEventLog::failure() const {
  absl::MutexLock lock(&failure_mutex_);
  return failure_;
}

}  // namespace treatywire::query
