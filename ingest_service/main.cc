// ingest_service: reads articles and delivers what they say to the query service.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <thread>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/flags.h"
#include "common/metrics.h"
#include "common/server.h"
#include "common/server_flags.h"
#include "common/shutdown_signal.h"
#include "common/status_macros.h"
#include "common/tls.h"
#include "ingest_service/ingest_server.h"

ABSL_FLAG(std::string, listen, "127.0.0.1:50051", "HOST:PORT to serve on; port 0 picks a free one");
ABSL_FLAG(std::string, query_service, "127.0.0.1:50052",
          "HOST:PORT of the query service, or another gRPC target");
ABSL_FLAG(std::string, query_authorities, "",
          "PEM file of authorities that the query service's certificate is believed by; empty: plaintext");
ABSL_FLAG(std::string, query_certificate, "",
          "PEM file with the certificate to show to the query service, if it asks");
ABSL_FLAG(std::string, query_key, "", "PEM file with its private key");
ABSL_FLAG(std::string, query_token_file, "",
          "file with the token to show to the query service, if it wants one");
ABSL_FLAG(std::string, lexicon_dir, "", "folder with lexicon files that replace or extend the built-in ones");
ABSL_FLAG(int, threads, 0,
          "articles read at the same time, 1 to 256; 0: as many as the machine has processors");
ABSL_FLAG(int, max_unanswered_articles, 2048,
          "articles of all clients taken and not answered, 1 to 100000; further ones are refused");
ABSL_FLAG(int64_t, max_unanswered_bytes, int64_t{256} << 20,
          "of them, as sent, 8388608 to 68719476736; further ones are refused");
ABSL_FLAG(absl::Duration, max_delivery_wait, absl::Seconds(30),
          "how long an article waits for the query service, 1s to 10m");

namespace treatywire::ingest {
namespace {

absl::Status SetLimits(ArticleIngestion::Options* options) {
  const int threads = absl::GetFlag(FLAGS_threads);
  TW_RETURN_IF_ERROR(CheckFlagRange("threads", threads, 0, 256));
  options->threads = threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
  const int articles = absl::GetFlag(FLAGS_max_unanswered_articles);
  TW_RETURN_IF_ERROR(CheckFlagRange("max_unanswered_articles", articles, 1, 100'000));
  options->max_articles = static_cast<size_t>(articles);
  const int64_t bytes = absl::GetFlag(FLAGS_max_unanswered_bytes);
  TW_RETURN_IF_ERROR(CheckFlagRange("max_unanswered_bytes", bytes, 8 << 20, int64_t{64} << 30));
  options->max_bytes = static_cast<size_t>(bytes);
  options->max_wait = absl::GetFlag(FLAGS_max_delivery_wait);
  return CheckFlagRange("max_delivery_wait", options->max_wait, absl::Seconds(1), absl::Minutes(10));
}

absl::StatusOr<IngestServer::Options> OptionsFromFlags() {
  IngestServer::Options options;
  TW_ASSIGN_OR_RETURN(options.server, ServerOptionsFromFlags(absl::GetFlag(FLAGS_listen)));
  options.query_service = absl::GetFlag(FLAGS_query_service);
  if (options.query_service.empty()) return absl::InvalidArgumentError("--query_service is required");
  const TlsFiles query_files = {.certificate = absl::GetFlag(FLAGS_query_certificate),
                                .key = absl::GetFlag(FLAGS_query_key),
                                .authorities = absl::GetFlag(FLAGS_query_authorities)};
  const std::string token_file = absl::GetFlag(FLAGS_query_token_file);
  if (query_files.authorities.empty() &&
      (!query_files.certificate.empty() || !query_files.key.empty() || !token_file.empty())) {
    return absl::InvalidArgumentError(
        "--query_certificate, --query_key and --query_token_file need --query_authorities");
  }
  if (!query_files.authorities.empty()) {
    TW_ASSIGN_OR_RETURN(options.query_credentials, TlsChannelCredentials(query_files));
    if (!token_file.empty()) {
      TW_ASSIGN_OR_RETURN(options.query_credentials, WithToken(options.query_credentials, token_file));
    }
  }
  options.lexicon_dir = absl::GetFlag(FLAGS_lexicon_dir);
  TW_RETURN_IF_ERROR(SetLimits(&options.ingestion));
  return options;
}

absl::Status Run(ShutdownSignal& signal) {
  TW_ASSIGN_OR_RETURN(IngestServer::Options options, OptionsFromFlags());
  const std::unique_ptr<Metrics> metrics = Metrics::Create();
  options.metrics = metrics.get();
  TW_ASSIGN_OR_RETURN(const std::unique_ptr<IngestServer> server, IngestServer::Start(options));
  TW_ASSIGN_OR_RETURN(const std::unique_ptr<Metrics::Endpoint> endpoint, ServeMetricsFromFlags(*metrics));
  TW_RETURN_IF_ERROR(ServeUntil(signal, server->lifecycle()));
  server->Shutdown();
  return absl::OkStatus();
}

}  // namespace
}  // namespace treatywire::ingest

int main(int argc, char** argv) {
  treatywire::ParseFlags(argc, argv, "Reads articles and delivers what they say about agreements.");
  treatywire::ShutdownSignal signal;
  const absl::Status status = treatywire::ingest::Run(signal);
  if (status.ok()) return EXIT_SUCCESS;
  std::cerr << "ingest_service: " << status.message() << "\n";
  return EXIT_FAILURE;
}
