#include "ingest_service/article_ingestion.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status.h"
#include "common/status_macros.h"
#include "ingest_service/article_identity.h"

namespace treatywire::ingest {

using treatywire::v1::Article;
using treatywire::v1::ExtractedArticle;
using treatywire::v1::IngestArticleResponse;

namespace {

// By then, at an ordinary article's few milliseconds, much of a full queue is read.
constexpr absl::Duration kRetryDelay = absl::Milliseconds(500);
// A caller shall hear that the query service did not answer before its own deadline ends the call.
constexpr absl::Duration kMaxAnswerTime = absl::Milliseconds(100);
// An ordinary article has fewer. A message comes to hold as much as the largest that was read into it.
constexpr int kMaxEventsToKeep = 256;

absl::Status OverloadedError() {
  return WithErrorInfo(
      WithRetryDelay(absl::ResourceExhaustedError("too many articles are being read"), kRetryDelay),
      treatywire::v1::ERROR_REASON_OVERLOADED);
}

absl::Status StoppingError() {
  return WithErrorInfo(absl::UnavailableError("the server is draining; send the article again"),
                       treatywire::v1::ERROR_REASON_DRAINING);
}

}  // namespace

struct ArticleIngestion::Load {
  std::mutex mutex;
  // Guarded by mutex.
  size_t articles = 0;
  size_t bytes = 0;
};

class ArticleIngestion::Place {
 public:
  Place(std::shared_ptr<Load> load, size_t bytes) : load_(std::move(load)), bytes_(bytes) {}
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() {
    const std::lock_guard lock(load_->mutex);
    --load_->articles;
    load_->bytes -= bytes_;
  }

 private:
  const std::shared_ptr<Load> load_;
  const size_t bytes_;
};

ArticleIngestion::ArticleIngestion(const Extractor* extractor, ExtractionSink* sink, const Options& options)
    : extractor_(extractor),
      sink_(sink),
      options_(options),
      load_(std::make_shared<Load>()),
      pool_(std::make_unique<WorkPool>(options.threads, options.max_articles)) {}

ArticleIngestion::~ArticleIngestion() { Stop(); }

void ArticleIngestion::Stop() {
  stopping_ = true;
  pool_.reset();
}

size_t ArticleIngestion::unanswered() const {
  const std::lock_guard lock(load_->mutex);
  return load_->articles;
}

void ArticleIngestion::Parse(Article article, absl::Time deadline, const ParseDone& done) {
  absl::StatusOr<std::shared_ptr<Place>> place = Take(article);
  if (!place.ok()) return done(place.status());
  auto task = [this, article = std::make_shared<Article>(std::move(article)), deadline, place = *place,
               done] {
    ExtractedArticle extraction;
    const absl::Status read = Read(std::move(*article), deadline, &extraction);
    done(read.ok() ? absl::StatusOr<ExtractedArticle>(std::move(extraction)) : read);
  };
  if (!Submit(std::move(task), deadline)) done(OverloadedError());
}

void ArticleIngestion::Ingest(Article article, absl::Time deadline, IngestDone done,
                              const std::optional<TraceContext>& trace) {
  if (options_.on_answer) {
    // Not by way of `this`: the sink may answer after it.
    done = [on_answer = options_.on_answer,
            done = std::move(done)](const absl::StatusOr<IngestArticleResponse>& result) {
      on_answer(result);
      done(result);
    };
  }
  absl::StatusOr<std::shared_ptr<Place>> place = Take(article);
  if (!place.ok()) return done(place.status());
  auto task = [this, article = std::make_shared<Article>(std::move(article)), deadline, place = *place, done,
               headers = NewSpanHeaders(trace)] {
    // Nobody keeps it: what one article's took serves the thread's next.
    thread_local ExtractedArticle extraction;
    const absl::Status read = Read(std::move(*article), deadline, &extraction);
    const bool is_kept = read.ok() && extraction.events_size() <= kMaxEventsToKeep;
    if (read.ok()) Deliver(extraction, deadline, headers, place, done);
    if (!is_kept) ExtractedArticle().Swap(&extraction);
    if (!read.ok()) done(read);
  };
  if (!Submit(std::move(task), deadline)) done(OverloadedError());
}

absl::StatusOr<std::shared_ptr<ArticleIngestion::Place>> ArticleIngestion::Take(const Article& article) {
  if (stopping_) return StoppingError();
  const size_t bytes = article.ByteSizeLong();
  {
    const std::lock_guard lock(load_->mutex);
    if (load_->articles >= options_.max_articles || load_->bytes + bytes > options_.max_bytes) {
      return OverloadedError();
    }
    ++load_->articles;
    load_->bytes += bytes;
  }
  return std::make_shared<Place>(load_, bytes);
}

bool ArticleIngestion::Submit(std::function<void()> task, absl::Time deadline) {
  // Those on a stream wait for as long as they like: its window bounds them.
  return pool_->Submit(std::move(task), (deadline - options_.now()) / 4);
}

absl::Status ArticleIngestion::Read(Article article, absl::Time deadline,
                                    ExtractedArticle* extraction) const {
  if (stopping_) return StoppingError();
  if (options_.now() >= deadline) {
    return WithErrorInfo(absl::DeadlineExceededError("the deadline passed before the article was read"),
                         treatywire::v1::ERROR_REASON_DEADLINE_PASSED);
  }
  const absl::Time start = options_.now();
  TW_RETURN_IF_ERROR(PrepareArticle(&article));
  absl::Status extracted = extractor_->Extract(article, extraction);
  // What makes no document is the body's fault: its other fields are checked by now.
  if (!extracted.ok() && !GetBadRequest(extracted).has_value()) {
    return WithReasonIfNone(AddFieldViolation(extracted, "article.body", extracted.message()),
                            treatywire::v1::ERROR_REASON_INVALID_FIELD);
  }
  if (extracted.ok() && options_.on_read) options_.on_read(*extraction, options_.now() - start);
  return extracted;
}

void ArticleIngestion::Deliver(const ExtractedArticle& extraction, absl::Time deadline, TraceHeaders trace,
                               std::shared_ptr<Place> place, IngestDone done) {
  const absl::Time now = options_.now();
  const absl::Duration left = std::min(deadline - now, options_.max_wait);
  IngestArticleResponse response;
  response.set_article(absl::StrCat("articles/", extraction.article().article_id()));
  response.set_event_count(extraction.events_size());
  sink_->Deliver(extraction, now + left - std::min(left / 10, kMaxAnswerTime), std::move(trace),
                 [response = std::move(response), place = std::move(place),
                  done = std::move(done)](absl::StatusOr<Delivery> delivery) mutable {
                   if (!delivery.ok()) return done(delivery.status());
                   response.set_revision(delivery->revision);
                   response.set_already_present(delivery->already_present);
                   response.set_log_id(delivery->log_id);
                   done(std::move(response));
                 });
}

}  // namespace treatywire::ingest
