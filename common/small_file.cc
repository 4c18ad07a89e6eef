#include "common/small_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"

namespace treatywire {
namespace {

absl::Status CannotRead(const std::string& path) {
  return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path));
}

absl::StatusOr<std::string> ReadAll(int file, const std::string& path, size_t max_bytes) {
  struct stat about = {};
  if (fstat(file, &about) != 0) return CannotRead(path);
  if (!S_ISREG(about.st_mode)) return absl::InvalidArgumentError(absl::StrCat(path, " is no regular file"));
  std::string text(max_bytes + 1, '\0');
  size_t size = 0;
  while (size < text.size()) {
    const ssize_t now = read(file, text.data() + size, text.size() - size);
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) return CannotRead(path);
    if (now == 0) break;
    size += static_cast<size_t>(now);
  }
  if (size > max_bytes) {
    return absl::InvalidArgumentError(absl::StrCat(path, " has more than ", max_bytes, " bytes"));
  }
  text.resize(size);
  return text;
}

}  // namespace

absl::StatusOr<std::string> ReadSmallFile(const std::string& path, size_t max_bytes) {
  // Without O_NONBLOCK a pipe that nobody writes to would hold us up before we know that it is one.
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return CannotRead(path);
  absl::StatusOr<std::string> text = ReadAll(file, path, max_bytes);
  close(file);
  return text;
}

}  // namespace treatywire
