// treatywire-overload: asks running services for more than they can do and measures what they still do.
//
// First a closed loop finds the most answers a second that the service gives (the calls under way that give
// most of several numbers of them). Then an open loop sends at multiples of that rate, whatever comes back,
// as many independent clients would; each call has a deadline, and a client that is refused does not try
// again. Goodput is what is answered with OK before its deadline, a second.
//
// The client costs little (wire_load.h), and pages of agreements come over a line of 10 Gbit/s, in the closed
// loops as in the open ones: memory carries twice as much between two processes.
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "tests/benchmark/bench_report.h"
#include "tests/benchmark/news_generator.h"
#include "tests/benchmark/wire_load.h"
#include "treatywire/v1/agreement_service.grpc.pb.h"
#include "treatywire/v1/ingest_service.grpc.pb.h"
#include "treatywire/v1/timeline_service.grpc.pb.h"

ABSL_FLAG(std::string, ingest_service, "127.0.0.1:50051", "HOST:PORT of the ingest service");
ABSL_FLAG(std::string, query_service, "127.0.0.1:50052", "HOST:PORT of the query service");
ABSL_FLAG(int, seconds, 5, "how long each rate is kept up");
ABSL_FLAG(double, gigabits, 10, "speed of the line that answers come over; 0: loopback's");
ABSL_FLAG(int, connections, 8, "how many connections the client has");
ABSL_FLAG(std::string, only, "", "only what has this in its name, such as GetTimeline; empty: all");
ABSL_FLAG(double, least, 0.8, "least goodput at three times the sustainable rate, of the most there is");

namespace treatywire::benchmark {
namespace {

namespace v1 = treatywire::v1;

void Print(absl::string_view name, double rate, const WireLoadResult& result) {
  const double seconds = result.seconds;
  std::cout << absl::StrFormat("%-24s %8.0f %8.0f %8.0f %7d %7d %7d %8.1f %8.1f %8.1f %8.1f\n", name, rate,
                               static_cast<double>(result.begun) / seconds,
                               static_cast<double>(result.good_ms.size()) / seconds, result.refused_ms.size(),
                               result.expired, result.cut_off, Percentile(result.refused_ms, 0.5),
                               Percentile(result.refused_ms, 0.99), Percentile(result.good_ms, 0.5),
                               Percentile(result.good_ms, 0.99))
            << std::flush;
  if (result.refused_without_delay > 0) {
    std::cout << "  " << result.refused_without_delay << " refusals say not when to try again\n";
  }
  if (result.failed > 0) std::cout << "  " << result.failed << " failed: " << result.last_failure << "\n";
}

// Whether the service keeps up its goodput.
bool Measure(absl::string_view what, WireLoadOptions options) {
  if (!absl::StrContains(what, absl::GetFlag(FLAGS_only))) return true;
  options.connections = static_cast<size_t>(std::max(1, absl::GetFlag(FLAGS_connections)));
  const absl::Duration duration = absl::Seconds(absl::GetFlag(FLAGS_seconds));
  std::cout << "\n"
            << what << "\n"
            << absl::StrFormat("%-24s %8s %8s %8s %7s %7s %7s %17s %17s\n", "", "rate/s", "sent/s", "OK/s",
                               "refused", "expired", "cut off", "refused p50,99 ms", "OK p50, p99 ms");
  WireLoad load(std::move(options));
  double most = 0;
  for (const size_t under_way : {4, 16, 64}) {
    const WireLoadResult result = load.Run({.under_way = under_way, .duration = duration});
    Print(absl::StrCat("closed loop of ", under_way), 0, result);
    most = std::max(most, static_cast<double>(result.good_ms.size()) / result.seconds);
  }
  double at_three = 0;
  bool tell_when = true;
  for (const int times : {1, 2, 3}) {
    const WireLoadResult result = load.Run({.rate = times * most, .duration = duration});
    Print(absl::StrCat(times, " times the most"), times * most, result);
    tell_when = tell_when && result.refused_without_delay == 0 && result.failed == 0;
    at_three = static_cast<double>(result.good_ms.size()) / result.seconds;
  }
  const double part = at_three / most;
  const bool kept = part >= absl::GetFlag(FLAGS_least) && tell_when;
  std::cout << absl::StrFormat("goodput at 3 times the most: %.0f %% of it: %s\n", 100 * part,
                               kept ? "kept" : "LOST");
  return kept;
}

std::vector<v1::Article> Articles() {
  NewsGenerator news(7);
  std::vector<v1::Article> articles(64);
  for (size_t i = 0; i < articles.size(); ++i) {
    articles[i].set_article_id(absl::StrCat("overload-", i));
    articles[i].set_title(absl::StrCat("Article ", i));
    articles[i].set_body(news.Article(NewsKind::kAgreements, 30'000));
  }
  return articles;
}

// Something to read.
grpc::Status IngestSome(const std::vector<v1::Article>& articles) {
  constexpr size_t kIngested = 20;
  const auto stub = v1::IngestService::NewStub(
      grpc::CreateChannel(absl::GetFlag(FLAGS_ingest_service), grpc::InsecureChannelCredentials()));
  for (size_t i = 0; i < kIngested; ++i) {
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    v1::IngestArticleRequest request;
    *request.mutable_article() = articles[i];
    v1::IngestArticleResponse response;
    const grpc::Status status = stub->IngestArticle(&context, request, &response);
    if (!status.ok()) return status;
  }
  return grpc::Status::OK;
}

// The name of the record's first agreement.
absl::StatusOr<std::string> FirstAgreement() {
  const auto stub = v1::AgreementService::NewStub(
      grpc::CreateChannel(absl::GetFlag(FLAGS_query_service), grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  v1::ListAgreementsRequest request;
  request.set_page_size(1);
  v1::ListAgreementsResponse response;
  const grpc::Status status = stub->ListAgreements(&context, request, &response);
  if (!status.ok()) return absl::UnavailableError(status.error_message());
  if (response.agreements().empty()) return absl::NotFoundError("the record has no agreement");
  return response.agreements(0).name();
}

bool Run() {
  const std::vector<v1::Article> articles = Articles();
  if (const grpc::Status status = IngestSome(articles); !status.ok()) {
    std::cerr << "treatywire-overload: " << status.error_message() << "\n";
    return false;
  }
  v1::ListAgreementsRequest list;
  list.set_page_size(100);
  list.set_view(v1::VIEW_FULL);
  std::vector<std::string> parses;
  for (const v1::Article& article : articles) {
    v1::ParseArticleRequest request;
    *request.mutable_article() = article;
    parses.push_back(request.SerializeAsString());
  }
  const absl::StatusOr<std::string> agreement = FirstAgreement();
  if (!agreement.ok()) {
    std::cerr << "treatywire-overload: " << agreement.status() << "\n";
    return false;
  }
  v1::GetAgreementRequest get;
  get.set_name(*agreement);
  v1::GetTimelineRequest timeline;
  timeline.set_agreement(*agreement);
  timeline.set_page_size(50);
  const bool getting = Measure("GetAgreement", {.server = absl::GetFlag(FLAGS_query_service),
                                                .method = "/treatywire.v1.AgreementService/GetAgreement",
                                                .requests = {get.SerializeAsString()}});
  const bool following = Measure("GetTimeline", {.server = absl::GetFlag(FLAGS_query_service),
                                                 .method = "/treatywire.v1.TimelineService/GetTimeline",
                                                 .requests = {timeline.SerializeAsString()}});
  const bool reading = Measure("ListAgreements, 100 a page, everything of each",
                               {.server = absl::GetFlag(FLAGS_query_service),
                                .method = "/treatywire.v1.AgreementService/ListAgreements",
                                .requests = {list.SerializeAsString()},
                                .bytes_per_second = absl::GetFlag(FLAGS_gigabits) * 1e9 / 8});
  const bool parsing =
      Measure("ParseArticle of 30 KB", {.server = absl::GetFlag(FLAGS_ingest_service),
                                        .method = "/treatywire.v1.IngestService/ParseArticle",
                                        .requests = std::move(parses)});
  return getting && following && reading && parsing;
}

}  // namespace
}  // namespace treatywire::benchmark

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "Asks running services for more than they can do and measures what they still do.");
  absl::ParseCommandLine(argc, argv);
  return treatywire::benchmark::Run() ? 0 : 1;
}
