#include "ingest_service/delivery/delivery_queue.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status.h"
#include "common/wire_field.h"

namespace treatywire::ingest {

using treatywire::v1::PublishExtractionsRequest;

namespace {

// By then a window of deliveries has been acknowledged, or the receiver is down anyway.
constexpr absl::Duration kRetryDelay = absl::Seconds(1);
// Of the field that Add appends: its tag and a varint.
constexpr size_t kMaxSequenceBytes = 11;

absl::StatusOr<Delivery> Outcome(const treatywire::v1::PublishExtractionsResponse& response) {
  if (response.refusal().code() != 0) return FromRpcStatus(response.refusal());
  if (response.revision() == 0) {
    return WithErrorInfo(absl::InternalError("the query service acknowledged without a revision"),
                         treatywire::v1::ERROR_REASON_INTERNAL);
  }
  return Delivery{response.revision(), response.already_present(), response.log_id()};
}

}  // namespace

// As the request would serialise, which would have to own the extraction.
absl::StatusOr<std::string> DeliveryQueue::Encode(const treatywire::v1::ExtractedArticle& extraction,
                                                  const TraceHeaders& trace) {
  const size_t size = extraction.ByteSizeLong();
  if (size > kMaxExtractionBytes) {
    return WithErrorInfo(InvalidFieldError("article.body", "holds more events than fit into 4 MiB"),
                         treatywire::v1::ERROR_REASON_EXTRACTION_TOO_LARGE);
  }
  PublishExtractionsRequest rest;
  rest.set_traceparent(trace.traceparent);
  rest.set_tracestate(trace.tracestate);
  constexpr int kField = PublishExtractionsRequest::kExtractionFieldNumber;
  std::string bytes;
  bytes.reserve(FieldBytes(kField, size) + rest.ByteSizeLong() + kMaxSequenceBytes);
  AppendFieldBegin(kField, "", size, &bytes);
  const size_t begin = bytes.size();
  bytes.resize(begin + size);
  extraction.SerializeWithCachedSizesToArray(reinterpret_cast<uint8_t*>(bytes.data()) + begin);
  rest.AppendToString(&bytes);
  return bytes;
}

absl::Status DeliveryQueue::Add(std::string encoded, absl::Time deadline, ExtractionSink::Done&& done) {
  if (entries_.size() >= limits_.max_entries || bytes_ + encoded.size() > limits_.max_bytes) {
    return WithErrorInfo(
        WithRetryDelay(absl::ResourceExhaustedError("too many deliveries wait for the query service"),
                       kRetryDelay),
        treatywire::v1::ERROR_REASON_DELIVERY_QUEUE_FULL);
  }
  auto request = std::make_shared<Request>();
  request->sequence = ++last_sequence_;
  request->bytes = std::move(encoded);
  AppendField(PublishExtractionsRequest::kSequenceFieldNumber, request->sequence, &request->bytes);
  bytes_ += request->bytes.size();
  entries_.push_back({std::move(request), deadline, std::move(done)});
  ++pending_;
  return absl::OkStatus();
}

std::shared_ptr<const DeliveryQueue::Request> DeliveryQueue::NextToSend(absl::Time now) {
  if (sent_ == entries_.size() || sent_ >= std::min(limits_.window, kMaxWindow)) return nullptr;
  if (sent_ == 0) waiting_since_ = now;
  return entries_[sent_++].request;
}

absl::StatusOr<std::vector<DeliveryQueue::Completion>> DeliveryQueue::Acknowledge(const Response& response,
                                                                                  absl::Time now) {
  if (sent_ == 0 || entries_.front().request->sequence != response.sequence()) {
    return absl::FailedPreconditionError(
        absl::StrCat("sequence ", response.sequence(), " was acknowledged out of turn"));
  }
  std::vector<Completion> completions;
  if (entries_.front().done) completions.push_back({std::move(entries_.front().done), Outcome(response)});
  pending_ -= completions.size();
  Erase(0);
  waiting_since_ = now;
  return completions;
}

void DeliveryQueue::StreamBroken() {
  for (size_t i = sent_; i-- > 0;) {
    if (!entries_[i].done) Erase(i);
  }
  sent_ = 0;
}

std::vector<DeliveryQueue::Completion> DeliveryQueue::Expire(absl::Time now, const absl::Status& reason) {
  const absl::Status status = WithErrorInfo(
      WithRetryDelay(absl::UnavailableError(absl::StrCat("the query service did not acknowledge in time",
                                                         reason.ok() ? "" : ": ", reason.message())),
                     kRetryDelay),
      treatywire::v1::ERROR_REASON_NOT_ACKNOWLEDGED);
  std::vector<Completion> completions;
  for (Entry& entry : entries_) {
    if (entry.done && entry.deadline <= now)
      completions.push_back({std::exchange(entry.done, nullptr), status});
  }
  if (completions.empty()) return completions;
  pending_ -= completions.size();
  const auto expired = [this](const Entry& entry) {
    if (!entry.done) bytes_ -= entry.request->bytes.size();
    return !entry.done;
  };
  entries_.erase(std::remove_if(entries_.begin() + static_cast<ptrdiff_t>(sent_), entries_.end(), expired),
                 entries_.end());
  return completions;
}

std::vector<DeliveryQueue::Completion> DeliveryQueue::TakeAll(const absl::Status& status) {
  std::vector<Completion> completions;
  for (Entry& entry : entries_) {
    if (entry.done) completions.push_back({std::move(entry.done), status});
  }
  entries_.clear();
  sent_ = pending_ = bytes_ = 0;
  return completions;
}

absl::Time DeliveryQueue::next_deadline() const {
  absl::Time next = absl::InfiniteFuture();
  for (const Entry& entry : entries_) {
    if (entry.done) next = std::min(next, entry.deadline);
  }
  return next;
}

void DeliveryQueue::Erase(size_t index) {
  bytes_ -= entries_[index].request->bytes.size();
  if (index < sent_) --sent_;
  entries_.erase(entries_.begin() + static_cast<ptrdiff_t>(index));
}

}  // namespace treatywire::ingest
