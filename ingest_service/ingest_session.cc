#include "ingest_service/ingest_session.h"

#include <utility>

#include "common/status.h"

namespace treatywire::ingest {

using treatywire::v1::IngestArticleResponse;
using treatywire::v1::IngestArticlesRequest;
using treatywire::v1::IngestArticlesResponse;

IngestSession::IngestSession(ArticleIngestion* ingestion, std::function<void()> changed,
                             std::optional<TraceContext> trace)
    : ingestion_(ingestion), changed_(std::move(changed)), trace_(std::move(trace)) {}

std::shared_ptr<IngestSession> IngestSession::Create(ArticleIngestion* ingestion,
                                                     std::function<void()> changed,
                                                     std::optional<TraceContext> trace) {
  return std::shared_ptr<IngestSession>(new IngestSession(ingestion, std::move(changed), std::move(trace)));
}

bool IngestSession::CanTake() const {
  const std::lock_guard lock(mutex_);
  return slots_.size() < kMaxUnanswered && (slots_.empty() || bytes_ < kMaxUnansweredBytes);
}

void IngestSession::Take(IngestArticlesRequest request, absl::Time deadline) {
  const uint64_t number = Enter(request.sequence(), request.ByteSizeLong());
  ingestion_->Ingest(
      std::move(*request.mutable_article()), deadline,
      [self = shared_from_this(), number](const absl::StatusOr<IngestArticleResponse>& result) {
        self->Settle(number, result);
        self->changed_();
      },
      trace_);
}

void IngestSession::Refuse(uint64_t sequence, const absl::Status& error) {
  Settle(Enter(sequence, 0), error);
  changed_();
}

uint64_t IngestSession::Enter(uint64_t sequence, size_t bytes) {
  const std::lock_guard lock(mutex_);
  Slot& slot = slots_.emplace_back(Slot{bytes, /*settled=*/false, {}});
  slot.answer.set_sequence(sequence);
  bytes_ += bytes;
  return first_slot_ + slots_.size() - 1;
}

void IngestSession::Settle(uint64_t number, const absl::StatusOr<IngestArticleResponse>& result) {
  const std::lock_guard lock(mutex_);
  Slot& slot = slots_[number - first_slot_];
  slot.settled = true;
  if (result.ok()) {
    *slot.answer.mutable_ingested() = *result;
  } else {
    *slot.answer.mutable_error() = ToRpcStatus(result.status());
  }
}

std::optional<IngestArticlesResponse> IngestSession::NextAnswer() {
  const std::lock_guard lock(mutex_);
  if (slots_.empty() || !slots_.front().settled) return std::nullopt;
  IngestArticlesResponse answer = std::move(slots_.front().answer);
  bytes_ -= slots_.front().bytes;
  slots_.pop_front();
  ++first_slot_;
  return answer;
}

bool IngestSession::has_answer() const {
  const std::lock_guard lock(mutex_);
  return !slots_.empty() && slots_.front().settled;
}

bool IngestSession::idle() const {
  const std::lock_guard lock(mutex_);
  return slots_.empty();
}

}  // namespace treatywire::ingest
