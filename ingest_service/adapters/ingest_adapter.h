// IngestService over gRPC: the logic of ingest_service/article_ingestion.h and ingest_session.h.
#ifndef TREATYWIRE_INGEST_SERVICE_ADAPTERS_INGEST_ADAPTER_H_
#define TREATYWIRE_INGEST_SERVICE_ADAPTERS_INGEST_ADAPTER_H_

#include <cstddef>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "common/call_admission.h"
#include "common/open_streams.h"
#include "common/unary_call.h"
#include "ingest_service/adapters/ingest_stream.h"
#include "ingest_service/article_ingestion.h"
#include "treatywire/v1/ingest_service.grpc.pb.h"

namespace treatywire::ingest {

// Every method raw: requests are parsed by the adapter (common/raw_message.h).
using RawIngestService = treatywire::v1::IngestService::WithRawCallbackMethod_ParseArticle<
    treatywire::v1::IngestService::WithRawCallbackMethod_IngestArticle<
        treatywire::v1::IngestService::WithRawCallbackMethod_IngestArticles<
            treatywire::v1::IngestService::Service>>>;

class IngestServiceAdapter final : public RawIngestService {
 public:
  // Streams open at a time, RESOURCE_EXHAUSTED past that.
  static constexpr size_t kMaxStreams = 64;

  // `ingestion` must outlive the adapter. Of `access` null: all may do all. A client may have
  // as many calls under way as `limits` says, streams included.
  explicit IngestServiceAdapter(ArticleIngestion* ingestion,
                                std::shared_ptr<const AccessPolicy> access = nullptr,
                                ClientLimits limits = {})
      : ingestion_(ingestion), admission_(std::move(access), limits) {}

  grpc::ServerUnaryReactor* ParseArticle(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* IngestArticle(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override;
  RawStream* IngestArticles(grpc::CallbackServerContext* context) override;

  // For ServerOptions::Service.
  CallAdmission& admission() { return admission_; }

  // Ends every stream, and those to come, with UNAVAILABLE, once what was read is answered.
  void Drain() { streams_.Drain(); }

 private:
  // Has `call` count among its client's and reads its request; the error where either cannot be.
  template <typename Request>
  absl::Status Begin(const grpc::CallbackServerContext& context, const grpc::ByteBuffer& bytes,
                     UnaryCall& call, Request* request);

  ArticleIngestion* const ingestion_;
  CallAdmission admission_;
  OpenStreams<IngestStream> streams_{kMaxStreams};
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_ADAPTERS_INGEST_ADAPTER_H_
