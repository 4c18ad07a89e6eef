// The deliveries that are not acknowledged yet: which to send next, and what an acknowledgement, a broken
// stream or the passing of time does to them. No threads, no clock, no gRPC: StreamingSink adds those.
//
//   added ──NextToSend──▶ sent ──Acknowledge──▶ done
//     │                    │ ▲
//     │                    │ └─ StreamBroken: back to "added", in the old order
//     └──────Expire────────┴──▶ done with UNAVAILABLE
//
// Entries are kept in the order of their sequences; the first `sent` of them are on the stream. An entry that
// expires while it is on the stream keeps its place (its acknowledgement is still to come) until that or the
// stream's end.
#ifndef TREATYWIRE_INGEST_SERVICE_DELIVERY_DELIVERY_QUEUE_H_
#define TREATYWIRE_INGEST_SERVICE_DELIVERY_DELIVERY_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ingest_service/delivery/extraction_sink.h"
#include "treatywire/v1/event_log_service.pb.h"

namespace treatywire::ingest {

// Not thread-safe.
class DeliveryQueue {
 public:
  // A PublishExtractionsRequest as it goes onto the wire. Bytes and not a message: who reads an article makes
  // them while all of it is in its caches, and reads the next into the same message; what waits here, and may
  // be sent again, is one piece of memory.
  struct Request {
    uint64_t sequence = 0;
    std::string bytes;
  };
  using Response = treatywire::v1::PublishExtractionsResponse;

  // What EventLogService takes (event_log_service.proto).
  static constexpr size_t kMaxExtractionBytes = 4 << 20;
  static constexpr size_t kMaxWindow = 256;

  struct Limits {
    size_t window = kMaxWindow;           // on the stream at a time; at most kMaxWindow
    size_t max_entries = 1024;            // on the stream and waiting
    size_t max_bytes = size_t{64} << 20;  // of them, serialised
  };

  // An outcome. Run it after releasing whatever lock guards the queue.
  struct Completion {
    ExtractionSink::Done done;
    absl::StatusOr<Delivery> result;
    void Run() { std::move(done)(std::move(result)); }
  };

  explicit DeliveryQueue(const Limits& limits) : limits_(limits) {}

  // A request but for its sequence, for Add. INVALID_ARGUMENT where the extraction is over
  // kMaxExtractionBytes. `trace` as in ExtractionSink::Deliver.
  static absl::StatusOr<std::string> Encode(const treatywire::v1::ExtractedArticle& extraction,
                                            const TraceHeaders& trace = {});

  // Takes a delivery that Encode made. RESOURCE_EXHAUSTED where the queue is full; `done` is then left as it
  // was.
  absl::Status Add(std::string encoded, absl::Time deadline, ExtractionSink::Done&& done);

  // The next to send, now counted as sent; nullptr where none waits or the window is full.
  std::shared_ptr<const Request> NextToSend(absl::Time now);

  // Takes the acknowledgement of the entry that was sent first. Its completion, or none where it had expired.
  // FAILED_PRECONDITION where it acknowledges anything else: the stream cannot be trusted any more.
  absl::StatusOr<std::vector<Completion>> Acknowledge(const Response& response, absl::Time now);

  // What was sent is to be sent again, but for what has expired.
  void StreamBroken();

  // Completes what is due with UNAVAILABLE; `reason` is put into the message.
  std::vector<Completion> Expire(absl::Time now, const absl::Status& reason);
  // Completes everything with `status` and empties the queue.
  std::vector<Completion> TakeAll(const absl::Status& status);

  // Earliest deadline of those that wait for an outcome; InfiniteFuture where there is none.
  absl::Time next_deadline() const;
  // Since when the stream owes an acknowledgement; InfiniteFuture where it owes none.
  absl::Time waiting_since() const { return sent_ == 0 ? absl::InfiniteFuture() : waiting_since_; }
  // How many wait for an outcome.
  size_t pending() const { return pending_; }
  // How many are on the stream.
  size_t sent() const { return sent_; }

 private:
  struct Entry {
    std::shared_ptr<const Request> request;
    absl::Time deadline;
    ExtractionSink::Done done;  // null once expired
  };

  void Erase(size_t index);

  const Limits limits_;
  std::deque<Entry> entries_;
  size_t sent_ = 0;     // the first so many entries are on the stream
  size_t pending_ = 0;  // entries whose `done` is set
  size_t bytes_ = 0;
  uint64_t last_sequence_ = 0;
  absl::Time waiting_since_ = absl::InfiniteFuture();
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DELIVERY_DELIVERY_QUEUE_H_
