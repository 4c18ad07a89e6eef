#include "tests/benchmark/publisher.h"

#include <utility>

#include "tests/benchmark/bench_report.h"

namespace treatywire::benchmark {

Publisher::Publisher(const std::string& server)
    : stub_(v1::EventLogService::NewStub(grpc::CreateChannel(server, grpc::InsecureChannelCredentials()))) {}

Publisher::~Publisher() {
  if (sender_.joinable()) Stop();
}

void Publisher::Start(std::function<std::vector<v1::LogRecord>()> next) {
  stopping_ = false;
  acknowledged_ = 0;
  context_ = std::make_unique<grpc::ClientContext>();
  stream_ = stub_->PublishExtractions(context_.get());
  sender_ = std::thread([this, next = std::move(next)] { Send(next); });
  receiver_ = std::thread([this] {
    v1::PublishExtractionsResponse response;
    while (stream_->Read(&response)) {
      Require(!response.has_refusal(), response.refusal().message());
      ++acknowledged_;
    }
  });
}

// The service stops reading where too much is not acknowledged: that is the window.
void Publisher::Send(const std::function<std::vector<v1::LogRecord>()>& next) {
  uint64_t sequence = 0;
  while (!stopping_) {
    for (v1::LogRecord& record : next()) {
      v1::PublishExtractionsRequest request;
      request.set_sequence(++sequence);
      *request.mutable_extraction() = std::move(*record.mutable_extraction());
      if (stopping_ || !stream_->Write(request)) break;
    }
  }
  stream_->WritesDone();
}

size_t Publisher::Stop() {
  stopping_ = true;
  sender_.join();
  receiver_.join();
  const grpc::Status status = stream_->Finish();
  Require(status.ok(), status.error_message());
  return acknowledged_;
}

}  // namespace treatywire::benchmark
