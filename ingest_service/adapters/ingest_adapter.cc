#include "ingest_service/adapters/ingest_adapter.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/grpc_status.h"
#include "common/raw_message.h"
#include "common/status.h"
#include "common/status_macros.h"
#include "common/trace_propagation.h"

namespace treatywire::ingest {

using treatywire::v1::ExtractedArticle;
using treatywire::v1::IngestArticleRequest;
using treatywire::v1::IngestArticleResponse;
using treatywire::v1::ParseArticleRequest;

namespace {

// A stream that ends at once.
class RefusedStream final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  explicit RefusedStream(const absl::Status& status) { Finish(ToGrpcStatus(status)); }
  void OnDone() override { delete this; }
};

}  // namespace

absl::Status IngestServiceAdapter::Begin(const grpc::CallbackServerContext& context,
                                         const grpc::ByteBuffer& bytes, UnaryCall& call,
                                         google::protobuf::Message* request) {
  TW_ASSIGN_OR_RETURN(auto place, limit_.Admit(context.peer()));
  call.Keep(std::move(place));
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

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* IngestServiceAdapter::IngestArticles(
    grpc::CallbackServerContext* context) {
  absl::StatusOr<std::shared_ptr<const CallLimit::Place>> place = limit_.Admit(context->peer());
  if (!place.ok()) return new RefusedStream(place.status());
  uint64_t number = 0;
  {
    const std::lock_guard lock(mutex_);
    if (const absl::Status refusal = CheckRoom(); !refusal.ok()) return new RefusedStream(refusal);
    number = ++last_stream_;
    streams_[number];
  }
  const auto stream = IngestStream::Start(ingestion_, DeadlineOf(*context), TraceOf(*context),
                                          [this, number, place = *place] {
                                            const std::lock_guard lock(mutex_);
                                            streams_.erase(number);
                                          });
  const std::lock_guard lock(mutex_);
  const auto entry = streams_.find(number);
  if (entry != streams_.end()) entry->second = stream;
  if (draining_) stream->Drain();
  return stream.get();
}

absl::Status IngestServiceAdapter::CheckRoom() const {
  if (draining_)
    return WithErrorInfo(absl::UnavailableError("the server is draining"),
                         treatywire::v1::ERROR_REASON_DRAINING);
  if (streams_.size() < kMaxStreams) return absl::OkStatus();
  return WithRetryDelay(
      WithErrorInfo(absl::ResourceExhaustedError(absl::StrCat("all ", kMaxStreams, " streams are in use")),
                    treatywire::v1::ERROR_REASON_TOO_MANY_STREAMS),
      absl::Seconds(1));
}

void IngestServiceAdapter::Drain() {
  std::vector<std::shared_ptr<IngestStream>> streams;
  {
    const std::lock_guard lock(mutex_);
    draining_ = true;
    for (const auto& [unused, weak] : streams_) {
      if (auto stream = weak.lock()) streams.push_back(std::move(stream));
    }
  }
  for (const auto& stream : streams) stream->Drain();
}

}  // namespace treatywire::ingest
