// Both services in this process, talking over loopback ports that the system picks.
//
//   BothServices services({.data_dir = directory});
//   services.Ingest(article);
//   services.Call(services.agreements(), &AgreementService::Stub::ListAgreements, request)
#ifndef TREATYWIRE_TESTS_INTEGRATION_BOTH_SERVICES_H_
#define TREATYWIRE_TESTS_INTEGRATION_BOTH_SERVICES_H_

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/grpc_status.h"
#include "ingest_service/ingest_server.h"
#include "query_service/query_server.h"
#include "treatywire/v1/agreement_service.grpc.pb.h"
#include "treatywire/v1/article_service.grpc.pb.h"
#include "treatywire/v1/ingest_service.grpc.pb.h"
#include "treatywire/v1/party_service.grpc.pb.h"
#include "treatywire/v1/timeline_service.grpc.pb.h"

namespace treatywire {

// Far longer than any call of a test takes: a call that reaches it fails its test.
inline constexpr absl::Duration kCallPatience = absl::Seconds(60);

class BothServices {
 public:
  struct Options {
    std::string data_dir = {};       // of the event log; where empty, `log`
    query::EventLog* log = nullptr;  // not owned
    query::QueryService::Options query = {};
    std::function<void(const absl::Status&)> on_failure = {};
    Metrics* query_metrics = nullptr;  // as in the servers' options
    Metrics* ingest_metrics = nullptr;
  };

  // Both are up, and the index rebuilt, when it returns.
  explicit BothServices(Options options);
  ~BothServices() { Stop(); }

  void Start();
  // Ends both as SIGTERM would.
  void Stop();

  absl::StatusOr<treatywire::v1::IngestArticleResponse> Ingest(const treatywire::v1::Article& article);
  // Over one stream; the answers in order.
  std::vector<treatywire::v1::IngestArticlesResponse> IngestAll(
      const std::vector<treatywire::v1::Article>& articles);

  template <typename Stub, typename Request, typename Response>
  static absl::StatusOr<Response> Call(Stub& stub,
                                       grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                                    Response*),
                                       const Request& request) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + kCallPatience));
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return FromGrpcStatus(status);
    return response;
  }

  treatywire::v1::AgreementService::Stub& agreements() { return *agreements_; }
  treatywire::v1::PartyService::Stub& parties() { return *parties_; }
  treatywire::v1::TimelineService::Stub& timelines() { return *timelines_; }
  treatywire::v1::ArticleService::Stub& articles() { return *articles_; }
  treatywire::v1::IngestService::Stub& ingestion() { return *ingestion_; }

  query::QueryServer& query() { return *query_; }
  ingest::IngestServer& ingest() { return *ingest_; }
  std::shared_ptr<grpc::Channel> query_channel() { return query_channel_; }
  std::shared_ptr<grpc::Channel> ingest_channel() { return ingest_channel_; }

 private:
  const Options options_;
  std::unique_ptr<query::QueryServer> query_;
  std::unique_ptr<ingest::IngestServer> ingest_;
  std::shared_ptr<grpc::Channel> query_channel_;
  std::shared_ptr<grpc::Channel> ingest_channel_;
  std::unique_ptr<treatywire::v1::AgreementService::Stub> agreements_;
  std::unique_ptr<treatywire::v1::PartyService::Stub> parties_;
  std::unique_ptr<treatywire::v1::TimelineService::Stub> timelines_;
  std::unique_ptr<treatywire::v1::ArticleService::Stub> articles_;
  std::unique_ptr<treatywire::v1::IngestService::Stub> ingestion_;
};

// Articles about two agreements, written for these tests: of France and Germany on fisheries, on whose date
// two publishers disagree, and of Norway and Sweden on defence. Published on different days of May 2020.
std::vector<treatywire::v1::Article> SampleArticles();

}  // namespace treatywire

#endif  // TREATYWIRE_TESTS_INTEGRATION_BOTH_SERVICES_H_
