#include "query_service/adapters/read_call.h"

#include <algorithm>

#include "common/status.h"

namespace treatywire::query {
namespace {

// At most so much of a client's time is kept for the answer's way to it.
constexpr absl::Duration kMaxAnswerTime = absl::Milliseconds(100);

}  // namespace

absl::Status RebuildingError() {
  return WithRetryDelay(WithErrorInfo(absl::UnavailableError("the index is being rebuilt from the event log"),
                                      treatywire::v1::ERROR_REASON_REBUILDING),
                        absl::Seconds(1));
}

void ReadCalls::Start(const grpc::CallbackServerContext& context, const std::shared_ptr<UnaryCall>& call,
                      absl::Status validity, uint64_t min_revision, const std::function<void()>& compute) {
  if (validity.ok() && !*ready_) validity = RebuildingError();
  if (!validity.ok()) return call->Fail(validity);
  if (min_revision == 0) return Queue(call, compute);
  const uint64_t waiter =
      waiters_->Wait(min_revision, WaitDeadline(context), [this, call, compute](const absl::Status& status) {
        status.ok() ? Queue(call, compute) : call->Fail(status);
      });
  call->WhenCancelled([this, waiter] { waiters_->Cancel(waiter); });
}

void ReadCalls::Queue(const std::shared_ptr<UnaryCall>& call, const std::function<void()>& compute) const {
  if (pool_->Submit(compute)) return;
  call->Fail(WithRetryDelay(WithErrorInfo(absl::ResourceExhaustedError("too many reads are waiting"),
                                          treatywire::v1::ERROR_REASON_TOO_MANY_READS),
                            absl::Milliseconds(200)));
}

absl::Time ReadCalls::WaitDeadline(const grpc::CallbackServerContext& context) const {
  const absl::Time deadline = DeadlineOf(context);
  const absl::Time now = options_.now();
  if (deadline == absl::InfiniteFuture()) return now + options_.default_wait;
  // The answer has to arrive before the deadline: after it the client tells itself, and knows no reason.
  const absl::Duration left = std::max(deadline - now, absl::ZeroDuration());
  return now + std::min(left - std::min(left / 10, kMaxAnswerTime), options_.max_wait);
}

}  // namespace treatywire::query
