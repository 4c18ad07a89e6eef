// ArticleService over gRPC: the logic of query_service/services/article_service.h, answered through
// ReadCalls.
#ifndef TREATYWIRE_QUERY_SERVICE_ADAPTERS_ARTICLE_ADAPTER_H_
#define TREATYWIRE_QUERY_SERVICE_ADAPTERS_ARTICLE_ADAPTER_H_

#include "query_service/adapters/read_call.h"
#include "query_service/services/article_service.h"
#include "treatywire/v1/article_service.grpc.pb.h"

namespace treatywire::query {

// Every method raw: requests are parsed by the adapter (common/raw_message.h).
using RawArticleService = treatywire::v1::ArticleService::WithRawCallbackMethod_GetArticle<
    treatywire::v1::ArticleService::WithRawCallbackMethod_ListArticles<
        treatywire::v1::ArticleService::WithRawCallbackMethod_RetractArticle<
            treatywire::v1::ArticleService::WithRawCallbackMethod_ListSources<
                treatywire::v1::ArticleService::Service>>>>;

class ArticleServiceAdapter final : public RawArticleService {
 public:
  // Both must outlive the adapter.
  ArticleServiceAdapter(ArticleService* service, ReadCalls* reads) : service_(service), reads_(reads) {}

  grpc::ServerUnaryReactor* GetArticle(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListArticles(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListSources(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* RetractArticle(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;

 private:
  ArticleService* const service_;
  ReadCalls* const reads_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_ADAPTERS_ARTICLE_ADAPTER_H_
