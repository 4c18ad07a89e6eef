#include "query_service/backup/restore.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "common/status_macros.h"
#include "query_service/backup/backup_file.h"
#include "query_service/backup/backup_source.h"
#include "query_service/event_log/directory_lock.h"
#include "query_service/event_log/sqlite_event_log.h"

namespace treatywire::query {

using treatywire::v1::BackupRecords;
using treatywire::v1::BackupResponse;
using treatywire::v1::LogRecord;

namespace {

namespace fs = std::filesystem;

constexpr char kRestoring[] = "restoring";
// What query_service keeps beside a log is of no use to another log.
constexpr char kIndexImage[] = "index.image";
constexpr char kUnfinishedIndexImage[] = "index.image.new";

// Records gathered into batches, as the log takes them.
class BatchedAppends {
 public:
  explicit BatchedAppends(EventLog* log) : log_(log) {}

  absl::Status Take(const BackupRecords& records) {
    for (const std::string& bytes : records.records()) {
      if (batch_.size() == EventLog::kMaxBatchRecords || bytes_ + bytes.size() > EventLog::kMaxBatchBytes) {
        TW_RETURN_IF_ERROR(Flush());
      }
      bytes_ += bytes.size();
      LogRecord& record = batch_.emplace_back();
      if (!record.ParseFromString(bytes)) return absl::DataLossError("a record does not parse");
    }
    return absl::OkStatus();
  }

  absl::Status Flush() {
    TW_ASSIGN_OR_RETURN(const std::vector<AppendResult> results, log_->Append(batch_));
    for (size_t i = 0; i < results.size(); ++i) {
      // A log never holds a version twice in a row, so that the same records get the same revisions.
      if (results[i].already_present || results[i].revision != batch_[i].revision()) {
        return absl::DataLossError(
            absl::StrCat("revision ", batch_[i].revision(), " of the backup repeats the version before it"));
      }
    }
    batch_.clear();
    bytes_ = 0;
    return absl::OkStatus();
  }

 private:
  EventLog* const log_;
  std::vector<LogRecord> batch_;
  size_t bytes_ = 0;
};

absl::Status CheckEmpty(const std::string& data_dir) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(data_dir, error)) {
    const std::string name = entry.path().filename().string();
    if (name == "LOCK" || name == "lost+found" || name == kRestoring) continue;
    if (name == kIndexImage || name == kUnfinishedIndexImage) continue;
    return absl::AlreadyExistsError(
        absl::StrCat(data_dir, " is not empty: it has ", name, "; a restore overwrites nothing"));
  }
  return error ? absl::ErrnoToStatus(error.value(), absl::StrCat("cannot read the folder ", data_dir))
               : absl::OkStatus();
}

absl::Status RemoveAll(const std::string& directory) {
  std::error_code error;
  fs::remove_all(directory, error);
  return error ? absl::ErrnoToStatus(error.value(), absl::StrCat("cannot remove ", directory))
               : absl::OkStatus();
}

absl::Status WriteLog(const std::string& backup_file, const std::string& directory) {
  TW_ASSIGN_OR_RETURN(const auto log, SqliteEventLog::Open({.data_dir = directory}));
  BatchedAppends appends(log.get());
  TW_RETURN_IF_ERROR(ReadBackupFile(backup_file, [&](const BackupResponse& part) {
                       return part.has_records() ? appends.Take(part.records()) : absl::OkStatus();
                     }).status());
  return appends.Flush();
}

// Opens the log anew, with all its own checks, and compares it with the backup as a backup of it.
absl::Status CompareLog(const std::string& directory, const BackupSummary& expected) {
  TW_ASSIGN_OR_RETURN(const auto log, SqliteEventLog::Open({.data_dir = directory}));
  BackupSource source(log.get());
  BackupCheck check;
  while (true) {
    TW_ASSIGN_OR_RETURN(const auto part, source.Next());
    if (!part.has_value()) break;
    TW_RETURN_IF_ERROR(check.Take(*part));
  }
  TW_RETURN_IF_ERROR(check.Finish());
  if (check.summary().revision == expected.revision && check.summary().sha256 == expected.sha256) {
    return absl::OkStatus();
  }
  return absl::DataLossError(absl::StrCat(log->path(), " does not read back as it was written"));
}

// Closed, a SQLite database is its one file.
absl::Status MoveInto(const std::string& data_dir, const std::string& directory) {
  const std::string from = absl::StrCat(directory, "/", SqliteEventLog::kFileName);
  std::error_code error;
  if (fs::exists(from + "-wal", error)) return absl::InternalError(absl::StrCat(from, " is still open"));
  fs::rename(from, absl::StrCat(data_dir, "/", SqliteEventLog::kFileName), error);
  if (error) return absl::ErrnoToStatus(error.value(), absl::StrCat("cannot rename ", from));
  TW_RETURN_IF_ERROR(SyncDirectory(data_dir));
  return RemoveAll(directory);
}

}  // namespace

absl::StatusOr<BackupSummary> RestoreBackup(const std::string& backup_file, const std::string& data_dir) {
  TW_ASSIGN_OR_RETURN(const BackupSummary summary,
                      ReadBackupFile(backup_file, [](const BackupResponse&) { return absl::OkStatus(); }));
  TW_ASSIGN_OR_RETURN(const auto lock, DirectoryLock::Acquire(data_dir));
  TW_RETURN_IF_ERROR(CheckEmpty(data_dir));
  const std::string directory = absl::StrCat(data_dir, "/", kRestoring);
  TW_RETURN_IF_ERROR(RemoveAll(directory));
  TW_RETURN_IF_ERROR(RemoveAll(absl::StrCat(data_dir, "/", kIndexImage)));
  TW_RETURN_IF_ERROR(RemoveAll(absl::StrCat(data_dir, "/", kUnfinishedIndexImage)));
  TW_RETURN_IF_ERROR(WriteLog(backup_file, directory));
  TW_RETURN_IF_ERROR(CompareLog(directory, summary));
  TW_RETURN_IF_ERROR(MoveInto(data_dir, directory));
  return summary;
}

}  // namespace treatywire::query
