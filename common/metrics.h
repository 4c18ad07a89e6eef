// What a service tells Prometheus, and the admin port on which it tells it.
//
//   const std::unique_ptr<Metrics> metrics = Metrics::Create();
//   options.observers.push_back(metrics->request_observer());            // grpc_server_…
//   metrics->AddGauge("treatywire_index_revision", "…", [&] { return service.revision(); });
//   const Histogram commits = metrics->AddHistogram("treatywire_log_commit_seconds", "…", kSecondsBuckets);
//   commits(0.004);
//   TW_ASSIGN_OR_RETURN(auto endpoint, metrics->Serve("0.0.0.0:9464"));  // GET /metrics
//
// The calls of a server are counted under go-grpc-middleware's names: grpc_server_started_total,
// grpc_server_handled_total, grpc_server_handling_seconds, grpc_server_msg_received_total and
// grpc_server_msg_sent_total, with grpc_type, grpc_service, grpc_method and grpc_code; so that dashboards
// made for them work. The project's own names begin with "treatywire_".
#ifndef TREATYWIRE_COMMON_METRICS_H_
#define TREATYWIRE_COMMON_METRICS_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/access_policy.h"
#include "common/request_observer.h"

namespace treatywire {

class ServerLifecycle;

// From a tenth of a millisecond to ten seconds.
inline const std::vector<double> kSecondsBuckets = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

// All methods, and the functions that they return, may be called from any thread.
class Metrics {
 public:
  static std::unique_ptr<Metrics> Create();
  virtual ~Metrics() = default;

  // For ServerOptions::observers. May outlive the Metrics.
  virtual std::shared_ptr<RequestObserver> request_observer() = 0;

  // A value that is asked for whenever the metrics are read: from any thread, until no endpoint is left.
  virtual void AddGauge(const std::string& name, const std::string& help, std::function<double()> value) = 0;
  // The same for a count that only grows. Counts of one name differ in the value of `label`.
  virtual void AddCount(const std::string& name, const std::string& help, const std::string& label,
                        const std::string& label_value, std::function<double()> value) = 0;

  // Adds a value to a distribution. Valid as long as the Metrics are.
  using Histogram = std::function<void(double value)>;
  virtual Histogram AddHistogram(const std::string& name, const std::string& help,
                                 const std::vector<double>& buckets) = 0;
  // Counts things by the value of `label`, of which there must be few. Valid as long as the Metrics are.
  using Counter = std::function<void(absl::string_view label_value, double count)>;
  virtual Counter AddCounter(const std::string& name, const std::string& help, const std::string& label) = 0;

  // All of it in Prometheus' text format.
  virtual std::string Text() const = 0;

  // Serves Text() at http://HOST:PORT/metrics.
  class Endpoint {
   public:
    virtual ~Endpoint() = default;  // stops; returns when no request is left
    // "HOST:PORT" with the port in use.
    virtual const std::string& address() const = 0;
  };
  // INVALID_ARGUMENT where `listen` is no HOST:PORT, UNAVAILABLE where it cannot be listened on. The Metrics
  // must outlive the endpoint.
  virtual absl::StatusOr<std::unique_ptr<Endpoint>> Serve(const std::string& listen) = 0;
};

// Counts how often `policy` has been read from its file, as treatywire_access_file_reads_total{outcome}:
// "read", "failed". Nothing where it is null.
void AddAccessCounts(Metrics& metrics, const std::shared_ptr<const AccessPolicy>& policy);

// Counts the connections that `server`, which must outlive the endpoints, has closed, as
// treatywire_connections_closed_total{reason}: "clogged" (clogged_connections.h).
void AddConnectionCounts(Metrics& metrics, const ServerLifecycle& server);

// An endpoint on `listen`, which is logged; null where `listen` is empty.
absl::StatusOr<std::unique_ptr<Metrics::Endpoint>> ServeMetrics(Metrics& metrics, const std::string& listen);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_METRICS_H_
