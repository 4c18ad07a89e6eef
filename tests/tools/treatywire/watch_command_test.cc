#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "tests/tools/treatywire/test_environment.h"
#include "tools/treatywire/command_line.h"
#include "treatywire/v1/timeline_service.grpc.pb.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Each watch is played by the next script; the record is at revision 41.
class FakeTimelines final : public v1::TimelineService::Service {
 public:
  using Writer = grpc::ServerWriter<v1::WatchEventsResponse>;
  using Script = std::function<grpc::Status(Writer&)>;

  grpc::Status WatchEvents(grpc::ServerContext* context, const v1::WatchEventsRequest* request,
                           Writer* writer) override {
    requests.push_back(request->ShortDebugString());
    if (requests.size() <= scripts.size()) return scripts[requests.size() - 1](*writer);
    while (!context->IsCancelled()) std::this_thread::yield();
    return grpc::Status::CANCELLED;
  }
  grpc::Status ListEvents(grpc::ServerContext* /*context*/, const v1::ListEventsRequest* /*request*/,
                          v1::ListEventsResponse* response) override {
    response->set_revision(41);
    return grpc::Status::OK;
  }

  std::vector<Script> scripts;
  std::vector<std::string> requests;
};

v1::WatchEventsResponse Changes(uint64_t revision, int count) {
  v1::WatchEventsResponse response;
  response.set_revision(revision);
  for (int i = 0; i < count; ++i) {
    v1::EventChange& change = *response.add_changes();
    change.set_kind(v1::CHANGE_KIND_ADDED);
    change.mutable_event()->set_revision(revision);
    change.mutable_event()->set_agreement("agreements/a");
    change.mutable_event()->mutable_claim()->mutable_event()->set_type(v1::EVENT_TYPE_SIGNED);
  }
  return response;
}

class WatchCommandTest : public ::testing::Test {
 protected:
  FakeTimelines service_;
  TestEnvironment program_{{&service_}};
};

TEST_F(WatchCommandTest, PrintsWhatComesAndSaysHowToGoOn) {
  service_.scripts = {[](FakeTimelines::Writer& writer) {
    writer.Write(Changes(5, 1));
    writer.Write(Changes(6, 0));
    writer.Write(Changes(7, 1));
    return grpc::Status::OK;
  }};
  EXPECT_EQ(program_.Run({"watch", "--from_revision", "1", "--type", "signed", "--count", "2"}),
            ExitCode::kDone);
  EXPECT_THAT(service_.requests, ElementsAre("filter { types: EVENT_TYPE_SIGNED } from_revision: 1"));
  EXPECT_EQ(program_.out(),
            "+ 5  (no date)  signed  agreements/a\n"
            "+ 7  (no date)  signed  agreements/a\n");
}

TEST_F(WatchCommandTest, ResumesWhereAStreamBrokeOff) {
  service_.scripts = {[](FakeTimelines::Writer& writer) {
                        writer.Write(Changes(5, 1));
                        return grpc::Status(grpc::StatusCode::UNAVAILABLE, "draining");
                      },
                      [](FakeTimelines::Writer& writer) {
                        writer.Write(Changes(6, 1));
                        return grpc::Status::OK;
                      }};
  EXPECT_EQ(program_.Run({"watch", "--from_revision", "5", "--count", "2", "--json"}), ExitCode::kDone);
  EXPECT_THAT(service_.requests, ElementsAre("from_revision: 5", "from_revision: 6"));
  EXPECT_THAT(program_.err(), HasSubstr("draining (UNAVAILABLE); resuming from revision 6"));
}

TEST_F(WatchCommandTest, ResumesInTheLogThatItRead) {
  service_.scripts = {[](FakeTimelines::Writer& writer) {
                        v1::WatchEventsResponse response = Changes(5, 1);
                        response.set_log_id("0123456789abcdef");
                        writer.Write(response);
                        return grpc::Status(grpc::StatusCode::UNAVAILABLE, "draining");
                      },
                      [](FakeTimelines::Writer& /*writer*/) {
                        return grpc::Status(grpc::StatusCode::FAILED_PRECONDITION,
                                            "the log has been replaced");
                      }};
  EXPECT_EQ(program_.Run({"watch", "--from_revision", "5", "--log_id", "0123456789abcdef"}),
            ExitCode::kRefused);
  EXPECT_THAT(service_.requests, ElementsAre("from_revision: 5 log_id: \"0123456789abcdef\"",
                                             "from_revision: 6 log_id: \"0123456789abcdef\""));
  EXPECT_THAT(program_.err(), HasSubstr("has been replaced (FAILED_PRECONDITION)"));
}

// gRPC's answer to a call that reaches a server in the last moments of its shutdown.
TEST_F(WatchCommandTest, ResumesWhereTheServerCancelledTheStream) {
  service_.scripts = {[](FakeTimelines::Writer& writer) {
                        writer.Write(Changes(5, 1));
                        return grpc::Status(grpc::StatusCode::UNAVAILABLE, "draining");
                      },
                      [](FakeTimelines::Writer& /*writer*/) { return grpc::Status::CANCELLED; },
                      [](FakeTimelines::Writer& writer) {
                        writer.Write(Changes(6, 1));
                        return grpc::Status::OK;
                      }};
  EXPECT_EQ(program_.Run({"watch", "--from_revision", "5", "--count", "2", "--json"}), ExitCode::kDone);
  EXPECT_THAT(service_.requests, ElementsAre("from_revision: 5", "from_revision: 6", "from_revision: 6"));
}

TEST_F(WatchCommandTest, BeginsNowAndMissesNothingWhileItIsCutOff) {
  service_.scripts = {[](FakeTimelines::Writer& writer) {
                        writer.Write(Changes(41, 0));  // a checkpoint
                        return grpc::Status(grpc::StatusCode::UNAVAILABLE, "draining");
                      },
                      [](FakeTimelines::Writer& writer) {
                        writer.Write(Changes(44, 1));
                        return grpc::Status::OK;
                      }};
  EXPECT_EQ(program_.Run({"watch", "--count", "1"}), ExitCode::kDone);
  EXPECT_THAT(service_.requests, ElementsAre("from_revision: 42", "from_revision: 42"));
}

TEST_F(WatchCommandTest, GoesOnFromARevisionThatItPrintedInPart) {
  service_.scripts = {[](FakeTimelines::Writer& writer) {
    writer.Write(Changes(5, 3));
    return grpc::Status::OK;
  }};
  EXPECT_EQ(program_.Run({"watch", "--from_revision", "5", "--count", "2"}), ExitCode::kDone);
  // Two of revision 5's three changes are out: going on from 5 repeats them, from 6 would lose the third.
  EXPECT_EQ(program_.err(), "treatywire: --from_revision 5 goes on from here\n");
}

TEST_F(WatchCommandTest, EndsWhereTheServiceWasNeverThere) {
  service_.scripts = {
      [](FakeTimelines::Writer& /*writer*/) { return grpc::Status(grpc::StatusCode::UNAVAILABLE, "down"); }};
  EXPECT_EQ(program_.Run({"watch", "--from_revision", "1"}), ExitCode::kUnreachable);
  EXPECT_EQ(service_.requests.size(), 1U);
}

TEST_F(WatchCommandTest, EndsOnAnErrorThatResumingDoesNotMend) {
  service_.scripts = {[](FakeTimelines::Writer& /*writer*/) {
    return grpc::Status(grpc::StatusCode::OUT_OF_RANGE, "from_revision 99 lies beyond the log's end");
  }};
  EXPECT_EQ(program_.Run({"watch", "--from_revision", "99"}), ExitCode::kRefused);
  EXPECT_THAT(program_.err(), HasSubstr("beyond the log's end (OUT_OF_RANGE)"));
}

TEST_F(WatchCommandTest, EndsWhenItIsInterruptedAndSaysHowToGoOn) {
  service_.scripts = {[this](FakeTimelines::Writer& writer) {
    writer.Write(Changes(5, 1));
    program_.Interrupt();
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "draining");
  }};
  EXPECT_EQ(program_.Run({"watch", "--from_revision", "1"}), ExitCode::kDone);
  EXPECT_THAT(program_.err(), HasSubstr("goes on from here"));
}

}  // namespace
}  // namespace treatywire::tools
