// Where extractions go: what the ingest service needs of the query service.
#ifndef TREATYWIRE_INGEST_SERVICE_DELIVERY_EXTRACTION_SINK_H_
#define TREATYWIRE_INGEST_SERVICE_DELIVERY_EXTRACTION_SINK_H_

#include <cstdint>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/trace_context.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::ingest {

// An extraction that is durable.
struct Delivery {
  uint64_t revision = 0;         // where the event log holds it
  bool already_present = false;  // it held that version before
  std::string log_id = {};       // which log that is
  friend bool operator==(const Delivery&, const Delivery&) = default;
};

// All methods may be called from any thread.
class ExtractionSink {
 public:
  using Done = absl::AnyInvocable<void(absl::StatusOr<Delivery>) &&>;

  virtual ~ExtractionSink() = default;

  // Delivers `extraction`, which is not used after the return, and calls `done` exactly once: on any thread,
  // maybe before Deliver returns, holding no lock of the sink. `done` must not block. `trace` goes with it.
  // Errors:
  //   UNAVAILABLE         not acknowledged before `deadline`, or the sink is shut down. It may have been made
  //   durable
  //                       all the same; delivering it again is safe.
  //   RESOURCE_EXHAUSTED  too much waits already; carries a retry delay. Not delivered.
  //   INVALID_ARGUMENT    too large, or refused by the receiver. A retry would be too.
  // and whatever else the receiver refuses it with.
  virtual void Deliver(const treatywire::v1::ExtractedArticle& extraction, absl::Time deadline,
                       TraceHeaders trace, Done done) = 0;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DELIVERY_EXTRACTION_SINK_H_
