#include "query_service/adapters/article_adapter.h"

#include <utility>

#include "common/grpc_status.h"

namespace treatywire::query {

using treatywire::v1::GetArticleRequest;
using treatywire::v1::GetArticleResponse;
using treatywire::v1::ListArticlesRequest;
using treatywire::v1::ListArticlesResponse;
using treatywire::v1::ListSourcesRequest;
using treatywire::v1::ListSourcesResponse;
using treatywire::v1::RetractArticleRequest;
using treatywire::v1::RetractArticleResponse;

grpc::ServerUnaryReactor* ArticleServiceAdapter::GetArticle(grpc::CallbackServerContext* context,
                                                            const GetArticleRequest* request,
                                                            GetArticleResponse* response) {
  return reads_->Answer(context, request, response,
                        [this](const GetArticleRequest& r) { return service_->Get(r); });
}

grpc::ServerUnaryReactor* ArticleServiceAdapter::ListArticles(grpc::CallbackServerContext* context,
                                                              const ListArticlesRequest* request,
                                                              ListArticlesResponse* response) {
  return reads_->Answer(context, request, response,
                        [this](const ListArticlesRequest& r) { return service_->List(r); });
}

grpc::ServerUnaryReactor* ArticleServiceAdapter::ListSources(grpc::CallbackServerContext* context,
                                                             const ListSourcesRequest* request,
                                                             ListSourcesResponse* response) {
  return reads_->Answer(context, request, response,
                        [this](const ListSourcesRequest& r) { return service_->ListSources(r); });
}

// The writer answers, so that no pool is needed. Cancellation does not undo it: the reactor waits for the
// answer.
grpc::ServerUnaryReactor* ArticleServiceAdapter::RetractArticle(grpc::CallbackServerContext* context,
                                                                const RetractArticleRequest* request,
                                                                RetractArticleResponse* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  if (!reads_->ready()) {
    reactor->Finish(ToGrpcStatus(RebuildingError()));
    return reactor;
  }
  service_->Retract(*request, [reactor, response](absl::StatusOr<RetractArticleResponse> result) {
    if (result.ok()) *response = *std::move(result);
    reactor->Finish(ToGrpcStatus(result.status()));
  });
  return reactor;
}

}  // namespace treatywire::query
