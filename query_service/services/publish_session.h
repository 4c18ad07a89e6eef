// EventLogService.PublishExtractions without gRPC: one stream's extractions, and its acknowledgements in
// order.
//
//   auto session = PublishSession::Create(&writer, /*changed=*/[stream] { stream->Proceed(); });
//   while (session->CanTake()) session->Take(request, ExtractionBytes(bytes));
//   while (auto acknowledgement = session->NextAcknowledgement()) Send(*acknowledgement);
//   if (!session->status().ok()) End(session->status());
#ifndef TREATYWIRE_QUERY_SERVICE_SERVICES_PUBLISH_SESSION_H_
#define TREATYWIRE_QUERY_SERVICE_SERVICES_PUBLISH_SESSION_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "query_service/log_writer.h"
#include "treatywire/v1/event_log_service.pb.h"

namespace treatywire::query {

// The bytes of the extraction in `request`, those of a PublishExtractionsRequest that parses; empty where it
// is there more than once, and so is made of several.
std::string ExtractionBytes(std::string request);

// Every method may be called from any thread. Kept alive by its records that the writer still has.
class PublishSession : public std::enable_shared_from_this<PublishSession> {
 public:
  static constexpr size_t kMaxUnacknowledged = 256;
  // What the unacknowledged of one stream may hold in memory, if more than one.
  static constexpr size_t kMaxUnacknowledgedBytes = 8 << 20;

  // `writer` must outlive the session. `changed` is called from the writer's thread, without a lock held,
  // whenever one of the other methods may have a new answer; it must be quick.
  static std::shared_ptr<PublishSession> Create(LogWriter* writer, std::function<void()> changed);

  // Whether another request may be taken: the window has room and the session has not failed.
  bool CanTake() const;
  // Takes one request; to be called only where CanTake said yes. One that is at fault is refused in its turn.
  // A sequence that is not larger than the one before ends the session with INVALID_ARGUMENT. `encoded`:
  // ExtractionBytes, to be stored where they are as many as the extraction serialises to; may be empty.
  void Take(treatywire::v1::PublishExtractionsRequest request, std::string encoded = {});
  // Ends the session with `status`: the client sent what is no request.
  void Fail(absl::Status status);

  // The next acknowledgement in the order of requests; nullopt where it is not known yet, or none is to come.
  std::optional<treatywire::v1::PublishExtractionsResponse> NextAcknowledgement();

  // Whether there is one.
  bool has_acknowledgement() const;

  // How many requests are with the writer.
  size_t unwritten() const;
  // Whether no acknowledgement is outstanding or to be sent.
  bool idle() const;
  // OK, or what ended the session: nothing more is taken, and of what was taken only what was written before
  // is acknowledged. DATA_LOSS after a failed write.
  absl::Status status() const;

 private:
  // One request, in order.
  struct Slot {
    size_t bytes;
    bool settled;
    treatywire::v1::PublishExtractionsResponse acknowledgement;
  };

  PublishSession(LogWriter* writer, std::function<void()> changed);

  // The slot number `index` is written, or is not.
  void Settle(uint64_t index, const absl::StatusOr<AppendResult>& result);

  LogWriter* const writer_;
  const std::function<void()> changed_;
  mutable absl::Mutex mutex_;
  std::deque<Slot> slots_ ABSL_GUARDED_BY(mutex_);
  uint64_t first_slot_ ABSL_GUARDED_BY(mutex_) = 0;  // index of slots_.front()
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t unwritten_ ABSL_GUARDED_BY(mutex_) = 0;
  std::optional<uint64_t> last_sequence_ ABSL_GUARDED_BY(mutex_);
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_SERVICES_PUBLISH_SESSION_H_
