// The query service as a whole, but for its socket, its clock and what it stands on: every part, wired.
//
//   QueryService service(log.get(), {apply, snapshot, load, publish}, {});
//   ServerOptions options;
//   options.services = service.services();
//   options.begin_drain = [&] { service.BeginDrain(); };
//   ... start the server; service.Rebuild(stop); every 50 ms service.Tick(); after shutdown service.Stop();
#ifndef TREATYWIRE_QUERY_SERVICE_QUERY_SERVICE_H_
#define TREATYWIRE_QUERY_SERVICE_QUERY_SERVICE_H_

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/call_admission.h"
#include "common/monotonic_clock.h"
#include "common/server.h"
#include "common/work_pool.h"
#include "query_service/adapters/agreement_adapter.h"
#include "query_service/adapters/article_adapter.h"
#include "query_service/adapters/backup_adapter.h"
#include "query_service/adapters/event_log_adapter.h"
#include "query_service/adapters/party_adapter.h"
#include "query_service/adapters/read_call.h"
#include "query_service/adapters/timeline_adapter.h"
#include "query_service/event_log/event_log.h"
#include "query_service/index/snapshot.h"
#include "query_service/log_writer.h"
#include "query_service/published_snapshots.h"
#include "query_service/revision_waiters.h"
#include "query_service/services/agreement_service.h"
#include "query_service/services/article_service.h"
#include "query_service/services/party_service.h"
#include "query_service/services/timeline_service.h"
#include "query_service/watch/event_watches.h"

namespace treatywire::query {

// What the service needs of the index (query_service/index/index.h). Only `snapshot` is called by several
// threads at a time.
struct IndexAccess {
  std::function<absl::Status(absl::Span<treatywire::v1::LogRecord>)> apply;
  std::function<std::shared_ptr<const Snapshot>()> snapshot;
  // Apply in two steps, for a rebuild.
  std::function<absl::Status(absl::Span<treatywire::v1::LogRecord>)> load;
  std::function<void()> publish;
  // Before a rebuild: takes in what was kept of an earlier one, and returns up to which revision; 0 where
  // there is nothing. May be empty.
  std::function<uint64_t()> restore = {};
};

// Every method may be called from any thread; Rebuild once.
class QueryService {
 public:
  struct Options {
    size_t read_threads = 4;
    size_t max_queued_reads = 4096;
    // Reads are refused while the first that waits for a thread has waited for longer: more than this, and
    // clients have given up before they are answered.
    absl::Duration max_read_queue_time = absl::Milliseconds(250);
    ClientLimits client_limits = {};                       // watches count among the calls
    std::shared_ptr<const AccessPolicy> access = nullptr;  // who may call what; null: all may do all
    absl::Duration idle_checkpoint =
        absl::Seconds(10);                            // how often an idle watch hears that it is up to date
    absl::Duration default_wait = absl::Seconds(10);  // for min_revision, where a client sets no deadline
    absl::Duration max_wait = absl::Minutes(1);       // for min_revision, whatever a client's deadline
    EventWatches::Options watches = {};
    LogWriter::Options writer = {};
    std::function<absl::Time()> now = &MonotonicNow;
  };

  // `log` and what `index` refers to must outlive the service.
  QueryService(EventLog* log, IndexAccess index, const Options& options);
  ~QueryService();  // Stop
  QueryService(const QueryService&) = delete;
  QueryService& operator=(const QueryService&) = delete;

  // For ServerOptions.
  std::vector<ServerOptions::Service> services();

  // Applies the log, or what of it came after what is restored, to the index; from then on the services
  // answer. Returns the log's or the index's error, or CANCELLED once `stop` says true.
  absl::Status Rebuild(const std::function<bool()>& stop);
  bool ready() const { return ready_; }

  // How much there is and waits, for whoever watches the service.
  struct Load {
    uint64_t revision = 0;      // of the newest snapshot
    size_t watches = 0;         // open
    size_t waiting_reads = 0;   // for a revision
    size_t queued_reads = 0;    // for a thread
    size_t unsent_bytes = 0;    // of answers that clients have not taken yet
    size_t queued_records = 0;  // to be written
  };
  Load load() const;

  // What time brings: waits for a revision expire, idle watches get checkpoints, old pages are let go. To be
  // called some times a second.
  void Tick();

  // Ends watches, publishers and waits with UNAVAILABLE. For ServerOptions::begin_drain.
  void BeginDrain();
  // Writes what publishers have sent and ends the writer. To be called when no call is left.
  void Stop();

 private:
  absl::Status Apply(absl::Span<treatywire::v1::LogRecord> records);

  const EventLog* const log_;
  const IndexAccess index_;
  const Options options_;
  std::atomic<bool> ready_{false};
  absl::Mutex tick_mutex_;
  absl::Time next_checkpoint_ ABSL_GUARDED_BY(tick_mutex_);

  // In the order of dependence: what comes later uses what comes before.
  PublishedSnapshots snapshots_;
  RevisionWaiters waiters_;
  EventWatches watches_;
  LogWriter writer_;
  AgreementService agreements_;
  PartyService parties_;
  TimelineService timelines_;
  ArticleService articles_;
  CallAdmission admission_;
  ReadCalls reads_;
  AgreementServiceAdapter agreement_adapter_;
  PartyServiceAdapter party_adapter_;
  TimelineServiceAdapter timeline_adapter_;
  ArticleServiceAdapter article_adapter_;
  EventLogServiceAdapter event_log_adapter_;
  BackupServiceAdapter backup_adapter_;
  // Last, so that their threads end before what their tasks use.
  WorkPool read_pool_;
  WorkPool watch_pool_;
  WorkPool backup_pool_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_QUERY_SERVICE_H_
