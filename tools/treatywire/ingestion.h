// Sends articles to the ingest service until each has its answer.
//
// One bidirectional stream with a bounded window; what is not answered when a stream ends is sent again on
// the next, which is safe: the service derives ids from the articles. An article that the service refuses is
// reported and the rest goes on.
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_INGESTION_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_INGESTION_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tools/treatywire/article_source.h"
#include "tools/treatywire/session.h"
#include "treatywire/v1/ingest_service.pb.h"

namespace treatywire::tools {

// What became of one article.
struct IngestOutcome {
  uint64_t sequence = 0;  // its place in the source, from 1
  std::string origin;     // ArticleSource::Item::origin
  absl::StatusOr<treatywire::v1::IngestArticleResponse> answer;
};

class Ingestion {
 public:
  struct Options {
    // The service reads no further than 64 unanswered ones.
    size_t max_unanswered = 32;
    // Of the articles in the window; one larger article is sent alone.
    size_t max_unanswered_bytes = 32 << 20;
    // How long it goes on to try while nothing is answered. Longer than the ingest service waits for the
    // query service (30 s), so that an article outlives a restart of either.
    absl::Duration give_up_after = absl::Seconds(60);
  };
  // A larger article is refused here: gRPC would end the stream for it.
  static constexpr size_t kMaxArticleBytes = 7 << 20;

  // What is referred to must outlive the Ingestion. `report` is called on the thread that runs Run, once an
  // article, in the order of the answers.
  Ingestion(ArticleSource& source, std::shared_ptr<grpc::Channel> channel, const Environment& environment,
            const Options& options, std::function<void(const IngestOutcome&)> report);

  // Returns OK when every article of the source was reported, whatever its answer; CANCELLED where the user
  // interrupted it, with articles unanswered; else the error of the last stream, after it reported it for
  // each article that is sent and not answered, and stopped there.
  absl::Status Run();

 private:
  struct Pending {
    std::string origin;
    treatywire::v1::IngestArticlesRequest request;
    size_t bytes = 0;
    bool on_stream = false;   // sent on the stream under way
    absl::Status last_error;  // of the try before
  };
  class Stream;

  // Makes the next article ready to send: one that is sent again, else one from the source. nullptr where
  // there is none, or none fits into the window.
  Pending* NextToSend();
  bool WindowHasRoom() const;
  absl::Time AnswerDeadline() const;
  bool TakeFromSource();
  // The answer to `sequence`. INTERNAL where nothing of that sequence is unanswered.
  absl::Status Answer(const treatywire::v1::IngestArticlesResponse& response);
  void ReportAndForget(std::map<uint64_t, Pending>::iterator pending,
                       absl::StatusOr<treatywire::v1::IngestArticleResponse> answer);
  absl::Status GiveUp(const absl::Status& status);

  ArticleSource& source_;
  const std::shared_ptr<grpc::Channel> channel_;
  const Environment& environment_;
  const Options options_;
  const std::function<void(const IngestOutcome&)> report_;

  std::map<uint64_t, Pending> unanswered_;  // by sequence
  size_t unanswered_bytes_ = 0;
  bool source_ended_ = false;
  uint64_t sequence_ = 0;
  absl::Time last_progress_;
  absl::Duration asked_delay_;  // what the service asked to wait before it is tried again
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_INGESTION_H_
