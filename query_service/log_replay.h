// Rebuilds the index from the event log, at start.
#ifndef TREATYWIRE_QUERY_SERVICE_LOG_REPLAY_H_
#define TREATYWIRE_QUERY_SERVICE_LOG_REPLAY_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "query_service/event_log/event_log.h"
#include "treatywire/v1/event_log_service.pb.h"

namespace treatywire::query {

struct ReplayOptions {
  // The first and the last revision that are asked for.
  uint64_t from = 1;
  uint64_t up_to = std::numeric_limits<uint64_t>::max();
  // Records read and applied at a time.
  size_t batch_records = 8192;
  // Asked before each batch; true ends the replay with CANCELLED. May be empty.
  std::function<bool()> stop = {};
};

// Reads `log` to its head, or what is asked for of it, and passes the records to `apply`, which may change
// them, in order.
// Returns the first error of either: DATA_LOSS for a damaged record.
absl::Status ReplayLog(const EventLog& log,
                       const std::function<absl::Status(absl::Span<treatywire::v1::LogRecord>)>& apply,
                       const ReplayOptions& options = {});

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_LOG_REPLAY_H_
