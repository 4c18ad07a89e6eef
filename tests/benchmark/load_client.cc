#include "tests/benchmark/load_client.h"

#include <grpcpp/generic/generic_stub.h>

#include <atomic>
#include <chrono>
#include <utility>

#include "absl/synchronization/blocking_counter.h"
#include "common/raw_message.h"
#include "tests/benchmark/bench_report.h"

namespace treatywire::benchmark {
namespace {

using Clock = std::chrono::steady_clock;

// What all calls of a run share.
struct Loop {
  grpc::GenericStub stub;
  std::string method;
  const std::vector<grpc::ByteBuffer>& requests;
  size_t calls;
  std::atomic<size_t> next{0};
  std::vector<double> milliseconds;  // by call
  absl::BlockingCounter ended;
};

// One of those in flight: a call after the other.
class Caller {
 public:
  Caller(Loop* loop, std::unique_ptr<google::protobuf::Message> response)
      : loop_(loop), response_(std::move(response)) {}

  void CallNext() {
    number_ = loop_->next++;
    if (number_ >= loop_->calls) {
      loop_->ended.DecrementCount();
      return;
    }
    context_ = std::make_unique<grpc::ClientContext>();
    context_->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    begin_ = Clock::now();
    loop_->stub.UnaryCall(context_.get(), loop_->method, {},
                          &loop_->requests[number_ % loop_->requests.size()], &bytes_,
                          [this](const grpc::Status& status) { End(status); });
  }

 private:
  void End(const grpc::Status& status) {
    Require(status.ok(), status.error_message());
    RequireOk(ParseRequest(bytes_, response_.get()));
    loop_->milliseconds[number_] = std::chrono::duration<double, std::milli>(Clock::now() - begin_).count();
    bytes_.Clear();
    CallNext();
  }

  Loop* const loop_;
  const std::unique_ptr<google::protobuf::Message> response_;
  std::unique_ptr<grpc::ClientContext> context_;
  grpc::ByteBuffer bytes_;
  size_t number_ = 0;
  Clock::time_point begin_;
};

}  // namespace

LoadClient::LoadClient(const std::string& server) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(64 << 20);
  channel_ = grpc::CreateCustomChannel(server, grpc::InsecureChannelCredentials(), arguments);
  Require(channel_->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(30)),
          "no connection to " + server);
}

LoadResult LoadClient::Run(const std::string& method, const std::vector<grpc::ByteBuffer>& requests,
                           size_t calls, const google::protobuf::Message& prototype) {
  Loop loop{.stub = grpc::GenericStub(channel_),
            .method = method,
            .requests = requests,
            .calls = calls,
            .milliseconds = std::vector<double>(calls),
            .ended = absl::BlockingCounter(kInFlight)};
  std::vector<std::unique_ptr<Caller>> callers;
  for (size_t i = 0; i < kInFlight; ++i) {
    callers.push_back(
        std::make_unique<Caller>(&loop, std::unique_ptr<google::protobuf::Message>(prototype.New())));
  }
  const double seconds = WallSeconds([&] {
    for (const auto& caller : callers) caller->CallNext();
    loop.ended.Wait();
  });
  return {static_cast<double>(calls) / seconds, Percentile(loop.milliseconds, 0.99)};
}

grpc::ByteBuffer BytesOf(const google::protobuf::Message& message) {
  grpc::ByteBuffer bytes;
  RequireOk(SerializeResponse(message, &bytes));
  return bytes;
}

}  // namespace treatywire::benchmark
