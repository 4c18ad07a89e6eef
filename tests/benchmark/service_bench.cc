#include "tests/benchmark/service_bench.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "query_service/event_log/sqlite_event_log.h"
#include "query_service/query_server.h"
#include "tests/benchmark/event_world.h"
#include "tests/benchmark/load_client.h"
#include "tests/benchmark/publisher.h"
#include "tests/benchmark/scratch_directory.h"
#include "treatywire/v1/agreement_service.grpc.pb.h"
#include "treatywire/v1/timeline_service.grpc.pb.h"

namespace treatywire::benchmark {
namespace {

// What the echo server answers: the service's answers in turn, so that both send, and their clients read,
// messages of the same sizes and contents.
class EchoAnswers {
 public:
  // Between runs.
  void Set(std::vector<grpc::ByteBuffer> answers) { answers_ = std::move(answers); }
  // From any thread.
  const grpc::ByteBuffer& Next() { return answers_[next_++ % answers_.size()]; }

 private:
  std::vector<grpc::ByteBuffer> answers_;
  std::atomic<size_t> next_{0};
};

// The reference: answers every call with bytes it was given, in gRPC's callback API as the services do.
class EchoAgreements final
    : public v1::AgreementService::WithRawCallbackMethod_GetAgreement<
          v1::AgreementService::WithRawCallbackMethod_ListAgreements<v1::AgreementService::Service>> {
 public:
  explicit EchoAgreements(EchoAnswers* answers) : answers_(answers) {}

  grpc::ServerUnaryReactor* GetAgreement(grpc::CallbackServerContext* context, const grpc::ByteBuffer*,
                                         grpc::ByteBuffer* response) override {
    return Answer(context, response);
  }
  grpc::ServerUnaryReactor* ListAgreements(grpc::CallbackServerContext* context, const grpc::ByteBuffer*,
                                           grpc::ByteBuffer* response) override {
    return Answer(context, response);
  }

 private:
  grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context, grpc::ByteBuffer* response) const {
    *response = answers_->Next();
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  EchoAnswers* const answers_;
};

class EchoTimelines final
    : public v1::TimelineService::WithRawCallbackMethod_GetTimeline<v1::TimelineService::Service> {
 public:
  explicit EchoTimelines(EchoAnswers* answers) : answers_(answers) {}

  grpc::ServerUnaryReactor* GetTimeline(grpc::CallbackServerContext* context, const grpc::ByteBuffer*,
                                        grpc::ByteBuffer* response) override {
    *response = answers_->Next();
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  EchoAnswers* const answers_;
};

class EchoServer {
 public:
  EchoServer() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&agreements_);
    builder.RegisterService(&timelines_);
    server_ = builder.BuildAndStart();
    Require(server_ != nullptr, "the echo server does not start");
    address_ = absl::StrCat("127.0.0.1:", port);
  }
  ~EchoServer() { server_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(1)); }

  EchoAnswers& answers() { return answers_; }
  const std::string& address() const { return address_; }

 private:
  EchoAnswers answers_;
  EchoAgreements agreements_{&answers_};
  EchoTimelines timelines_{&answers_};
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

// A call as it is asked: in turn of different agreements.
struct Call {
  std::string name;
  std::string method;
  std::vector<grpc::ByteBuffer> requests;
  std::unique_ptr<google::protobuf::Message> response;
};

std::vector<v1::Agreement> Conventions(v1::AgreementService::Stub& stub) {
  v1::ListAgreementsRequest request;
  request.mutable_filter()->add_kinds(v1::AGREEMENT_KIND_CONVENTION);
  grpc::ClientContext context;
  v1::ListAgreementsResponse response;
  const grpc::Status status = stub.ListAgreements(&context, request, &response);
  Require(status.ok(), status.error_message());
  Require(response.agreements_size() == EventWorld::kConventions, "conventions are missing");
  return {response.agreements().begin(), response.agreements().end()};
}

// Pages of agreements that are asked for: in a small world fewer are full.
constexpr int kPages = 3;

std::vector<Call> CallsOf(const std::string& address) {
  const auto channel = grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
  const auto stub = v1::AgreementService::NewStub(channel);
  Call get = {
      "GetAgreement", "/treatywire.v1.AgreementService/GetAgreement", {}, std::make_unique<v1::Agreement>()};
  Call list = {"ListAgreements of 50",
               "/treatywire.v1.AgreementService/ListAgreements",
               {},
               std::make_unique<v1::ListAgreementsResponse>()};
  Call timeline = {"GetTimeline of 50 entries",
                   "/treatywire.v1.TimelineService/GetTimeline",
                   {},
                   std::make_unique<v1::GetTimelineResponse>()};
  for (const v1::Agreement& convention : Conventions(*stub)) {
    v1::GetTimelineRequest request;
    request.set_agreement(convention.name());
    request.set_page_size(EventWorld::kConventionEntries);
    timeline.requests.push_back(BytesOf(request));
  }
  v1::ListAgreementsRequest page;
  page.set_page_size(50);
  for (int i = 0; i < kPages; ++i) {
    grpc::ClientContext context;
    v1::ListAgreementsResponse response;
    list.requests.push_back(BytesOf(page));
    Require(stub->ListAgreements(&context, page, &response).ok(), "ListAgreements failed");
    Require(response.agreements_size() == 50, "a page of agreements is not full");
    page.set_page_token(response.next_page_token());
    if (response.next_page_token().empty()) break;
    for (const v1::Agreement& agreement : response.agreements()) {
      v1::GetAgreementRequest request;
      request.set_name(agreement.name());
      get.requests.push_back(BytesOf(request));
    }
  }
  std::vector<Call> calls;
  calls.push_back(std::move(get));
  calls.push_back(std::move(timeline));
  calls.push_back(std::move(list));
  return calls;
}

// The answers to all requests of a call.
std::vector<grpc::ByteBuffer> AnswersTo(const std::string& address, const Call& call) {
  const auto channel = grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
  grpc::GenericStub stub(channel);
  std::vector<grpc::ByteBuffer> answers;
  for (const grpc::ByteBuffer& request : call.requests) {
    grpc::ClientContext context;
    grpc::ByteBuffer& answer = answers.emplace_back();
    std::promise<grpc::Status> status;
    stub.UnaryCall(&context, call.method, {}, &request, &answer,
                   [&](const grpc::Status& result) { status.set_value(result); });
    Require(status.get_future().get().ok(), absl::StrCat(call.name, " failed"));
  }
  return answers;
}

void BenchCall(const BenchOptions& options, const Call& call, LoadClient& service, LoadClient& echo_client,
               BenchReport* report) {
  const size_t calls = options.smoke ? 200 : call.name == "GetAgreement" ? 15000 : 4000;
  std::vector<double> own_p99;
  std::vector<double> echo_p99;
  const Medians rate = Alternate(
      options.rounds,
      [&] {
        const LoadResult result = service.Run(call.method, call.requests, calls, *call.response);
        own_p99.push_back(result.p99_ms);
        return result.calls_per_second;
      },
      [&] {
        const LoadResult result = echo_client.Run(call.method, call.requests, calls, *call.response);
        echo_p99.push_back(result.p99_ms);
        return result.calls_per_second;
      });
  report->Add({call.name, "calls/s", rate.figure, rate.reference, rate.figure / rate.reference, 0.85});
  const double own = Percentile(own_p99, 0.5);
  const double reference = Percentile(echo_p99, 0.5);
  report->Add({call.name + ", p99", "ms", own, reference, own / reference, 1.3, false});
}

// Readers of timelines while a stream publishes all it can, and while none does.
void BenchReadersBesideWriter(const BenchOptions& options, const Call& call, const std::string& address,
                              EventWorld& world, LoadClient& client, BenchReport* report) {
  const size_t calls = options.smoke ? 200 : 4000;
  std::vector<double> beside_p99;
  std::vector<double> alone_p99;
  double written = 0;
  Publisher publisher(address);
  const Medians rate = Alternate(
      options.rounds,
      [&] {
        publisher.Start([&world] { return world.Next(2000); });
        const LoadResult result = client.Run(call.method, call.requests, calls, *call.response);
        written += static_cast<double>(publisher.Stop());
        beside_p99.push_back(result.p99_ms);
        return result.calls_per_second;
      },
      [&] {
        const LoadResult result = client.Run(call.method, call.requests, calls, *call.response);
        alone_p99.push_back(result.p99_ms);
        return result.calls_per_second;
      });
  Require(written > 0, "the writer wrote nothing");
  report->Add({"readers beside a writer at full speed", "calls/s", rate.figure, rate.reference,
               rate.figure / rate.reference, 0.7});
  const double beside = Percentile(beside_p99, 0.5);
  const double alone = Percentile(alone_p99, 0.5);
  report->Add({"readers beside a writer at full speed, p99", "ms", beside, alone, beside / alone, 2, false});
}

}  // namespace

void BenchService(const BenchOptions& options, BenchReport* report) {
  const size_t events = options.smoke ? 4000 : 100000;
  const size_t agreements = events / 20;
  const ScratchDirectory directory(options.directory);
  EventWorld world({.agreements = agreements});
  auto log = query::SqliteEventLog::Open({.data_dir = directory.path()});
  RequireOk(log.status());
  while (world.events() < events) RequireOk((*log)->Append(world.Next(1000)).status());
  query::QueryServer::Options server_options;
  server_options.log = log->get();
  auto server = query::QueryServer::Start(std::move(server_options));
  RequireOk(server.status());
  RequireOk((*server)->WaitUntilReady());
  const std::string& address = (*server)->lifecycle().address();
  EchoServer echo;
  LoadClient client(address);
  LoadClient echo_client(echo.address());
  std::vector<Call> calls = CallsOf(address);
  for (const Call& call : calls) {
    echo.answers().Set(AnswersTo(address, call));
    BenchCall(options, call, client, echo_client, report);
  }
  BenchReadersBesideWriter(options, calls[1], address, world, client, report);
  (*server)->Shutdown();
}

}  // namespace treatywire::benchmark
