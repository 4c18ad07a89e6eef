#include "ingest_service/delivery/delivery_driver.h"

#include <algorithm>
#include <utility>

#include "common/logging.h"

namespace treatywire::ingest {

DeliveryDriver::DeliveryDriver(const StreamingSink::Options& options, OpenStream open, unsigned seed)
    : options_(options),
      open_(std::move(open)),
      random_(seed),
      queue_(options.limits),
      backoff_(options.initial_backoff, options.max_backoff) {}

absl::Status DeliveryDriver::Deliver(std::string encoded, absl::Time deadline, ExtractionSink::Done* done,
                                     absl::Time now) {
  absl::Status taken = queue_.Add(std::move(encoded), deadline, std::move(*done));
  if (taken.ok()) SendNext(now);
  return taken;
}

std::vector<DeliveryDriver::Completion> DeliveryDriver::Tick(absl::Time now) {
  std::vector<Completion> completions = queue_.Expire(now, last_error_);
  counts_.expired += completions.size();
  if (!stream_open_ && !shut_down_ && reconnect_at_ <= now) Open(now);
  if (stream_usable_ && stalls_at() <= now) {
    BreakOff(counts_.stalled_streams, "no acknowledgement came in time");
  }
  return completions;
}

absl::Time DeliveryDriver::next_tick() const {
  absl::Time next = queue_.next_deadline();
  if (!stream_open_ && !shut_down_) next = std::min(next, reconnect_at_);
  if (stream_usable_) next = std::min(next, stalls_at());
  return next;
}

void DeliveryDriver::OnWritten(absl::Time now) {
  writing_ = false;
  SendNext(now);
}

absl::StatusOr<std::vector<DeliveryDriver::Completion>> DeliveryDriver::OnAcknowledgement(
    const DeliveryQueue::Response& response, absl::Time now) {
  absl::StatusOr<std::vector<Completion>> completions = queue_.Acknowledge(response, now);
  if (!completions.ok()) {
    // After ShutDown took everything, acknowledgements of what is gone are no one's fault.
    if (stream_usable_ && !shut_down_) BreakOff(counts_.protocol_errors, "acknowledgement out of turn");
    return completions;
  }
  backoff_.Reset();
  last_error_ = absl::OkStatus();
  Count(*completions);
  SendNext(now);
  return completions;
}

void DeliveryDriver::OnEnded(const absl::Status& status, absl::Time now) {
  const absl::Duration delay = backoff_.Next(std::uniform_real_distribution<>()(random_));
  if (!shut_down_) {
    last_error_ = status.ok() ? absl::UnavailableError("the query service ended the stream") : status;
    Log(Severity::kWarning, "delivery stream ended",
        {{"code", absl::StatusCodeToString(last_error_.code())},
         {"error", last_error_.message()},
         {"unacknowledged", queue_.sent()},
         {"reconnect_after_seconds", absl::ToDoubleSeconds(delay)}});
  }
  queue_.StreamBroken();
  reconnect_at_ = now + delay;
  stream_open_ = false;
  stream_usable_ = false;
}

std::vector<DeliveryDriver::Completion> DeliveryDriver::ShutDown(const absl::Status& status) {
  shut_down_ = true;
  std::vector<Completion> completions = queue_.TakeAll(status);
  counts_.shut_down += completions.size();
  if (stream_ != nullptr) stream_->Cancel();
  return completions;
}

void DeliveryDriver::Open(absl::Time now) {
  ++counts_.streams_opened;
  writing_ = false;
  stream_usable_ = true;
  stream_open_ = true;
  stream_ = open_();
  SendNext(now);
}

void DeliveryDriver::SendNext(absl::Time now) {
  if (!stream_usable_ || writing_) return;
  std::shared_ptr<const DeliveryQueue::Request> request = queue_.NextToSend(now);
  if (request == nullptr) return;
  writing_ = true;
  stream_->Send(std::move(request));
}

void DeliveryDriver::BreakOff(uint64_t& counter, const char* reason) {
  ++counter;
  Log(Severity::kWarning, "delivery stream broken off",
      {{"reason", reason}, {"unacknowledged", queue_.sent()}});
  stream_usable_ = false;
  stream_->Cancel();
}

void DeliveryDriver::Count(const std::vector<Completion>& completions) {
  for (const Completion& completion : completions) {
    counts_.delivered += completion.result.ok() ? 1 : 0;
    counts_.already_present += completion.result.ok() && completion.result->already_present ? 1 : 0;
    counts_.refused += completion.result.ok() ? 0 : 1;
  }
}

}  // namespace treatywire::ingest
