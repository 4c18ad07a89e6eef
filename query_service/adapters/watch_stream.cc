#include "query_service/adapters/watch_stream.h"

#include <optional>
#include <utility>

#include "common/grpc_status.h"
#include "common/raw_message.h"

namespace treatywire::query {

using treatywire::v1::WatchEventsRequest;
using treatywire::v1::WatchEventsResponse;

WatchStream* WatchStream::Start(const TimelineService& service, WorkPool* pool,
                                const WatchEventsRequest& request, const absl::Status& refusal,
                                std::shared_ptr<const void> resource) {
  const auto stream = std::make_shared<WatchStream>(pool, std::move(resource));
  stream->self_ = stream;
  const auto wake = [weak = std::weak_ptr<WatchStream>(stream)] {
    if (const auto alive = weak.lock()) alive->Wake();
  };
  absl::StatusOr<std::shared_ptr<EventWatch>> watch =
      refusal.ok() ? service.Watch(request, wake) : absl::StatusOr<std::shared_ptr<EventWatch>>(refusal);
  {
    absl::MutexLock lock(&stream->mutex_);
    if (!watch.ok()) {
      stream->finished_ = true;
      stream->Finish(ToGrpcStatus(watch.status()));
      return stream.get();
    }
    stream->watch_ = *std::move(watch);
  }
  stream->Wake();
  return stream.get();
}

void WatchStream::Wake() {
  if (scheduled_.exchange(true)) return;
  const auto self = shared_from_this();
  // The pool has room for more tasks than there can be watches; should it have none, this thread does it.
  if (!pool_->Submit([self] { self->Advance(); })) Advance();
}

void WatchStream::Advance() {
  scheduled_ = false;
  absl::MutexLock lock(&mutex_);
  if (writing_ || finished_) return;
  absl::StatusOr<std::optional<WatchEventsResponse>> next =
      cancelled_ ? absl::CancelledError("the caller went away") : watch_->Next();
  absl::Status status = next.status();
  if (status.ok() && next->has_value()) status = SerializeResponse(**next, &response_);
  if (!status.ok()) {
    finished_ = true;
    Finish(ToGrpcStatus(status));
  } else if (next->has_value()) {
    writing_ = true;
    StartWrite(&response_);
  }
}

void WatchStream::OnWriteDone(bool ok) {
  if (!ok) cancelled_ = true;
  {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
  }
  Wake();
}

void WatchStream::OnCancel() {
  cancelled_ = true;
  Wake();
}

void WatchStream::OnDone() {
  {
    absl::MutexLock lock(&mutex_);
    watch_.reset();  // gives its place to another, even if a task still holds the stream
  }
  self_.reset();
}

}  // namespace treatywire::query
