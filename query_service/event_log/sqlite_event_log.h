// The default event log: one SQLite database in a directory of its own.
//
//   TW_ASSIGN_OR_RETURN(auto log, SqliteEventLog::Open({.data_dir = "/var/lib/treatywire"}));
//
// In the directory: event_log.sqlite3 with its write-ahead log (-wal, -shm), and LOCK, which keeps a second
// process out. A running log can be read beside it: sqlite3 -readonly event_log.sqlite3 'SELECT revision,
// article_id FROM log'. The -wal file is part of the data: never remove it, copy all files or use .backup.
//
// Durability: WAL with synchronous=FULL, so that a commit is synced before Append returns. Every record has a
// CRC-32C over all its columns, which Read verifies; Open runs SQLite's quick_check, looks for gaps and
// refuses an empty file where a database was. What no reader can tell from a crash is damage to the
// write-ahead log itself: SQLite drops the commits from the first damaged frame on. Clients see it: their
// revisions lie past the log's head.
//
// Threads: any. Appends run one after another; reads beside them and each other, on connections of their own.
#ifndef TREATYWIRE_QUERY_SERVICE_EVENT_LOG_SQLITE_EVENT_LOG_H_
#define TREATYWIRE_QUERY_SERVICE_EVENT_LOG_SQLITE_EVENT_LOG_H_

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "query_service/event_log/directory_lock.h"
#include "query_service/event_log/event_log.h"
#include "query_service/event_log/sqlite_connection.h"

namespace treatywire::query {

class SqliteEventLog : public EventLog {
 public:
  struct Options {
    std::string data_dir;  // made, with its parents, where it is missing
    absl::Duration busy_timeout =
        absl::Seconds(5);    // how long Append waits for a lock of, say, the sqlite3 shell
    uint64_t max_bytes = 0;  // size past which Append is RESOURCE_EXHAUSTED; 0: no limit
    std::string vfs = {};    // SQLite's name of the file system; empty: the default
  };

  // FAILED_PRECONDITION where another process has the directory, where the file is another program's, or of a
  // later version of this one; DATA_LOSS where it is damaged; PERMISSION_DENIED, UNAVAILABLE and so on where
  // the directory cannot be used.
  static absl::StatusOr<std::unique_ptr<SqliteEventLog>> Open(const Options& options);
  ~SqliteEventLog() override;

  absl::StatusOr<std::vector<AppendResult>> Append(
      absl::Span<const treatywire::v1::LogRecord> records) override {
    return AppendEncoded(records, {});
  }
  absl::StatusOr<std::vector<AppendResult>> AppendEncoded(absl::Span<const treatywire::v1::LogRecord> records,
                                                          absl::Span<const std::string> encoded) override;
  absl::StatusOr<std::vector<treatywire::v1::LogRecord>> Read(uint64_t from, size_t limit) const override;
  uint64_t head() const override { return head_.load(std::memory_order_acquire); }
  uint64_t log_id() const override { return log_id_; }

  // The database's file, for messages.
  const std::string& path() const { return path_; }

  static constexpr absl::string_view kFileName = "event_log.sqlite3";

 private:
  struct Statements;
  struct Reader;

  SqliteEventLog(const Options& options, std::unique_ptr<DirectoryLock> lock);

  // The steps of Open.
  absl::Status Create();
  absl::Status Connect();
  absl::Status CheckFormat();
  absl::Status SetLogId();
  absl::Status CheckContents();
  absl::Status CheckVersionsInForce();

  // The steps of Append.
  absl::StatusOr<std::vector<AppendResult>> AppendInTransaction(
      absl::Span<const treatywire::v1::LogRecord> records, absl::Span<const std::string> encoded)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // `encoded`: the record's extraction in wire form, or empty.
  absl::StatusOr<AppendResult> AppendOne(const treatywire::v1::LogRecord& record, absl::string_view encoded,
                                         uint64_t next) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status Insert(const treatywire::v1::LogRecord& record, absl::string_view encoded, uint64_t revision)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status SetInForce(const std::string& article_id, uint64_t revision)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void CheckpointIfDue() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  // After a failed write or sync nobody knows what the file holds: all later calls get that error.
  absl::Status Fail(const absl::Status& status) const;
  absl::Status failure() const;

  // A read-only connection from the idle ones, or a new one; and back.
  absl::StatusOr<std::unique_ptr<Reader>> TakeReader() const;
  void ReturnReader(std::unique_ptr<Reader> reader) const;

  const Options options_;
  const std::unique_ptr<DirectoryLock> lock_;
  const std::string path_;

  absl::Mutex mutex_;
  std::unique_ptr<SqliteConnection> writer_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<Statements> statements_ ABSL_GUARDED_BY(mutex_);  // of writer_
  size_t bytes_since_checkpoint_ ABSL_GUARDED_BY(mutex_) = 0;

  std::atomic<uint64_t> head_{0};
  uint64_t log_id_ = 0;  // set by Open

  mutable absl::Mutex failure_mutex_;
  mutable absl::Status failure_ ABSL_GUARDED_BY(failure_mutex_);

  mutable absl::Mutex readers_mutex_;
  mutable std::vector<std::unique_ptr<Reader>> idle_readers_ ABSL_GUARDED_BY(readers_mutex_);
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_EVENT_LOG_SQLITE_EVENT_LOG_H_
