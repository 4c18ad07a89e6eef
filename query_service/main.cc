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
ABSL_FLAG(bool, index_image, true,
          "keep an image of the index in the data folder, from which a start takes a fraction of the time");
ABSL_FLAG(
    int64_t, index_image_records, 10'000,
    "records after which the image is written anew, if they are a quarter of what it has, 1 to 1000000000; "
    "and when the service stops");
ABSL_FLAG(int, read_threads, 4, "reads answered at the same time, 1 to 256");
ABSL_FLAG(int, max_queued_reads, 4096,
          "reads that wait for a thread, 1 to 1000000; further ones are refused");
ABSL_FLAG(int, max_watches, 256, "WatchEvents streams open at a time, 1 to 10000; further ones are refused");
ABSL_FLAG(absl::Duration, default_read_wait, absl::Seconds(10),
          "how long a read waits for its min_revision where its client sets no deadline, 1s to 1h");
ABSL_FLAG(absl::Duration, max_read_wait, absl::Minutes(1),
          "how long a read waits for its min_revision whatever its client's deadline, 1s to 1h");

namespace treatywire::query {
namespace {

absl::Status SetLimits(QueryService::Options* options) {
  const int threads = absl::GetFlag(FLAGS_read_threads);
  TW_RETURN_IF_ERROR(CheckFlagRange("read_threads", threads, 1, 256));
  options->read_threads = static_cast<size_t>(threads);
  const int reads = absl::GetFlag(FLAGS_max_queued_reads);
  TW_RETURN_IF_ERROR(CheckFlagRange("max_queued_reads", reads, 1, 1'000'000));
  options->max_queued_reads = static_cast<size_t>(reads);
  const int watches = absl::GetFlag(FLAGS_max_watches);
  TW_RETURN_IF_ERROR(CheckFlagRange("max_watches", watches, 1, 10'000));
  options->watches.max_watches = static_cast<size_t>(watches);
  options->default_wait = absl::GetFlag(FLAGS_default_read_wait);
  TW_RETURN_IF_ERROR(
      CheckFlagRange("default_read_wait", options->default_wait, absl::Seconds(1), absl::Hours(1)));
  options->max_wait = absl::GetFlag(FLAGS_max_read_wait);
  return CheckFlagRange("max_read_wait", options->max_wait, absl::Seconds(1), absl::Hours(1));
}

absl::StatusOr<QueryServer::Options> OptionsFromFlags() {
  QueryServer::Options options;
  TW_ASSIGN_OR_RETURN(options.server, ServerOptionsFromFlags(absl::GetFlag(FLAGS_listen)));
  options.data_dir = absl::GetFlag(FLAGS_data_dir);
  if (options.data_dir.empty()) return absl::InvalidArgumentError("--data_dir is required");
  options.max_log_bytes = absl::GetFlag(FLAGS_max_log_bytes);
  options.keep_image = absl::GetFlag(FLAGS_index_image);
  const int64_t image_records = absl::GetFlag(FLAGS_index_image_records);
  TW_RETURN_IF_ERROR(CheckFlagRange("index_image_records", image_records, 1, 1'000'000'000));
  options.image_records = static_cast<uint64_t>(image_records);
  TW_RETURN_IF_ERROR(SetLimits(&options.service));
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
