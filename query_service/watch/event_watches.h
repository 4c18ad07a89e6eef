// Watches: readers of the changes that revisions bring, each at its own pace.
//
// A watch is a cursor, not a queue: it keeps the next revision to send and reads what that changed from the
// newest snapshot when its reader is ready for more. So a slow reader costs no memory and never slows the
// writer, and history is read the same way as news.
//
//   EventWatches watches([&] { return snapshots.newest(); }, {});
//   TW_ASSIGN_OR_RETURN(auto watch, watches.Open(request, /*wake=*/[stream] { stream->Wake(); }));
//   TW_ASSIGN_OR_RETURN(auto response, watch->Next());   // nothing due: nullopt, and wake is called later
//   ...
//   watches.NotifyPublished();  // by the writer, after each publication
//   watches.Tick();             // by a timer: idle watches get a checkpoint
//   watches.Drain();            // at shutdown: all watches end
#ifndef TREATYWIRE_QUERY_SERVICE_WATCH_EVENT_WATCHES_H_
#define TREATYWIRE_QUERY_SERVICE_WATCH_EVENT_WATCHES_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "query_service/index/snapshot.h"
#include "treatywire/v1/timeline_service.pb.h"

namespace treatywire::query {

class EventWatches;

// One reader's place. Next is called by one thread at a time.
class EventWatch {
 public:
  ~EventWatch();
  EventWatch(const EventWatch&) = delete;
  EventWatch& operator=(const EventWatch&) = delete;

  // What to send next: the changes of the next revision that has some, or a checkpoint. A revision whose
  // changes exceed Options::max_response_bytes comes in several responses; all but its last carry the
  // revision before, so that a watch resumed in between gets all of it again. nullopt: nothing is due, and
  // `wake` will be called, from any thread, when there may be. UNAVAILABLE once the watches drain.
  absl::StatusOr<std::optional<treatywire::v1::WatchEventsResponse>> Next();

 private:
  friend class EventWatches;
  EventWatch(EventWatches* watches, treatywire::v1::EventFilter filter, uint64_t from,
             std::function<void()> wake);

  // The rest, or a part, of revision `next_`'s changes; advances. Empty: it has none that the filter selects.
  treatywire::v1::WatchEventsResponse TakeChanges(const Snapshot& snapshot);
  // Whether `next_` is still to come; if so, `wake` has been asked for.
  bool Arm();
  void Wake();

  EventWatches* const watches_;
  const treatywire::v1::EventFilter filter_;
  const std::function<void()> wake_;

  uint64_t next_;                            // first revision not sent in full
  size_t sent_of_next_ = 0;                  // how many of its changes, before the filter, are dealt with
  std::atomic<bool> armed_{false};           // Next found nothing; wake_ is to be called
  std::atomic<bool> sent_since_tick_{true};  // no checkpoint is needed yet
  std::atomic<bool> checkpoint_due_{false};
};

// All watches. Every method may be called from any thread. Outlives the watches that it opens.
class EventWatches {
 public:
  struct Options {
    size_t max_watches = 256;
    size_t max_response_bytes = 1 << 20;  // half a gRPC client's usual limit of 4 MiB is kept in hand
    size_t max_scanned_revisions = 1024;  // without a selected change, before a checkpoint is sent
    std::string log_id = {};              // of the event log, sent with every response (LogIdText)
  };

  // `newest` gives the newest snapshot and may be called from any thread.
  EventWatches(std::function<std::shared_ptr<const Snapshot>()> newest, const Options& options);
  ~EventWatches();
  EventWatches(const EventWatches&) = delete;
  EventWatches& operator=(const EventWatches&) = delete;

  // Opens a watch of what `request` (validated) asks for. `wake` must be quick, and must not keep the watch
  // alive. FAILED_PRECONDITION with reason LOG_REPLACED where the request's log_id is another log's,
  // OUT_OF_RANGE where from_revision lies more than one past the newest revision, RESOURCE_EXHAUSTED where
  // Options::max_watches are open, UNAVAILABLE once draining.
  absl::StatusOr<std::shared_ptr<EventWatch>> Open(const treatywire::v1::WatchEventsRequest& request,
                                                   std::function<void()> wake);

  // There is a new snapshot: wakes the watches that wait for one.
  void NotifyPublished();
  // Makes a checkpoint due for every watch that has sent nothing since the last Tick. Called regularly.
  void Tick();
  // Ends all watches, and refuses new ones.
  void Drain();

  size_t size() const;

 private:
  friend class EventWatch;

  void Remove(EventWatch* watch);
  std::vector<std::shared_ptr<EventWatch>> all() const;

  const std::function<std::shared_ptr<const Snapshot>()> newest_;
  const Options options_;
  std::atomic<bool> draining_{false};
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<EventWatch*, std::weak_ptr<EventWatch>> watches_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_WATCH_EVENT_WATCHES_H_
