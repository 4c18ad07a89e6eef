#include "common/health_service.h"

#include <cassert>
#include <optional>
#include <utility>

#include "common/grpc_status.h"
#include "common/status.h"

namespace treatywire {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using grpc::health::v1::HealthListRequest;
using grpc::health::v1::HealthListResponse;

// A Watch that is refused from the start.
class RefusedWatch final : public grpc::ServerWriteReactor<HealthCheckResponse> {
 public:
  explicit RefusedWatch(grpc::Status status) { Finish(std::move(status)); }
  void OnDone() override { delete this; }
};

grpc::Status ShutdownStatus() {
  return ToGrpcStatus(WithErrorInfo(absl::UnavailableError("the server is shutting down"),
                                    treatywire::v1::ERROR_REASON_DRAINING));
}

}  // namespace

// One Watch stream. gRPC runs at most one write at a time; a status that comes while one is under way waits
// in `next_`, where a later one replaces it. gRPC never runs a reaction inside Start…() or Finish(), so both
// may be called under the mutex.
class HealthService::Watcher final : public grpc::ServerWriteReactor<HealthCheckResponse> {
 public:
  Watcher(HealthService* owner, std::string service) : owner_(owner), service_(std::move(service)) {}

  const std::string& service() const { return service_; }

  void Send(ServingStatus status) {
    const std::lock_guard lock(mutex_);
    if (end_.has_value() || last_ == status) return;
    last_ = status;
    next_ = status;
    Proceed();
  }

  // Ends it once what was sent before is written.
  void End(const grpc::Status& status) {
    const std::lock_guard lock(mutex_);
    if (!end_.has_value()) end_ = status;
    Proceed();
  }

  void OnWriteDone(bool ok) override {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok) GiveUp();
    Proceed();
  }

  void OnCancel() override {
    const std::lock_guard lock(mutex_);
    GiveUp();
    Proceed();
  }

  void OnDone() override {
    owner_->Remove(this);
    delete this;
  }

 private:
  // Both require mutex_. Nothing can be written any more.
  void GiveUp() {
    next_.reset();
    end_ = grpc::Status::CANCELLED;
  }
  // Writes what is next or, where nothing is, ends.
  void Proceed() {
    if (writing_ || finished_) return;
    if (next_.has_value()) {
      response_.set_status(*next_);
      next_.reset();
      writing_ = true;
      StartWrite(&response_);
    } else if (end_.has_value()) {
      finished_ = true;
      Finish(*end_);
    }
  }

  HealthService* const owner_;
  const std::string service_;
  std::mutex mutex_;
  // Guarded by mutex_. response_ is gRPC's while writing_.
  HealthCheckResponse response_;
  std::optional<ServingStatus> last_;
  std::optional<ServingStatus> next_;
  std::optional<grpc::Status> end_;  // how to end, once next_ is written
  bool writing_ = false;
  bool finished_ = false;
};

HealthService::~HealthService() { assert(watchers_.empty()); }

HealthService::ServingStatus HealthService::StatusOf(const std::string& service) const {
  const auto found = statuses_.find(service);
  return found == statuses_.end() ? HealthCheckResponse::SERVICE_UNKNOWN : found->second;
}

void HealthService::SetServing(absl::string_view service, bool serving) {
  const std::lock_guard lock(mutex_);
  const ServingStatus status =
      serving && !stopped_ ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
  statuses_[std::string(service)] = status;
  for (Watcher* watcher : watchers_) {
    if (watcher->service() == service) watcher->Send(status);
  }
}

void HealthService::StopServing() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  for (auto& [service, status] : statuses_) status = HealthCheckResponse::NOT_SERVING;
  for (Watcher* watcher : watchers_) watcher->Send(StatusOf(watcher->service()));
}

void HealthService::EndWatches() {
  const std::lock_guard lock(mutex_);
  watches_ended_ = true;
  for (Watcher* watcher : watchers_) watcher->End(ShutdownStatus());
}

void HealthService::Remove(Watcher* watcher) {
  const std::lock_guard lock(mutex_);
  watchers_.erase(watcher);
}

grpc::ServerUnaryReactor* HealthService::Check(grpc::CallbackServerContext* context,
                                               const HealthCheckRequest* request,
                                               HealthCheckResponse* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  std::unique_lock lock(mutex_);
  const ServingStatus status = StatusOf(request->service());
  lock.unlock();
  if (status == HealthCheckResponse::SERVICE_UNKNOWN) {
    reactor->Finish(ToGrpcStatus(
        WithResourceInfo(absl::NotFoundError("no such service"), "Service", request->service())));
  } else {
    response->set_status(status);
    reactor->Finish(grpc::Status::OK);
  }
  return reactor;
}

grpc::ServerUnaryReactor* HealthService::List(grpc::CallbackServerContext* context,
                                              const HealthListRequest* /*request*/,
                                              HealthListResponse* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  std::unique_lock lock(mutex_);
  for (const auto& [service, status] : statuses_) {
    (*response->mutable_statuses())[service].set_status(status);
  }
  lock.unlock();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

grpc::ServerWriteReactor<HealthCheckResponse>* HealthService::Watch(grpc::CallbackServerContext* /*context*/,
                                                                    const HealthCheckRequest* request) {
  if (request->service().size() > kMaxServiceNameBytes) {
    return new RefusedWatch(ToGrpcStatus(InvalidFieldError("service", "has more than 256 bytes")));
  }
  const std::lock_guard lock(mutex_);
  if (watches_ended_) return new RefusedWatch(ShutdownStatus());
  if (watchers_.size() >= kMaxWatches) {
    return new RefusedWatch(
        ToGrpcStatus(WithRetryDelay(WithErrorInfo(absl::ResourceExhaustedError("too many Watch streams"),
                                                  treatywire::v1::ERROR_REASON_TOO_MANY_WATCHES),
                                    absl::Seconds(1))));
  }
  auto* watcher = new Watcher(this, request->service());
  watchers_.insert(watcher);
  watcher->Send(StatusOf(watcher->service()));
  return watcher;
}

}  // namespace treatywire
