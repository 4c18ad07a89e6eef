#include "query_service/event_log/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/status_macros.h"

namespace treatywire::query {
namespace {

std::string HolderOf(int file) {
  char text[32];
  const ssize_t size = pread(file, text, sizeof(text), 0);
  if (size <= 0) return "unknown";
  return std::string(absl::StripAsciiWhitespace(absl::string_view(text, size)));
}

absl::Status CreateDirectory(const std::string& directory) {
  std::error_code error;
  const bool created = std::filesystem::create_directories(directory, error);
  if (error) {
    return absl::ErrnoToStatus(error.value(), absl::StrCat("cannot make the data directory ", directory));
  }
  if (!created) return absl::OkStatus();
  const std::string parent = std::filesystem::absolute(directory).lexically_normal().parent_path().string();
  return SyncDirectory(parent);
}

}  // namespace

absl::Status SyncDirectory(const std::string& directory) {
  const int file = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open the directory ", directory));
  const int result = fsync(file);
  const int error = errno;
  close(file);
  if (result != 0)
    return absl::DataLossError(absl::StrCat("cannot sync the directory ", directory, ": errno ", error));
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<DirectoryLock>> DirectoryLock::Acquire(const std::string& directory) {
  TW_RETURN_IF_ERROR(CreateDirectory(directory));
  const std::string path = directory + "/LOCK";
  // Not through a link: what it points to would be overwritten.
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (file < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", path));
  auto lock = std::unique_ptr<DirectoryLock>(new DirectoryLock(file));
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return absl::ErrnoToStatus(errno, absl::StrCat("cannot lock ", path));
    return absl::FailedPreconditionError(absl::StrCat("the data directory ", directory,
                                                      " is in use by process ", HolderOf(file),
                                                      "; two cannot write one event log"));
  }
  // The id serves people alone; without it the lock holds all the same.
  const std::string holder = absl::StrCat(getpid(), "\n");
  if (ftruncate(file, 0) != 0 || pwrite(file, holder.data(), holder.size(), 0) < 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot write ", path));
  }
  return lock;
}

DirectoryLock::~DirectoryLock() { close(file_); }

}  // namespace treatywire::query
