// What every event log checks and derives of the records that it is given.
#ifndef TREATYWIRE_QUERY_SERVICE_EVENT_LOG_LOG_BATCH_H_
#define TREATYWIRE_QUERY_SERVICE_EVENT_LOG_LOG_BATCH_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "treatywire/v1/event_log_service.pb.h"

namespace treatywire::query {

// Which version of an article a record is about. A retraction has an article_id alone.
struct VersionKey {
  std::string article_id;
  std::string content_digest;
  std::string extractor_version;
  friend bool operator==(const VersionKey&, const VersionKey&) = default;
};

VersionKey VersionOf(const treatywire::v1::LogRecord& record);

// INVALID_ARGUMENT, naming the record by its place in the batch, where the batch exceeds
// EventLog::kMaxBatchRecords or kMaxBatchBytes, or where a record is neither extraction nor retraction or
// names no article. `encoded` as in EventLog::AppendEncoded, or empty.
absl::Status CheckBatch(absl::Span<const treatywire::v1::LogRecord> records,
                        absl::Span<const std::string> encoded = {});

// INVALID_ARGUMENT where `from` or `limit` is 0.
absl::Status CheckRead(uint64_t from, size_t limit);

// NOT_FOUND: a retraction of an article that is not in force.
absl::Status NothingToRetractError(absl::string_view article_id);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_EVENT_LOG_LOG_BATCH_H_
