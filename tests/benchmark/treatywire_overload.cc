// treatywire-overload: asks running services for more than they can do and measures what they still do.
//
// First a closed loop finds the most answers a second that the service gives (the calls under way that give
// most of several numbers of them). Then an open loop sends at multiples of that rate, whatever comes back,
// as many independent clients would; each call has a deadline, and a client that is refused does not try
// again. Goodput is what is answered with OK before its deadline, a second.
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/grpc_status.h"
#include "common/status.h"
#include "tests/benchmark/news_generator.h"
#include "treatywire/v1/agreement_service.grpc.pb.h"
#include "treatywire/v1/ingest_service.grpc.pb.h"

ABSL_FLAG(std::string, ingest_service, "127.0.0.1:50051", "HOST:PORT of the ingest service");
ABSL_FLAG(std::string, query_service, "127.0.0.1:50052", "HOST:PORT of the query service");
ABSL_FLAG(int, seconds, 5, "how long each rate is kept up");
ABSL_FLAG(double, least, 0.8, "least goodput at three times the sustainable rate, of the most there is");

namespace treatywire::benchmark {
namespace {

namespace v1 = treatywire::v1;

constexpr absl::Duration kDeadline = absl::Seconds(1);

// How the calls of one run ended. Every method may be called from any thread.
class Tally {
 public:
  void Begin() {
    const std::lock_guard lock(mutex_);
    ++begun_;
    ++under_way_;
  }
  void End(const grpc::Status& status, absl::Duration took) {
    const std::lock_guard lock(mutex_);
    --under_way_;
    if (status.ok()) {
      milliseconds_.push_back(absl::ToDoubleMilliseconds(took));
    } else if (status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED) {
      ++refused_;
      refused_with_delay_ += GetRetryDelay(FromGrpcStatus(status)).has_value() ? 1 : 0;
      refused_after_ += took;
    } else if (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) {
      ++expired_;
    } else {
      ++failed_;
      last_failure_ = status.error_message();
    }
    changed_.notify_all();
  }
  // Waits until fewer than `limit` are under way.
  void WaitForRoom(size_t limit) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return under_way_ < limit; });
  }

  size_t good() const { return milliseconds_.size(); }
  void Print(absl::string_view name, double rate, double seconds) {
    std::sort(milliseconds_.begin(), milliseconds_.end());
    const auto percentile = [&](double p) {
      return milliseconds_.empty() ? 0 : milliseconds_[static_cast<size_t>(p * (milliseconds_.size() - 1))];
    };
    const double refused_ms = refused_ == 0 ? 0 : absl::ToDoubleMilliseconds(refused_after_) / refused_;
    std::cout << absl::StrFormat("%-24s %8.0f %8.0f %8.0f %7d %7d %9.1f %8.1f %8.1f\n", name, rate,
                                 begun_ / seconds, good() / seconds, refused_, expired_, refused_ms,
                                 percentile(0.5), percentile(0.99))
              << std::flush;
    if (refused_with_delay_ < refused_) {
      std::cout << "  " << refused_ - refused_with_delay_ << " refusals say not when to try again\n";
    }
    if (failed_ > 0) std::cout << "  " << failed_ << " failed: " << last_failure_ << "\n";
  }
  bool refusals_tell_when() const { return refused_with_delay_ == refused_ && failed_ == 0; }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_; read without it when no call is left.
  size_t begun_ = 0;
  size_t under_way_ = 0;
  std::vector<double> milliseconds_;  // of those answered with OK
  size_t refused_ = 0;
  size_t refused_with_delay_ = 0;
  absl::Duration refused_after_;
  size_t expired_ = 0;
  size_t failed_ = 0;
  std::string last_failure_;
};

// Starts one call and has it counted.
using StartCall = std::function<void(Tally&)>;

// One call's parts, which go when it ends.
template <typename Request, typename Response>
struct CallParts {
  grpc::ClientContext context;
  Request request;
  Response response;
  absl::Time begin = absl::Now();
};

template <typename Async, typename Request, typename Response>
void Start(Async* stub,
           void (Async::*method)(grpc::ClientContext*, const Request*, Response*,
                                 std::function<void(grpc::Status)>),
           Request request, Tally& tally) {
  auto parts = std::make_shared<CallParts<Request, Response>>();
  parts->request = std::move(request);
  parts->context.set_deadline(absl::ToChronoTime(parts->begin + kDeadline));
  tally.Begin();
  (stub->*method)(
      &parts->context, &parts->request, &parts->response,
      [parts, &tally](const grpc::Status& status) { tally.End(status, absl::Now() - parts->begin); });
}

// Answers a second with `under_way` calls at any time.
double ClosedLoop(const StartCall& start, size_t under_way, double seconds) {
  Tally tally;
  const absl::Time begin = absl::Now();
  while (absl::Now() - begin < absl::Seconds(seconds)) {
    tally.WaitForRoom(under_way);
    start(tally);
  }
  tally.WaitForRoom(1);
  const double took = absl::ToDoubleSeconds(absl::Now() - begin);
  tally.Print(absl::StrCat("closed loop of ", under_way), 0, took);
  return static_cast<double>(tally.good()) / took;
}

struct Outcome {
  double goodput = 0;
  bool refusals_tell_when = false;
};

Outcome OpenLoop(const StartCall& start, absl::string_view name, double rate, double seconds) {
  Tally tally;
  const absl::Time begin = absl::Now();
  const auto calls = static_cast<size_t>(rate * seconds);
  for (size_t i = 0; i < calls; ++i) {
    const absl::Time due = begin + absl::Seconds(static_cast<double>(i) / rate);
    if (const absl::Duration early = due - absl::Now(); early > absl::ZeroDuration()) absl::SleepFor(early);
    start(tally);
  }
  const double took = absl::ToDoubleSeconds(absl::Now() - begin);
  tally.WaitForRoom(1);
  tally.Print(name, rate, took);
  return {static_cast<double>(tally.good()) / took, tally.refusals_tell_when()};
}

// Whether the service keeps up its goodput.
bool Measure(absl::string_view what, const StartCall& start) {
  const double seconds = absl::GetFlag(FLAGS_seconds);
  std::cout << "\n"
            << what << "\n"
            << absl::StrFormat("%-24s %8s %8s %8s %7s %7s %9s %8s %8s\n", "", "rate/s", "sent/s", "OK/s",
                               "refused", "expired", "refused ms", "p50 ms", "p99 ms");
  double most = 0;
  for (const size_t under_way : {4, 16, 64}) most = std::max(most, ClosedLoop(start, under_way, seconds));
  double at_three = 0;
  bool tell_when = true;
  for (const int times : {1, 2, 3}) {
    const Outcome outcome = OpenLoop(start, absl::StrCat(times, " times the most"), times * most, seconds);
    tell_when = tell_when && outcome.refusals_tell_when;
    at_three = outcome.goodput;
  }
  const double part = at_three / most;
  const bool kept = part >= absl::GetFlag(FLAGS_least) && tell_when;
  std::cout << absl::StrFormat("goodput at 3 times the most: %.0f %% of it: %s\n", 100 * part,
                               kept ? "kept" : "LOST");
  return kept;
}

// Channels of their own connections, in turn.
std::vector<std::shared_ptr<grpc::Channel>> ChannelsTo(const std::string& address) {
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (int i = 0; i < 8; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetInt("treatywire.connection", i);
    arguments.SetMaxReceiveMessageSize(64 << 20);
    channels.push_back(grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
  }
  return channels;
}

// Articles that are all different, so that none is known already.
v1::IngestArticleRequest NextArticle() {
  static const std::vector<std::string> bodies = [] {
    NewsGenerator news(7);
    std::vector<std::string> made;
    for (int i = 0; i < 64; ++i) made.push_back(news.Article(NewsKind::kAgreements, 30'000));
    return made;
  }();
  static std::atomic<size_t> number{0};
  const size_t n = number++;
  v1::IngestArticleRequest request;
  request.mutable_article()->set_article_id(absl::StrFormat("overload-%d", n));
  request.mutable_article()->set_title(absl::StrCat("Article ", n));
  request.mutable_article()->set_body(bodies[n % bodies.size()]);
  return request;
}

bool Run() {
  std::vector<std::unique_ptr<v1::IngestService::Stub>> ingestion;
  for (const auto& channel : ChannelsTo(absl::GetFlag(FLAGS_ingest_service))) {
    ingestion.push_back(v1::IngestService::NewStub(channel));
  }
  std::vector<std::unique_ptr<v1::AgreementService::Stub>> agreements;
  for (const auto& channel : ChannelsTo(absl::GetFlag(FLAGS_query_service))) {
    agreements.push_back(v1::AgreementService::NewStub(channel));
  }
  for (int i = 0; i < 20; ++i) {  // something to read
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    v1::IngestArticleResponse response;
    const grpc::Status status = ingestion[0]->IngestArticle(&context, NextArticle(), &response);
    if (!status.ok()) {
      std::cerr << "treatywire-overload: " << status.error_message() << "\n";
      return false;
    }
  }
  std::atomic<size_t> next{0};
  const bool reading = Measure("ListAgreements, 100 a page, everything of each", [&](Tally& tally) {
    v1::ListAgreementsRequest request;
    request.set_page_size(100);
    request.set_view(v1::VIEW_FULL);
    Start(agreements[next++ % agreements.size()]->async(), &v1::AgreementService::Stub::async::ListAgreements,
          std::move(request), tally);
  });
  const bool parsing = Measure("ParseArticle of 30 KB", [&](Tally& tally) {
    v1::ParseArticleRequest request;
    *request.mutable_article() = NextArticle().article();
    Start(ingestion[next++ % ingestion.size()]->async(), &v1::IngestService::Stub::async::ParseArticle,
          std::move(request), tally);
  });
  return reading && parsing;
}

}  // namespace
}  // namespace treatywire::benchmark

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "Asks running services for more than they can do and measures what they still do.");
  absl::ParseCommandLine(argc, argv);
  return treatywire::benchmark::Run() ? 0 : 1;
}
