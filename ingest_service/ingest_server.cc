#include "ingest_service/ingest_server.h"

#include <grpcpp/grpcpp.h>

#include <mutex>
#include <utility>

#include "absl/strings/strip.h"
#include "common/logging.h"
#include "common/status_macros.h"
#include "ingest_service/adapters/ingest_adapter.h"
#include "ingest_service/extraction/extractor.h"
#include "ingest_service/lexicon/lexicon.h"

namespace treatywire::ingest {
namespace {

// Tells `metrics`, which may be null, of what is read and answered.
ArticleIngestion::Options Observed(ArticleIngestion::Options options, Metrics* metrics) {
  if (metrics == nullptr) return options;
  options.on_read =
      [seconds = metrics->AddHistogram("treatywire_article_read_seconds",
                                       "Seconds that reading an article took.", kSecondsBuckets),
       events = metrics->AddCounter("treatywire_events_total", "Events read, by type.", "type")](
          const treatywire::v1::ExtractedArticle& extraction, absl::Duration duration) {
        seconds(absl::ToDoubleSeconds(duration));
        for (const auto& event : extraction.events()) {
          events(absl::StripPrefix(treatywire::v1::EventType_Name(event.type()), "EVENT_TYPE_"), 1);
        }
      };
  options.on_answer = [articles = metrics->AddCounter(
                           "treatywire_articles_total", "Articles answered by what became of them.",
                           "outcome")](const absl::StatusOr<treatywire::v1::IngestArticleResponse>& result) {
    if (!result.ok()) {
      articles(absl::StatusCodeToString(result.status().code()), 1);
    } else {
      articles(result->already_present() ? "ALREADY_PRESENT" : "INGESTED", 1);
    }
  };
  return options;
}

constexpr char kServiceName[] = "treatywire.v1.IngestService";

absl::StatusOr<std::unique_ptr<const Extractor>> LoadExtractor(const std::string& lexicon_dir) {
  TW_ASSIGN_OR_RETURN(std::unique_ptr<const Lexicon> lexicon,
                      lexicon_dir.empty() ? Lexicon::BuiltIn() : Lexicon::BuiltInWith(lexicon_dir));
  return Extractor::Create(std::move(lexicon));
}

// A query service whose host vanished without a word is noticed.
constexpr absl::Duration kKeepaliveTime = absl::Seconds(30);
static_assert(kKeepaliveTime >= kLeastPingInterval, "the query service would send us away");

std::shared_ptr<grpc::Channel> ChannelTo(const IngestServer::Options& options) {
  grpc::ChannelArguments arguments;
  // A query service that restarts is back within seconds: gRPC's own 1 s to 2 min would keep articles
  // waiting.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 200);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 5000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, static_cast<int>(absl::ToInt64Milliseconds(kKeepaliveTime)));
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
  arguments.SetLoadBalancingPolicyName("round_robin");
  return grpc::CreateCustomChannel(
      options.query_service,
      options.query_credentials != nullptr ? options.query_credentials : grpc::InsecureChannelCredentials(),
      arguments);
}

class WiredIngestServer final : public IngestServer {
 public:
  WiredIngestServer(std::unique_ptr<const Extractor> extractor, const Options& options)
      : extractor_(std::move(extractor)),
        sink_(StreamingSink::Create(ChannelTo(options), Delivery(options.delivery))),
        ingestion_(extractor_.get(), sink_.get(), Observed(options.ingestion, options.metrics)),
        adapter_(&ingestion_, options.server.access, options.server.client_limits) {}

  ~WiredIngestServer() override {
    Shutdown();
    server_.reset();  // before the adapter that it serves
  }

  // Everything that is asked for when metrics are read. `metrics` as in Options.
  void AddMetrics(Metrics* metrics) {
    metrics->AddGauge("treatywire_unanswered_articles", "Articles taken and not answered.",
                      [this] { return static_cast<double>(ingestion_.unanswered()); });
    metrics->AddGauge("treatywire_unsent_bytes", "Answers that clients have not taken yet.",
                      [this] { return static_cast<double>(adapter_.admission().unsent_bytes()); });
    metrics->AddGauge("treatywire_delivery_connected",
                      "1 where a delivery stream to the query service stands.",
                      [this] { return connected() ? 1 : 0; });
    const auto count = [&](const char* outcome, uint64_t StreamingSink::Counts::*member) {
      metrics->AddCount("treatywire_deliveries_total", "Extractions by what became of their delivery.",
                        "outcome", outcome,
                        [this, member] { return static_cast<double>(sink_->counts().*member); });
    };
    count("delivered", &StreamingSink::Counts::delivered);
    count("refused", &StreamingSink::Counts::refused);
    count("expired", &StreamingSink::Counts::expired);
    count("rejected", &StreamingSink::Counts::rejected);
    metrics->AddCount("treatywire_delivery_streams_total", "Delivery streams by what became of them.",
                      "outcome", "opened",
                      [this] { return static_cast<double>(sink_->counts().streams_opened); });
    metrics->AddCount("treatywire_delivery_streams_total", "Delivery streams by what became of them.",
                      "outcome", "stalled",
                      [this] { return static_cast<double>(sink_->counts().stalled_streams); });
  }

  absl::Status Listen(ServerOptions options) {
    options.services = {{kServiceName, &adapter_, &adapter_.admission()}};
    options.begin_drain = [this] { adapter_.Drain(); };
    options.serving_at_start = false;
    TW_ASSIGN_OR_RETURN(std::unique_ptr<ServerLifecycle> server, ServerLifecycle::Start(options));
    const std::lock_guard lock(mutex_);
    server_ = std::move(server);
    server_->SetServing("", true);
    server_->SetServing(kServiceName, connected_);
    return absl::OkStatus();
  }

  ServerLifecycle& lifecycle() override { return *server_; }

  void Shutdown() override {
    std::call_once(shutdown_, [this] {
      if (server_ != nullptr) server_->Shutdown();
      // No call is left that could wait for either.
      ingestion_.Stop();
      sink_->Drain(absl::InfinitePast());
    });
  }

 private:
  StreamingSink::Options Delivery(StreamingSink::Options options) {
    options.on_connection_change = [this](bool connected) { SetConnected(connected); };
    return options;
  }

  bool connected() {
    const std::lock_guard lock(mutex_);
    return connected_;
  }

  void SetConnected(bool connected) {
    Log(Severity::kInfo, connected ? "delivery stream open" : "delivery stream closed");
    const std::lock_guard lock(mutex_);
    connected_ = connected;
    if (server_ != nullptr) server_->SetServing(kServiceName, connected);
  }

  // Before the sink, whose threads use them.
  std::mutex mutex_;
  bool connected_ = false;  // guarded by mutex_, as is server_'s being set
  std::unique_ptr<ServerLifecycle> server_;

  const std::unique_ptr<const Extractor> extractor_;
  const std::unique_ptr<StreamingSink> sink_;
  ArticleIngestion ingestion_;
  IngestServiceAdapter adapter_;
  std::once_flag shutdown_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<IngestServer>> IngestServer::Start(Options options) {
  TW_ASSIGN_OR_RETURN(std::unique_ptr<const Extractor> extractor, LoadExtractor(options.lexicon_dir));
  ServerOptions server_options = options.server;
  Metrics* const metrics = options.metrics;
  if (metrics != nullptr) server_options.observers.push_back(metrics->request_observer());
  auto server = std::make_unique<WiredIngestServer>(std::move(extractor), options);
  TW_RETURN_IF_ERROR(server->Listen(server_options));
  if (metrics != nullptr) {
    server->AddMetrics(metrics);
    AddAccessCounts(*metrics, server_options.access);
    AddConnectionCounts(*metrics, server->lifecycle());
  }
  return server;
}

}  // namespace treatywire::ingest
