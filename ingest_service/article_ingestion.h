// IngestService without gRPC: reads articles on threads of its own and delivers what they say.
//
//   ArticleIngestion ingestion(extractor.get(), sink.get(), {});
//   ingestion.Ingest(article, deadline, [](absl::StatusOr<IngestArticleResponse> result) { ... });
//
// What is taken and not answered is bounded, by number and by bytes; past it an article is refused at once,
// before any work is spent on it, so that an overloaded service goes on at its full rate.
#ifndef TREATYWIRE_INGEST_SERVICE_ARTICLE_INGESTION_H_
#define TREATYWIRE_INGEST_SERVICE_ARTICLE_INGESTION_H_

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/monotonic_clock.h"
#include "common/trace_context.h"
#include "common/work_pool.h"
#include "ingest_service/delivery/extraction_sink.h"
#include "ingest_service/extraction/extractor.h"
#include "treatywire/v1/ingest_service.pb.h"

namespace treatywire::ingest {

// Every method may be called from any thread.
class ArticleIngestion {
 public:
  struct Options {
    size_t threads = 1;                           // that read articles
    size_t max_articles = 2048;                   // taken and not answered
    size_t max_bytes = size_t{256} << 20;         // of them, as sent
    absl::Duration max_wait = absl::Seconds(30);  // for the query service, whatever a caller's deadline
    std::function<absl::Time()> now = &MonotonicNow;
    // Told of each article that was read, and how long that took, and of each answer of Ingest; from any
    // thread. Must not block. May be empty.
    std::function<void(const treatywire::v1::ExtractedArticle&, absl::Duration)> on_read = {};
    std::function<void(const absl::StatusOr<treatywire::v1::IngestArticleResponse>&)> on_answer = {};
  };

  using ParseDone = std::function<void(const absl::StatusOr<treatywire::v1::ExtractedArticle>&)>;
  using IngestDone = std::function<void(const absl::StatusOr<treatywire::v1::IngestArticleResponse>&)>;

  // Both must outlive it.
  ArticleIngestion(const Extractor* extractor, ExtractionSink* sink, const Options& options);
  ~ArticleIngestion();  // Stop
  ArticleIngestion(const ArticleIngestion&) = delete;
  ArticleIngestion& operator=(const ArticleIngestion&) = delete;

  // Both call `done` just once, on any thread, maybe before they return; it must be quick. Errors:
  //   INVALID_ARGUMENT    names the field at fault, or what the query service refused
  //   RESOURCE_EXHAUSTED  too much is taken already, or waits for the query service; carries a retry delay
  //   DEADLINE_EXCEEDED   `deadline` passed before the article was read
  //   UNAVAILABLE         the query service did not acknowledge in time, or this one is stopping: the article
  //                       may be durable all the same, and sending it again is safe

  // What the article says, delivered to nobody.
  void Parse(treatywire::v1::Article article, absl::Time deadline, const ParseDone& done);
  // OK when it is durable. The query service is told of the `trace` that the article came with, if any.
  void Ingest(treatywire::v1::Article article, absl::Time deadline, IngestDone done,
              const std::optional<TraceContext>& trace = std::nullopt);

  // How many articles are taken and not answered.
  size_t unanswered() const;

  // Answers what no thread has begun with UNAVAILABLE; returns when the threads are done. What the sink has
  // is the sink's to answer. To be called when no call is left.
  void Stop();

 private:
  // What is taken and not answered.
  struct Load;
  // An article's place in it, until the last copy is gone.
  class Place;

  // A place for `article`; RESOURCE_EXHAUSTED where there is none.
  absl::StatusOr<std::shared_ptr<Place>> Take(const treatywire::v1::Article& article);
  // Has `task` run on one of the threads. False where too much waits already for it to be done well before
  // `deadline`: what would be done too late only keeps others waiting.
  bool Submit(std::function<void()> task, absl::Time deadline);
  // Validates and reads into `extraction`; on one of the threads.
  absl::Status Read(treatywire::v1::Article article, absl::Time deadline,
                    treatywire::v1::ExtractedArticle* extraction) const;
  void Deliver(const treatywire::v1::ExtractedArticle& extraction, absl::Time deadline, TraceHeaders trace,
               std::shared_ptr<Place> place, IngestDone done);

  const Extractor* const extractor_;
  ExtractionSink* const sink_;
  const Options options_;
  const std::shared_ptr<Load> load_;
  std::atomic<bool> stopping_{false};
  std::unique_ptr<WorkPool> pool_;  // last: its tasks use the members above
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_ARTICLE_INGESTION_H_
