#include "query_service/image/image_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status_macros.h"
#include "query_service/event_log/crc32c.h"
#include "query_service/event_log/directory_lock.h"
#include "query_service/event_log/file_bytes.h"

namespace treatywire::query {
namespace {

constexpr absl::string_view kMagic = "TWimage\x01";
constexpr size_t kHeadBytes = 8;  // of a block: length and checksum
// A disk writes it in some hundredths of a second.
constexpr uint64_t kSyncBytes = 8 << 20;

uint32_t ChecksumOf(uint64_t number, absl::string_view block) {
  return Crc32c(block, Crc32c(absl::StrCat(number, ":", block.size(), ":")));
}

absl::Status ErrnoStatus(absl::string_view what, absl::string_view path) {
  return absl::ErrnoToStatus(errno, absl::StrCat("cannot ", what, " ", path));
}

}  // namespace

absl::StatusOr<std::unique_ptr<ImageFileWriter>> ImageFileWriter::Create(const std::string& path) {
  const std::string unfinished = path + ".new";
  const int file = open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (file < 0) return ErrnoStatus("make", unfinished);
  auto writer = std::unique_ptr<ImageFileWriter>(new ImageFileWriter(path, file));
  TW_RETURN_IF_ERROR(writer->Append(kMagic));
  return writer;
}

ImageFileWriter::~ImageFileWriter() {
  if (file_ >= 0) close(file_);
  if (!is_committed_) std::remove(unfinished().c_str());
}

absl::Status ImageFileWriter::Append(absl::string_view bytes) {
  bytes_ += bytes.size();
  unsynced_bytes_ += bytes.size();
  return WriteAll(file_, bytes, unfinished());
}

absl::Status ImageFileWriter::WriteBlock(absl::string_view block) {
  std::string head;
  AppendFixed32(static_cast<uint32_t>(block.size()), &head);
  AppendFixed32(ChecksumOf(number_++, block), &head);
  TW_RETURN_IF_ERROR(Append(head));
  TW_RETURN_IF_ERROR(Append(block));
  if (unsynced_bytes_ < kSyncBytes) return absl::OkStatus();
  unsynced_bytes_ = 0;
  return fdatasync(file_) == 0 ? absl::OkStatus() : ErrnoStatus("sync", unfinished());
}

absl::Status ImageFileWriter::Write(absl::string_view block) {
  if (block.empty() || block.size() > kMaxImageBlockBytes) {
    return absl::InvalidArgumentError(absl::StrCat("a block of ", block.size(), " bytes"));
  }
  return WriteBlock(block);
}

absl::Status ImageFileWriter::Commit() {
  TW_RETURN_IF_ERROR(WriteBlock(""));
  if (fsync(file_) != 0) return ErrnoStatus("sync", unfinished());
  if (close(std::exchange(file_, -1)) != 0) return ErrnoStatus("close", unfinished());
  if (std::rename(unfinished().c_str(), path_.c_str()) != 0) return ErrnoStatus("rename", unfinished());
  is_committed_ = true;
  const std::string folder = std::filesystem::path(path_).parent_path().string();
  return SyncDirectory(folder.empty() ? "." : folder);
}

absl::StatusOr<std::unique_ptr<ImageFileReader>> ImageFileReader::Open(const std::string& path) {
  // Without waiting: a pipe in its place must not hold up a start.
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0) return ErrnoStatus("open", path);
  auto reader = std::unique_ptr<ImageFileReader>(new ImageFileReader(path, file, 0));
  struct stat status = {};
  if (fstat(file, &status) != 0) return ErrnoStatus("look at", path);
  if (!S_ISREG(status.st_mode)) return absl::FailedPreconditionError(path + " is no regular file");
  reader->rest_ = static_cast<uint64_t>(status.st_size);
  const absl::StatusOr<std::string> magic = reader->Read(kMagic.size());
  if (!magic.ok() || *magic != kMagic) {
    return absl::FailedPreconditionError(path + " is no image, or one of another version");
  }
  return reader;
}

ImageFileReader::~ImageFileReader() { close(file_); }

absl::StatusOr<std::string> ImageFileReader::Read(size_t bytes) {
  if (bytes > rest_) return absl::DataLossError("it is cut off");
  rest_ -= bytes;
  std::string read_bytes(bytes, '\0');
  for (size_t done = 0; done < bytes;) {
    const ssize_t got = read(file_, &read_bytes[done], bytes - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return ErrnoStatus("read", path_);
    if (got == 0) return absl::DataLossError("it is cut off");
    done += static_cast<size_t>(got);
  }
  return read_bytes;
}

absl::StatusOr<std::optional<std::string>> ImageFileReader::Next() {
  const auto damaged = [&](absl::string_view what) {
    return absl::DataLossError(absl::StrCat(path_, ": block ", number_, " is damaged: ", what));
  };
  const absl::StatusOr<std::string> head = Read(kHeadBytes);
  if (!head.ok()) return damaged(head.status().message());
  const uint32_t size = Fixed32At(*head, 0);
  if (size > kMaxImageBlockBytes) return damaged("its length cannot be");
  absl::StatusOr<std::string> block = Read(size);
  if (!block.ok()) return damaged(block.status().message());
  if (Fixed32At(*head, 4) != ChecksumOf(number_, *block)) return damaged("its checksum differs");
  ++number_;
  if (size > 0) return std::optional<std::string>(*std::move(block));
  if (rest_ > 0) return damaged("more follows the end");
  return std::nullopt;
}

}  // namespace treatywire::query
