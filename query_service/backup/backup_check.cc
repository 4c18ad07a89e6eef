#include "query_service/backup/backup_check.h"

#include "absl/strings/str_cat.h"
#include "treatywire/v1/event_log_service.pb.h"

namespace treatywire::query {

using treatywire::v1::BackupHeader;
using treatywire::v1::BackupRecords;
using treatywire::v1::BackupResponse;
using treatywire::v1::BackupTrailer;

absl::Status BackupCheck::Take(const BackupResponse& part) {
  if (stage_ == Stage::kDone) return absl::DataLossError("the backup goes on after its trailer");
  if ((stage_ == Stage::kHeader) != part.has_header()) {
    return absl::DataLossError(part.has_header() ? "the backup has a second header"
                                                 : "the backup begins without a header");
  }
  if (part.has_header()) return TakeHeader(part.header());
  if (part.has_records()) return TakeRecords(part.records());
  if (part.has_trailer()) return TakeTrailer(part.trailer());
  return absl::DataLossError("the backup has a part that is neither records nor trailer");
}

absl::Status BackupCheck::Finish() const {
  if (stage_ == Stage::kDone) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("the backup ends without a trailer, after revision ", records_,
                                          " of ", summary_.revision));
}

absl::Status BackupCheck::TakeHeader(const BackupHeader& header) {
  stage_ = Stage::kRecords;
  summary_.log_id = header.log_id();
  summary_.revision = header.revision();
  return absl::OkStatus();
}

absl::Status BackupCheck::TakeRecords(const BackupRecords& records) {
  for (const std::string& bytes : records.records()) {
    digest_.Add(bytes);
    ++records_;
    treatywire::v1::LogRecord record;
    if (!record.ParseFromString(bytes)) {
      return absl::DataLossError(absl::StrCat("revision ", records_, " of the backup is no log record"));
    }
    if (record.revision() != records_ || records_ > summary_.revision) {
      return absl::DataLossError(absl::StrCat("the backup has revision ", record.revision(),
                                              " in the place of ", records_, " of ", summary_.revision));
    }
  }
  return absl::OkStatus();
}

absl::Status BackupCheck::TakeTrailer(const BackupTrailer& trailer) {
  if (records_ != summary_.revision || trailer.revision() != summary_.revision) {
    return absl::DataLossError(absl::StrCat("the backup has revisions up to ", records_, ", its header says ",
                                            summary_.revision, ", its trailer ", trailer.revision()));
  }
  summary_.sha256 = digest_.Finish();
  if (trailer.sha256() != summary_.sha256) {
    return absl::DataLossError("the backup's records are not those that its trailer has the SHA-256 of");
  }
  stage_ = Stage::kDone;
  return absl::OkStatus();
}

}  // namespace treatywire::query
