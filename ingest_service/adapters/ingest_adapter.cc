#include "ingest_service/adapters/ingest_adapter.h"

#include <functional>
#include <memory>
#include <utility>

#include "common/raw_message.h"
#include "common/status_macros.h"
#include "common/trace_propagation.h"

namespace treatywire::ingest {

using treatywire::v1::ExtractedArticle;
using treatywire::v1::IngestArticleRequest;
using treatywire::v1::IngestArticleResponse;
using treatywire::v1::IngestArticlesRequest;
using treatywire::v1::ParseArticleRequest;

template <typename Request>
absl::Status IngestServiceAdapter::Begin(const grpc::CallbackServerContext& context,
                                         const grpc::ByteBuffer& bytes, UnaryCall& call, Request* request) {
  TW_RETURN_IF_ERROR(admission_.Begin<Request>(context, call));
  return ParseRequest(bytes, request);
}

grpc::ServerUnaryReactor* IngestServiceAdapter::ParseArticle(grpc::CallbackServerContext* context,
                                                             const grpc::ByteBuffer* request,
                                                             grpc::ByteBuffer* response) {
  const auto call = UnaryCall::Start(response);
  ParseArticleRequest parsed;
  if (const absl::Status status = Begin(*context, *request, *call, &parsed); !status.ok()) {
    call->Fail(status);
  } else {
    ingestion_->Parse(std::move(*parsed.mutable_article()), DeadlineOf(*context),
                      [call](const absl::StatusOr<ExtractedArticle>& result) { call->Answer(result); });
  }
  return call.get();
}

grpc::ServerUnaryReactor* IngestServiceAdapter::IngestArticle(grpc::CallbackServerContext* context,
                                                              const grpc::ByteBuffer* request,
                                                              grpc::ByteBuffer* response) {
  const auto call = UnaryCall::Start(response);
  IngestArticleRequest parsed;
  if (const absl::Status status = Begin(*context, *request, *call, &parsed); !status.ok()) {
    call->Fail(status);
  } else {
    ingestion_->Ingest(
        std::move(*parsed.mutable_article()), DeadlineOf(*context),
        [call](const absl::StatusOr<IngestArticleResponse>& result) { call->Answer(result); },
        TraceOf(*context));
  }
  return call.get();
}

RawStream* IngestServiceAdapter::IngestArticles(grpc::CallbackServerContext* context) {
  const absl::StatusOr<std::shared_ptr<CallLimit::Place>> place =
      admission_.Admit<IngestArticlesRequest>(*context);
  if (!place.ok()) return RefuseStream(place.status());
  return streams_.Open([&](std::function<void()> gone) {
    return IngestStream::Start(ingestion_, DeadlineOf(*context), TraceOf(*context),
                               [gone = std::move(gone), place = *place] { gone(); });
  });
}

}  // namespace treatywire::ingest
