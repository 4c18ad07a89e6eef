#include "query_service/adapters/article_adapter.h"

#include <utility>

namespace treatywire::query {

using treatywire::v1::GetArticleRequest;
using treatywire::v1::ListArticlesRequest;
using treatywire::v1::ListSourcesRequest;
using treatywire::v1::RetractArticleRequest;
using treatywire::v1::RetractArticleResponse;

grpc::ServerUnaryReactor* ArticleServiceAdapter::GetArticle(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* request,
                                                            grpc::ByteBuffer* response) {
  return reads_->Answer<GetArticleRequest>(context, request, response,
                                           [this](const GetArticleRequest& r) { return service_->Get(r); });
}

grpc::ServerUnaryReactor* ArticleServiceAdapter::ListArticles(grpc::CallbackServerContext* context,
                                                              const grpc::ByteBuffer* request,
                                                              grpc::ByteBuffer* response) {
  return reads_->Answer<ListArticlesRequest>(
      context, request, response, [this](const ListArticlesRequest& r) { return service_->List(r); });
}

grpc::ServerUnaryReactor* ArticleServiceAdapter::ListSources(grpc::CallbackServerContext* context,
                                                             const grpc::ByteBuffer* request,
                                                             grpc::ByteBuffer* response) {
  return reads_->Answer<ListSourcesRequest>(
      context, request, response, [this](const ListSourcesRequest& r) { return service_->ListSources(r); });
}

// The writer answers, so that no pool is needed. Cancellation does not undo it.
grpc::ServerUnaryReactor* ArticleServiceAdapter::RetractArticle(grpc::CallbackServerContext* context,
                                                                const grpc::ByteBuffer* request,
                                                                grpc::ByteBuffer* response) {
  const auto call = UnaryCall::Start(response);
  RetractArticleRequest parsed;
  if (const absl::Status status = reads_->Begin<RetractArticleRequest>(*context, *call); !status.ok()) {
    call->Fail(status);
  } else if (const absl::Status fault = ParseRequest(*request, &parsed); !fault.ok()) {
    call->Fail(fault);
  } else if (!reads_->ready()) {
    call->Fail(RebuildingError());
  } else {
    service_->Retract(parsed,
                      [call](const absl::StatusOr<RetractArticleResponse>& result) { call->Answer(result); });
  }
  return call.get();
}

}  // namespace treatywire::query
