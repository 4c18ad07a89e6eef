// The one writer: takes records from many streams, makes them durable in groups, applies and acknowledges
// them.
//
//   LogWriter writer(log.get(), [&](auto records) { return apply_and_publish(records); }, {});
//   writer.Submit(record, [](absl::StatusOr<AppendResult> result) { ... });   // OK: durable and readable
//
// While one group is written the next gathers, so that a disk's sync is shared by all that arrived meanwhile;
// and while it is synced the one before is applied, so that neither waits for the other.
#ifndef TREATYWIRE_QUERY_SERVICE_LOG_WRITER_H_
#define TREATYWIRE_QUERY_SERVICE_LOG_WRITER_H_

#include <deque>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/monotonic_clock.h"
#include "query_service/event_log/event_log.h"
#include "treatywire/v1/event_log_service.pb.h"

namespace treatywire::query {

// Every method may be called from any thread but the writer's own, which are two: one appends to the log, the
// other applies what is durable and answers.
class LogWriter {
 public:
  struct Options {
    // What may wait to be written: past either, Submit refuses.
    size_t max_queued_records = 16384;
    size_t max_queued_bytes = size_t{512} << 20;
    // What one append holds: enough to share a sync, little enough to be quick. At most EventLog's own
    // limits.
    size_t max_batch_records = 256;
    size_t max_batch_bytes = 8 << 20;
    // How many appended batches may wait to be applied: past them, the next is not appended, but gathers. One
    // is enough to have the thread that applies never wait while there is something to apply.
    size_t max_unapplied_batches = 1;
    // Called on the thread that appends after each append that succeeded, with how many records it had and
    // how long it took. May be empty.
    std::function<void(size_t records, absl::Duration duration)> on_append = {};
    std::function<absl::Time()> now = &MonotonicNow;
    // False: there are no threads, and nothing is written but by WriteNext. For who keeps time and order
    // himself.
    bool own_thread = true;
    // Called once, on the thread that applies, after the failure that stops the writer. May be empty.
    std::function<void(const absl::Status&)> on_failure = {};
  };
  // Applies records of ascending, gapless revision to the index, which may take what it keeps out of them,
  // and publishes the result to readers. Called by one thread at a time.
  using Apply = std::function<absl::Status(absl::Span<treatywire::v1::LogRecord>)>;
  using Done = std::function<void(absl::StatusOr<AppendResult>)>;

  // `log` must outlive the writer, and nobody else may append to it.
  LogWriter(EventLog* log, Apply apply, Options options);
  ~LogWriter();  // Stop
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  // Queues `record`. On OK, `done` is called just once, on the thread that applies and in the order of
  // submission, when the record is durable and applied (or was present already), or with the error of its
  // append; it must be quick. RESOURCE_EXHAUSTED where too much is queued, UNAVAILABLE after Stop, DATA_LOSS
  // after a failure that stopped the writer; then `done` is not called.
  // `encoded`: the record's extraction in wire form (EventLog::AppendEncoded), where the caller has it.
  absl::Status Submit(treatywire::v1::LogRecord record, Done done, std::string encoded = {});

  // Without a thread of its own: writes and answers what one append takes, as the thread does. False where
  // nothing is queued. One thread at a time.
  bool WriteNext();

  // LogIdText of the log.
  const std::string& log_id() const { return log_id_; }

  // How many records wait to be written.
  size_t queued() const;

  // Takes no more, writes what is queued and ends the threads, if there are any.
  void Stop();

 private:
  struct Entry {
    treatywire::v1::LogRecord record;
    std::string encoded;  // its extraction, or empty
    size_t bytes;
    Done done;
  };
  // A batch that the log has taken, or refused.
  struct Appended {
    std::vector<treatywire::v1::LogRecord> records;
    std::vector<Done> done;  // of each
    absl::StatusOr<std::vector<AppendResult>> results;
  };

  void Run();
  void RunApplies();
  // What one append takes of the queue.
  std::vector<Entry> TakeBatch() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Appended Append(std::vector<Entry> batch);
  // Applies what is new of it, and answers.
  void Settle(Appended batch);
  absl::Status ApplyNew(std::vector<treatywire::v1::LogRecord>* records,
                        absl::Span<const AppendResult> results);
  // The first failure stays.
  void Fail(const absl::Status& status);
  absl::Status failure() const;
  bool MayAppend() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return (stopping_ || !queue_.empty()) && unapplied_.size() < options_.max_unapplied_batches;
  }
  bool MayApply() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return appends_ended_ || !unapplied_.empty();
  }

  EventLog* const log_;
  const std::string log_id_;
  const Apply apply_;
  const Options options_;
  mutable absl::Mutex mutex_;
  std::deque<Entry> queue_ ABSL_GUARDED_BY(mutex_);
  size_t queued_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  std::deque<Appended> unapplied_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  bool appends_ended_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
  // Of the thread that applies.
  absl::Status refusal_;  // what the index did not take: nothing after it can be applied
  bool is_failure_told_ = false;
  absl::Mutex stop_mutex_;  // one Stop joins, others wait for it
  std::thread thread_;      // last: they use the members above
  std::thread applier_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_LOG_WRITER_H_
