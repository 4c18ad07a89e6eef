// query_service: keeps the record of agreements and answers from it.
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "absl/flags/flag.h"
#include "absl/time/time.h"
#include "common/flags.h"
#include "common/metrics.h"
#include "common/server.h"
#include "common/server_flags.h"
#include "common/shutdown_signal.h"
#include "common/status_macros.h"
#include "query_service/query_server.h"

ABSL_FLAG(std::string, listen, "127.0.0.1:50052", "HOST:PORT to serve on; port 0 picks a free one");
ABSL_FLAG(std::string, data_dir, "", "folder of the event log, made where it is missing; required");
ABSL_FLAG(uint64_t, max_log_bytes, 0, "size past which the event log takes no more; 0: no limit");
ABSL_FLAG(int, read_threads, 4, "reads answered at the same time, 1 to 256");

namespace treatywire::query {
namespace {

absl::StatusOr<QueryServer::Options> OptionsFromFlags() {
  QueryServer::Options options;
  TW_ASSIGN_OR_RETURN(options.server, ServerOptionsFromFlags(absl::GetFlag(FLAGS_listen)));
  options.data_dir = absl::GetFlag(FLAGS_data_dir);
  if (options.data_dir.empty()) return absl::InvalidArgumentError("--data_dir is required");
  options.max_log_bytes = absl::GetFlag(FLAGS_max_log_bytes);
  const int threads = absl::GetFlag(FLAGS_read_threads);
  if (threads < 1 || threads > 256) return absl::InvalidArgumentError("--read_threads must be 1 to 256");
  options.service.read_threads = threads;
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
  TW_ASSIGN_OR_RETURN(const std::unique_ptr<Metrics::Endpoint> endpoint, ServeMetricsFromFlags(*metrics));
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
