#include "ingest_service/delivery/streaming_sink.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "common/grpc_status.h"
#include "common/monotonic_clock.h"
#include "common/raw_message.h"
#include "common/status.h"
#include "ingest_service/delivery/delivery_driver.h"
#include "treatywire/v1/event_log_service.grpc.pb.h"

namespace treatywire::ingest {
namespace {

using treatywire::v1::ExtractedArticle;
using Completion = DeliveryQueue::Completion;
using Request = DeliveryQueue::Request;
using Response = DeliveryQueue::Response;

absl::Status ShutDownError() {
  return WithErrorInfo(absl::UnavailableError("the ingest service is shutting down"),
                       treatywire::v1::ERROR_REASON_DRAINING);
}

// Requests go as the bytes that they are.
using Stub = grpc::TemplatedGenericStub<grpc::ByteBuffer, Response>;
constexpr char kMethod[] = "/treatywire.v1.EventLogService/PublishExtractions";

// The bytes of `request`, which they keep alive.
grpc::ByteBuffer BufferOf(std::shared_ptr<const Request> request) {
  const grpc::Slice slice = SliceOf(std::move(request), [](const std::shared_ptr<const Request>& owner) {
    return absl::string_view(owner->bytes);
  });
  return grpc::ByteBuffer(&slice, 1);
}

class GrpcStreamingSink final : public StreamingSink {
 public:
  GrpcStreamingSink(const std::shared_ptr<grpc::Channel>& channel, const Options& options);
  ~GrpcStreamingSink() override { Drain(absl::InfinitePast()); }

  void Deliver(const ExtractedArticle& extraction, absl::Time deadline, TraceHeaders trace,
               Done done) override;
  void Drain(absl::Time deadline) override;
  Counts counts() const override;

 private:
  class Stream;

  // What the timer thread does until stop_timer_.
  void RunTimer();

  // Reactions of the stream.
  void OnTaken() { SetConnected(true); }
  void OnWritten();
  bool OnAcknowledgement(const Response& response);  // whether to go on reading
  void OnEnding();
  void OnEnded(const grpc::Status& status);  // destroys the stream
  void SetConnected(bool connected);

  const Options options_;
  Stub stub_;
  // A std::mutex, as everywhere near gRPC: thread sanitizer sees through it, not through Debian's
  // absl::Mutex. gRPC never runs a reaction inside a Start…() call, so these are called under it.
  mutable std::mutex mutex_;
  std::condition_variable timer_wake_up_;
  std::condition_variable state_changed_;  // nothing is pending any more, or no stream open
  // All below is guarded by mutex_. The driver's stream is not destroyed under it.
  DeliveryDriver driver_;
  absl::Time wake_up_at_ = absl::InfinitePast();  // when the timer thread looks again by itself
  bool draining_ = false;
  bool stop_timer_ = false;
  bool connected_ = false;  // not guarded: see SetConnected
  std::once_flag drained_;
  std::thread timer_;  // last: started when all else is there
};

// One call. It holds what gRPC may read until the write is done, which an acknowledgement can overtake.
class GrpcStreamingSink::Stream final : public DeliveryStream,
                                        public grpc::ClientBidiReactor<grpc::ByteBuffer, Response> {
 public:
  Stream(GrpcStreamingSink* sink, Stub& stub) : sink_(sink) {
    stub.PrepareBidiStreamingCall(&context_, kMethod, /*options=*/{}, this);
    AddHold();  // for writes that Deliver starts; until the reading ends
    StartRead(&response_);
    StartCall();
  }

  void Send(std::shared_ptr<const Request> request) override {
    request_ = BufferOf(std::move(request));
    StartWrite(&request_);
  }
  void Cancel() override { context_.TryCancel(); }

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
  grpc::ByteBuffer request_;
  Response response_;
};

// Waits until `time` of MonotonicNow's or until `done`; an hour at a time, for the C library takes no
// infinite times.
template <typename Done>
void WaitUntil(absl::Time time, std::unique_lock<std::mutex>& lock, std::condition_variable& changed,
               Done done) {
  while (!done()) {
    const absl::Duration left = std::min(time - MonotonicNow(), absl::Hours(1));
    if (left <= absl::ZeroDuration()) return;
    changed.wait_for(lock, absl::ToChronoNanoseconds(left));
  }
}

GrpcStreamingSink::GrpcStreamingSink(const std::shared_ptr<grpc::Channel>& channel, const Options& options)
    : options_(options),
      stub_(channel),
      driver_(
          options,
          [this, channel] {
            // How long to wait between attempts is the driver's to say. gRPC's own wait follows the wall
            // clock: where that is set back an hour, so is the next attempt.
            grpc::experimental::ChannelResetConnectionBackoff(channel.get());
            return std::make_unique<Stream>(this, stub_);
          },
          std::random_device()()),
      timer_([this] { RunTimer(); }) {}

void GrpcStreamingSink::Deliver(const ExtractedArticle& extraction, absl::Time deadline, TraceHeaders trace,
                                Done done) {
  absl::StatusOr<std::string> encoded = DeliveryQueue::Encode(extraction, trace);
  std::unique_lock lock(mutex_);
  absl::Status taken = encoded.status();
  if (draining_) taken = ShutDownError();
  if (taken.ok()) taken = driver_.Deliver(*std::move(encoded), deadline, &done, MonotonicNow());
  if (!taken.ok()) {
    driver_.CountRejected();
    lock.unlock();
    std::move(done)(taken);
    return;
  }
  if (std::min(deadline, driver_.stalls_at()) < wake_up_at_) timer_wake_up_.notify_one();
}

void GrpcStreamingSink::Drain(absl::Time deadline) {
  std::call_once(drained_, [this, deadline] {
    std::unique_lock lock(mutex_);
    draining_ = true;
    WaitUntil(deadline, lock, state_changed_, [this] { return driver_.pending() == 0; });
    std::vector<Completion> completions = driver_.ShutDown(ShutDownError());
    stop_timer_ = true;
    timer_wake_up_.notify_one();
    lock.unlock();
    for (Completion& completion : completions) completion.Run();
    timer_.join();
    lock.lock();
    state_changed_.wait(lock, [this] { return !driver_.stream_open(); });
  });
}

StreamingSink::Counts GrpcStreamingSink::counts() const {
  const std::lock_guard lock(mutex_);
  return driver_.counts();
}

void GrpcStreamingSink::RunTimer() {
  std::unique_lock lock(mutex_);
  while (!stop_timer_) {
    std::vector<Completion> completions = driver_.Tick(MonotonicNow());
    if (!completions.empty()) {
      state_changed_.notify_all();
      lock.unlock();
      for (Completion& completion : completions) completion.Run();
      lock.lock();
      continue;  // much may have changed meanwhile
    }
    wake_up_at_ = driver_.next_tick();
    const absl::Duration left = std::min(wake_up_at_ - MonotonicNow(), absl::Hours(1));
    if (left > absl::ZeroDuration()) timer_wake_up_.wait_for(lock, absl::ToChronoNanoseconds(left));
  }
}

void GrpcStreamingSink::OnWritten() {
  const std::lock_guard lock(mutex_);
  driver_.OnWritten(MonotonicNow());
}

bool GrpcStreamingSink::OnAcknowledgement(const Response& response) {
  std::unique_lock lock(mutex_);
  absl::StatusOr<std::vector<Completion>> completions = driver_.OnAcknowledgement(response, MonotonicNow());
  if (!completions.ok()) return false;
  state_changed_.notify_all();
  lock.unlock();
  for (Completion& completion : *completions) completion.Run();
  return true;
}

void GrpcStreamingSink::OnEnding() {
  const std::lock_guard lock(mutex_);
  driver_.OnEnding();
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
  std::unique_ptr<DeliveryStream> ended = driver_.TakeStream();
  lock.unlock();
  // The call holds the channel. Were it destroyed after Drain has returned, this thread of gRPC's could be
  // the channel's last owner, and gRPC aborts when one of its threads destroys a channel.
  ended.reset();
  lock.lock();
  driver_.OnEnded(FromGrpcStatus(status), MonotonicNow());
  timer_wake_up_.notify_one();
  state_changed_.notify_all();
}

}  // namespace

std::unique_ptr<StreamingSink> StreamingSink::Create(std::shared_ptr<grpc::Channel> channel,
                                                     const Options& options) {
  return std::make_unique<GrpcStreamingSink>(std::move(channel), options);
}

}  // namespace treatywire::ingest
