#include "ingest_service/delivery/streaming_sink.h"

#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "common/grpc_status.h"
#include "common/logging.h"
#include "ingest_service/delivery/backoff.h"
#include "treatywire/v1/event_log_service.grpc.pb.h"

namespace treatywire::ingest {
namespace {

using treatywire::v1::EventLogService;
using treatywire::v1::ExtractedArticle;
using Completion = DeliveryQueue::Completion;
using Request = DeliveryQueue::Request;
using Response = DeliveryQueue::Response;

absl::Status ShutDownError() { return absl::UnavailableError("the ingest service is shutting down"); }

class GrpcStreamingSink final : public StreamingSink {
 public:
  GrpcStreamingSink(std::shared_ptr<grpc::ChannelInterface> channel, const Options& options);
  ~GrpcStreamingSink() override { Drain(absl::InfinitePast()); }

  void Deliver(ExtractedArticle extraction, absl::Time deadline, Done done) override;
  void Drain(absl::Time deadline) override;
  Counts counts() const override;

 private:
  class Stream;

  // What the timer thread does until stop_timer_.
  void RunTimer();
  // The rest requires mutex_.
  absl::Time NextWakeUp() const;
  absl::Time StallsAt() const { return queue_.waiting_since() + options_.acknowledgement_timeout; }
  void OpenStream();
  void SendNext();
  void BreakOff(uint64_t& counter, const char* reason);
  void Count(const std::vector<Completion>& completions);

  // Reactions of the stream.
  void OnTaken();
  void OnWritten();
  bool OnAcknowledgement(const Response& response);  // whether to go on reading
  void OnEnding();
  void OnEnded(const grpc::Status& status);  // destroys the stream
  void SetConnected(bool connected);

  const Options options_;
  const std::unique_ptr<EventLogService::Stub> stub_;
  // A std::mutex, as everywhere near gRPC: thread sanitizer sees through it, not through Debian's
  // absl::Mutex. gRPC never runs a reaction inside a Start…() call, so these are called under it.
  mutable std::mutex mutex_;
  std::condition_variable timer_wake_up_;
  std::condition_variable state_changed_;  // pending() became 0 or stream_open_ false
  // All below is guarded by mutex_.
  DeliveryQueue queue_;
  Backoff backoff_;
  std::minstd_rand random_{std::random_device()()};
  Counts counts_;
  std::unique_ptr<Stream> stream_;
  bool stream_open_ = false;    // until stream_ is destroyed, which is not done under the mutex
  bool stream_usable_ = false;  // writes may be started
  bool writing_ = false;        // one is under way
  absl::Time reconnect_at_ = absl::InfinitePast();  // where there is no stream
  absl::Status last_error_ = absl::UnavailableError("not connected yet");
  absl::Time wake_up_at_ = absl::InfinitePast();  // when the timer thread looks again by itself
  bool draining_ = false;
  bool stop_timer_ = false;
  bool connected_ = false;  // not guarded: see SetConnected
  std::once_flag drained_;
  std::thread timer_;  // last: started when all else is there
};

// One call. It holds what gRPC may read until the write is done: an acknowledgement can overtake that.
class GrpcStreamingSink::Stream final : public grpc::ClientBidiReactor<Request, Response> {
 public:
  Stream(GrpcStreamingSink* sink, EventLogService::Stub& stub) : sink_(sink) {
    stub.async()->PublishExtractions(&context_, this);
    AddHold();  // for writes that Deliver starts; until the reading ends
    StartRead(&response_);
    StartCall();
  }

  void Send(std::shared_ptr<const Request> request) {
    request_ = std::move(request);
    StartWrite(request_.get());
  }
  void Cancel() { context_.TryCancel(); }

  // Not true for a call that was refused: the answer has trailers alone then.
  void OnReadInitialMetadataDone(bool ok) override {
    if (ok) sink_->OnTaken();
  }
  void OnWriteDone(bool ok) override {
    if (ok) sink_->OnWritten();
  }
  void OnReadDone(bool ok) override {
    if (ok && sink_->OnAcknowledgement(response_)) return StartRead(&response_);
    sink_->OnEnding();
    RemoveHold();
  }
  void OnDone(const grpc::Status& status) override { sink_->OnEnded(status); }

 private:
  GrpcStreamingSink* const sink_;
  grpc::ClientContext context_;
  std::shared_ptr<const Request> request_;
  Response response_;
};

GrpcStreamingSink::GrpcStreamingSink(std::shared_ptr<grpc::ChannelInterface> channel, const Options& options)
    : options_(options),
      stub_(EventLogService::NewStub(channel)),
      queue_(options.limits),
      backoff_(options.initial_backoff, options.max_backoff),
      timer_([this] { RunTimer(); }) {}

void GrpcStreamingSink::Deliver(ExtractedArticle extraction, absl::Time deadline, Done done) {
  std::unique_lock lock(mutex_);
  const absl::Status taken =
      draining_ ? ShutDownError() : queue_.Add(std::move(extraction), deadline, std::move(done));
  if (!taken.ok()) {
    ++counts_.rejected;
    lock.unlock();
    std::move(done)(taken);
    return;
  }
  SendNext();
  if (std::min(deadline, StallsAt()) < wake_up_at_) timer_wake_up_.notify_one();
}

void GrpcStreamingSink::Drain(absl::Time deadline) {
  std::call_once(drained_, [this, deadline] {
    std::unique_lock lock(mutex_);
    draining_ = true;
    // Not before the epoch: the C library takes no negative times.
    state_changed_.wait_until(lock, absl::ToChronoTime(std::max(deadline, absl::UnixEpoch())),
                              [this] { return queue_.pending() == 0; });
    std::vector<Completion> completions = queue_.TakeAll(ShutDownError());
    counts_.shut_down += completions.size();
    stop_timer_ = true;
    timer_wake_up_.notify_one();
    if (stream_ != nullptr) stream_->Cancel();
    lock.unlock();
    for (Completion& completion : completions) completion.Run();
    timer_.join();
    lock.lock();
    state_changed_.wait(lock, [this] { return !stream_open_; });
  });
}

StreamingSink::Counts GrpcStreamingSink::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

void GrpcStreamingSink::RunTimer() {
  std::unique_lock lock(mutex_);
  while (!stop_timer_) {
    const absl::Time now = absl::Now();
    std::vector<Completion> completions = queue_.Expire(now, last_error_);
    counts_.expired += completions.size();
    if (!stream_open_ && reconnect_at_ <= now) OpenStream();
    if (stream_usable_ && StallsAt() <= now) {
      BreakOff(counts_.stalled_streams, "no acknowledgement came in time");
    }
    if (!completions.empty()) {
      state_changed_.notify_all();
      lock.unlock();
      for (Completion& completion : completions) completion.Run();
      lock.lock();
      continue;  // much may have changed meanwhile
    }
    wake_up_at_ = NextWakeUp();
    timer_wake_up_.wait_until(lock, absl::ToChronoTime(wake_up_at_));
  }
}

absl::Time GrpcStreamingSink::NextWakeUp() const {
  absl::Time next = queue_.next_deadline();
  if (!stream_open_) next = std::min(next, reconnect_at_);
  if (stream_usable_) next = std::min(next, StallsAt());
  return next;
}

void GrpcStreamingSink::OpenStream() {
  ++counts_.streams_opened;
  writing_ = false;
  stream_usable_ = true;
  stream_open_ = true;
  stream_ = std::make_unique<Stream>(this, *stub_);
  SendNext();
}

void GrpcStreamingSink::SendNext() {
  if (!stream_usable_ || writing_) return;
  std::shared_ptr<const Request> request = queue_.NextToSend(absl::Now());
  if (request == nullptr) return;
  writing_ = true;
  stream_->Send(std::move(request));
}

void GrpcStreamingSink::BreakOff(uint64_t& counter, const char* reason) {
  ++counter;
  Log(Severity::kWarning, "delivery stream broken off",
      {{"reason", reason}, {"unacknowledged", queue_.sent()}});
  stream_usable_ = false;
  stream_->Cancel();
}

void GrpcStreamingSink::Count(const std::vector<Completion>& completions) {
  for (const Completion& completion : completions) {
    counts_.delivered += completion.result.ok() ? 1 : 0;
    counts_.already_present += completion.result.ok() && completion.result->already_present ? 1 : 0;
    counts_.refused += completion.result.ok() ? 0 : 1;
  }
}

void GrpcStreamingSink::OnTaken() { SetConnected(true); }

void GrpcStreamingSink::OnWritten() {
  const std::lock_guard lock(mutex_);
  writing_ = false;
  SendNext();
}

bool GrpcStreamingSink::OnAcknowledgement(const Response& response) {
  std::unique_lock lock(mutex_);
  absl::StatusOr<std::vector<Completion>> completions = queue_.Acknowledge(response, absl::Now());
  if (!completions.ok()) {
    // After Drain took everything, acknowledgements of what is gone are no one's fault.
    if (stream_usable_ && !stop_timer_) BreakOff(counts_.protocol_errors, "acknowledgement out of turn");
    return false;
  }
  backoff_.Reset();
  last_error_ = absl::OkStatus();
  Count(*completions);
  SendNext();
  state_changed_.notify_all();
  lock.unlock();
  for (Completion& completion : *completions) completion.Run();
  return true;
}

void GrpcStreamingSink::OnEnding() {
  const std::lock_guard lock(mutex_);
  stream_usable_ = false;
}

// OnEnded comes after all other reactions of its stream and before the next stream is opened: no two threads
// are here at a time.
void GrpcStreamingSink::SetConnected(bool connected) {
  if (std::exchange(connected_, connected) != connected && options_.on_connection_change) {
    options_.on_connection_change(connected);
  }
}

void GrpcStreamingSink::OnEnded(const grpc::Status& status) {
  SetConnected(false);
  std::unique_lock lock(mutex_);
  std::unique_ptr<Stream> ended = std::move(stream_);
  lock.unlock();
  // The call holds the channel. Were it destroyed after Drain has returned, this thread of gRPC's could be
  // the channel's last owner, and gRPC aborts when one of its threads destroys a channel.
  ended.reset();
  lock.lock();
  const absl::Duration delay = backoff_.Next(std::uniform_real_distribution<>()(random_));
  if (!stop_timer_) {
    last_error_ =
        status.ok() ? absl::UnavailableError("the query service ended the stream") : FromGrpcStatus(status);
    Log(Severity::kWarning, "delivery stream ended",
        {{"code", absl::StatusCodeToString(last_error_.code())},
         {"error", last_error_.message()},
         {"unacknowledged", queue_.sent()},
         {"reconnect_after_seconds", absl::ToDoubleSeconds(delay)}});
  }
  queue_.StreamBroken();
  reconnect_at_ = absl::Now() + delay;
  stream_open_ = false;
  timer_wake_up_.notify_one();
  state_changed_.notify_all();
}

}  // namespace

std::unique_ptr<StreamingSink> StreamingSink::Create(std::shared_ptr<grpc::ChannelInterface> channel,
                                                     const Options& options) {
  return std::make_unique<GrpcStreamingSink>(std::move(channel), options);
}

}  // namespace treatywire::ingest
