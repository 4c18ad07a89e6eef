// A race of ours in handlers that gRPC calls, which the sanitizer has to find although gRPC orders much of
// what goes through it. The test passes where it is reported.
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>

#include "grpc/health/v1/health.grpc.pb.h"

namespace treatywire {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

class RacingHealth final : public Health::CallbackService {
 public:
  grpc::ServerUnaryReactor* Check(grpc::CallbackServerContext* context, const HealthCheckRequest* /*request*/,
                                  HealthCheckResponse* /*response*/) override {
    in_handler_.store(true, std::memory_order_relaxed);
    Race();
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  // On another thread, while the handler runs.
  void RaceWithHandler() {
    while (!in_handler_.load(std::memory_order_relaxed)) std::this_thread::yield();
    Race();
  }
  int count() const { return count_; }

 private:
  // Both sides are here at the same time. The atomics are relaxed, so that they order nothing.
  void Race() {
    here_.fetch_add(1, std::memory_order_relaxed);
    while (here_.load(std::memory_order_relaxed) < 2) std::this_thread::yield();
    ++count_;
  }

  std::atomic<bool> in_handler_{false};
  std::atomic<int> here_{0};
  int count_ = 0;
};

int Run() {
  RacingHealth health;
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&health);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::thread racer([&health] { health.RaceWithHandler(); });
  const auto stub = Health::NewStub(
      grpc::CreateChannel("127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  HealthCheckResponse response;
  const grpc::Status status = stub->Check(&context, {}, &response);
  if (!status.ok()) {  // The racer may wait for a handler that never runs.
    std::fprintf(stderr, "no race was run: %s\n", status.error_message().c_str());
    std::_Exit(1);
  }
  racer.join();
  server->Shutdown();
  std::printf("counted to %d\n", health.count());
  return 0;
}

}  // namespace
}  // namespace treatywire

int main() { return treatywire::Run(); }
