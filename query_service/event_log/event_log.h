// The event log: the durable, ordered sequence of LogRecords that the index is rebuilt from.
//
// One writer process a log; any number of threads may call any method. Two implementations pass one contract
// suite (tests/query_service/event_log/event_log_contract.h): SqliteEventLog, the default, and MemoryEventLog
// for tests.
#ifndef TREATYWIRE_QUERY_SERVICE_EVENT_LOG_EVENT_LOG_H_
#define TREATYWIRE_QUERY_SERVICE_EVENT_LOG_EVENT_LOG_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "treatywire/v1/event_log_service.pb.h"

namespace treatywire::query {

// What became of one record of a batch.
struct AppendResult {
  uint64_t revision = 0;         // where the log holds it
  bool already_present = false;  // the log held that version already; nothing was written for it
};

class EventLog {
 public:
  virtual ~EventLog() = default;

  // Appends `records` (their `revision` is ignored) in one transaction, durable when it returns OK: all of
  // them or none. Idempotent: an extraction whose article's version in force has the same article_id,
  // content_digest and extractor_version is not written again, and takes the revision it has. A retraction of
  // an article that is unknown or retracted gives NOT_FOUND and nothing of the batch is written. At most
  // kMaxBatchRecords records and kMaxBatchBytes serialised bytes; INVALID_ARGUMENT past that. UNAVAILABLE or
  // RESOURCE_EXHAUSTED (disk full) where nothing was written and a retry may succeed; DATA_LOSS after a
  // failed write or fsync, and from then on for every call: the process must restart and read what is there.
  virtual absl::StatusOr<std::vector<AppendResult>> Append(
      absl::Span<const treatywire::v1::LogRecord> records) = 0;

  // The same, for who has extractions in wire form: `encoded[i]` is what the extraction of `records[i]`
  // serialises to, or empty where that is to be found out. A log that stores bytes stores these. As many as
  // records.
  virtual absl::StatusOr<std::vector<AppendResult>> AppendEncoded(
      absl::Span<const treatywire::v1::LogRecord> records, absl::Span<const std::string> /*encoded*/) {
    return Append(records);
  }

  // Records from revision `from` (inclusive, at least 1) on, at most `limit` (at least 1) of them and fewer
  // where their bytes exceed kMaxBatchBytes, but at least one; empty past the end. DATA_LOSS, naming the file
  // and revision, for a record that is damaged.
  virtual absl::StatusOr<std::vector<treatywire::v1::LogRecord>> Read(uint64_t from, size_t limit) const = 0;

  // The last revision; 0 for an empty log.
  virtual uint64_t head() const = 0;

  // Which log this is: drawn by chance when it was made and kept with it, never 0. A log restored from a
  // backup is another one: its revisions are the backup's up to there, and its own from there on, so that
  // what a client remembers of the first must not be taken for a place in the second.
  virtual uint64_t log_id() const = 0;

  static constexpr size_t kMaxBatchRecords = 1024;
  static constexpr size_t kMaxBatchBytes = 16 << 20;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_EVENT_LOG_EVENT_LOG_H_
