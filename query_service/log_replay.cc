#include "query_service/log_replay.h"

#include <vector>

#include "common/status_macros.h"

namespace treatywire::query {

absl::Status ReplayLog(const EventLog& log,
                       const std::function<absl::Status(absl::Span<const treatywire::v1::LogRecord>)>& apply,
                       const ReplayOptions& options) {
  uint64_t next = 1;
  while (true) {
    if (options.stop && options.stop()) return absl::CancelledError("the replay was stopped");
    TW_ASSIGN_OR_RETURN(const std::vector<treatywire::v1::LogRecord> records,
                        log.Read(next, options.batch_records));
    if (records.empty()) return absl::OkStatus();
    TW_RETURN_IF_ERROR(apply(records));
    next += records.size();
  }
}

}  // namespace treatywire::query
