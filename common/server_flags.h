// The flags that both services have: how they listen, whom they let in, how they end, and what they tell.
//
//   ABSL_FLAG(std::string, listen, "127.0.0.1:50051", "…");   // its default is each service's own
//   TW_ASSIGN_OR_RETURN(options.server, ServerOptionsFromFlags(absl::GetFlag(FLAGS_listen)));
//   TW_ASSIGN_OR_RETURN(const auto endpoint, ServeMetricsFromFlags(*metrics));
//
// A program that links this has --access_file, --admin_listen, --close_clogged_connections, --drain_delay,
// --drain_grace, --health_listen,
// --insecure, --log_severity, --max_calls_per_client, --max_streams_per_connection, --max_unsent_bytes,
// --max_unsent_bytes_per_client, --metrics_listen, --tls_certificate, --tls_client_authorities and --tls_key.
#ifndef TREATYWIRE_COMMON_SERVER_FLAGS_H_
#define TREATYWIRE_COMMON_SERVER_FLAGS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/metrics.h"
#include "common/server.h"

namespace treatywire {

// To be called after ParseFlags; also sets the least severity that is logged. Returns the error of
// CredentialsToListen, AccessPolicy::OfFile, CheckFlagRange or ParseSeverity.
absl::StatusOr<ServerOptions> ServerOptionsFromFlags(const std::string& listen);

// ServeMetrics at --metrics_listen; null where that is empty.
absl::StatusOr<std::unique_ptr<Metrics::Endpoint>> ServeMetricsFromFlags(Metrics& metrics);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_SERVER_FLAGS_H_
