// query_service: keeps the record of agreements and answers from it.
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "absl/flags/flag.h"
#include "absl/time/time.h"
#include "common/access_policy.h"
#include "common/flags.h"
#include "common/logging.h"
#include "common/metrics.h"
#include "common/server.h"
#include "common/shutdown_signal.h"
#include "common/status_macros.h"
#include "common/tls.h"
#include "query_service/query_server.h"

ABSL_FLAG(std::string, listen, "127.0.0.1:50052", "HOST:PORT to serve on; port 0 picks a free one");
ABSL_FLAG(std::string, data_dir, "", "folder of the event log, made where it is missing; required");
ABSL_FLAG(uint64_t, max_log_bytes, 0, "size past which the event log takes no more; 0: no limit");
ABSL_FLAG(int, read_threads, 4, "reads answered at the same time, 1 to 256");
ABSL_FLAG(absl::Duration, drain_delay, absl::ZeroDuration(),
          "how long calls are still taken after health said NOT_SERVING, at the end");
ABSL_FLAG(absl::Duration, drain_grace, absl::Seconds(20), "how long calls under way may then take");
ABSL_FLAG(std::string, tls_certificate, "", "PEM file with the own certificate; empty: plaintext");
ABSL_FLAG(std::string, tls_key, "", "PEM file with its private key");
ABSL_FLAG(std::string, tls_client_authorities, "",
          "PEM file of authorities; clients must then show a certificate of theirs");
ABSL_FLAG(
    std::string, access_file, "",
    "file of callers, their tokens' hashes or certificates, and what they may do; empty: all may do all");
ABSL_FLAG(
    std::string, health_listen, "",
    "HOST:PORT to serve health alone on, in plaintext, for probes that speak no TLS; empty: not at all");
ABSL_FLAG(bool, insecure, false, "plaintext on an address that others than this machine reach");
ABSL_FLAG(std::string, metrics_listen, "",
          "HOST:PORT to serve Prometheus metrics on, over HTTP at /metrics; empty: not at all");
ABSL_FLAG(std::string, log_severity, "info", "least severity that is logged: debug, info, warning or error");

namespace treatywire::query {
namespace {

absl::StatusOr<QueryServer::Options> OptionsFromFlags() {
  QueryServer::Options options;
  options.server.listen = absl::GetFlag(FLAGS_listen);
  TW_ASSIGN_OR_RETURN(options.server.credentials,
                      CredentialsToListen(options.server.listen,
                                          {.certificate = absl::GetFlag(FLAGS_tls_certificate),
                                           .key = absl::GetFlag(FLAGS_tls_key),
                                           .authorities = absl::GetFlag(FLAGS_tls_client_authorities)},
                                          absl::GetFlag(FLAGS_insecure)));
  TW_RETURN_IF_ERROR(SetAccessPolicy(absl::GetFlag(FLAGS_access_file), options.server.credentials.get()));
  options.server.health_listen = absl::GetFlag(FLAGS_health_listen);
  options.server.drain_delay = absl::GetFlag(FLAGS_drain_delay);
  options.server.drain_grace = absl::GetFlag(FLAGS_drain_grace);
  options.data_dir = absl::GetFlag(FLAGS_data_dir);
  if (options.data_dir.empty()) return absl::InvalidArgumentError("--data_dir is required");
  options.max_log_bytes = absl::GetFlag(FLAGS_max_log_bytes);
  const int threads = absl::GetFlag(FLAGS_read_threads);
  if (threads < 1 || threads > 256) return absl::InvalidArgumentError("--read_threads must be 1 to 256");
  options.service.read_threads = threads;
  TW_ASSIGN_OR_RETURN(const Severity severity, ParseSeverity(absl::GetFlag(FLAGS_log_severity)));
  SetMinimumSeverity(severity);
  return options;
}

// OK after a clean drain that a signal asked for; the failure that ended the service otherwise.
absl::Status Run(ShutdownSignal& signal) {
  TW_ASSIGN_OR_RETURN(QueryServer::Options options, OptionsFromFlags());
  const std::unique_ptr<Metrics> metrics = Metrics::Create();
  options.metrics = metrics.get();
  absl::Status failure;  // read after Shutdown, when no thread is left that could set it
  options.on_failure = [&failure, &signal](const absl::Status& status) {
    failure = status;
    signal.Request();
  };
  TW_ASSIGN_OR_RETURN(const std::unique_ptr<QueryServer> server, QueryServer::Start(options));
  TW_ASSIGN_OR_RETURN(const std::unique_ptr<Metrics::Endpoint> endpoint,
                      ServeMetrics(*metrics, absl::GetFlag(FLAGS_metrics_listen)));
  const absl::Status served = ServeUntil(signal, server->lifecycle());
  server->Shutdown();
  return failure.ok() ? served : failure;
}

}  // namespace
}  // namespace treatywire::query

int main(int argc, char** argv) {
  treatywire::ParseFlags(argc, argv, "Keeps the record of agreements between states and answers from it.");
  treatywire::ShutdownSignal signal;
  const absl::Status status = treatywire::query::Run(signal);
  if (status.ok()) return EXIT_SUCCESS;
  std::cerr << "query_service: " << status.message() << "\n";
  return EXIT_FAILURE;
}
