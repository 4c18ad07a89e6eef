// ArticleService over gRPC: the logic of query_service/services/article_service.h, answered through
// ReadCalls.
#ifndef TREATYWIRE_QUERY_SERVICE_ADAPTERS_ARTICLE_ADAPTER_H_
#define TREATYWIRE_QUERY_SERVICE_ADAPTERS_ARTICLE_ADAPTER_H_

#include "query_service/adapters/read_call.h"
#include "query_service/services/article_service.h"
#include "treatywire/v1/article_service.grpc.pb.h"

namespace treatywire::query {

class ArticleServiceAdapter final : public treatywire::v1::ArticleService::CallbackService {
 public:
  // Both must outlive the adapter.
  ArticleServiceAdapter(ArticleService* service, ReadCalls* reads) : service_(service), reads_(reads) {}

  grpc::ServerUnaryReactor* GetArticle(grpc::CallbackServerContext* context,
                                       const treatywire::v1::GetArticleRequest* request,
                                       treatywire::v1::GetArticleResponse* response) override;
  grpc::ServerUnaryReactor* ListArticles(grpc::CallbackServerContext* context,
                                         const treatywire::v1::ListArticlesRequest* request,
                                         treatywire::v1::ListArticlesResponse* response) override;
  grpc::ServerUnaryReactor* ListSources(grpc::CallbackServerContext* context,
                                        const treatywire::v1::ListSourcesRequest* request,
                                        treatywire::v1::ListSourcesResponse* response) override;
  grpc::ServerUnaryReactor* RetractArticle(grpc::CallbackServerContext* context,
                                           const treatywire::v1::RetractArticleRequest* request,
                                           treatywire::v1::RetractArticleResponse* response) override;

 private:
  ArticleService* const service_;
  ReadCalls* const reads_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_ADAPTERS_ARTICLE_ADAPTER_H_
