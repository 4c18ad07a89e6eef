// What tells one event log from another (EventLog::log_id).
#ifndef TREATYWIRE_QUERY_SERVICE_EVENT_LOG_LOG_ID_H_
#define TREATYWIRE_QUERY_SERVICE_EVENT_LOG_LOG_ID_H_

#include <cstdint>
#include <random>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/status.h"

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

// Whether revisions of the log `given`, as a client has it (empty: it does not say), are those of `own`:
// FAILED_PRECONDITION, reason LOG_REPLACED, where they are not.
inline absl::Status CheckLogId(absl::string_view given, absl::string_view own) {
  if (given.empty() || given == own) return absl::OkStatus();
  return WithErrorInfo(
      absl::FailedPreconditionError(absl::StrCat("log_id: this event log is ", own,
                                                 ", which has replaced the other, as by a restore from a "
                                                 "backup; read the record anew")),
      treatywire::v1::ERROR_REASON_LOG_REPLACED);
}

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_EVENT_LOG_LOG_ID_H_
