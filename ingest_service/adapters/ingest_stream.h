// IngestService.IngestArticles as a gRPC stream.
#ifndef TREATYWIRE_INGEST_SERVICE_ADAPTERS_INGEST_STREAM_H_
#define TREATYWIRE_INGEST_SERVICE_ADAPTERS_INGEST_STREAM_H_

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/open_streams.h"
#include "ingest_service/article_ingestion.h"
#include "ingest_service/ingest_session.h"

namespace treatywire::ingest {

// One client. Reads while the session's window has room, writes answers as they come, and ends when the
// client has sent all and has every answer. Owns itself until gRPC is done.
class IngestStream final : public RawStream, public std::enable_shared_from_this<IngestStream> {
 public:
  // Starts a stream whose call ends at `deadline` and belongs to `trace`. `gone` is called once when gRPC is
  // done with it; `ingestion` must outlive it.
  static std::shared_ptr<IngestStream> Start(ArticleIngestion* ingestion, absl::Time deadline,
                                             std::optional<TraceContext> trace, std::function<void()> gone);

  IngestStream(absl::Time deadline, std::function<void()> gone)
      : deadline_(deadline), gone_(std::move(gone)) {}

  // Reads no more, answers what was read, and ends with UNAVAILABLE.
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
  void ProceedLocked();  // requires mutex_
  // What to finish with, once reading is over; requires mutex_.
  absl::Status EndStatus() const;

  const absl::Time deadline_;
  const std::function<void()> gone_;
  std::shared_ptr<IngestSession> session_;
  grpc::ByteBuffer request_;  // being read; no lock: one read at a time

  std::mutex mutex_;
  // Guarded by mutex_.
  grpc::ByteBuffer answer_;  // being written
  bool reading_ = false;
  bool writing_ = false;
  bool half_closed_ = false;
  bool draining_ = false;
  bool cancelled_ = false;
  bool finished_ = false;
  std::shared_ptr<IngestStream> self_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_ADAPTERS_INGEST_STREAM_H_
