#include "query_service/event_log/log_batch.h"

#include "absl/strings/str_cat.h"
#include "query_service/event_log/event_log.h"

namespace treatywire::query {

using treatywire::v1::LogRecord;

VersionKey VersionOf(const LogRecord& record) {
  if (record.has_retraction()) return {record.retraction().article_id(), "", ""};
  const auto& extraction = record.extraction();
  return {extraction.article().article_id(), extraction.article().content_digest(),
          extraction.extractor_version()};
}

absl::Status CheckBatch(absl::Span<const LogRecord> records, absl::Span<const std::string> encoded) {
  if (!encoded.empty() && encoded.size() != records.size()) {
    return absl::InvalidArgumentError(
        absl::StrCat("batch of ", records.size(), " records with the bytes of ", encoded.size()));
  }
  if (records.size() > EventLog::kMaxBatchRecords) {
    return absl::InvalidArgumentError(absl::StrCat("batch of ", records.size(), " records; at most ",
                                                   EventLog::kMaxBatchRecords, " are taken"));
  }
  size_t bytes = 0;
  for (size_t i = 0; i < records.size(); ++i) {
    if (records[i].record_case() == LogRecord::RECORD_NOT_SET) {
      return absl::InvalidArgumentError(
          absl::StrCat("record ", i, " of the batch is neither extraction nor retraction"));
    }
    if (VersionOf(records[i]).article_id.empty()) {
      return absl::InvalidArgumentError(absl::StrCat("record ", i, " of the batch names no article"));
    }
    bytes += encoded.empty() || encoded[i].empty() ? records[i].ByteSizeLong() : encoded[i].size();
  }
  if (bytes > EventLog::kMaxBatchBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("batch of ", bytes, " bytes; at most ", EventLog::kMaxBatchBytes, " are taken"));
  }
  return absl::OkStatus();
}

absl::Status CheckRead(uint64_t from, size_t limit) {
  if (from == 0) return absl::InvalidArgumentError("revisions are read from 1");
  if (limit == 0) return absl::InvalidArgumentError("at least 1 record must be asked for");
  return absl::OkStatus();
}

absl::Status NothingToRetractError(absl::string_view article_id) {
  return absl::NotFoundError(absl::StrCat("article ", article_id, " is unknown or already retracted"));
}

}  // namespace treatywire::query
