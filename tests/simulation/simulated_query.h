// One life of a query service, without gRPC, threads and clock: the parts that query_service.h wires, driven
// by simulated time.
#ifndef TREATYWIRE_TESTS_SIMULATION_SIMULATED_QUERY_H_
#define TREATYWIRE_TESTS_SIMULATION_SIMULATED_QUERY_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "query_service/index/index.h"
#include "query_service/log_writer.h"
#include "query_service/published_snapshots.h"
#include "query_service/revision_waiters.h"
#include "query_service/services/article_service.h"
#include "query_service/services/publish_session.h"
#include "query_service/services/timeline_service.h"
#include "query_service/watch/event_watches.h"
#include "tests/simulation/simulated_log.h"

namespace treatywire {

// What is on a query service's disk, and outlives it.
struct SimulatedDisk {
  query::MemoryEventLog log;
  std::vector<std::string> image;  // of the index, in blocks, the newest that was written whole; empty: none
  size_t restores = 0;             // starts that began with it
};

// Destroyed: killed. What it had under way is never answered.
class SimulatedQuery {
 public:
  // Ready some time after. `end` is called when the process ends by itself, or shall, at once; not from
  // within a method of this class.
  SimulatedQuery(SimulatedDisk* disk, SimulatedTime* time, const SimulatedClock* clock, const Faults* faults,
                 std::function<void()> end);
  ~SimulatedQuery();
  SimulatedQuery(const SimulatedQuery&) = delete;
  SimulatedQuery& operator=(const SimulatedQuery&) = delete;

  bool ready() const { return ready_; }

  // A publisher's stream; `changed` as in PublishSession.
  std::shared_ptr<query::PublishSession> OpenPublish(std::function<void()> changed);
  void Take(query::PublishSession& session, const treatywire::v1::PublishExtractionsRequest& request);

  using ReadDone = std::function<void(absl::StatusOr<treatywire::v1::GetArticleResponse>)>;
  void Read(const treatywire::v1::GetArticleRequest& request, absl::Time deadline, const ReadDone& done);
  using RetractDone = std::function<void(absl::StatusOr<treatywire::v1::RetractArticleResponse>)>;
  void Retract(const treatywire::v1::RetractArticleRequest& request, const RetractDone& done);
  absl::StatusOr<std::shared_ptr<query::EventWatch>> Watch(const treatywire::v1::WatchEventsRequest& request,
                                                           std::function<void()> wake);

 private:
  absl::Status Apply(absl::Span<const treatywire::v1::LogRecord> records);
  void Rebuild();
  // Takes in the image. Returns its revision; 0 where there is none.
  absl::StatusOr<uint64_t> Restore();
  // Writes one of what is applied, some time later: a life that ends before leaves the one that was there.
  void WriteImage();
  void Tick();
  // Has the writer write soon, if it is not going to.
  void WriteSoon();
  void End();
  // `action` later, if this life still lasts then.
  void After(absl::Duration delay, std::function<void()> action);

  SimulatedDisk* const disk_;
  SimulatedTime* const time_;
  const SimulatedClock* const clock_;
  const Faults* const faults_;
  const std::function<void()> end_;
  const std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  bool ending_ = false;
  bool ready_ = false;
  bool writing_ = false;
  SimulatedLog log_;
  query::Index index_;
  query::PublishedSnapshots snapshots_;
  query::RevisionWaiters waiters_;
  query::EventWatches watches_;
  query::LogWriter writer_;
  query::ArticleService articles_;
  query::TimelineService timelines_;
};

}  // namespace treatywire

#endif  // TREATYWIRE_TESTS_SIMULATION_SIMULATED_QUERY_H_
