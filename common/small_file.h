// Files of settings and secrets: what a flag names and a person wrote.
#ifndef TREATYWIRE_COMMON_SMALL_FILE_H_
#define TREATYWIRE_COMMON_SMALL_FILE_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"

namespace treatywire {

// More than any of them needs.
inline constexpr size_t kMaxSmallFileBytes = 1 << 20;

// The whole of a file. Never waits: a pipe or a device is no such file. Follows symbolic links. The code of
// errno (NOT_FOUND, PERMISSION_DENIED, …) with "cannot read PATH: reason" where it cannot be read,
// INVALID_ARGUMENT "PATH is no regular file" or "PATH has more than N bytes".
absl::StatusOr<std::string> ReadSmallFile(const std::string& path, size_t max_bytes = kMaxSmallFileBytes);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_SMALL_FILE_H_
