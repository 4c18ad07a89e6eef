// What StreamingSink decides, without what it stands on: no gRPC, no threads, no lock, no clock.
// StreamingSink adds those; a simulation adds its own.
//
//   DeliveryDriver driver(options, [&] { return OpenStreamSomehow(); }, seed);
//   driver.Deliver(*DeliveryQueue::Encode(extraction), deadline, &done, now);
//   ... the stream's reactions: OnWritten, OnAcknowledgement, OnEnding, OnEnded ...
//   for (Completion& completion : driver.Tick(now)) completion.Run();   // again at driver.next_tick()
//
// One stream at a time: opened by Tick, gone with OnEnded.
#ifndef TREATYWIRE_INGEST_SERVICE_DELIVERY_DELIVERY_DRIVER_H_
#define TREATYWIRE_INGEST_SERVICE_DELIVERY_DELIVERY_DRIVER_H_

#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "ingest_service/delivery/backoff.h"
#include "ingest_service/delivery/delivery_queue.h"
#include "ingest_service/delivery/streaming_sink.h"

namespace treatywire::ingest {

// A stream of PublishExtractions as its sender has it. Nothing that it is told makes it call the driver back
// at once.
class DeliveryStream {
 public:
  virtual ~DeliveryStream() = default;
  // Sends `request`. Not called again before OnWritten.
  virtual void Send(std::shared_ptr<const DeliveryQueue::Request> request) = 0;
  // Breaks it off; it ends as any other.
  virtual void Cancel() = 0;
};

// Not thread-safe. Completions are returned, not run: whoever holds a lock gives it up first.
class DeliveryDriver {
 public:
  using Completion = DeliveryQueue::Completion;
  using OpenStream = std::function<std::unique_ptr<DeliveryStream>()>;

  // `seed`: of the jitter. The first stream is due at once.
  DeliveryDriver(const StreamingSink::Options& options, OpenStream open, unsigned seed);

  // As StreamingSink::Deliver of what DeliveryQueue::Encode made, but for an error, which leaves `done` as it
  // was.
  absl::Status Deliver(std::string encoded, absl::Time deadline, ExtractionSink::Done* done, absl::Time now);

  // What time brings: deliveries expire, a stream is opened or, where it has stalled, broken off.
  std::vector<Completion> Tick(absl::Time now);
  // When the next is due, if nothing happens before; InfiniteFuture: then never.
  absl::Time next_tick() const;

  // When the stream is broken off, if it then still owes the acknowledgement that it owes now. Cheap, unlike
  // next_tick.
  absl::Time stalls_at() const { return queue_.waiting_since() + options_.acknowledgement_timeout; }

  // Reactions of the stream. A request was taken; another may be sent.
  void OnWritten(absl::Time now);
  // An acknowledgement came. An error: it was out of turn, and nothing more shall be read.
  absl::StatusOr<std::vector<Completion>> OnAcknowledgement(const DeliveryQueue::Response& response,
                                                            absl::Time now);
  // Nothing more will be read of it; it cannot be written to either.
  void OnEnding() { stream_usable_ = false; }
  // It is over, and TakeStream was called. What it had not acknowledged is to be sent again.
  void OnEnded(const absl::Status& status, absl::Time now);
  // The stream, for its end.
  std::unique_ptr<DeliveryStream> TakeStream() { return std::move(stream_); }

  // Ends it: all that is unacknowledged is completed with `status`, and the stream broken off. No stream is
  // opened any more.
  std::vector<Completion> ShutDown(const absl::Status& status);

  size_t pending() const { return queue_.pending(); }
  bool stream_open() const { return stream_open_; }
  const StreamingSink::Counts& counts() const { return counts_; }
  void CountRejected() { ++counts_.rejected; }

 private:
  void Open(absl::Time now);
  void SendNext(absl::Time now);
  void BreakOff(uint64_t& counter, const char* reason);
  void Count(const std::vector<Completion>& completions);

  const StreamingSink::Options options_;
  const OpenStream open_;
  std::minstd_rand random_;
  DeliveryQueue queue_;
  Backoff backoff_;
  StreamingSink::Counts counts_;
  std::unique_ptr<DeliveryStream> stream_;
  bool stream_open_ = false;    // from Open to OnEnded
  bool stream_usable_ = false;  // writes may be started
  bool writing_ = false;        // one is under way
  bool shut_down_ = false;
  absl::Time reconnect_at_ = absl::InfinitePast();  // where there is no stream
  absl::Status last_error_ = absl::UnavailableError("not connected yet");
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DELIVERY_DELIVERY_DRIVER_H_
