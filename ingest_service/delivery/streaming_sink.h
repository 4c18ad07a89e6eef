// Delivers over one long-lived EventLogService.PublishExtractions stream.
//
//   std::unique_ptr<StreamingSink> sink = StreamingSink::Create(channel, {});
//   sink->Deliver(std::move(extraction), deadline, [](absl::StatusOr<Delivery> delivery) { ... });
//   ...
//   sink->Drain(MonotonicNow() + absl::Seconds(5));
//
// The stream is opened at once and whenever it ends, after a growing delay with jitter; what was not
// acknowledged is sent again in the old order, which is safe because the event log knows an extraction by id
// and digest. A stream that owes an acknowledgement for too long, or gives a wrong one, is broken off. So
// every delivery ends with an acknowledgement or, at its deadline, with UNAVAILABLE; nothing is dropped
// without `done` being told, and each kind of outcome is counted.
//
// All times are MonotonicNow's.
//
// One delivery that makes the receiver end the stream every time holds those behind it until its own
// deadline.
#ifndef TREATYWIRE_INGEST_SERVICE_DELIVERY_STREAMING_SINK_H_
#define TREATYWIRE_INGEST_SERVICE_DELIVERY_STREAMING_SINK_H_

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/time/time.h"
#include "ingest_service/delivery/delivery_queue.h"
#include "ingest_service/delivery/extraction_sink.h"

namespace grpc {
class Channel;
}  // namespace grpc

namespace treatywire::ingest {

// All methods may be called from any thread. It has one thread of its own, for deadlines and reconnects.
class StreamingSink : public ExtractionSink {
 public:
  struct Options {
    DeliveryQueue::Limits limits;
    // Before the first, and at most before any, new stream after one ended.
    absl::Duration initial_backoff = absl::Milliseconds(100);
    absl::Duration max_backoff = absl::Seconds(5);
    // A stream that acknowledges nothing for so long while it owes acknowledgements is broken off.
    absl::Duration acknowledgement_timeout = absl::Seconds(15);
    // Called with true when the query service has taken a stream, with false when that has ended; in turn, on
    // one of gRPC's threads. It must not block or call the sink. May be empty.
    std::function<void(bool connected)> on_connection_change = {};
  };

  // What happened so far.
  struct Counts {
    uint64_t delivered = 0;        // acknowledged, already present or not
    uint64_t already_present = 0;  // of them
    uint64_t refused = 0;          // by the receiver
    uint64_t expired = 0;          // at the deadline
    uint64_t rejected = 0;         // not taken: too large, queue full, shut down
    uint64_t shut_down = 0;        // taken, but not acknowledged when the sink was shut down
    uint64_t streams_opened = 0;
    uint64_t protocol_errors = 0;  // acknowledgements out of turn
    uint64_t stalled_streams = 0;  // broken off after acknowledgement_timeout
  };

  static std::unique_ptr<StreamingSink> Create(std::shared_ptr<grpc::Channel> channel,
                                               const Options& options);

  // Shuts down without waiting for acknowledgements.
  ~StreamingSink() override = default;

  // Takes no more deliveries, waits until all have their outcome or until `deadline`, then completes the rest
  // with UNAVAILABLE and closes the stream. When it returns no `done` will be called any more.
  virtual void Drain(absl::Time deadline) = 0;

  virtual Counts counts() const = 0;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DELIVERY_STREAMING_SINK_H_
