#include "query_service/adapters/read_call.h"

#include <chrono>
#include <memory>

#include "common/grpc_status.h"
#include "common/status.h"

namespace treatywire::query {

absl::Status RebuildingError() {
  return WithRetryDelay(
      WithErrorInfo(absl::UnavailableError("the index is being rebuilt from the event log"), "REBUILDING"),
      absl::Seconds(1));
}

// One read. Steps: wait for the revision, queue, compute, finish; each leads to the next just once, so that
// Finish is called just once. It owns itself until gRPC is done with it; a step that is under way holds it
// too.
class ReadCalls::Call final : public grpc::ServerUnaryReactor,
                              public std::enable_shared_from_this<ReadCalls::Call> {
 public:
  Call(const ReadCalls* calls, std::function<absl::Status()> compute)
      : calls_(calls), compute_(std::move(compute)) {}

  void OwnItself() { self_ = shared_from_this(); }

  void WaitFor(uint64_t revision, absl::Time deadline) {
    const auto self = shared_from_this();
    waiter_ = calls_->waiters_->Wait(revision, deadline,
                                     [self](const absl::Status& status) { self->Queue(status); });
    if (cancelled_) calls_->waiters_->Cancel(waiter_);
  }

  void Queue(const absl::Status& waited) {
    if (!waited.ok()) {
      Finish(ToGrpcStatus(waited));
      return;
    }
    const auto self = shared_from_this();
    if (!calls_->pool_->Submit([self] { self->Compute(); })) {
      Finish(ToGrpcStatus(WithRetryDelay(absl::ResourceExhaustedError("too many reads are waiting"),
                                         absl::Milliseconds(200))));
    }
  }

  void OnCancel() override {
    cancelled_ = true;
    if (const uint64_t waiter = waiter_; waiter != 0) calls_->waiters_->Cancel(waiter);
  }

  void OnDone() override { self_.reset(); }

 private:
  void Compute() {
    Finish(ToGrpcStatus(cancelled_ ? absl::CancelledError("the caller went away") : compute_()));
  }

  const ReadCalls* const calls_;
  const std::function<absl::Status()> compute_;
  std::atomic<bool> cancelled_{false};
  std::atomic<uint64_t> waiter_{0};
  std::shared_ptr<Call> self_;
};

grpc::ServerUnaryReactor* ReadCalls::Start(grpc::CallbackServerContext* context, absl::Status validity,
                                           uint64_t min_revision, std::function<absl::Status()> compute) {
  if (validity.ok() && !*ready_) validity = RebuildingError();
  if (!validity.ok()) {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(ToGrpcStatus(validity));
    return reactor;
  }
  const auto call = std::make_shared<Call>(this, std::move(compute));
  call->OwnItself();
  if (min_revision == 0) {
    call->Queue(absl::OkStatus());
  } else {
    call->WaitFor(min_revision, WaitDeadline(*context));
  }
  return call.get();
}

absl::Time ReadCalls::WaitDeadline(const grpc::CallbackServerContext& context) const {
  // gRPC's word for no deadline.
  if (context.deadline() == std::chrono::system_clock::time_point::max()) {
    return options_.now() + options_.default_wait;
  }
  return absl::FromChrono(context.deadline());
}

}  // namespace treatywire::query
