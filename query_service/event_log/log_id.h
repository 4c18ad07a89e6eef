// What tells one event log from another (EventLog::log_id).
#ifndef TREATYWIRE_QUERY_SERVICE_EVENT_LOG_LOG_ID_H_
#define TREATYWIRE_QUERY_SERVICE_EVENT_LOG_LOG_ID_H_

#include <cstdint>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"

namespace treatywire::query {

// For a new log: 63 bits by chance, of the system's entropy and never 0. Two logs have the same with a chance
// that does not matter.
inline uint64_t NewLogId() {
  std::random_device entropy;
  const uint64_t bits = static_cast<uint64_t>(entropy()) << 32 | entropy();
  return (bits >> 1) | 1;
}

// As it is shown and sent: 16 hexadecimal digits.
inline std::string LogIdText(uint64_t log_id) { return absl::StrCat(absl::Hex(log_id, absl::kZeroPad16)); }

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_EVENT_LOG_LOG_ID_H_
