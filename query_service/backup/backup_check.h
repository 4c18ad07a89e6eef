// Whether the parts of a backup, as they come, make a whole one.
//
//   BackupCheck check;
//   for (const BackupResponse& part : parts) TW_RETURN_IF_ERROR(check.Take(part));
//   TW_RETURN_IF_ERROR(check.Finish());
#ifndef TREATYWIRE_QUERY_SERVICE_BACKUP_BACKUP_CHECK_H_
#define TREATYWIRE_QUERY_SERVICE_BACKUP_BACKUP_CHECK_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "query_service/backup/record_digest.h"
#include "treatywire/v1/backup_service.pb.h"

namespace treatywire::query {

// What a whole backup is.
struct BackupSummary {
  std::string log_id;     // of the log that was backed up
  uint64_t revision = 0;  // its last
  std::string sha256;     // of its records
};

// Not thread-safe.
class BackupCheck {
 public:
  // Checks that `part` may come next: a header first and once, then LogRecords of revision 1 and so on up to
  // the header's, then a trailer with their digest. DATA_LOSS otherwise, saying what is the matter.
  absl::Status Take(const treatywire::v1::BackupResponse& part);
  // OK after the trailer; DATA_LOSS where the backup ends before.
  absl::Status Finish() const;

  // True of what was taken; whole after Finish.
  const BackupSummary& summary() const { return summary_; }

 private:
  enum class Stage { kHeader, kRecords, kDone };

  absl::Status TakeHeader(const treatywire::v1::BackupHeader& header);
  absl::Status TakeRecords(const treatywire::v1::BackupRecords& records);
  absl::Status TakeTrailer(const treatywire::v1::BackupTrailer& trailer);

  Stage stage_ = Stage::kHeader;
  uint64_t records_ = 0;
  RecordDigest digest_;
  BackupSummary summary_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_BACKUP_BACKUP_CHECK_H_
