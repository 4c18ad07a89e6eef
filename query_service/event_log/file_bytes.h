// What files of blocks are written with: numbers of fixed size, and bytes that are all written or not.
#ifndef TREATYWIRE_QUERY_SERVICE_EVENT_LOG_FILE_BYTES_H_
#define TREATYWIRE_QUERY_SERVICE_EVENT_LOG_FILE_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace treatywire::query {

// Four bytes, the lowest first.
void AppendFixed32(uint32_t value, std::string* out);
// Of the four bytes from `at` on, which must be there.
uint32_t Fixed32At(absl::string_view bytes, size_t at);

// Writes all of `bytes` to the descriptor `file`, however often that is interrupted. "cannot write PATH:
// reason" with the code of errno; some may be written then.
absl::Status WriteAll(int file, absl::string_view bytes, absl::string_view path);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_EVENT_LOG_FILE_BYTES_H_
