// treatywire-overload: asks running services for more than they can do and measures what they still do.
//
// First a closed loop finds the most answers a second that the service gives (the calls under way that give
// most of several numbers of them). Then an open loop sends at multiples of that rate, whatever comes back,
// as many independent clients would; each call has a deadline, and a client that is refused does not try
// again. Goodput is what is answered with OK before its deadline, a second.
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <condition_variable>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
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

// One call's parts, which go when it ends.
struct CallParts {
  grpc::ClientContext context;
  grpc::ByteBuffer response;
  absl::Time begin = absl::Now();
};

// A method, and requests that are asked in turn. They are serialised already and answers are not parsed: the
// client has the services' processors to share, and on machines of their own clients would do that.
class Caller {
 public:
  Caller(const std::string& server, std::string method, std::vector<grpc::ByteBuffer> requests)
      : method_(std::move(method)), requests_(std::move(requests)) {
    for (const auto& channel : ChannelsTo(server)) stubs_.emplace_back(channel);
  }

  void Start(Tally& tally) {
    const size_t number = next_++;
    auto parts = std::make_shared<CallParts>();
    parts->context.set_deadline(absl::ToChronoTime(parts->begin + kDeadline));
    tally.Begin();
    stubs_[number % stubs_.size()].UnaryCall(
        &parts->context, method_, {}, &requests_[number % requests_.size()], &parts->response,
        [parts, &tally](const grpc::Status& status) { tally.End(status, absl::Now() - parts->begin); });
  }

 private:
  const std::string method_;
  const std::vector<grpc::ByteBuffer> requests_;
  std::vector<grpc::GenericStub> stubs_;
  size_t next_ = 0;
};

// Answers a second with `under_way` calls at any time.
double ClosedLoop(Caller& caller, size_t under_way, double seconds) {
  Tally tally;
  const absl::Time begin = absl::Now();
  while (absl::Now() - begin < absl::Seconds(seconds)) {
    tally.WaitForRoom(under_way);
    caller.Start(tally);
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

Outcome OpenLoop(Caller& caller, absl::string_view name, double rate, double seconds) {
  Tally tally;
  const absl::Time begin = absl::Now();
  const auto calls = static_cast<size_t>(rate * seconds);
  for (size_t i = 0; i < calls; ++i) {
    const absl::Time due = begin + absl::Seconds(static_cast<double>(i) / rate);
    if (const absl::Duration early = due - absl::Now(); early > absl::ZeroDuration()) absl::SleepFor(early);
    caller.Start(tally);
  }
  const double took = absl::ToDoubleSeconds(absl::Now() - begin);
  tally.WaitForRoom(1);
  tally.Print(name, rate, took);
  return {static_cast<double>(tally.good()) / took, tally.refusals_tell_when()};
}

// Whether the service keeps up its goodput.
bool Measure(absl::string_view what, Caller caller) {
  const double seconds = absl::GetFlag(FLAGS_seconds);
  std::cout << "\n"
            << what << "\n"
            << absl::StrFormat("%-24s %8s %8s %8s %7s %7s %9s %8s %8s\n", "", "rate/s", "sent/s", "OK/s",
                               "refused", "expired", "refused ms", "p50 ms", "p99 ms");
  double most = 0;
  for (const size_t under_way : {4, 16, 64}) most = std::max(most, ClosedLoop(caller, under_way, seconds));
  double at_three = 0;
  bool tell_when = true;
  for (const int times : {1, 2, 3}) {
    const Outcome outcome = OpenLoop(caller, absl::StrCat(times, " times the most"), times * most, seconds);
    tell_when = tell_when && outcome.refusals_tell_when;
    at_three = outcome.goodput;
  }
  const double part = at_three / most;
  const bool kept = part >= absl::GetFlag(FLAGS_least) && tell_when;
  std::cout << absl::StrFormat("goodput at 3 times the most: %.0f %% of it: %s\n", 100 * part,
                               kept ? "kept" : "LOST");
  return kept;
}

grpc::ByteBuffer Serialised(const google::protobuf::Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

std::vector<v1::Article> Articles() {
  NewsGenerator news(7);
  std::vector<v1::Article> articles(64);
  for (size_t i = 0; i < articles.size(); ++i) {
    articles[i].set_article_id(absl::StrCat("overload-", i));
    articles[i].set_title(absl::StrCat("Article ", i));
    articles[i].set_body(news.Article(NewsKind::kAgreements, 30'000));
  }
  return articles;
}

// Something to read.
grpc::Status IngestSome(const std::vector<v1::Article>& articles) {
  constexpr size_t kIngested = 20;
  const auto stub = v1::IngestService::NewStub(ChannelsTo(absl::GetFlag(FLAGS_ingest_service)).front());
  for (size_t i = 0; i < kIngested; ++i) {
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    v1::IngestArticleRequest request;
    *request.mutable_article() = articles[i];
    v1::IngestArticleResponse response;
    const grpc::Status status = stub->IngestArticle(&context, request, &response);
    if (!status.ok()) return status;
  }
  return grpc::Status::OK;
}

bool Run() {
  const std::vector<v1::Article> articles = Articles();
  if (const grpc::Status status = IngestSome(articles); !status.ok()) {
    std::cerr << "treatywire-overload: " << status.error_message() << "\n";
    return false;
  }
  v1::ListAgreementsRequest list;
  list.set_page_size(100);
  list.set_view(v1::VIEW_FULL);
  std::vector<grpc::ByteBuffer> parses;
  for (const v1::Article& article : articles) {
    v1::ParseArticleRequest request;
    *request.mutable_article() = article;
    parses.push_back(Serialised(request));
  }
  const bool reading = Measure("ListAgreements, 100 a page, everything of each",
                               Caller(absl::GetFlag(FLAGS_query_service),
                                      "/treatywire.v1.AgreementService/ListAgreements", {Serialised(list)}));
  const bool parsing = Measure("ParseArticle of 30 KB",
                               Caller(absl::GetFlag(FLAGS_ingest_service),
                                      "/treatywire.v1.IngestService/ParseArticle", std::move(parses)));
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
