#include "tests/simulation/simulated_query.h"

#include <optional>
#include <utility>

#include "common/status_macros.h"
#include "query_service/event_log/log_id.h"
#include "query_service/image/index_image.h"
#include "query_service/log_replay.h"

namespace treatywire {

using query::EventWatch;
using query::PublishSession;

SimulatedQuery::SimulatedQuery(SimulatedDisk* disk, SimulatedTime* time, const SimulatedClock* clock,
                               const Faults* faults, std::function<void()> end)
    : disk_(disk),
      time_(time),
      clock_(clock),
      faults_(faults),
      end_(std::move(end)),
      log_(&disk->log, time, faults, [this] { End(); }),
      snapshots_(index_.snapshot(), {.log_id = log_.log_id(), .now = [clock] { return clock->now(); }}),
      watches_([this] { return snapshots_.newest(); }, {.log_id = query::LogIdText(log_.log_id())}),
      writer_(&log_, [this](auto records) { return Apply(records); },
              {.now = [clock] { return clock->now(); },
               .own_thread = false,
               .on_failure = [this](const absl::Status&) { End(); }}),
      articles_(&snapshots_, &writer_),
      timelines_(&snapshots_, &watches_) {
  After(time_->Between(absl::Milliseconds(10), absl::Milliseconds(500)), [this] { Rebuild(); });
}

SimulatedQuery::~SimulatedQuery() {
  *alive_ = false;
  log_.Stop();  // before the writer writes what is queued
  waiters_.Close();
}

void SimulatedQuery::After(absl::Duration delay, std::function<void()> action) {
  time_->After(delay, [alive = alive_, action = std::move(action)] {
    if (*alive) action();
  });
}

void SimulatedQuery::End() {
  if (std::exchange(ending_, true)) return;
  log_.Stop();
  After(absl::ZeroDuration(), end_);
}

void SimulatedQuery::Rebuild() {
  const absl::StatusOr<uint64_t> restored = Restore();
  if (!restored.ok() ||
      !query::ReplayLog(log_, [this](auto records) { return index_.Load(records); }, {.from = *restored + 1})
           .ok()) {
    return End();
  }
  index_.Publish();
  snapshots_.Publish(index_.snapshot());
  waiters_.Reached(index_.snapshot()->revision());
  ready_ = true;
  Tick();
}

absl::StatusOr<uint64_t> SimulatedQuery::Restore() {
  if (disk_->image.empty()) return 0;
  TW_ASSIGN_OR_RETURN(const query::ImageIdentity identity, query::ReadImageIdentity(disk_->image.front()));
  size_t block = 0;
  const auto next = [this, &block]() -> absl::StatusOr<std::optional<std::string>> {
    if (++block == disk_->image.size()) return std::nullopt;
    return disk_->image[block];
  };
  TW_ASSIGN_OR_RETURN(const query::IndexContents contents, query::ReadIndexImage(identity.revision, next));
  TW_RETURN_IF_ERROR(index_.Restore(contents));
  ++disk_->restores;
  return identity.revision;
}

void SimulatedQuery::WriteImage() {
  After(time_->Between(absl::Milliseconds(1), absl::Milliseconds(500)),
        [this, revision = index_.snapshot()->revision(), contents = index_.Contents()] {
          std::vector<std::string> image;
          const absl::Status written =
              query::WriteIndexImage({.revision = revision}, contents, [&image](absl::string_view block) {
                image.emplace_back(block);
                return absl::OkStatus();
              });
          if (written.ok()) disk_->image = std::move(image);
        });
}

void SimulatedQuery::Tick() {
  waiters_.ExpireBefore(clock_->now());
  watches_.Tick();
  snapshots_.DropExpired();
  After(absl::Seconds(1), [this] { Tick(); });
}

absl::Status SimulatedQuery::Apply(absl::Span<const treatywire::v1::LogRecord> records) {
  TW_RETURN_IF_ERROR(index_.Apply(records));
  snapshots_.Publish(index_.snapshot());
  waiters_.Reached(index_.snapshot()->revision());
  watches_.NotifyPublished();
  if (time_->Chance(faults_->write_image)) WriteImage();
  return absl::OkStatus();
}

void SimulatedQuery::WriteSoon() {
  if (std::exchange(writing_, true)) return;
  After(time_->Between(absl::Milliseconds(1), absl::Milliseconds(20)), [this] {
    writing_ = false;
    if (!ending_) writer_.WriteNext();
    if (!ending_ && writer_.queued() > 0) WriteSoon();
  });
}

std::shared_ptr<PublishSession> SimulatedQuery::OpenPublish(std::function<void()> changed) {
  return PublishSession::Create(&writer_, [alive = alive_, this, changed = std::move(changed)] {
    if (*alive && !ending_) changed();
  });
}

void SimulatedQuery::Take(PublishSession& session, const treatywire::v1::PublishExtractionsRequest& request) {
  session.Take(request);
  WriteSoon();
}

void SimulatedQuery::Read(const treatywire::v1::GetArticleRequest& request, absl::Time deadline,
                          const ReadDone& done) {
  if (!ready_) return done(absl::UnavailableError("rebuilding"));
  waiters_.Wait(request.min_revision(), clock_->At(deadline),
                [alive = alive_, this, request, done](const absl::Status& status) {
                  if (*alive && !ending_) done(status.ok() ? articles_.Get(request) : status);
                });
}

void SimulatedQuery::Retract(const treatywire::v1::RetractArticleRequest& request, const RetractDone& done) {
  if (!ready_) return done(absl::UnavailableError("rebuilding"));
  articles_.Retract(request, [alive = alive_, this, done](auto result) {
    if (*alive && !ending_) done(std::move(result));
  });
  WriteSoon();
}

absl::StatusOr<std::shared_ptr<EventWatch>> SimulatedQuery::Watch(
    const treatywire::v1::WatchEventsRequest& request, std::function<void()> wake) {
  if (!ready_) return absl::UnavailableError("rebuilding");
  return timelines_.Watch(request, std::move(wake));
}

}  // namespace treatywire
