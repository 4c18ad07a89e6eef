#include "common/metrics.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/server.h"

namespace treatywire {
namespace {

using testing::HasSubstr;

FinishedRequest RequestOf(grpc::StatusCode code) {
  FinishedRequest request;
  request.name = {"treatywire.v1.PartyService", "GetParty", "unary"};
  request.code = code;
  request.duration = absl::Milliseconds(3);
  request.received_messages = 1;
  request.sent_messages = 2;
  return request;
}

// The whole answer to a GET.
std::string Get(const std::string& address, const std::string& path) {
  const ListenAddress parsed = ParseListenAddress(address).value();
  const int connection = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in peer = {};
  peer.sin_family = AF_INET;
  peer.sin_port = htons(static_cast<uint16_t>(parsed.port));
  inet_pton(AF_INET, parsed.host.c_str(), &peer.sin_addr);
  std::string answer;
  if (connect(connection, reinterpret_cast<const sockaddr*>(&peer), sizeof(peer)) == 0) {
    const std::string request = absl::StrCat("GET ", path, " HTTP/1.0\r\n\r\n");
    EXPECT_EQ(write(connection, request.data(), request.size()), static_cast<ssize_t>(request.size()));
    std::array<char, 4096> buffer = {};
    for (ssize_t size = 0; (size = read(connection, buffer.data(), buffer.size())) > 0;) {
      answer.append(buffer.data(), static_cast<size_t>(size));
    }
  }
  close(connection);
  return answer;
}

TEST(MetricsTest, CallsAreCountedUnderTheirUsualNames) {
  const std::unique_ptr<Metrics> metrics = Metrics::Create();
  const auto observer = metrics->request_observer();
  for (const auto code : {grpc::StatusCode::OK, grpc::StatusCode::OK, grpc::StatusCode::NOT_FOUND}) {
    observer->OnStart(RequestOf(code).name);
    observer->OnEnd(RequestOf(code));
  }
  const std::string text = metrics->Text();
  const std::string labels =
      R"(grpc_method="GetParty",grpc_service="treatywire.v1.PartyService",grpc_type="unary")";
  EXPECT_THAT(text, HasSubstr(absl::StrCat("grpc_server_started_total{", labels, "} 3")));
  EXPECT_THAT(text, HasSubstr(absl::StrCat("grpc_server_handled_total{grpc_code=\"OK\",", labels, "} 2")));
  EXPECT_THAT(text,
              HasSubstr(absl::StrCat("grpc_server_handled_total{grpc_code=\"NOT_FOUND\",", labels, "} 1")));
  EXPECT_THAT(text, HasSubstr(absl::StrCat("grpc_server_msg_received_total{", labels, "} 3")));
  EXPECT_THAT(text, HasSubstr(absl::StrCat("grpc_server_msg_sent_total{", labels, "} 6")));
  EXPECT_THAT(text,
              HasSubstr(absl::StrCat("grpc_server_handling_seconds_bucket{", labels, ",le=\"0.0025\"} 0")));
  EXPECT_THAT(text,
              HasSubstr(absl::StrCat("grpc_server_handling_seconds_bucket{", labels, ",le=\"0.005\"} 3")));
}

TEST(MetricsTest, GaugesAndCountsAreAskedForWhenRead) {
  const std::unique_ptr<Metrics> metrics = Metrics::Create();
  double value = 1;
  metrics->AddGauge("treatywire_level", "How high.", [&value] { return value; });
  metrics->AddCount("treatywire_things_total", "Things.", "kind", "red", [&value] { return 10 * value; });
  metrics->AddCount("treatywire_things_total", "Things.", "kind", "blue", [&value] { return 20 * value; });
  value = 2;
  const std::string text = metrics->Text();
  EXPECT_THAT(
      text,
      HasSubstr("# HELP treatywire_level How high.\n# TYPE treatywire_level gauge\ntreatywire_level 2"));
  EXPECT_THAT(text, HasSubstr("treatywire_things_total{kind=\"red\"} 20"));
  EXPECT_THAT(text, HasSubstr("treatywire_things_total{kind=\"blue\"} 40"));
}

TEST(MetricsTest, HistogramsAndCountersTakeValues) {
  const std::unique_ptr<Metrics> metrics = Metrics::Create();
  const Metrics::Histogram seconds = metrics->AddHistogram("treatywire_wait_seconds", "Waiting.", {0.1, 1});
  seconds(0.5);
  const Metrics::Counter articles = metrics->AddCounter("treatywire_articles_total", "Articles.", "outcome");
  articles("INGESTED", 1);
  articles("INGESTED", 2);
  const std::string text = metrics->Text();
  EXPECT_THAT(text, HasSubstr("treatywire_wait_seconds_bucket{le=\"0.1\"} 0"));
  EXPECT_THAT(text, HasSubstr("treatywire_wait_seconds_bucket{le=\"1\"} 1"));
  EXPECT_THAT(text, HasSubstr("treatywire_articles_total{outcome=\"INGESTED\"} 3"));
}

TEST(MetricsTest, EndpointServesThemOverHttp) {
  const std::unique_ptr<Metrics> metrics = Metrics::Create();
  metrics->AddGauge("treatywire_level", "How high.", [] { return 7; });
  const auto endpoint = metrics->Serve("127.0.0.1:0");
  ASSERT_TRUE(endpoint.ok()) << endpoint.status();
  const std::string answer = Get((*endpoint)->address(), "/metrics");
  EXPECT_THAT(answer, testing::StartsWith("HTTP/1.1 200 OK"));
  EXPECT_THAT(answer, HasSubstr("treatywire_level 7"));
  EXPECT_THAT(Get((*endpoint)->address(), "/"), HasSubstr(" 404 "));
}

TEST(MetricsTest, AddressThatCannotBeListenedOnIsAnError) {
  const std::unique_ptr<Metrics> metrics = Metrics::Create();
  const auto first = metrics->Serve("127.0.0.1:0");
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(metrics->Serve((*first)->address()).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(metrics->Serve("nowhere").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(MetricsTest, NoAddressMeansNoEndpoint) {
  const std::unique_ptr<Metrics> metrics = Metrics::Create();
  const auto endpoint = ServeMetrics(*metrics, "");
  ASSERT_TRUE(endpoint.ok());
  EXPECT_EQ(*endpoint, nullptr);
}

}  // namespace
}  // namespace treatywire
