#include "common/metrics.h"

#include <prometheus/collectable.h>
#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <map>
#include <mutex>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/logging.h"
#include "common/request_log.h"
#include "common/server.h"
#include "common/status_macros.h"

namespace treatywire {
namespace {

// Values that are asked for when they are read.
class AskedValues final : public prometheus::Collectable {
 public:
  void Add(const std::string& name, const std::string& help, prometheus::MetricType type,
           std::vector<prometheus::ClientMetric::Label> labels, std::function<double()> value) {
    const std::lock_guard lock(mutex_);
    Asked& asked = families_[name];
    asked.help = help;
    asked.type = type;
    asked.values.push_back({std::move(labels), std::move(value)});
  }

  std::vector<prometheus::MetricFamily> Collect() const override {
    const std::lock_guard lock(mutex_);
    std::vector<prometheus::MetricFamily> collected;
    for (const auto& [name, asked] : families_) {
      prometheus::MetricFamily& family = collected.emplace_back();
      family.name = name;
      family.help = asked.help;
      family.type = asked.type;
      for (const auto& [labels, value] : asked.values) {
        prometheus::ClientMetric& metric = family.metric.emplace_back();
        metric.label = labels;
        (asked.type == prometheus::MetricType::Gauge ? metric.gauge.value : metric.counter.value) = value();
      }
    }
    return collected;
  }

 private:
  struct Asked {
    std::string help;
    prometheus::MetricType type = prometheus::MetricType::Gauge;
    std::vector<std::pair<std::vector<prometheus::ClientMetric::Label>, std::function<double()>>> values;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Asked> families_;  // guarded by mutex_
};

// go-grpc-middleware's metrics. A method's are made once and then kept: prometheus-cpp builds and hashes a
// map of labels at each look-up. There are as many as the services have methods (request_observer.h).
class RequestMetrics final : public RequestObserver {
 public:
  explicit RequestMetrics(std::shared_ptr<prometheus::Registry> registry)
      : registry_(std::move(registry)),
        started_(CounterFamily("grpc_server_started_total", "RPCs started on the server.")),
        handled_(CounterFamily("grpc_server_handled_total", "RPCs completed on the server, by code.")),
        received_(CounterFamily("grpc_server_msg_received_total", "Messages received on the server.")),
        sent_(CounterFamily("grpc_server_msg_sent_total", "Messages sent by the server.")),
        seconds_(prometheus::BuildHistogram()
                     .Name("grpc_server_handling_seconds")
                     .Help("Seconds that the server took to handle an RPC.")
                     .Register(*registry_)) {}

  void OnStart(const MethodName& name) override { Of(name).started.Increment(); }

  void OnEnd(const FinishedRequest& request) override {
    Method& method = Of(request.name);
    HandledWith(request.code, request.name, method).Increment();
    method.seconds.Observe(absl::ToDoubleSeconds(request.duration));
    method.received.Increment(static_cast<double>(request.received_messages));
    method.sent.Increment(static_cast<double>(request.sent_messages));
  }

 private:
  using Counters = prometheus::Family<prometheus::Counter>;
  static constexpr size_t kCodes = 17;  // gRPC's

  struct Method {
    prometheus::Counter& started;
    prometheus::Counter& received;
    prometheus::Counter& sent;
    prometheus::Histogram& seconds;
    // By code; nullptr until a call ends with it.
    std::array<std::atomic<prometheus::Counter*>, kCodes> handled = {};
  };

  Counters& CounterFamily(const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(*registry_);
  }

  static prometheus::Labels LabelsOf(const MethodName& name) {
    return {{"grpc_service", std::string(name.service)},
            {"grpc_method", std::string(name.method)},
            {"grpc_type", std::string(name.type)}};
  }

  Method& Of(const MethodName& name) {
    const auto key = std::pair(name.service, name.method);
    {
      absl::ReaderMutexLock lock(&mutex_);
      const auto found = methods_.find(key);
      if (found != methods_.end()) return *found->second;
    }
    absl::MutexLock lock(&mutex_);
    std::unique_ptr<Method>& method = methods_[key];
    if (method == nullptr) {
      const prometheus::Labels labels = LabelsOf(name);
      // No constructor: an aggregate, which std::make_unique cannot make with clang 14.
      method = absl::WrapUnique(new Method{started_.Add(labels),
                                           received_.Add(labels),
                                           sent_.Add(labels),
                                           seconds_.Add(labels, kSecondsBuckets),
                                           {}});
    }
    return *method;
  }

  // The family returns the same counter for the same labels, so that two threads may both ask it.
  prometheus::Counter& HandledWith(grpc::StatusCode code, const MethodName& name, Method& method) {
    const size_t index = std::min(static_cast<size_t>(code), kCodes - 1);
    prometheus::Counter* counter = method.handled[index].load(std::memory_order_acquire);
    if (counter == nullptr) {
      prometheus::Labels labels = LabelsOf(name);
      labels.emplace("grpc_code", CodeName(code));
      counter = &handled_.Add(labels);
      method.handled[index].store(counter, std::memory_order_release);
    }
    return *counter;
  }

  const std::shared_ptr<prometheus::Registry> registry_;
  Counters& started_;
  Counters& handled_;
  Counters& received_;
  Counters& sent_;
  prometheus::Family<prometheus::Histogram>& seconds_;
  absl::Mutex mutex_;
  // Never erased from. The names are there as long as the program.
  absl::flat_hash_map<std::pair<absl::string_view, absl::string_view>, std::unique_ptr<Method>> methods_
      ABSL_GUARDED_BY(mutex_);
};

// A scraper asks at once, and answers are small: who holds a connection and says nothing keeps nobody waiting
// for longer than this. civetweb's own patience is 30 s, on one thread.
constexpr char kScrapeThreads[] = "4";
constexpr char kScrapePatienceMilliseconds[] = "2000";

class ExposerEndpoint final : public Metrics::Endpoint {
 public:
  ExposerEndpoint(std::unique_ptr<prometheus::Exposer> exposer, std::string address)
      : exposer_(std::move(exposer)), address_(std::move(address)) {}
  const std::string& address() const override { return address_; }

 private:
  const std::unique_ptr<prometheus::Exposer> exposer_;
  const std::string address_;
};

class PrometheusMetrics final : public Metrics {
 public:
  std::shared_ptr<RequestObserver> request_observer() override { return requests_; }

  void AddGauge(const std::string& name, const std::string& help, std::function<double()> value) override {
    asked_->Add(name, help, prometheus::MetricType::Gauge, {}, std::move(value));
  }

  void AddCount(const std::string& name, const std::string& help, const std::string& label,
                const std::string& label_value, std::function<double()> value) override {
    asked_->Add(name, help, prometheus::MetricType::Counter, {{label, label_value}}, std::move(value));
  }

  Histogram AddHistogram(const std::string& name, const std::string& help,
                         const std::vector<double>& buckets) override {
    auto& histogram =
        prometheus::BuildHistogram().Name(name).Help(help).Register(*registry_).Add({}, buckets);
    return [&histogram](double value) { histogram.Observe(value); };
  }

  Counter AddCounter(const std::string& name, const std::string& help, const std::string& label) override {
    auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(*registry_);
    return [&family, label](absl::string_view value, double count) {
      family.Add({{label, std::string(value)}}).Increment(count);
    };
  }

  std::string Text() const override {
    std::vector<prometheus::MetricFamily> families = registry_->Collect();
    for (auto& family : asked_->Collect()) families.push_back(std::move(family));
    return prometheus::TextSerializer().Serialize(families);
  }

  absl::StatusOr<std::unique_ptr<Endpoint>> Serve(const std::string& listen) override {
    TW_ASSIGN_OR_RETURN(const ListenAddress address, ParseListenAddress(listen));
    try {
      // civetweb knows addresses, not names.
      const std::string host = address.host == "localhost" ? "127.0.0.1" : address.host;
      auto exposer = std::make_unique<prometheus::Exposer>(
          std::vector<std::string>{"listening_ports", absl::StrCat(host, ":", address.port), "num_threads",
                                   kScrapeThreads, "request_timeout_ms", kScrapePatienceMilliseconds});
      exposer->RegisterCollectable(registry_);
      exposer->RegisterCollectable(asked_);
      const std::vector<int> ports = exposer->GetListeningPorts();
      return std::make_unique<ExposerEndpoint>(
          std::move(exposer), absl::StrCat(address.host, ":", ports.empty() ? address.port : ports[0]));
    } catch (const std::exception& error) {  // prometheus-cpp tells by an exception that it cannot listen
      return absl::UnavailableError(
          absl::StrCat("cannot listen on ", listen, " for metrics: ", error.what()));
    }
  }

 private:
  const std::shared_ptr<prometheus::Registry> registry_ = std::make_shared<prometheus::Registry>();
  const std::shared_ptr<AskedValues> asked_ = std::make_shared<AskedValues>();
  const std::shared_ptr<RequestMetrics> requests_ = std::make_shared<RequestMetrics>(registry_);
};

}  // namespace

void AddAccessCounts(Metrics& metrics, const std::shared_ptr<const AccessPolicy>& policy) {
  if (policy == nullptr) return;
  const auto count = [&](const char* outcome, uint64_t AccessPolicy::Reads::*member) {
    metrics.AddCount("treatywire_access_file_reads_total",
                     "Access files read anew after a change, and attempts that failed.", "outcome", outcome,
                     [policy, member] { return static_cast<double>(policy->reads().*member); });
  };
  count("read", &AccessPolicy::Reads::read);
  count("failed", &AccessPolicy::Reads::failed);
}

void AddConnectionCounts(Metrics& metrics, const ServerLifecycle& server) {
  metrics.AddCount("treatywire_connections_closed_total",
                   "Connections that the server closed although they stood, by reason.", "reason", "clogged",
                   [&server] { return static_cast<double>(server.closed_connections()); });
}

absl::StatusOr<std::unique_ptr<Metrics::Endpoint>> ServeMetrics(Metrics& metrics, const std::string& listen) {
  if (listen.empty()) return nullptr;
  TW_ASSIGN_OR_RETURN(std::unique_ptr<Metrics::Endpoint> endpoint, metrics.Serve(listen));
  Log(Severity::kInfo, "metrics", {{"address", endpoint->address()}});
  return endpoint;
}

std::unique_ptr<Metrics> Metrics::Create() { return std::make_unique<PrometheusMetrics>(); }

}  // namespace treatywire
