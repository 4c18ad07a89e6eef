#include "ingest_service/adapters/ingest_stream.h"

#include <google/protobuf/unknown_field_set.h>

#include <optional>
#include <string>
#include <utility>

#include "common/grpc_status.h"
#include "common/raw_message.h"
#include "common/status.h"

namespace treatywire::ingest {

using treatywire::v1::IngestArticlesRequest;
using treatywire::v1::IngestArticlesResponse;

namespace {

// The sequence of a request that does not parse, so that its client finds it again; 0 where there is none.
uint64_t SequenceOf(const grpc::ByteBuffer& bytes) {
  google::protobuf::UnknownFieldSet fields;
  if (!fields.ParseFromString(BytesOf(bytes))) return 0;
  uint64_t sequence = 0;
  for (int i = 0; i < fields.field_count(); ++i) {
    const google::protobuf::UnknownField& field = fields.field(i);
    if (field.number() == IngestArticlesRequest::kSequenceFieldNumber &&
        field.type() == google::protobuf::UnknownField::TYPE_VARINT) {
      sequence = field.varint();
    }
  }
  return sequence;
}

}  // namespace

std::shared_ptr<IngestStream> IngestStream::Start(ArticleIngestion* ingestion, absl::Time deadline,
                                                  std::optional<TraceContext> trace,
                                                  std::function<void()> gone) {
  auto stream = std::make_shared<IngestStream>(deadline, std::move(gone));
  stream->self_ = stream;
  stream->session_ = IngestSession::Create(
      ingestion,
      [weak = std::weak_ptr<IngestStream>(stream)] {
        if (const auto alive = weak.lock()) alive->Proceed();
      },
      std::move(trace));
  stream->Proceed();
  return stream;
}

void IngestStream::Drain() {
  const std::lock_guard lock(mutex_);
  draining_ = true;
  ProceedLocked();
}

void IngestStream::OnReadDone(bool ok) {
  // Without the lock: the session may answer at once, and so call Proceed.
  if (ok) Take(request_);
  request_.Clear();
  const std::lock_guard lock(mutex_);
  reading_ = false;
  if (!ok) half_closed_ = true;
  ProceedLocked();
}

void IngestStream::Take(const grpc::ByteBuffer& bytes) {
  IngestArticlesRequest request;
  if (const absl::Status status = ParseRequest(bytes, &request); !status.ok()) {
    session_->Refuse(SequenceOf(bytes), status);
  } else {
    session_->Take(std::move(request), deadline_);
  }
}

void IngestStream::OnWriteDone(bool ok) {
  const std::lock_guard lock(mutex_);
  writing_ = false;
  if (!ok) cancelled_ = true;
  ProceedLocked();
}

void IngestStream::OnCancel() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  ProceedLocked();
}

void IngestStream::OnDone() {
  gone_();
  self_.reset();
}

void IngestStream::Proceed() {
  const std::lock_guard lock(mutex_);
  ProceedLocked();
}

// gRPC never calls a reaction from within StartRead, StartWrite or Finish, so that the lock may be held.
void IngestStream::ProceedLocked() {
  if (finished_) return;
  if (!writing_ && !cancelled_) {
    if (const std::optional<IngestArticlesResponse> next = session_->NextAnswer()) {
      // An answer is small: it can be serialised.
      SerializeResponse(*next, &answer_).IgnoreError();
      writing_ = true;
      Write(&answer_, /*another=*/session_->has_answer());
    }
  }
  if (half_closed_ || draining_ || cancelled_) {
    if (writing_ || (!session_->idle() && !cancelled_)) return;
    finished_ = true;
    Finish(ToGrpcStatus(EndStatus()));
  } else if (!reading_ && session_->CanTake()) {
    reading_ = true;
    StartRead(&request_);
  }
}

absl::Status IngestStream::EndStatus() const {
  if (cancelled_) return absl::CancelledError("the caller went away");
  if (half_closed_) return absl::OkStatus();
  return WithErrorInfo(absl::UnavailableError("the server is draining; send again what was not answered"),
                       treatywire::v1::ERROR_REASON_DRAINING);
}

}  // namespace treatywire::ingest
