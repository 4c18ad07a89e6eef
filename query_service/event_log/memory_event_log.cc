#include "query_service/event_log/memory_event_log.h"

#include <utility>

#include "common/status_macros.h"
#include "query_service/event_log/log_batch.h"

namespace treatywire::query {

using treatywire::v1::LogRecord;

absl::StatusOr<std::vector<AppendResult>> MemoryEventLog::Append(absl::Span<const LogRecord> records) {
  TW_RETURN_IF_ERROR(CheckBatch(records));
  absl::MutexLock lock(&mutex_);
  const size_t records_before = records_.size();
  std::vector<std::pair<std::string, uint64_t>> replaced;  // what was in force, 0 for nothing, to undo
  std::vector<AppendResult> results;
  for (const LogRecord& record : records) {
    const VersionKey key = VersionOf(record);
    const auto found = in_force_.find(key.article_id);
    if (record.has_retraction() && found == in_force_.end()) {
      records_.resize(records_before);
      for (auto undo = replaced.rbegin(); undo != replaced.rend(); ++undo) {
        SetInForce(undo->first, undo->second);
      }
      return NothingToRetractError(key.article_id);
    }
    if (record.has_extraction() && found != in_force_.end() &&
        VersionOf(records_[found->second - 1]) == key) {
      results.push_back({found->second, /*already_present=*/true});
      continue;
    }
    const uint64_t revision = records_.size() + 1;
    records_.push_back(record);
    records_.back().set_revision(revision);
    replaced.emplace_back(key.article_id, found == in_force_.end() ? 0 : found->second);
    SetInForce(key.article_id, record.has_retraction() ? 0 : revision);
    results.push_back({revision, /*already_present=*/false});
  }
  return results;
}

void MemoryEventLog::SetInForce(const std::string& article_id, uint64_t revision) {
  if (revision == 0) {
    in_force_.erase(article_id);
  } else {
    in_force_[article_id] = revision;
  }
}

absl::StatusOr<std::vector<LogRecord>> MemoryEventLog::Read(uint64_t from, size_t limit) const {
  TW_RETURN_IF_ERROR(CheckRead(from, limit));
  absl::MutexLock lock(&mutex_);
  std::vector<LogRecord> read;
  size_t bytes = 0;
  for (uint64_t at = from - 1; at < records_.size() && read.size() < limit; ++at) {
    bytes += records_[at].ByteSizeLong();
    if (bytes > kMaxBatchBytes && !read.empty()) break;
    read.push_back(records_[at]);
  }
  return read;
}

uint64_t MemoryEventLog::head() const {
  absl::MutexLock lock(&mutex_);
  return records_.size();
}

}  // namespace treatywire::query
