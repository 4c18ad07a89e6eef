// An event log on a simulated disk: what is on the disk outlives the process, whose log may stop before.
#ifndef TREATYWIRE_TESTS_SIMULATION_SIMULATED_LOG_H_
#define TREATYWIRE_TESTS_SIMULATION_SIMULATED_LOG_H_

#include <functional>
#include <utility>
#include <vector>

#include "query_service/event_log/memory_event_log.h"
#include "tests/simulation/faults.h"
#include "tests/simulation/simulated_time.h"

namespace treatywire {

// As one process has it. Fails as SqliteEventLog does: for good after a failed write or sync, for now where
// the disk is full.
class SimulatedLog final : public query::EventLog {
 public:
  // `crash`: ends the process at once, with nothing of what it then does being heard. All outlive the log.
  SimulatedLog(query::MemoryEventLog* disk, SimulatedTime* time, const Faults* faults,
               std::function<void()> crash)
      : disk_(disk), time_(time), faults_(faults), crash_(std::move(crash)) {}

  // As of now the process is gone: nothing is written any more.
  void Stop() { failure_ = absl::DataLossError("the process has ended"); }

  absl::StatusOr<std::vector<query::AppendResult>> Append(
      absl::Span<const treatywire::v1::LogRecord> records) override {
    if (!failure_.ok()) return failure_;
    if (time_->Chance(faults_->disk_full)) return absl::ResourceExhaustedError("the disk is full");
    if (time_->Chance(faults_->fail_write)) return Fail("a write failed");
    if (time_->Chance(faults_->fail_sync)) {
      if (time_->Chance(0.5)) disk_->Append(records).status().IgnoreError();
      return Fail("a sync failed");
    }
    auto results = disk_->Append(records);
    if (!time_->Chance(faults_->crash_after_append)) return results;
    Stop();
    crash_();
    return failure_;
  }
  absl::StatusOr<std::vector<treatywire::v1::LogRecord>> Read(uint64_t from, size_t limit) const override {
    if (!failure_.ok()) return failure_;
    return disk_->Read(from, limit);
  }
  uint64_t head() const override { return disk_->head(); }
  uint64_t log_id() const override { return disk_->log_id(); }

 private:
  absl::Status Fail(const char* what) { return failure_ = absl::DataLossError(what); }

  query::MemoryEventLog* const disk_;
  SimulatedTime* const time_;
  const Faults* const faults_;
  const std::function<void()> crash_;
  absl::Status failure_;
};

}  // namespace treatywire

#endif  // TREATYWIRE_TESTS_SIMULATION_SIMULATED_LOG_H_
