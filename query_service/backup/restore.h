// Makes an event log of a backup's file.
//
//   TW_ASSIGN_OR_RETURN(const BackupSummary summary, RestoreBackup("monday.backup", "/var/lib/treatywire"));
#ifndef TREATYWIRE_QUERY_SERVICE_BACKUP_RESTORE_H_
#define TREATYWIRE_QUERY_SERVICE_BACKUP_RESTORE_H_

#include <string>

#include "absl/status/statusor.h"
#include "query_service/backup/backup_check.h"

namespace treatywire::query {

// Reads all of `backup_file` and checks it (ReadBackupFile) before anything is written; then makes the log in
// a folder "restoring" of `data_dir`, reads it back, compares it with the backup, and only then gives it its
// name there. An interrupted restore leaves no log that a query_service would take for whole, and may be run
// again.
//
// `data_dir` is made, with its parents, where it is missing, and locked as a query_service locks it.
// ALREADY_EXISTS where there is anything in it, apart from LOCK, lost+found, what a restore left, and the
// image of another log's index, which is removed; FAILED_PRECONDITION where a process has it; DATA_LOSS where
// the backup, or what was written of it, is damaged; RESOURCE_EXHAUSTED where the disk is full.
//
// The log restored has the backup's revisions and records, and a log_id of its own.
absl::StatusOr<BackupSummary> RestoreBackup(const std::string& backup_file, const std::string& data_dir);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_BACKUP_RESTORE_H_
