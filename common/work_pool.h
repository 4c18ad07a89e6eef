// A few threads that run tasks off gRPC's own, which must never be kept waiting.
#ifndef TREATYWIRE_COMMON_WORK_POOL_H_
#define TREATYWIRE_COMMON_WORK_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace treatywire {

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

  // How many tasks wait for a thread.
  size_t queued() const;

 private:
  void Run();

  const size_t max_queued_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  std::deque<std::function<void()>> tasks_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;  // last: they use the members above
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_WORK_POOL_H_
