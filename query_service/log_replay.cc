#include "query_service/log_replay.h"

#include <future>
#include <vector>

#include "common/status_macros.h"

namespace treatywire::query {

absl::Status ReplayLog(const EventLog& log,
                       const std::function<absl::Status(absl::Span<treatywire::v1::LogRecord>)>& apply,
                       const ReplayOptions& options) {
  using Batch = absl::StatusOr<std::vector<treatywire::v1::LogRecord>>;
  const auto read_from = [&](uint64_t revision) {
    return std::async(std::launch::async, [&log, revision, &options]() -> Batch {
      if (revision > options.up_to) return std::vector<treatywire::v1::LogRecord>();
      const uint64_t left = options.up_to - revision;
      return log.Read(revision, left < options.batch_records ? left + 1 : options.batch_records);
    });
  };
  uint64_t next = options.from;
  std::future<Batch> reading = read_from(next);
  while (true) {
    if (options.stop && options.stop()) return absl::CancelledError("the replay was stopped");
    TW_ASSIGN_OR_RETURN(std::vector<treatywire::v1::LogRecord> records, reading.get());
    if (records.empty()) return absl::OkStatus();
    next += records.size();
    // The next batch is read and parsed while this one is applied: each takes about half of the time.
    reading = read_from(next);
    TW_RETURN_IF_ERROR(apply(absl::MakeSpan(records)));
  }
}

}  // namespace treatywire::query
