// The ingest service as a whole: every part, wired, listening.
//
//   TW_ASSIGN_OR_RETURN(auto server, IngestServer::Start({.query_service = "localhost:50052"}));
//   ... server->lifecycle().address() ...
//
// Health: "" and reflection are up from the start, for the process needs nothing else to read articles
// (ParseArticle); "treatywire.v1.IngestService" is NOT_SERVING until a delivery stream to the query service
// stands, whenever it is lost, and while draining: what is sent then could only wait and expire.
#ifndef TREATYWIRE_INGEST_SERVICE_INGEST_SERVER_H_
#define TREATYWIRE_INGEST_SERVICE_INGEST_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/metrics.h"
#include "common/server.h"
#include "ingest_service/article_ingestion.h"
#include "ingest_service/delivery/streaming_sink.h"

namespace grpc {
class ChannelCredentials;
}  // namespace grpc

namespace treatywire::ingest {

// Every method may be called from any thread.
class IngestServer {
 public:
  struct Options {
    // As ServerOptions; `services`, `serving_at_start` and `begin_drain` are set by Start.
    ServerOptions server = {};
    // gRPC target of the query service: "HOST:PORT", "dns:///NAME:PORT".
    std::string query_service = "127.0.0.1:50052";
    std::shared_ptr<grpc::ChannelCredentials> query_credentials = nullptr;  // plaintext where null
    std::string lexicon_dir = {};  // replaces or extends the built-in lexicon; empty: that alone
    ArticleIngestion::Options ingestion = {};
    StreamingSink::Options delivery = {};  // on_connection_change is set by Start
    Metrics* metrics = nullptr;  // not owned; must outlive the server and lose its endpoints before it
  };

  // INVALID_ARGUMENT or NOT_FOUND for a lexicon that does not load, and otherwise as ServerLifecycle::Start.
  // That the query service cannot be reached is no error: it is tried again and again.
  static absl::StatusOr<std::unique_ptr<IngestServer>> Start(Options options);

  virtual ~IngestServer() = default;  // Shutdown

  // Its Shutdown drains the server, but not what lies below: see Shutdown here.
  virtual ServerLifecycle& lifecycle() = 0;
  // Drains the server, then ends delivery. A second call waits for the first.
  virtual void Shutdown() = 0;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_INGEST_SERVER_H_
