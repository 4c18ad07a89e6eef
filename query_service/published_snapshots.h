// The snapshots that reads are answered from: the newest, and some before it for lists that are being paged.
#ifndef TREATYWIRE_QUERY_SERVICE_PUBLISHED_SNAPSHOTS_H_
#define TREATYWIRE_QUERY_SERVICE_PUBLISHED_SNAPSHOTS_H_

#include <cstdint>
#include <functional>
#include <list>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/monotonic_clock.h"
#include "query_service/index/snapshot.h"

namespace treatywire::query {

// Every method may be called from any thread; none waits for more than another method's few instructions.
class PublishedSnapshots {
 public:
  struct Options {
    size_t max_kept = 64;                        // snapshots kept for paging; the least recently used goes
    absl::Duration keep_for = absl::Minutes(5);  // since its last use
    uint64_t log_id = 0;                         // EventLog::log_id of what the snapshots are made of
    std::function<absl::Time()> now = &MonotonicNow;
  };

  // `first` is the newest snapshot until another is published; not nullptr.
  PublishedSnapshots(std::shared_ptr<const Snapshot> first, Options options);

  void Publish(std::shared_ptr<const Snapshot> snapshot);
  std::shared_ptr<const Snapshot> newest() const;
  uint64_t log_id() const { return options_.log_id; }

  // Keeps `snapshot` for the next pages of a list that it answered the first page of.
  void Keep(std::shared_ptr<const Snapshot> snapshot);
  // The snapshot of that revision, newest or kept; nullptr where it is neither any more.
  std::shared_ptr<const Snapshot> AtRevision(uint64_t revision);
  // Lets go what nobody used for Options::keep_for. Called regularly, so that an idle service frees them too.
  void DropExpired();

 private:
  struct Kept {
    std::shared_ptr<const Snapshot> snapshot;
    absl::Time used;
  };

  const Options options_;
  mutable absl::Mutex mutex_;
  std::shared_ptr<const Snapshot> newest_ ABSL_GUARDED_BY(mutex_);
  std::list<Kept> kept_ ABSL_GUARDED_BY(mutex_);  // last used first; each revision once
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_PUBLISHED_SNAPSHOTS_H_
