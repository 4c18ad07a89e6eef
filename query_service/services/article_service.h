// ArticleService without gRPC.
#ifndef TREATYWIRE_QUERY_SERVICE_SERVICES_ARTICLE_SERVICE_H_
#define TREATYWIRE_QUERY_SERVICE_SERVICES_ARTICLE_SERVICE_H_

#include <functional>

#include "absl/status/statusor.h"
#include "query_service/log_writer.h"
#include "query_service/published_snapshots.h"
#include "treatywire/v1/article_service.pb.h"

namespace treatywire::query {

// As AgreementService.
class ArticleService {
 public:
  // Both must outlive the service.
  ArticleService(PublishedSnapshots* snapshots, LogWriter* writer) : snapshots_(snapshots), writer_(writer) {}

  absl::StatusOr<treatywire::v1::GetArticleResponse> Get(
      const treatywire::v1::GetArticleRequest& request) const;
  absl::StatusOr<treatywire::v1::ListArticlesResponse> List(
      const treatywire::v1::ListArticlesRequest& request) const;
  absl::StatusOr<treatywire::v1::ListSourcesResponse> ListSources(
      const treatywire::v1::ListSourcesRequest& request) const;

  // Calls `done` once, when the retraction is durable and applied or has failed; on the writer's thread, or
  // on the caller's for a request that is refused at once.
  void Retract(const treatywire::v1::RetractArticleRequest& request,
               std::function<void(absl::StatusOr<treatywire::v1::RetractArticleResponse>)> done);

 private:
  PublishedSnapshots* const snapshots_;
  LogWriter* const writer_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_SERVICES_ARTICLE_SERVICE_H_
