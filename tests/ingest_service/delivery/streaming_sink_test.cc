#include "ingest_service/delivery/streaming_sink.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status.h"
#include "tests/ingest_service/delivery/fake_event_log_service.h"

namespace treatywire::ingest {
namespace {

using treatywire::v1::ExtractedArticle;
using Request = FakeEventLogService::Request;
using Response = FakeEventLogService::Response;
using Stream = FakeEventLogService::Stream;
using Outcome = std::future<absl::StatusOr<Delivery>>;

ExtractedArticle Extraction(const std::string& id) {
  ExtractedArticle extraction;
  extraction.mutable_article()->set_article_id(id);
  extraction.set_extractor_version("test");
  return extraction;
}

std::unique_ptr<StreamingSink> SinkTo(const std::string& address, StreamingSink::Options options = {}) {
  options.initial_backoff = absl::Milliseconds(1);
  options.max_backoff = absl::Milliseconds(5);
  grpc::ChannelArguments arguments;
  // The channel's own delays between attempts to connect, a second and more by default, would only slow the
  // tests.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 5);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 5);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 5);
  return StreamingSink::Create(
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments), options);
}

Outcome Deliver(StreamingSink& sink, const std::string& id, absl::Time deadline = absl::InfiniteFuture()) {
  auto promise = std::make_shared<std::promise<absl::StatusOr<Delivery>>>();
  Outcome outcome = promise->get_future();
  sink.Deliver(Extraction(id), deadline, /*trace=*/{},
               [promise](absl::StatusOr<Delivery> delivery) { promise->set_value(std::move(delivery)); });
  return outcome;
}

std::vector<std::string> Ids(const FakeEventLogService& service) {
  std::vector<std::string> ids;
  for (const ExtractedArticle& extraction : service.log()) ids.push_back(extraction.article().article_id());
  return ids;
}

TEST(StreamingSinkTest, DeliversInOrderOverOneStream) {
  FakeEventLogService service;
  const FakeQueryServer server(service);
  const auto sink = SinkTo(server.address());
  std::vector<Outcome> outcomes;
  for (int i = 0; i < 1000; ++i) outcomes.push_back(Deliver(*sink, absl::StrCat("a", i)));
  for (size_t i = 0; i < outcomes.size(); ++i) EXPECT_EQ(outcomes[i].get().value(), (Delivery{i + 1, false}));
  EXPECT_EQ(service.log()[7].SerializeAsString(), Extraction("a7").SerializeAsString());
  EXPECT_EQ(sink->counts().delivered, 1000u);
  EXPECT_EQ(sink->counts().streams_opened, 1u);
}

TEST(StreamingSinkTest, TellsWhenTheQueryServiceTakesAStreamAndWhenThatEnds) {
  std::promise<void> end_stream;
  FakeEventLogService service({
      [](Stream&) { return grpc::Status(grpc::StatusCode::UNAVAILABLE, "rebuilding"); },  // refused: not told
      [&](Stream& stream) {
        stream.SendInitialMetadata();
        end_stream.get_future().wait();
        return grpc::Status(grpc::StatusCode::UNAVAILABLE, "draining");
      },
  });
  const FakeQueryServer server(service);
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<bool> told;
  StreamingSink::Options options;
  options.on_connection_change = [&](bool connected) {
    const std::lock_guard lock(mutex);
    told.push_back(connected);
    changed.notify_all();
  };
  const auto wait_for = [&](size_t changes) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return told.size() >= changes; });
  };
  const auto sink = SinkTo(server.address(), options);
  wait_for(1);
  end_stream.set_value();
  wait_for(2);
  // The stream after that is taken with its first acknowledgement.
  EXPECT_TRUE(Deliver(*sink, "a").get().ok());
  wait_for(3);
  sink->Drain(absl::InfinitePast());
  EXPECT_EQ(told, (std::vector<bool>{true, false, true, false}));
}

TEST(StreamingSinkTest, SecondDeliveryOfAVersionIsAlreadyPresent) {
  FakeEventLogService service;
  const FakeQueryServer server(service);
  const auto sink = SinkTo(server.address());
  EXPECT_EQ(Deliver(*sink, "a").get().value(), (Delivery{1, false}));
  EXPECT_EQ(Deliver(*sink, "a").get().value(), (Delivery{1, true}));
  EXPECT_EQ(sink->counts().already_present, 1u);
}

TEST(StreamingSinkTest, RefusalReachesTheCallerAndTheStreamGoesOn) {
  const absl::Status refusal = InvalidFieldError("extraction.article", "is odd");
  FakeEventLogService service({[&](Stream& stream) {
    Request request;
    stream.Read(&request);
    Response response;
    response.set_sequence(request.sequence());
    *response.mutable_refusal() = ToRpcStatus(refusal);
    stream.Write(response);
    return service.AcknowledgeAll(stream);
  }});
  const FakeQueryServer server(service);
  const auto sink = SinkTo(server.address());
  EXPECT_EQ(Deliver(*sink, "a").get().status(), refusal);
  EXPECT_TRUE(Deliver(*sink, "b").get().ok());
  EXPECT_EQ(sink->counts().refused, 1u);
  EXPECT_EQ(sink->counts().streams_opened, 1u);
}

TEST(StreamingSinkTest, UnacknowledgedIsSentAgainInOrderWhenTheStreamBreaks) {
  // The first stream takes three, acknowledges one of them and breaks; one of the unacknowledged had got into
  // the log.
  FakeEventLogService service({[&](Stream& stream) {
    Request first;
    Request second;
    Request third;
    stream.Read(&first);
    stream.Read(&second);
    stream.Read(&third);
    stream.Write(service.Append(first));
    service.Append(second);
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "draining");
  }});
  const FakeQueryServer server(service);
  const auto sink = SinkTo(server.address());
  std::vector<Outcome> outcomes;
  for (const char* id : {"a", "b", "c", "d"}) outcomes.push_back(Deliver(*sink, id));
  EXPECT_EQ(outcomes[0].get().value(), (Delivery{1, false}));
  EXPECT_EQ(outcomes[1].get().value(), (Delivery{2, true}));
  EXPECT_EQ(outcomes[2].get().value(), (Delivery{3, false}));
  EXPECT_EQ(outcomes[3].get().value(), (Delivery{4, false}));
  EXPECT_THAT(Ids(service), testing::ElementsAre("a", "b", "c", "d"));
  EXPECT_EQ(sink->counts().streams_opened, 2u);
}

TEST(StreamingSinkTest, StreamThatEndsWithOkIsOpenedAgainToo) {
  FakeEventLogService service({[](Stream&) { return grpc::Status::OK; }});
  const FakeQueryServer server(service);
  const auto sink = SinkTo(server.address());
  EXPECT_TRUE(Deliver(*sink, "a").get().ok());
}

TEST(StreamingSinkTest, WaitsForAServerThatStartsLateAndSurvivesItsRestart) {
  const std::string address =
      absl::StrCat("unix:", testing::TempDir(), "/treatywire_sink_", getpid(), ".sock");
  FakeEventLogService service;
  const auto sink = SinkTo(address);
  Outcome early = Deliver(*sink, "early");
  {
    const FakeQueryServer server(service, address);
    EXPECT_EQ(early.get().value(), (Delivery{1, false}));
  }
  Outcome between = Deliver(*sink, "between");
  const FakeQueryServer server(service, address);
  EXPECT_EQ(between.get().value(), (Delivery{2, false}));
}

TEST(StreamingSinkTest, DeadlineGivesUnavailable) {
  const auto sink = SinkTo("unix:/nonexistent/treatywire.sock");
  const absl::Status status = Deliver(*sink, "a", absl::Now() + absl::Milliseconds(20)).get().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Deliver(*sink, "b", absl::InfinitePast()).get().status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(sink->counts().expired, 2u);
}

TEST(StreamingSinkTest, NoMoreThanTheWindowIsUnacknowledged) {
  std::promise<void> window_is_full;
  std::promise<void> go_on;
  FakeEventLogService service({[&](Stream& stream) {
    std::vector<Request> requests(4);
    for (Request& request : requests) stream.Read(&request);
    window_is_full.set_value();
    go_on.get_future().wait();
    for (const Request& request : requests) stream.Write(service.Append(request));
    return service.AcknowledgeAll(stream);
  }});
  const FakeQueryServer server(service);
  StreamingSink::Options options;
  options.limits = {.window = 4, .max_entries = 6, .max_bytes = 1 << 20};
  const auto sink = SinkTo(server.address(), options);
  std::vector<Outcome> outcomes;
  for (const char* id : {"a", "b", "c", "d", "e", "f"}) outcomes.push_back(Deliver(*sink, id));
  window_is_full.get_future().wait();
  // At the maximum; one past it is refused.
  const absl::Status full = Deliver(*sink, "g").get().status();
  EXPECT_EQ(full.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(GetRetryDelay(full).has_value());
  go_on.set_value();
  for (Outcome& outcome : outcomes) EXPECT_TRUE(outcome.get().ok());
  EXPECT_THAT(Ids(service), testing::ElementsAre("a", "b", "c", "d", "e", "f"));
  EXPECT_EQ(sink->counts().rejected, 1u);
}

TEST(StreamingSinkTest, AcknowledgementOutOfTurnBreaksTheStreamOff) {
  FakeEventLogService service({[](Stream& stream) {
    Request request;
    stream.Read(&request);
    Response wrong;
    wrong.set_sequence(request.sequence() + 5);
    wrong.set_revision(1);
    stream.Write(wrong);
    while (stream.Read(&request)) {
    }
    return grpc::Status::OK;
  }});
  const FakeQueryServer server(service);
  const auto sink = SinkTo(server.address());
  EXPECT_EQ(Deliver(*sink, "a").get().value(), (Delivery{1, false}));
  EXPECT_EQ(sink->counts().protocol_errors, 1u);
  EXPECT_EQ(sink->counts().streams_opened, 2u);
}

TEST(StreamingSinkTest, StreamThatStopsAcknowledgingIsBrokenOff) {
  FakeEventLogService service({[](Stream& stream) {
    Request request;
    while (stream.Read(&request)) {
    }
    return grpc::Status::OK;
  }});
  const FakeQueryServer server(service);
  StreamingSink::Options options;
  options.acknowledgement_timeout = absl::Milliseconds(20);
  const auto sink = SinkTo(server.address(), options);
  EXPECT_EQ(Deliver(*sink, "a").get().value(), (Delivery{1, false}));
  EXPECT_GE(sink->counts().stalled_streams, 1u);
}

TEST(StreamingSinkTest, DrainWaitsForAcknowledgementsAndThenTakesNothing) {
  FakeEventLogService service;
  const FakeQueryServer server(service);
  const auto sink = SinkTo(server.address());
  Outcome outcome = Deliver(*sink, "a");
  sink->Drain(absl::InfiniteFuture());
  EXPECT_EQ(outcome.get().value(), (Delivery{1, false}));
  EXPECT_EQ(Deliver(*sink, "b").get().status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(sink->counts().shut_down, 0u);
}

TEST(StreamingSinkTest, DestructionCompletesWhatIsLeftWithUnavailable) {
  FakeEventLogService service({[](Stream& stream) {
    Request request;
    while (stream.Read(&request)) {
    }
    return grpc::Status::OK;
  }});
  const FakeQueryServer server(service);
  auto sink = SinkTo(server.address());
  Outcome outcome = Deliver(*sink, "a");
  sink.reset();
  EXPECT_EQ(outcome.get().status().code(), absl::StatusCode::kUnavailable);
}

TEST(StreamingSinkTest, ManyThreadsDeliverWhileStreamsBreak) {
  constexpr int kThreads = 4;
  constexpr int kEach = 200;
  // Ten streams break after 20 acknowledgements each, with more read than acknowledged.
  const auto flaky = [](FakeEventLogService& service, Stream& stream) {
    Request request;
    for (int i = 0; i < 20 && stream.Read(&request); ++i) stream.Write(service.Append(request));
    stream.Read(&request);
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "flaky");
  };
  std::unique_ptr<FakeEventLogService> service;
  const FakeEventLogService::Script script = [&](Stream& stream) { return flaky(*service, stream); };
  service = std::make_unique<FakeEventLogService>(std::vector<FakeEventLogService::Script>(10, script));
  const FakeQueryServer server(*service);
  const auto sink = SinkTo(server.address());
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&sink, t] {
      for (int i = 0; i < kEach; ++i) EXPECT_TRUE(Deliver(*sink, absl::StrCat("t", t, "-", i)).get().ok());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(service->log().size(), static_cast<size_t>(kThreads * kEach));
  EXPECT_EQ(sink->counts().delivered, static_cast<uint64_t>(kThreads * kEach));
}

}  // namespace
}  // namespace treatywire::ingest
