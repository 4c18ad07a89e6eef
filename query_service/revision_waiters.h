// Callbacks that wait for the index to reach a revision: what `min_revision` needs, without a blocked thread.
#ifndef TREATYWIRE_QUERY_SERVICE_REVISION_WAITERS_H_
#define TREATYWIRE_QUERY_SERVICE_REVISION_WAITERS_H_

#include <cstdint>
#include <functional>
#include <map>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace treatywire::query {

// Every method may be called from any thread. A callback is called just once, by whichever method settles it
// and without a lock held; it must be quick.
class RevisionWaiters {
 public:
  using Callback = std::function<void(absl::Status)>;

  explicit RevisionWaiters(size_t max_waiters = 4096) : max_waiters_(max_waiters) {}

  // Calls `callback` with OK when `revision` is reached (before returning, where it is already),
  // DEADLINE_EXCEEDED when ExpireBefore passes `deadline`, CANCELLED by Cancel, UNAVAILABLE by Close, and
  // RESOURCE_EXHAUSTED at once where too many wait. Returns a number for Cancel.
  uint64_t Wait(uint64_t revision, absl::Time deadline, Callback callback);
  void Cancel(uint64_t waiter);

  // The index has published `revision`.
  void Reached(uint64_t revision);
  // Settles those whose deadline is not after `now`. Called regularly.
  void ExpireBefore(absl::Time now);
  // Settles all, and those who come later.
  void Close();

  size_t size() const;

 private:
  struct Waiter {
    uint64_t revision;
    absl::Time deadline;
    Callback callback;
  };

  // Takes out those that `chosen` selects and calls them with `status` of each.
  template <typename Chosen, typename StatusOfWaiter>
  void Settle(Chosen chosen, StatusOfWaiter status);

  const size_t max_waiters_;
  mutable absl::Mutex mutex_;
  std::map<uint64_t, Waiter> waiters_ ABSL_GUARDED_BY(mutex_);
  uint64_t last_number_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t reached_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_REVISION_WAITERS_H_
