// A few threads that run tasks off gRPC's own, which must never be kept waiting.
#ifndef TREATYWIRE_QUERY_SERVICE_WORK_POOL_H_
#define TREATYWIRE_QUERY_SERVICE_WORK_POOL_H_

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace treatywire::query {

// Submit may be called from any thread, tasks included.
class WorkPool {
 public:
  // `threads` at least 1; at most `max_queued` tasks wait for one.
  WorkPool(size_t threads, size_t max_queued);
  // Runs what is queued, then ends the threads.
  ~WorkPool();
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  // Runs `task` on one of the threads, in the order of submission. False, with the task not run, where
  // `max_queued` are waiting.
  bool Submit(std::function<void()> task);

 private:
  void Run();
  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return stopping_ || !tasks_.empty(); }

  const size_t max_queued_;
  absl::Mutex mutex_;
  std::deque<std::function<void()>> tasks_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;  // last: they use the members above
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_WORK_POOL_H_
