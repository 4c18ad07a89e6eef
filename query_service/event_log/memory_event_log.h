// An event log that lives as long as its object: the reference against which durable ones are tested, and the
// log of tests that are about something else.
#ifndef TREATYWIRE_QUERY_SERVICE_EVENT_LOG_MEMORY_EVENT_LOG_H_
#define TREATYWIRE_QUERY_SERVICE_EVENT_LOG_MEMORY_EVENT_LOG_H_

#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "query_service/event_log/event_log.h"
#include "query_service/event_log/log_id.h"

namespace treatywire::query {

class MemoryEventLog : public EventLog {
 public:
  absl::StatusOr<std::vector<AppendResult>> Append(
      absl::Span<const treatywire::v1::LogRecord> records) override;
  absl::StatusOr<std::vector<treatywire::v1::LogRecord>> Read(uint64_t from, size_t limit) const override;
  uint64_t head() const override;
  uint64_t log_id() const override { return log_id_; }

 private:
  // 0: none is.
  void SetInForce(const std::string& article_id, uint64_t revision) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const uint64_t log_id_ = NewLogId();
  mutable absl::Mutex mutex_;
  std::vector<treatywire::v1::LogRecord> records_ ABSL_GUARDED_BY(mutex_);  // revision r is records_[r - 1]
  absl::flat_hash_map<std::string, uint64_t> in_force_ ABSL_GUARDED_BY(mutex_);  // revision by article_id
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_EVENT_LOG_MEMORY_EVENT_LOG_H_
