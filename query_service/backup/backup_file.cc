#include "query_service/backup/backup_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/status_macros.h"
#include "query_service/event_log/crc32c.h"
#include "query_service/event_log/directory_lock.h"
#include "query_service/event_log/file_bytes.h"

namespace treatywire::query {

using treatywire::v1::BackupResponse;

namespace {

constexpr absl::string_view kFirstLine = "treatywire backup 1\n";  // with the version of what follows
constexpr absl::string_view kAnyVersion = "treatywire backup ";
constexpr size_t kFrameBytes = 8;

absl::Status ExistsError(const std::string& path) {
  return absl::AlreadyExistsError(absl::StrCat(path, " is there already; a backup overwrites nothing"));
}

std::string DirectoryOf(const std::string& path) {
  return std::filesystem::absolute(path).lexically_normal().parent_path().string();
}

// A file being read, part by part.
class PartReader {
 public:
  explicit PartReader(const std::string& path) : path_(path) {}

  absl::Status Open() {
    std::error_code error;
    // A pipe would be waited for; and what is restored is read more than once.
    if (const auto type = std::filesystem::status(path_, error).type();
        type != std::filesystem::file_type::not_found && type != std::filesystem::file_type::regular) {
      return absl::InvalidArgumentError(absl::StrCat(path_, " is no regular file"));
    }
    stream_.open(path_, std::ios::binary);
    if (!stream_.is_open()) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path_));
    return ReadFirstLine();
  }

  // False at the end of the file.
  absl::StatusOr<bool> ReadPart(BackupResponse* part) {
    if (stream_.peek() == std::ifstream::traits_type::eof()) {
      return stream_.bad() ? Damaged("cannot be read") : absl::StatusOr<bool>(false);
    }
    std::string frame(kFrameBytes, '\0');
    if (!Fill(&frame)) return Damaged("is cut off");
    const uint32_t size = Fixed32At(frame, 0);
    if (size > kMaxBackupPartBytes) return Damaged("has an impossible length");
    std::string bytes(size, '\0');
    if (!Fill(&bytes)) return Damaged("is cut off");
    if (Crc32c(bytes) != Fixed32At(frame, 4)) return Damaged("has another checksum");
    if (!part->ParseFromString(bytes)) return Damaged("does not parse");
    at_ += kFrameBytes + size;
    return true;
  }

  absl::Status Damaged(absl::string_view what) const {
    return absl::DataLossError(absl::StrCat(path_, " is damaged: the part at byte ", at_, " ", what));
  }

 private:
  absl::Status ReadFirstLine() {
    std::string line(kFirstLine.size(), '\0');
    const bool filled = Fill(&line);
    if (filled && line == kFirstLine) return absl::OkStatus();
    absl::string_view version = line;
    if (filled && absl::ConsumePrefix(&version, kAnyVersion) &&
        absl::c_all_of(absl::StripSuffix(version, "\n"), absl::ascii_isdigit)) {
      return absl::UnimplementedError(absl::StrCat(path_, " is a backup of another version; this reads \"",
                                                   absl::StripSuffix(kFirstLine, "\n"), "\""));
    }
    return absl::DataLossError(absl::StrCat(path_, " is no backup: it does not begin with \"",
                                            absl::StripSuffix(kFirstLine, "\n"), "\""));
  }

  bool Fill(std::string* bytes) {
    stream_.read(bytes->data(), static_cast<std::streamsize>(bytes->size()));
    return static_cast<size_t>(stream_.gcount()) == bytes->size();
  }

  const std::string path_;
  std::ifstream stream_;
  uint64_t at_ = kFirstLine.size();  // of the part read next
};

}  // namespace

absl::StatusOr<std::unique_ptr<BackupFileWriter>> BackupFileWriter::Create(const std::string& path) {
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, error))) return ExistsError(path);
  std::string unfinished = path + ".part-XXXXXX";
  // Readable by its owner alone: it holds what the articles say.
  const int file = mkostemp(unfinished.data(), O_CLOEXEC);
  if (file < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot make a file for ", path));
  auto writer = std::unique_ptr<BackupFileWriter>(new BackupFileWriter(path, std::move(unfinished), file));
  TW_RETURN_IF_ERROR(WriteAll(file, kFirstLine, writer->unfinished_));
  return writer;
}

BackupFileWriter::~BackupFileWriter() {
  close(file_);
  unlink(unfinished_.c_str());
}

absl::Status BackupFileWriter::Write(const BackupResponse& part) {
  const std::string bytes = part.SerializeAsString();
  if (bytes.size() > kMaxBackupPartBytes) {
    return absl::InvalidArgumentError(absl::StrCat("a part of ", bytes.size(), " bytes is no backup's"));
  }
  std::string frame;
  AppendFixed32(static_cast<uint32_t>(bytes.size()), &frame);
  AppendFixed32(Crc32c(bytes), &frame);
  TW_RETURN_IF_ERROR(WriteAll(file_, frame, unfinished_));
  return WriteAll(file_, bytes, unfinished_);
}

// A link, not a rename: that would replace what came to have the name meanwhile.
absl::Status BackupFileWriter::Commit() {
  if (fsync(file_) != 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot sync ", unfinished_));
  if (link(unfinished_.c_str(), path_.c_str()) != 0) {
    if (errno == EEXIST) return ExistsError(path_);
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot name ", path_));
  }
  return SyncDirectory(DirectoryOf(path_));
}

absl::StatusOr<BackupSummary> ReadBackupFile(const std::string& path,
                                             const std::function<absl::Status(const BackupResponse&)>& take) {
  PartReader reader(path);
  TW_RETURN_IF_ERROR(reader.Open());
  BackupCheck check;
  while (true) {
    BackupResponse part;
    TW_ASSIGN_OR_RETURN(const bool read, reader.ReadPart(&part));
    if (!read) break;
    if (const absl::Status fault = check.Take(part); !fault.ok()) {
      return absl::DataLossError(absl::StrCat(path, ": ", fault.message()));
    }
    TW_RETURN_IF_ERROR(take(part));
  }
  if (const absl::Status fault = check.Finish(); !fault.ok()) {
    return absl::DataLossError(absl::StrCat(path, ": ", fault.message()));
  }
  return check.summary();
}

}  // namespace treatywire::query
