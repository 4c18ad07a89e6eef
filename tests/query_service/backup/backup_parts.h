// Backups for tests.
#ifndef TREATYWIRE_TESTS_QUERY_SERVICE_BACKUP_BACKUP_PARTS_H_
#define TREATYWIRE_TESTS_QUERY_SERVICE_BACKUP_BACKUP_PARTS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "query_service/backup/backup_check.h"
#include "query_service/backup/backup_file.h"
#include "query_service/backup/backup_source.h"
#include "query_service/event_log/memory_event_log.h"
#include "tests/query_service/event_log/log_records.h"
#include "tests/query_service/proto_matchers.h"
#include "treatywire/v1/backup_service.pb.h"

namespace treatywire::query {

// Two articles, the first corrected, the second retracted: four revisions.
inline void FillLog(EventLog* log) {
  EXPECT_THAT(log->Append({ExtractionRecord("a"), ExtractionRecord("b"), ExtractionRecord("a", "d2"),
                           RetractionRecord("b")}),
              IsOk());
}

// All parts of a backup of `log`.
inline std::vector<treatywire::v1::BackupResponse> PartsOf(const EventLog& log) {
  BackupSource source(&log);
  std::vector<treatywire::v1::BackupResponse> parts;
  while (true) {
    auto part = source.Next();
    EXPECT_THAT(part, IsOk());
    if (!part.ok() || !part->has_value()) return parts;
    parts.push_back(**std::move(part));
  }
}

// What BackupCheck says of them.
inline absl::StatusOr<BackupSummary> CheckParts(const std::vector<treatywire::v1::BackupResponse>& parts) {
  BackupCheck check;
  for (const auto& part : parts) {
    if (absl::Status status = check.Take(part); !status.ok()) return status;
  }
  if (absl::Status status = check.Finish(); !status.ok()) return status;
  return check.summary();
}

inline void WriteParts(const std::string& path, const std::vector<treatywire::v1::BackupResponse>& parts) {
  auto file = BackupFileWriter::Create(path);
  ASSERT_THAT(file, IsOk());
  for (const auto& part : parts) ASSERT_THAT((*file)->Write(part), IsOk());
  ASSERT_THAT((*file)->Commit(), IsOk());
}

}  // namespace treatywire::query

#endif  // TREATYWIRE_TESTS_QUERY_SERVICE_BACKUP_BACKUP_PARTS_H_
