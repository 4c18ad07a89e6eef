#include "query_service/adapters/publish_stream.h"

#include <optional>
#include <utility>

#include "common/grpc_status.h"
#include "common/raw_message.h"
#include "common/status.h"

namespace treatywire::query {

std::shared_ptr<PublishStream> PublishStream::Start(LogWriter* writer, std::function<void()> gone) {
  auto stream = std::make_shared<PublishStream>(std::move(gone));
  stream->self_ = stream;
  stream->session_ = PublishSession::Create(writer, [weak = std::weak_ptr<PublishStream>(stream)] {
    if (const auto alive = weak.lock()) alive->Proceed();
  });
  // At once, not with the first acknowledgement: the publisher then knows that it is connected.
  stream->StartSendInitialMetadata();
  stream->Proceed();
  return stream;
}

void PublishStream::Drain() {
  absl::MutexLock lock(&mutex_);
  draining_ = true;
  ProceedLocked();
}

void PublishStream::OnReadDone(bool ok) {
  // Without the lock: checking a large extraction must not hold up the writer's thread in Proceed.
  if (ok) Take(request_);
  request_.Clear();
  absl::MutexLock lock(&mutex_);
  reading_ = false;
  if (!ok) half_closed_ = true;
  ProceedLocked();
}

void PublishStream::Take(const grpc::ByteBuffer& bytes) {
  treatywire::v1::PublishExtractionsRequest request;
  if (absl::Status status = ParseRequest(bytes, &request); !status.ok()) {
    session_->Fail(std::move(status));
  } else {
    session_->Take(std::move(request), ExtractionBytes(BytesOf(bytes)));
  }
}

void PublishStream::OnWriteDone(bool ok) {
  absl::MutexLock lock(&mutex_);
  writing_ = false;
  if (!ok) cancelled_ = true;
  ProceedLocked();
}

void PublishStream::OnCancel() {
  absl::MutexLock lock(&mutex_);
  cancelled_ = true;
  ProceedLocked();
}

void PublishStream::OnDone() {
  gone_();
  self_.reset();
}

void PublishStream::Proceed() {
  absl::MutexLock lock(&mutex_);
  ProceedLocked();
}

// gRPC never calls a reaction from within StartRead, StartWrite or Finish, so that the lock may be held.
void PublishStream::ProceedLocked() {
  if (finished_) return;
  // Before the acknowledgements are asked for: none that is settled can be missed then.
  const bool all_written = session_->unwritten() == 0;
  if (!writing_ && !cancelled_) {
    if (auto next = session_->NextAcknowledgement()) {
      // An acknowledgement is small: it can be serialised.
      SerializeResponse(*next, &acknowledgement_).IgnoreError();
      writing_ = true;
      Write(&acknowledgement_, /*another=*/session_->has_acknowledgement());
    }
  }
  const bool reading_over = half_closed_ || draining_ || cancelled_ || !session_->status().ok();
  if (reading_over) {
    if (writing_ || (!all_written && !cancelled_)) return;
    finished_ = true;
    Finish(ToGrpcStatus(EndStatus()));
  } else if (!reading_ && session_->CanTake()) {
    reading_ = true;
    StartRead(&request_);
  }
}

absl::Status PublishStream::EndStatus() const {
  if (cancelled_) return absl::CancelledError("the caller went away");
  if (absl::Status status = session_->status(); !status.ok()) return status;
  if (half_closed_) return absl::OkStatus();
  return WithErrorInfo(absl::UnavailableError("the server is draining; resend what was not acknowledged"),
                       treatywire::v1::ERROR_REASON_DRAINING);
}

}  // namespace treatywire::query
