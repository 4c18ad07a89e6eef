#include "query_service/services/publish_session.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/logging.h"
#include "common/status.h"
#include "common/trace_context.h"
#include "query_service/extraction_validation.h"

namespace treatywire::query {

using google::protobuf::internal::WireFormatLite;
using treatywire::v1::LogRecord;
using treatywire::v1::PublishExtractionsRequest;
using treatywire::v1::PublishExtractionsResponse;

namespace {

// A stream is one request: this is what tells of its articles, where their senders record traces.
void LogOutcome(const TraceContext& trace, const absl::StatusOr<AppendResult>& result) {
  Log(Severity::kInfo, "extraction published",
      {{"code", absl::StatusCodeToString(result.status().code())},
       {"revision", result.ok() ? result->revision : 0},
       {"already_present", result.ok() && result->already_present},
       {"trace_id", trace.trace_id},
       {"tracestate", trace.state}});
}

}  // namespace

std::string ExtractionBytes(std::string request) {
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const uint8_t*>(request.data()),
                                            static_cast<int>(request.size()));
  constexpr uint32_t kTag = WireFormatLite::MakeTag(PublishExtractionsRequest::kExtractionFieldNumber,
                                                    WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
  size_t begin = 0;
  uint32_t size = 0;
  while (const uint32_t tag = in.ReadTag()) {
    if (tag != kTag) {
      if (!WireFormatLite::SkipField(&in, tag)) return "";
      continue;
    }
    if (begin != 0 || !in.ReadVarint32(&size)) return "";
    begin = static_cast<size_t>(in.CurrentPosition());
    if (!in.Skip(static_cast<int>(size))) return "";
  }
  request.resize(begin + size);
  request.erase(0, begin);
  return request;
}

PublishSession::PublishSession(LogWriter* writer, std::function<void()> changed)
    : writer_(writer), changed_(std::move(changed)) {}

std::shared_ptr<PublishSession> PublishSession::Create(LogWriter* writer, std::function<void()> changed) {
  return std::shared_ptr<PublishSession>(new PublishSession(writer, std::move(changed)));
}

bool PublishSession::CanTake() const {
  absl::MutexLock lock(&mutex_);
  return status_.ok() && slots_.size() < kMaxUnacknowledged &&
         (slots_.empty() || bytes_ < kMaxUnacknowledgedBytes);
}

void PublishSession::Take(PublishExtractionsRequest request, std::string encoded) {
  absl::Status fault = ValidateExtraction(request.extraction());
  const size_t bytes = request.extraction().ByteSizeLong();
  // Where they are more, some field is there twice, or takes more bytes than it needs: no need to keep that.
  if (encoded.size() != bytes) encoded.clear();
  uint64_t index = 0;
  {
    absl::MutexLock lock(&mutex_);
    if (!status_.ok()) return;
    if (last_sequence_.has_value() && request.sequence() <= *last_sequence_) {
      status_ = InvalidFieldError(
          "sequence", absl::StrCat("is ", request.sequence(), " after ", *last_sequence_, "; it must grow"));
      return;
    }
    last_sequence_ = request.sequence();
    index = first_slot_ + slots_.size();
    Slot& slot = slots_.emplace_back(Slot{bytes, /*settled=*/!fault.ok(), {}});
    bytes_ += slot.bytes;
    slot.acknowledgement.set_sequence(request.sequence());
    if (!fault.ok()) {
      *slot.acknowledgement.mutable_refusal() = ToRpcStatus(fault);
      return;
    }
    ++unwritten_;
  }
  const std::optional<TraceContext> trace = ParseTrace(request.traceparent(), request.tracestate());
  LogRecord record;
  *record.mutable_extraction() = std::move(*request.mutable_extraction());
  const auto self = shared_from_this();
  absl::Status refused = writer_->Submit(
      std::move(record),
      [self, index, trace](const absl::StatusOr<AppendResult>& result) {
        if (trace.has_value() && trace->sampled) LogOutcome(*trace, result);
        self->Settle(index, result);
        self->changed_();
      },
      std::move(encoded));
  if (!refused.ok()) Settle(index, refused);
}

void PublishSession::Fail(absl::Status status) {
  absl::MutexLock lock(&mutex_);
  if (status_.ok()) status_ = std::move(status);
}

void PublishSession::Settle(uint64_t index, const absl::StatusOr<AppendResult>& result) {
  absl::MutexLock lock(&mutex_);
  --unwritten_;
  if (!result.ok()) {
    // The first failure is the one to tell: those of later records follow from it.
    if (status_.ok()) status_ = result.status();
    return;
  }
  Slot& slot = slots_[index - first_slot_];
  slot.settled = true;
  slot.acknowledgement.set_revision(result->revision);
  slot.acknowledgement.set_already_present(result->already_present);
  slot.acknowledgement.set_log_id(writer_->log_id());
}

std::optional<PublishExtractionsResponse> PublishSession::NextAcknowledgement() {
  absl::MutexLock lock(&mutex_);
  if (slots_.empty() || !slots_.front().settled) return std::nullopt;
  PublishExtractionsResponse acknowledgement = std::move(slots_.front().acknowledgement);
  bytes_ -= slots_.front().bytes;
  slots_.pop_front();
  ++first_slot_;
  return acknowledgement;
}

bool PublishSession::has_acknowledgement() const {
  absl::MutexLock lock(&mutex_);
  return !slots_.empty() && slots_.front().settled;
}

size_t PublishSession::unwritten() const {
  absl::MutexLock lock(&mutex_);
  return unwritten_;
}

bool PublishSession::idle() const {
  absl::MutexLock lock(&mutex_);
  return slots_.empty();
}

absl::Status PublishSession::status() const {
  absl::MutexLock lock(&mutex_);
  return status_;
}

}  // namespace treatywire::query
