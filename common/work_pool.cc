#include "common/work_pool.h"

#include <algorithm>
#include <utility>

namespace treatywire {

WorkPool::WorkPool(size_t threads, size_t max_queued, absl::Duration max_wait,
                   std::function<absl::Time()> now)
    : max_queued_(max_queued), max_wait_(max_wait), now_(std::move(now)) {
  threads = std::max<size_t>(threads, 1);
  threads_.reserve(threads);
  for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { Run(); });
}

WorkPool::~WorkPool() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool WorkPool::Submit(std::function<void()> task, absl::Duration max_wait) {
  {
    const std::lock_guard lock(mutex_);
    const absl::Time now = now_();
    if (tasks_.size() >= max_queued_) return false;
    if (!tasks_.empty() && now - tasks_.front().since > max_wait) return false;
    tasks_.push_back({std::move(task), now});
  }
  changed_.notify_one();
  return true;
}

size_t WorkPool::queued() const {
  const std::lock_guard lock(mutex_);
  return tasks_.size();
}

void WorkPool::Run() {
  while (true) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      task = std::move(tasks_.front().run);
      tasks_.pop_front();
    }
    task();
  }
}

}  // namespace treatywire
