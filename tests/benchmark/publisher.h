// Publishes extractions to a query service as the ingest service does: over one stream, with a window.
#ifndef TREATYWIRE_TESTS_BENCHMARK_PUBLISHER_H_
#define TREATYWIRE_TESTS_BENCHMARK_PUBLISHER_H_

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "treatywire/v1/event_log_service.grpc.pb.h"

namespace treatywire::benchmark {

// Ends the process where the service refuses something.
class Publisher {
 public:
  explicit Publisher(const std::string& server);
  ~Publisher();

  // Publishes what `next` gives, on threads of its own, until Stop.
  void Start(std::function<std::vector<v1::LogRecord>()> next);
  // Returns how many extractions were acknowledged since Start, when all that were sent are.
  size_t Stop();

 private:
  void Send(const std::function<std::vector<v1::LogRecord>()>& next);

  std::unique_ptr<v1::EventLogService::Stub> stub_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::PublishExtractionsRequest, v1::PublishExtractionsResponse>>
      stream_;
  std::atomic<bool> stopping_{false};
  std::atomic<size_t> acknowledged_{0};
  std::thread sender_;
  std::thread receiver_;
};

}  // namespace treatywire::benchmark

#endif  // TREATYWIRE_TESTS_BENCHMARK_PUBLISHER_H_
