// EventLogService.PublishExtractions as a gRPC stream.
#ifndef TREATYWIRE_QUERY_SERVICE_ADAPTERS_PUBLISH_STREAM_H_
#define TREATYWIRE_QUERY_SERVICE_ADAPTERS_PUBLISH_STREAM_H_

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "common/open_streams.h"
#include "query_service/log_writer.h"
#include "query_service/services/publish_session.h"

namespace treatywire::query {

// One publisher. Reads while the session's window has room, writes acknowledgements as they come, ends when
// the client has sent all and has every answer, or with the session's error. Owns itself until gRPC is done.
class PublishStream final : public RawStream, public std::enable_shared_from_this<PublishStream> {
 public:
  // Starts a stream. `gone` is called once when gRPC is done with it; `writer` must outlive it.
  static std::shared_ptr<PublishStream> Start(LogWriter* writer, std::function<void()> gone);

  explicit PublishStream(std::function<void()> gone) : gone_(std::move(gone)) {}

  // Reads no more, acknowledges what was read, and ends with UNAVAILABLE.
  void Drain();

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  // Gives one request to the session.
  void Take(const grpc::ByteBuffer& bytes);
  // Does whatever can be done next: reads, writes, finishes.
  void Proceed();
  void ProceedLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // What to finish with, if reading is over; OK where the client has sent all.
  absl::Status EndStatus() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::function<void()> gone_;
  std::shared_ptr<PublishSession> session_;
  grpc::ByteBuffer request_;  // being read; no lock: one read at a time

  absl::Mutex mutex_;
  grpc::ByteBuffer acknowledgement_ ABSL_GUARDED_BY(mutex_);  // being written
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool half_closed_ ABSL_GUARDED_BY(mutex_) = false;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  std::shared_ptr<PublishStream> self_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_ADAPTERS_PUBLISH_STREAM_H_
