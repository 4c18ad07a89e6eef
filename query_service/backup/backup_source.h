// Reads a backup out of an event log that goes on growing.
//
//   BackupSource source(log);
//   while (true) {
//     TW_ASSIGN_OR_RETURN(auto part, source.Next());
//     if (!part.has_value()) break;
//     Send(*part);
//   }
//
// What is copied are the records, not the database's file: the log only grows, so that everything up to a
// revision is a consistent cut by itself, no reader is kept waiting and no transaction stays open; each
// record's checksum is verified as it is read, so that damage is found by the backup and not by the restore.
#ifndef TREATYWIRE_QUERY_SERVICE_BACKUP_BACKUP_SOURCE_H_
#define TREATYWIRE_QUERY_SERVICE_BACKUP_BACKUP_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "query_service/backup/record_digest.h"
#include "query_service/event_log/event_log.h"
#include "treatywire/v1/backup_service.pb.h"

namespace treatywire::query {

// One thread at a time.
class BackupSource {
 public:
  // The records of one part, unless one alone is larger.
  static constexpr size_t kMaxPartBytes = 1 << 20;

  // Of all up to the log's head as of now. `log` must outlive the source.
  explicit BackupSource(const EventLog* log) : log_(log), last_(log->head()) {}

  // The next part: the header, the records, the trailer, then nullopt. Returns the error of EventLog::Read.
  absl::StatusOr<std::optional<treatywire::v1::BackupResponse>> Next();

 private:
  enum class Stage { kHeader, kRecords, kTrailer, kDone };

  treatywire::v1::BackupResponse Header();
  absl::StatusOr<treatywire::v1::BackupResponse> Records();
  treatywire::v1::BackupResponse Trailer();
  // Reads records into `read_` where it is empty.
  absl::Status Read();

  const EventLog* const log_;
  const uint64_t last_;
  Stage stage_ = Stage::kHeader;
  uint64_t next_ = 1;             // first revision not read
  std::deque<std::string> read_;  // serialised, not sent yet
  RecordDigest digest_;           // of what was sent
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_BACKUP_BACKUP_SOURCE_H_
