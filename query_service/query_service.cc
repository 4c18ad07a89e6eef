#include "query_service/query_service.h"

#include <utility>

#include "common/status_macros.h"
#include "query_service/event_log/log_id.h"
#include "query_service/log_replay.h"

namespace treatywire::query {
namespace {

EventWatches::Options WithLogId(EventWatches::Options options, uint64_t log_id) {
  options.log_id = LogIdText(log_id);
  return options;
}

}  // namespace

QueryService::QueryService(EventLog* log, IndexAccess index, const Options& options)
    : log_(log),
      index_(std::move(index)),
      options_(options),
      next_checkpoint_(options.now() + options.idle_checkpoint),
      snapshots_(index_.snapshot(), {.log_id = log->log_id(), .now = options.now}),
      watches_([this] { return snapshots_.newest(); }, WithLogId(options.watches, log->log_id())),
      writer_(
          log, [this](auto records) { return Apply(records); }, options.writer),
      agreements_(&snapshots_),
      parties_(&snapshots_),
      timelines_(&snapshots_, &watches_),
      articles_(&snapshots_, &writer_),
      admission_(options.access, options.client_limits),
      reads_(&waiters_, &read_pool_, &admission_, &ready_,
             {.default_wait = options.default_wait,
              .max_wait = options.max_wait,
              .now = options.now,
              .log_id = LogIdText(log->log_id())}),
      agreement_adapter_(&agreements_, &reads_),
      party_adapter_(&parties_, &reads_),
      timeline_adapter_(&timelines_, &reads_, &watch_pool_),
      article_adapter_(&articles_, &reads_),
      event_log_adapter_(&writer_, &admission_, &ready_),
      backup_adapter_(log, &admission_, &backup_pool_),
      read_pool_(options.read_threads, options.max_queued_reads, options.max_read_queue_time),
      // A watch has one task at most; twice as many, for those that are going while others come.
      watch_pool_(1, 2 * options.watches.max_watches),
      backup_pool_(1, BackupServiceAdapter::kMaxBackups) {}

QueryService::~QueryService() { Stop(); }

std::vector<ServerOptions::Service> QueryService::services() {
  return {{"treatywire.v1.AgreementService", &agreement_adapter_, &admission_},
          {"treatywire.v1.PartyService", &party_adapter_, &admission_},
          {"treatywire.v1.TimelineService", &timeline_adapter_, &admission_},
          {"treatywire.v1.ArticleService", &article_adapter_, &admission_},
          {"treatywire.v1.EventLogService", &event_log_adapter_, &admission_},
          {"treatywire.v1.BackupService", &backup_adapter_, &admission_}};
}

absl::Status QueryService::Rebuild(const std::function<bool()>& stop) {
  const uint64_t restored = index_.restore ? index_.restore() : 0;
  TW_RETURN_IF_ERROR(ReplayLog(*log_, index_.load, {.from = restored + 1, .stop = stop}));
  index_.publish();
  const std::shared_ptr<const Snapshot> rebuilt = index_.snapshot();
  snapshots_.Publish(rebuilt);
  waiters_.Reached(rebuilt->revision());
  ready_ = true;
  return absl::OkStatus();
}

// The order matters: who is told of a revision finds it published.
absl::Status QueryService::Apply(absl::Span<treatywire::v1::LogRecord> records) {
  TW_RETURN_IF_ERROR(index_.apply(records));
  const std::shared_ptr<const Snapshot> snapshot = index_.snapshot();
  snapshots_.Publish(snapshot);
  waiters_.Reached(snapshot->revision());
  watches_.NotifyPublished();
  return absl::OkStatus();
}

QueryService::Load QueryService::load() const {
  return {.revision = snapshots_.newest()->revision(),
          .watches = watches_.size(),
          .waiting_reads = waiters_.size(),
          .queued_reads = read_pool_.queued(),
          .unsent_bytes = admission_.unsent_bytes(),
          .queued_records = writer_.queued()};
}

void QueryService::Tick() {
  const absl::Time now = options_.now();
  waiters_.ExpireBefore(now);
  {
    absl::MutexLock lock(&tick_mutex_);
    if (now < next_checkpoint_) return;
    next_checkpoint_ = now + options_.idle_checkpoint;
  }
  watches_.Tick();
  snapshots_.DropExpired();
}

void QueryService::BeginDrain() {
  watches_.Drain();
  waiters_.Close();
  event_log_adapter_.Drain();
}

void QueryService::Stop() { writer_.Stop(); }

}  // namespace treatywire::query
