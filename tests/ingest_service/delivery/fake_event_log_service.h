// A query service for tests: each stream that a client opens is played by the next script.
#ifndef TREATYWIRE_TESTS_INGEST_SERVICE_DELIVERY_FAKE_EVENT_LOG_SERVICE_H_
#define TREATYWIRE_TESTS_INGEST_SERVICE_DELIVERY_FAKE_EVENT_LOG_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "treatywire/v1/event_log_service.grpc.pb.h"

namespace treatywire::ingest {

// A script runs on a thread of its own and returns how the stream ends. Streams past the last script, and all
// without scripts, acknowledge everything. Thread-safe.
class FakeEventLogService final : public treatywire::v1::EventLogService::Service {
 public:
  using Request = treatywire::v1::PublishExtractionsRequest;
  using Response = treatywire::v1::PublishExtractionsResponse;
  using Stream = grpc::ServerReaderWriter<Response, Request>;
  using Script = std::function<grpc::Status(Stream&)>;

  explicit FakeEventLogService(std::vector<Script> scripts = {}) : scripts_(std::move(scripts)) {}

  grpc::Status PublishExtractions(grpc::ServerContext* /*context*/, Stream* stream) override {
    std::unique_lock lock(mutex_);
    const size_t index = streams_++;
    const Script script = index < scripts_.size() ? scripts_[index] : Script();
    lock.unlock();
    return script ? script(*stream) : AcknowledgeAll(*stream);
  }

  grpc::Status AcknowledgeAll(Stream& stream) {
    Request request;
    while (stream.Read(&request)) stream.Write(Append(request));
    return grpc::Status::OK;
  }

  // Takes `request` into the log and returns its acknowledgement.
  Response Append(const Request& request) {
    const std::lock_guard lock(mutex_);
    const std::string& id = request.extraction().article().article_id();
    const auto [place, is_new] = revisions_.emplace(id, revisions_.size() + 1);
    if (is_new) log_.push_back(request.extraction());
    Response response;
    response.set_sequence(request.sequence());
    response.set_revision(place->second);
    response.set_already_present(!is_new);
    return response;
  }

  std::vector<treatywire::v1::ExtractedArticle> log() const {
    const std::lock_guard lock(mutex_);
    return log_;
  }

 private:
  const std::vector<Script> scripts_;
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  size_t streams_ = 0;
  std::map<std::string, uint64_t> revisions_;
  std::vector<treatywire::v1::ExtractedArticle> log_;
};

// The service on a free local port, or on `address` ("unix:PATH") where a restart shall find it again.
class FakeQueryServer {
 public:
  explicit FakeQueryServer(FakeEventLogService& service, const std::string& address = "127.0.0.1:0") {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&service);
    server_ = builder.BuildAndStart();
    address_ = address == "127.0.0.1:0" ? "127.0.0.1:" + std::to_string(port) : address;
  }
  // Streams under way are cancelled.
  ~FakeQueryServer() { server_->Shutdown(std::chrono::system_clock::now()); }

  const std::string& address() const { return address_; }

 private:
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_TESTS_INGEST_SERVICE_DELIVERY_FAKE_EVENT_LOG_SERVICE_H_
