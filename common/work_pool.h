// A few threads that run tasks off gRPC's own, which must never be kept waiting.
#ifndef TREATYWIRE_COMMON_WORK_POOL_H_
#define TREATYWIRE_COMMON_WORK_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "common/monotonic_clock.h"

namespace treatywire {

// Submit may be called from any thread, tasks included.
class WorkPool {
 public:
  // `threads` at least 1; at most `max_queued` tasks wait for one, and no more are taken while the first of
  // them has waited for longer than `max_wait`: what comes then would wait in vain.
  WorkPool(size_t threads, size_t max_queued, absl::Duration max_wait = absl::InfiniteDuration(),
           std::function<absl::Time()> now = &MonotonicNow);
  // Runs what is queued, then ends the threads.
  ~WorkPool();
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  // Runs `task` on one of the threads, in the order of submission. False, with the task not run, where too
  // many wait or the first has waited for too long.
  bool Submit(std::function<void()> task) { return Submit(std::move(task), max_wait_); }
  // The same with another `max_wait` for this task.
  bool Submit(std::function<void()> task, absl::Duration max_wait);

  // How many tasks wait for a thread.
  size_t queued() const;

 private:
  struct Task {
    std::function<void()> run;
    absl::Time since;
  };

  void Run();

  const size_t max_queued_;
  const absl::Duration max_wait_;
  const std::function<absl::Time()> now_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  std::deque<Task> tasks_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;  // last: they use the members above
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_WORK_POOL_H_
