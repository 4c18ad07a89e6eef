#include "query_service/watch/event_watches.h"

#include <cassert>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status.h"
#include "common/status_macros.h"
#include "query_service/event_log/log_id.h"

namespace treatywire::query {

using treatywire::v1::EventChange;
using treatywire::v1::WatchEventsRequest;
using treatywire::v1::WatchEventsResponse;

namespace {

absl::Status DrainingError() {
  return WithErrorInfo(absl::UnavailableError("the server is draining; resume from the last revision seen"),
                       treatywire::v1::ERROR_REASON_DRAINING);
}

}  // namespace

EventWatch::EventWatch(EventWatches* watches, treatywire::v1::EventFilter filter, uint64_t from,
                       std::function<void()> wake)
    : watches_(watches), filter_(std::move(filter)), wake_(std::move(wake)), next_(from) {}

EventWatch::~EventWatch() { watches_->Remove(this); }

absl::StatusOr<std::optional<WatchEventsResponse>> EventWatch::Next() {
  do {
    if (watches_->draining_) return DrainingError();
    const std::shared_ptr<const Snapshot> snapshot = watches_->newest_();
    for (size_t scanned = 1; next_ <= snapshot->revision(); ++scanned) {
      WatchEventsResponse response = TakeChanges(*snapshot);
      if (response.changes().empty() && scanned < watches_->options_.max_scanned_revisions) continue;
      sent_since_tick_ = true;
      checkpoint_due_ = false;
      return response;
    }
  } while (!Arm());
  if (watches_->draining_) return DrainingError();
  if (!checkpoint_due_.exchange(false)) return std::nullopt;
  WatchEventsResponse checkpoint;
  checkpoint.set_log_id(watches_->options_.log_id);
  checkpoint.set_revision(next_ - 1);
  return checkpoint;
}

// Snapshots are published before NotifyPublished looks at `armed_`, and `armed_` is set before the newest
// snapshot is looked at again: one of the two sides sees the other.
bool EventWatch::Arm() {
  armed_ = true;
  if (next_ > watches_->newest_()->revision()) return true;
  armed_ = false;
  return false;
}

WatchEventsResponse EventWatch::TakeChanges(const Snapshot& snapshot) {
  WatchEventsResponse response;
  response.set_log_id(watches_->options_.log_id);
  std::vector<EventChange> changes = snapshot.ChangesAt(next_);
  size_t bytes = 0;
  for (; sent_of_next_ < changes.size(); ++sent_of_next_) {
    EventChange& change = changes[sent_of_next_];
    if (!snapshot.Selects(filter_, change.event())) continue;
    bytes += change.ByteSizeLong();
    if (bytes > watches_->options_.max_response_bytes && !response.changes().empty()) {
      response.set_revision(next_ - 1);
      return response;
    }
    *response.add_changes() = std::move(change);
  }
  response.set_revision(next_);
  ++next_;
  sent_of_next_ = 0;
  return response;
}

void EventWatch::Wake() {
  if (armed_.exchange(false)) wake_();
}

EventWatches::EventWatches(std::function<std::shared_ptr<const Snapshot>()> newest, const Options& options)
    : newest_(std::move(newest)), options_(options) {}

EventWatches::~EventWatches() { assert(size() == 0); }

absl::StatusOr<std::shared_ptr<EventWatch>> EventWatches::Open(const WatchEventsRequest& request,
                                                               std::function<void()> wake) {
  if (draining_) return DrainingError();
  TW_RETURN_IF_ERROR(CheckLogId(request.log_id(), options_.log_id));
  const uint64_t end = newest_()->revision() + 1;
  const uint64_t from = request.from_revision() == 0 ? end : request.from_revision();
  if (from > end) {
    return WithErrorInfo(
        absl::OutOfRangeError(absl::StrCat("from_revision ", from, " lies beyond the log's end, revision ",
                                           end - 1, "; the log may have been restored from a backup")),
        treatywire::v1::ERROR_REASON_BEYOND_LOG_END);
  }
  auto watch = std::shared_ptr<EventWatch>(new EventWatch(this, request.filter(), from, std::move(wake)));
  absl::MutexLock lock(&mutex_);
  if (watches_.size() >= options_.max_watches) {
    // The refused watch is destroyed after the lock is released; it was never entered.
    return WithRetryDelay(WithErrorInfo(absl::ResourceExhaustedError(absl::StrCat(
                                            "all ", options_.max_watches, " watches are in use")),
                                        treatywire::v1::ERROR_REASON_TOO_MANY_WATCHES),
                          absl::Seconds(1));
  }
  watches_.emplace(watch.get(), watch);
  return watch;
}

void EventWatches::NotifyPublished() {
  for (const auto& watch : all()) watch->Wake();
}

void EventWatches::Tick() {
  for (const auto& watch : all()) {
    if (watch->sent_since_tick_.exchange(false)) continue;
    watch->checkpoint_due_ = true;
    watch->Wake();
  }
}

void EventWatches::Drain() {
  draining_ = true;
  NotifyPublished();
}

size_t EventWatches::size() const {
  absl::MutexLock lock(&mutex_);
  return watches_.size();
}

void EventWatches::Remove(EventWatch* watch) {
  absl::MutexLock lock(&mutex_);
  watches_.erase(watch);
}

// Owners, so that a watch which is let go meanwhile is destroyed by the caller, without the lock.
std::vector<std::shared_ptr<EventWatch>> EventWatches::all() const {
  std::vector<std::shared_ptr<EventWatch>> watches;
  absl::MutexLock lock(&mutex_);
  watches.reserve(watches_.size());
  for (const auto& [unused, weak] : watches_) {
    if (auto watch = weak.lock()) watches.push_back(std::move(watch));
  }
  return watches;
}

}  // namespace treatywire::query
