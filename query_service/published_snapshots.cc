#include "query_service/published_snapshots.h"

#include <algorithm>
#include <utility>

namespace treatywire::query {

PublishedSnapshots::PublishedSnapshots(std::shared_ptr<const Snapshot> first, Options options)
    : options_(std::move(options)), newest_(std::move(first)) {}

void PublishedSnapshots::Publish(std::shared_ptr<const Snapshot> snapshot) {
  absl::MutexLock lock(&mutex_);
  // The one before goes out of scope with the argument, after the lock: freeing it may take long.
  newest_.swap(snapshot);
}

std::shared_ptr<const Snapshot> PublishedSnapshots::newest() const {
  absl::MutexLock lock(&mutex_);
  return newest_;
}

void PublishedSnapshots::Keep(std::shared_ptr<const Snapshot> snapshot) {
  const absl::Time now = options_.now();
  std::list<Kept> dropped;  // destroyed after the lock
  absl::MutexLock lock(&mutex_);
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) {
    return kept.snapshot->revision() == snapshot->revision();
  });
  if (found != kept_.end()) dropped.splice(dropped.end(), kept_, found);
  kept_.push_front({std::move(snapshot), now});
  if (kept_.size() > options_.max_kept) dropped.splice(dropped.end(), kept_, std::prev(kept_.end()));
}

std::shared_ptr<const Snapshot> PublishedSnapshots::AtRevision(uint64_t revision) {
  const absl::Time now = options_.now();
  absl::MutexLock lock(&mutex_);
  if (newest_->revision() == revision) return newest_;
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) {
    return kept.snapshot->revision() == revision && now - kept.used <= options_.keep_for;
  });
  if (found == kept_.end()) return nullptr;
  found->used = now;
  kept_.splice(kept_.begin(), kept_, found);
  return kept_.front().snapshot;
}

void PublishedSnapshots::DropExpired() {
  const absl::Time now = options_.now();
  std::list<Kept> dropped;  // destroyed after the lock
  absl::MutexLock lock(&mutex_);
  while (!kept_.empty() && now - kept_.back().used > options_.keep_for) {
    dropped.splice(dropped.end(), kept_, std::prev(kept_.end()));
  }
}

}  // namespace treatywire::query
