#include "query_service/revision_waiters.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status.h"

namespace treatywire::query {
namespace {

absl::Status ClosedError() {
  return WithErrorInfo(absl::UnavailableError("the server is draining"),
                       treatywire::v1::ERROR_REASON_DRAINING);
}

}  // namespace

uint64_t RevisionWaiters::Wait(uint64_t revision, absl::Time deadline, Callback callback) {
  absl::Status settled;
  {
    absl::MutexLock lock(&mutex_);
    if (revision > reached_) {
      if (closed_) {
        settled = ClosedError();
      } else if (waiters_.size() >= max_waiters_) {
        settled = WithRetryDelay(WithErrorInfo(absl::ResourceExhaustedError(absl::StrCat(
                                                   max_waiters_, " reads wait for a revision already")),
                                               treatywire::v1::ERROR_REASON_TOO_MANY_READS),
                                 absl::Seconds(1));
      } else {
        waiters_.emplace(++last_number_, Waiter{revision, deadline, std::move(callback)});
        return last_number_;
      }
    }
  }
  callback(settled);
  return 0;
}

template <typename Chosen, typename StatusOfWaiter>
void RevisionWaiters::Settle(Chosen chosen, StatusOfWaiter status) {
  std::vector<Waiter> settled;
  {
    absl::MutexLock lock(&mutex_);
    for (auto waiter = waiters_.begin(); waiter != waiters_.end();) {
      if (chosen(waiter->first, waiter->second)) {
        settled.push_back(std::move(waiter->second));
        waiter = waiters_.erase(waiter);
      } else {
        ++waiter;
      }
    }
  }
  for (const Waiter& waiter : settled) waiter.callback(status(waiter));
}

void RevisionWaiters::Cancel(uint64_t number) {
  Settle([&](uint64_t waiter, const Waiter&) { return waiter == number; },
         [](const Waiter&) { return absl::CancelledError("the caller went away"); });
}

void RevisionWaiters::Reached(uint64_t revision) {
  {
    absl::MutexLock lock(&mutex_);
    reached_ = revision;
  }
  Settle([&](uint64_t, const Waiter& waiter) { return waiter.revision <= revision; },
         [](const Waiter&) { return absl::OkStatus(); });
}

void RevisionWaiters::ExpireBefore(absl::Time now) {
  Settle([&](uint64_t, const Waiter& waiter) { return waiter.deadline <= now; },
         [](const Waiter& waiter) {
           return WithErrorInfo(absl::DeadlineExceededError(absl::StrCat("min_revision ", waiter.revision,
                                                                         " was not reached in time")),
                                treatywire::v1::ERROR_REASON_REVISION_NOT_REACHED);
         });
}

void RevisionWaiters::Close() {
  {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
  }
  Settle([](uint64_t, const Waiter&) { return true; }, [](const Waiter&) { return ClosedError(); });
}

size_t RevisionWaiters::size() const {
  absl::MutexLock lock(&mutex_);
  return waiters_.size();
}

}  // namespace treatywire::query
