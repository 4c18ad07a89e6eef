// A backup as a file.
//
//   TW_ASSIGN_OR_RETURN(auto file, BackupFileWriter::Create("monday.backup"));
//   for (const BackupResponse& part : parts) TW_RETURN_IF_ERROR(file->Write(part));
//   TW_RETURN_IF_ERROR(file->Commit());
//   ...
//   TW_ASSIGN_OR_RETURN(const BackupSummary summary, ReadBackupFile("monday.backup", [](const auto& part) {
//   ... }));
//
// The format: the line "treatywire backup 1", then for each BackupResponse its length and the CRC-32C of its
// bytes (4 bytes each, little-endian) and its bytes.
#ifndef TREATYWIRE_QUERY_SERVICE_BACKUP_BACKUP_FILE_H_
#define TREATYWIRE_QUERY_SERVICE_BACKUP_BACKUP_FILE_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "query_service/backup/backup_check.h"
#include "treatywire/v1/backup_service.pb.h"

namespace treatywire::query {

// A longer part is no backup's: a record, and so a part, has less than 5 MiB.
inline constexpr size_t kMaxBackupPartBytes = 16 << 20;

// Writes under another name first: what has the file's name is whole. Not thread-safe.
class BackupFileWriter {
 public:
  // ALREADY_EXISTS where there is something at `path`; the error of the system where no file can be made
  // beside it.
  static absl::StatusOr<std::unique_ptr<BackupFileWriter>> Create(const std::string& path);
  // Removes what was not committed.
  ~BackupFileWriter();
  BackupFileWriter(const BackupFileWriter&) = delete;
  BackupFileWriter& operator=(const BackupFileWriter&) = delete;

  absl::Status Write(const treatywire::v1::BackupResponse& part);
  // Makes the file durable and gives it its name; to be called once, at the end. ALREADY_EXISTS as in Create.
  absl::Status Commit();

 private:
  BackupFileWriter(std::string path, std::string unfinished, int file)
      : path_(std::move(path)), unfinished_(std::move(unfinished)), file_(file) {}

  const std::string path_;
  const std::string unfinished_;  // the name until Commit
  const int file_;
};

// Reads the file, checks every part and passes it to `take`. DATA_LOSS, naming the file and the byte, where
// it is no whole backup: then `take` may have had some parts, which are not to be used. UNIMPLEMENTED where
// it is of another version, INVALID_ARGUMENT where it is no regular file; NOT_FOUND and so on where it cannot
// be read; the error of `take`.
absl::StatusOr<BackupSummary> ReadBackupFile(
    const std::string& path, const std::function<absl::Status(const treatywire::v1::BackupResponse&)>& take);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_BACKUP_BACKUP_FILE_H_
