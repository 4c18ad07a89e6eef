// grpc.health.v1: whether the server, and each of its services, takes calls.
//
// gRPC 1.51 has a health service of its own, but a client that watches it holds Server::Shutdown to its whole
// deadline, and its descriptor is not linked, so that reflection cannot describe it. This one ends its Watch
// streams when told to.
//
//   HealthService health;
//   health.SetServing("treatywire.v1.IngestService", true);   // "" is the server as a whole
//   ...
//   health.StopServing();   // NOT_SERVING for good: balancers send nothing new
//   health.EndWatches();    // Watch streams end with UNAVAILABLE: nothing holds the shutdown
//
// Check answers NOT_FOUND for a service that was never set; Watch sends SERVICE_UNKNOWN and goes on, as the
// protocol says. A watcher that reads slowly skips to the latest status. All methods may be called from any
// thread. Destroy it after the grpc::Server that it is registered with.
#ifndef TREATYWIRE_COMMON_HEALTH_SERVICE_H_
#define TREATYWIRE_COMMON_HEALTH_SERVICE_H_

#include <map>
#include <mutex>
#include <set>
#include <string>

#include "absl/strings/string_view.h"
#include "grpc/health/v1/health.grpc.pb.h"

namespace treatywire {

class HealthService final : public grpc::health::v1::Health::CallbackService {
 public:
  using ServingStatus = grpc::health::v1::HealthCheckResponse::ServingStatus;

  // Watch streams open at a time; RESOURCE_EXHAUSTED past that. A client needs one a connection.
  static constexpr size_t kMaxWatches = 1024;
  // A longer service name is no name of ours: NOT_FOUND or INVALID_ARGUMENT (Watch).
  static constexpr size_t kMaxServiceNameBytes = 256;

  HealthService() = default;
  ~HealthService() override;
  HealthService(const HealthService&) = delete;
  HealthService& operator=(const HealthService&) = delete;

  // Tells checks and watchers of `service`. Without effect after StopServing, but that an unknown service
  // becomes known as NOT_SERVING.
  void SetServing(absl::string_view service, bool serving);
  // Every service is NOT_SERVING from here on.
  void StopServing();
  // Ends every Watch stream and every later one at once.
  void EndWatches();

  grpc::ServerUnaryReactor* Check(grpc::CallbackServerContext* context,
                                  const grpc::health::v1::HealthCheckRequest* request,
                                  grpc::health::v1::HealthCheckResponse* response) override;
  grpc::ServerWriteReactor<grpc::health::v1::HealthCheckResponse>* Watch(
      grpc::CallbackServerContext* context, const grpc::health::v1::HealthCheckRequest* request) override;
  grpc::ServerUnaryReactor* List(grpc::CallbackServerContext* context,
                                 const grpc::health::v1::HealthListRequest* request,
                                 grpc::health::v1::HealthListResponse* response) override;

 private:
  class Watcher;

  // SERVICE_UNKNOWN where it was never set. Requires mutex_.
  ServingStatus StatusOf(const std::string& service) const;
  void Remove(Watcher* watcher);

  // Taken before a Watcher's own.
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  std::map<std::string, ServingStatus> statuses_;
  std::set<Watcher*> watchers_;
  bool stopped_ = false;
  bool watches_ended_ = false;
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_HEALTH_SERVICE_H_
