#include "query_service/query_server.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/logging.h"
#include "common/monotonic_clock.h"
#include "common/status_macros.h"
#include "query_service/event_log/sqlite_event_log.h"
#include "query_service/image/image_keeper.h"
#include "query_service/image/thread_priority.h"
#include "query_service/index/index.h"
#include "query_service/log_replay.h"

namespace treatywire::query {
namespace {

class WiredQueryServer final : public QueryServer {
 public:
  // `owned_log` may be null; `log` is that or another's.
  WiredQueryServer(std::unique_ptr<EventLog> owned_log, EventLog* log, Options options)
      : tick_(options.tick),
        max_index_lag_(options.max_index_lag),
        on_failure_(std::move(options.on_failure)),
        owned_log_(std::move(owned_log)),
        image_(log, ImageOptions(options)),
        service_(log, IndexAccessOfService(),
                 Observed(options.service, options.server.access, options.metrics)),
        log_(log) {}

  ~WiredQueryServer() override {
    Shutdown();
    server_.reset();  // before the adapters that it serves
  }

  // Everything that is asked for when metrics are read. `metrics` as in Options.
  void AddMetrics(Metrics* metrics) {
    const auto add = [&](const char* name, const char* help, auto value) {
      metrics->AddGauge(name, help, [this, value] { return static_cast<double>(value(service_.load())); });
    };
    add("treatywire_index_revision", "Revision that reads are answered at.",
        [](auto load) { return load.revision; });
    add("treatywire_watches", "Open WatchEvents streams.", [](auto load) { return load.watches; });
    add("treatywire_waiting_reads", "Reads that wait for a revision.",
        [](auto load) { return load.waiting_reads; });
    add("treatywire_queued_reads", "Reads that wait for a thread.",
        [](auto load) { return load.queued_reads; });
    add("treatywire_unsent_bytes", "Answers that clients have not taken yet.",
        [](auto load) { return load.unsent_bytes; });
    add("treatywire_queued_records", "Records that wait to be written.",
        [](auto load) { return load.queued_records; });
    metrics->AddGauge("treatywire_index_lag_records",
                      "Revisions that the event log has and reads are not answered at yet.",
                      [this] { return static_cast<double>(IndexLag()); });
    metrics->AddGauge("treatywire_log_revision", "Last revision of the event log.",
                      [this] { return static_cast<double>(log_->head()); });
    metrics->AddGauge("treatywire_index_image_revision",
                      "Revision of the image that the next start begins with; 0 where there is none.",
                      [this] { return static_cast<double>(image_.kept().revision); });
    metrics->AddGauge("treatywire_index_image_written_seconds",
                      "When that image was written, in seconds since 1970; 0 where there is none.",
                      [this] { return SecondsSince1970(image_.kept()); });
    metrics->AddGauge("treatywire_start_seconds", "Seconds that the index took to be rebuilt.",
                      [this] { return start_seconds_.load(); });
    metrics->AddGauge("treatywire_ready", "1 where the index is rebuilt.",
                      [this] { return service_.ready() ? 1 : 0; });
  }

  absl::Status Listen(ServerOptions options) {
    options.services = service_.services();
    options.serving_at_start = false;
    options.begin_drain = [this] { service_.BeginDrain(); };
    TW_ASSIGN_OR_RETURN(server_, ServerLifecycle::Start(options));
    rebuilder_ = std::thread([this] { Rebuild(); });
    ticker_ = std::thread([this] { Tick(); });
    return absl::OkStatus();
  }

  ServerLifecycle& lifecycle() override { return *server_; }

  absl::Status WaitUntilReady() override {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return rebuilt_.has_value(); });
    return *rebuilt_;
  }

  void Shutdown() override {
    std::call_once(shutdown_, [this] {
      stop_rebuilding_ = true;
      if (server_ != nullptr) server_->Shutdown();
      if (rebuilder_.joinable()) rebuilder_.join();
      {
        const std::lock_guard lock(mutex_);
        stop_ticking_ = true;
      }
      changed_.notify_all();
      if (ticker_.joinable()) ticker_.join();
      service_.Stop();
      image_.Finish(index_);
    });
  }

 private:
  static ImageKeeper::Options ImageOptions(const Options& options) {
    ImageKeeper::Options image = {.min_new_records = options.image_records};
    if (options.keep_image && options.log == nullptr) {
      image.path = absl::StrCat(options.data_dir, "/", ImageKeeper::kFileName);
    }
    return image;
  }

  static double SecondsSince1970(const ImageKeeper::Kept& kept) {
    return kept.revision == 0 ? 0 : static_cast<double>(absl::ToUnixSeconds(kept.written));
  }

  IndexAccess IndexAccessOfService() {
    return {.apply =
                [this](auto records) {
                  TW_RETURN_IF_ERROR(index_.Take(records));
                  image_.Consider(index_);
                  return absl::OkStatus();
                },
            .snapshot = [this] { return index_.snapshot(); },
            .load = [this](auto records) { return index_.Load(records); },
            .publish =
                [this] {
                  index_.Publish();
                  image_.Consider(index_);
                },
            .restore = [this] { return restored_ = image_.Restore(index_); }};
  }

  // The service's options with who may call it, and with what the writer does told to us and to `metrics`,
  // which may be null.
  QueryService::Options Observed(QueryService::Options options, std::shared_ptr<const AccessPolicy> access,
                                 Metrics* metrics) {
    options.access = std::move(access);
    if (metrics != nullptr) {
      options.writer.on_append =
          [seconds = metrics->AddHistogram("treatywire_log_commit_seconds",
                                           "Seconds that an append to the event log took.", kSecondsBuckets),
           records = metrics->AddHistogram(
               "treatywire_log_commit_records", "Records of an append to the event log.",
               {1, 2, 5, 10, 25, 50, 100, 250})](size_t count, absl::Duration duration) {
            seconds(absl::ToDoubleSeconds(duration));
            records(static_cast<double>(count));
          };
    }
    options.writer.on_failure = [this](const absl::Status& status) { Fail(status); };
    return options;
  }

  void Rebuild() {
    const absl::Time start = MonotonicNow();
    absl::Status status = service_.Rebuild([this] { return stop_rebuilding_.load(); });
    if (status.ok()) {
      start_seconds_ = absl::ToDoubleSeconds(MonotonicNow() - start);
      Log(Severity::kInfo, "index rebuilt",
          {{"revision", log_->head()}, {"image_revision", restored_}, {"seconds", start_seconds_.load()}});
      server_->SetServing(true);
    }
    {
      const std::lock_guard lock(mutex_);
      rebuilt_ = status;
    }
    changed_.notify_all();
    if (status.ok()) status = ReadWhatWasSpared();
    if (!status.ok() && !absl::IsCancelled(status)) Fail(status);
  }

  // The records that a start from the image did not read: whether they are whole.
  absl::Status ReadWhatWasSpared() {
    if (restored_ == 0) return absl::OkStatus();
    LowerThreadPriority();
    return ReplayLog(*log_, [](auto) { return absl::OkStatus(); },
                     {.up_to = restored_, .stop = [this] { return stop_rebuilding_.load(); }});
  }

  void Tick() {
    std::unique_lock lock(mutex_);
    while (!stop_ticking_) {
      lock.unlock();
      service_.Tick();
      FollowLag(MonotonicNow());
      lock.lock();
      changed_.wait_for(lock, absl::ToChronoNanoseconds(tick_), [this] { return stop_ticking_; });
    }
  }

  // Revisions that the event log has and the newest snapshot has not.
  uint64_t IndexLag() const {
    const uint64_t applied = service_.load().revision;  // first: it is never ahead then
    const uint64_t head = log_->head();
    return head > applied ? head - applied : 0;
  }

  // On the ticker's thread.
  void FollowLag(absl::Time now) {
    if (!service_.ready()) return;
    if (IndexLag() == 0) {
      behind_since_.reset();
    } else if (!behind_since_.has_value()) {
      behind_since_ = now;
    }
    const bool lags = behind_since_.has_value() && now - *behind_since_ >= max_index_lag_;
    if (lags == std::exchange(lags_, lags)) return;
    Log(Severity::kWarning, lags ? "index lags" : "index has caught up", {{"records", IndexLag()}});
    const std::lock_guard lock(serving_mutex_);
    if (!failed_) server_->SetServing(!lags);
  }

  // Health says so before whoever runs the server is told: nothing new is sent here meanwhile.
  void Fail(const absl::Status& status) {
    Log(Severity::kError, "query service stops", {{"error", status.ToString()}});
    {
      const std::lock_guard lock(serving_mutex_);
      failed_ = true;
      server_->SetServing(false);
    }
    if (on_failure_) on_failure_(status);
  }

  const absl::Duration tick_;
  const absl::Duration max_index_lag_;
  const std::function<void(const absl::Status&)> on_failure_;
  const std::unique_ptr<EventLog> owned_log_;
  Index index_;
  ImageKeeper image_;      // before the service, whose writer uses it
  uint64_t restored_ = 0;  // revision of the image at start; of the rebuilder's thread
  std::atomic<double> start_seconds_ = 0;
  // Set before any thread of ours that uses it, and before the writer can have anything to do.
  std::unique_ptr<ServerLifecycle> server_;
  QueryService service_;
  EventLog* const log_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<absl::Status> rebuilt_;  // guarded by mutex_
  bool stop_ticking_ = false;            // guarded by mutex_
  // The ticker's thread's.
  std::optional<absl::Time> behind_since_;
  bool lags_ = false;
  std::mutex serving_mutex_;
  bool failed_ = false;  // guarded by serving_mutex_
  std::atomic<bool> stop_rebuilding_{false};
  std::thread rebuilder_;
  std::thread ticker_;
  std::once_flag shutdown_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<QueryServer>> QueryServer::Start(Options options) {
  std::unique_ptr<EventLog> owned_log;
  if (options.log == nullptr) {
    TW_ASSIGN_OR_RETURN(
        owned_log, SqliteEventLog::Open({.data_dir = options.data_dir, .max_bytes = options.max_log_bytes}));
  }
  options.service.client_limits = options.server.client_limits;
  EventLog* const log = owned_log != nullptr ? owned_log.get() : options.log;
  ServerOptions server_options = options.server;
  Metrics* const metrics = options.metrics;
  if (metrics != nullptr) server_options.observers.push_back(metrics->request_observer());
  auto server = std::make_unique<WiredQueryServer>(std::move(owned_log), log, std::move(options));
  TW_RETURN_IF_ERROR(server->Listen(server_options));
  if (metrics != nullptr) {
    server->AddMetrics(metrics);
    AddAccessCounts(*metrics, server_options.access);
    AddConnectionCounts(*metrics, server->lifecycle());
  }
  return server;
}

}  // namespace treatywire::query
