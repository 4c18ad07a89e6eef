#include "query_service/backup/backup_source.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status_macros.h"
#include "query_service/event_log/log_id.h"

namespace treatywire::query {

using treatywire::v1::BackupResponse;
using treatywire::v1::LogRecord;

namespace {

// Read at a time; of ordinary records less than a part.
constexpr uint64_t kReadRecords = 256;

}  // namespace

absl::StatusOr<std::optional<BackupResponse>> BackupSource::Next() {
  switch (stage_) {
    case Stage::kHeader:
      stage_ = last_ == 0 ? Stage::kTrailer : Stage::kRecords;
      return Header();
    case Stage::kRecords: {
      TW_ASSIGN_OR_RETURN(BackupResponse part, Records());
      if (read_.empty() && next_ > last_) stage_ = Stage::kTrailer;
      return part;
    }
    case Stage::kTrailer:
      stage_ = Stage::kDone;
      return Trailer();
    case Stage::kDone:
      break;
  }
  return std::nullopt;
}

BackupResponse BackupSource::Header() {
  BackupResponse part;
  part.mutable_header()->set_log_id(LogIdText(log_->log_id()));
  part.mutable_header()->set_revision(last_);
  return part;
}

absl::StatusOr<BackupResponse> BackupSource::Records() {
  BackupResponse part;
  size_t bytes = 0;
  while (true) {
    TW_RETURN_IF_ERROR(Read());
    if (read_.empty()) return part;
    bytes += read_.front().size();
    if (bytes > kMaxPartBytes && part.records().records_size() > 0) return part;
    digest_.Add(read_.front());
    *part.mutable_records()->add_records() = std::move(read_.front());
    read_.pop_front();
  }
}

BackupResponse BackupSource::Trailer() {
  BackupResponse part;
  part.mutable_trailer()->set_revision(last_);
  part.mutable_trailer()->set_sha256(digest_.Finish());
  return part;
}

absl::Status BackupSource::Read() {
  if (!read_.empty() || next_ > last_) return absl::OkStatus();
  const uint64_t left = last_ - next_ + 1;
  TW_ASSIGN_OR_RETURN(const std::vector<LogRecord> records, log_->Read(next_, std::min(left, kReadRecords)));
  if (records.empty()) {
    return absl::DataLossError(absl::StrCat("the event log ends before revision ", next_, " of ", last_));
  }
  for (const LogRecord& record : records) read_.push_back(record.SerializeAsString());
  next_ += records.size();
  return absl::OkStatus();
}

}  // namespace treatywire::query
