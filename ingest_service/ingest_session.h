// IngestService.IngestArticles without gRPC: one stream's articles, and its answers in order.
//
//   auto session = IngestSession::Create(&ingestion, /*changed=*/[stream] { stream->Proceed(); });
//   while (session->CanTake()) session->Take(request, deadline);
//   while (auto answer = session->NextAnswer()) Send(*answer);
#ifndef TREATYWIRE_INGEST_SERVICE_INGEST_SESSION_H_
#define TREATYWIRE_INGEST_SERVICE_INGEST_SESSION_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/trace_context.h"
#include "ingest_service/article_ingestion.h"
#include "treatywire/v1/ingest_service.pb.h"

namespace treatywire::ingest {

// Every method may be called from any thread. Kept alive by its articles that are being read and delivered.
class IngestSession : public std::enable_shared_from_this<IngestSession> {
 public:
  static constexpr size_t kMaxUnanswered = 128;
  // What the unanswered of one stream may hold in memory, if more than one.
  static constexpr size_t kMaxUnansweredBytes = 8 << 20;

  // `ingestion` must outlive the session. `changed` is called, from any thread and without a lock held,
  // whenever one of the other methods may have a new answer; it must be quick.
  // `trace`: of the stream, and so of all its articles.
  static std::shared_ptr<IngestSession> Create(ArticleIngestion* ingestion, std::function<void()> changed,
                                               std::optional<TraceContext> trace = std::nullopt);

  // Whether another request may be taken: the window has room.
  bool CanTake() const;
  // Takes one request; to be called only where CanTake said yes.
  void Take(treatywire::v1::IngestArticlesRequest request, absl::Time deadline);
  // Takes one that is no request, to be answered with `error` in its turn.
  void Refuse(uint64_t sequence, const absl::Status& error);

  // The next answer in the order of requests; nullopt where it is not known yet, or none is to come.
  std::optional<treatywire::v1::IngestArticlesResponse> NextAnswer();

  // Whether there is one.
  bool has_answer() const;

  // Whether every request taken has had its answer taken.
  bool idle() const;

 private:
  // One request, in order.
  struct Slot {
    size_t bytes;
    bool settled;
    treatywire::v1::IngestArticlesResponse answer;
  };

  IngestSession(ArticleIngestion* ingestion, std::function<void()> changed,
                std::optional<TraceContext> trace);

  // Enters a request; returns its number.
  uint64_t Enter(uint64_t sequence, size_t bytes);
  void Settle(uint64_t number, const absl::StatusOr<treatywire::v1::IngestArticleResponse>& result);

  ArticleIngestion* const ingestion_;
  const std::function<void()> changed_;
  const std::optional<TraceContext> trace_;
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  std::deque<Slot> slots_;
  uint64_t first_slot_ = 0;  // number of slots_.front()
  size_t bytes_ = 0;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_INGEST_SESSION_H_
