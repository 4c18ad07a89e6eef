#include "common/server_flags.h"

#include <grpcpp/security/server_credentials.h>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/access_policy.h"
#include "common/flags.h"
#include "common/logging.h"
#include "common/status_macros.h"
#include "common/tls.h"

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
ABSL_FLAG(std::string, admin_listen, "",
          "HOST:PORT to serve channelz on, in plaintext, on this machine's own addresses; empty: not at all");
ABSL_FLAG(bool, insecure, false, "plaintext on an address that others than this machine reach");
ABSL_FLAG(int, max_streams_per_connection, 100,
          "calls open on one connection at a time, 1 to 65536; further ones wait at the client");
ABSL_FLAG(int, max_calls_per_client, 1024,
          "calls of one host under way at a time, 1 to 1000000; further ones are refused");
ABSL_FLAG(
    int64_t, max_unsent_bytes_per_client, 8 << 20,
    "bytes of answers that one host has not taken yet, 1 to 68719476736; its calls past it are refused");
ABSL_FLAG(int64_t, max_unsent_bytes, 256 << 20,
          "the same of all hosts together, 1 to 1099511627776; a host gets no more than what is left of it");
ABSL_FLAG(bool, close_clogged_connections, true,
          "close connections whose calls come too late to be answered, because more come than can be");
ABSL_FLAG(std::string, metrics_listen, "",
          "HOST:PORT to serve Prometheus metrics on, over HTTP at /metrics; empty: not at all");
ABSL_FLAG(std::string, log_severity, "info", "least severity that is logged: debug, info, warning or error");

namespace treatywire {

absl::StatusOr<ServerOptions> ServerOptionsFromFlags(const std::string& listen) {
  ServerOptions options;
  options.listen = listen;
  TW_ASSIGN_OR_RETURN(options.credentials,
                      CredentialsToListen(listen,
                                          {.certificate = absl::GetFlag(FLAGS_tls_certificate),
                                           .key = absl::GetFlag(FLAGS_tls_key),
                                           .authorities = absl::GetFlag(FLAGS_tls_client_authorities)},
                                          absl::GetFlag(FLAGS_insecure)));
  if (const std::string file = absl::GetFlag(FLAGS_access_file); !file.empty()) {
    TW_ASSIGN_OR_RETURN(options.access, AccessPolicy::OfFile(file));
  }
  options.max_concurrent_streams = absl::GetFlag(FLAGS_max_streams_per_connection);
  TW_RETURN_IF_ERROR(CheckFlagRange("max_streams_per_connection", options.max_concurrent_streams, 1, 65'536));
  const int calls = absl::GetFlag(FLAGS_max_calls_per_client);
  TW_RETURN_IF_ERROR(CheckFlagRange("max_calls_per_client", calls, 1, 1'000'000));
  options.client_limits.calls = static_cast<size_t>(calls);
  const int64_t unsent = absl::GetFlag(FLAGS_max_unsent_bytes_per_client);
  TW_RETURN_IF_ERROR(CheckFlagRange("max_unsent_bytes_per_client", unsent, 1, int64_t{64} << 30));
  options.client_limits.unsent_bytes = static_cast<size_t>(unsent);
  const int64_t all_unsent = absl::GetFlag(FLAGS_max_unsent_bytes);
  TW_RETURN_IF_ERROR(CheckFlagRange("max_unsent_bytes", all_unsent, 1, int64_t{1} << 40));
  options.client_limits.all_unsent_bytes = static_cast<size_t>(all_unsent);
  options.close_clogged_connections = absl::GetFlag(FLAGS_close_clogged_connections);
  options.admin_listen = absl::GetFlag(FLAGS_admin_listen);
  if (!options.admin_listen.empty() &&
      !CredentialsToListen(options.admin_listen, {}, /*insecure=*/false).ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--admin_listen=", options.admin_listen, " is no HOST:PORT of this machine alone"));
  }
  options.health_listen = absl::GetFlag(FLAGS_health_listen);
  options.drain_delay = absl::GetFlag(FLAGS_drain_delay);
  options.drain_grace = absl::GetFlag(FLAGS_drain_grace);
  TW_ASSIGN_OR_RETURN(const Severity severity, ParseSeverity(absl::GetFlag(FLAGS_log_severity)));
  SetMinimumSeverity(severity);
  return options;
}

absl::StatusOr<std::unique_ptr<Metrics::Endpoint>> ServeMetricsFromFlags(Metrics& metrics) {
  return ServeMetrics(metrics, absl::GetFlag(FLAGS_metrics_listen));
}

}  // namespace treatywire
