#include "tools/treatywire/ingestion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/grpc_status.h"
#include "common/status.h"
#include "tests/tools/treatywire/test_environment.h"
#include "treatywire/v1/ingest_service.grpc.pb.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// An ingest service whose streams are played by scripts; further ones take everything.
class FakeIngest final : public v1::IngestService::Service {
 public:
  using Stream = grpc::ServerReaderWriter<v1::IngestArticlesResponse, v1::IngestArticlesRequest>;
  using Script = std::function<grpc::Status(Stream&)>;

  grpc::Status IngestArticles(grpc::ServerContext* /*context*/, Stream* stream) override {
    const size_t index = streams++;
    return index < scripts.size() ? scripts[index](*stream) : TakeAll(*stream);
  }

  grpc::Status ParseArticle(grpc::ServerContext* /*context*/, const v1::ParseArticleRequest* request,
                            v1::ExtractedArticle* response) override {
    if (request->article().body() == "2")
      return ToGrpcStatus(InvalidFieldError("article.body", "has no text"));
    response->mutable_article()->set_article_id(request->article().body());
    return grpc::Status::OK;
  }

  grpc::Status TakeAll(Stream& stream) {
    v1::IngestArticlesRequest request;
    while (stream.Read(&request)) stream.Write(Take(request));
    return grpc::Status::OK;
  }

  v1::IngestArticlesResponse Take(const v1::IngestArticlesRequest& request) {
    const std::lock_guard lock(mutex);
    taken.push_back(request.article().body());
    v1::IngestArticlesResponse response;
    response.set_sequence(request.sequence());
    response.mutable_ingested()->set_article(absl::StrCat("articles/", request.article().body()));
    response.mutable_ingested()->set_revision(taken.size());
    response.mutable_ingested()->set_event_count(2);
    return response;
  }

  static v1::IngestArticlesResponse Refuse(const v1::IngestArticlesRequest& request,
                                           const absl::Status& status) {
    v1::IngestArticlesResponse response;
    response.set_sequence(request.sequence());
    *response.mutable_error() = ToRpcStatus(status);
    return response;
  }

  std::vector<Script> scripts;
  std::atomic<size_t> streams{0};
  std::mutex mutex;
  std::vector<std::string> taken;  // guarded by mutex
};

class IngestionTest : public ::testing::Test {
 protected:
  // Ingests articles with the bodies "1" to "count" from standard input.
  ExitCode Ingest(int count, std::vector<std::string> more = {}) {
    std::string lines;
    for (int i = 1; i <= count; ++i) absl::StrAppend(&lines, "{\"body\": \"", i, "\"}\n");
    program_.in().str(lines);
    std::vector<std::string> arguments = {"ingest", "-"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return program_.Run(arguments);
  }

  FakeIngest service_;
  TestEnvironment program_{{&service_}};
};

TEST_F(IngestionTest, ReportsEachArticleAndAllOfThem) {
  EXPECT_EQ(Ingest(2), ExitCode::kDone);
  EXPECT_EQ(program_.out(),
            "standard input:1: articles/1, 2 events, revision 1\n"
            "standard input:2: articles/2, 2 events, revision 2\n"
            "2 articles ingested, 4 events; the record is at revision 2 or later\n");
  EXPECT_EQ(program_.err(), "");
}

TEST_F(IngestionTest, WritesJsonALineAnArticle) {
  EXPECT_EQ(Ingest(1, {"--json"}), ExitCode::kDone);
  EXPECT_EQ(
      program_.out(),
      "{\"sequence\":\"1\",\"ingested\":{\"article\":\"articles/1\",\"revision\":\"1\",\"eventCount\":2}}\n");
}

TEST_F(IngestionTest, SendsNothingWhereThereIsNothing) {
  EXPECT_EQ(Ingest(0), ExitCode::kDone);
  EXPECT_EQ(program_.out(), "0 articles ingested, 0 events\n");
}

TEST_F(IngestionTest, SendsManyMoreThanTheWindow) {
  EXPECT_EQ(Ingest(300, {"--quiet"}), ExitCode::kDone);
  EXPECT_EQ(service_.taken.size(), 300U);
  EXPECT_EQ(program_.out(), "300 articles ingested, 600 events; the record is at revision 300 or later\n");
}

TEST_F(IngestionTest, KeepsToTheWindow) {
  std::atomic<int> unanswered{0};
  service_.scripts = {[&](FakeIngest::Stream& stream) {
    std::vector<v1::IngestArticlesRequest> held(1);
    // Reads as long as the client sends without an answer, then answers one and reads one.
    for (size_t i = 0; i < Ingestion::Options().max_unanswered && stream.Read(&held.back()); ++i)
      held.emplace_back();
    held.pop_back();
    unanswered = static_cast<int>(held.size());
    for (const auto& request : held) stream.Write(service_.Take(request));
    return service_.TakeAll(stream);
  }};
  EXPECT_EQ(Ingest(100, {"--quiet"}), ExitCode::kDone);
  EXPECT_EQ(unanswered, 32);
  EXPECT_EQ(service_.taken.size(), 100U);
}

TEST_F(IngestionTest, GoesOnAfterARefusalAndExitsWithOne) {
  service_.scripts = {[&](FakeIngest::Stream& stream) {
    v1::IngestArticlesRequest request;
    while (stream.Read(&request)) {
      stream.Write(request.sequence() == 2
                       ? FakeIngest::Refuse(request, InvalidFieldError("article.body", "has no text"))
                       : service_.Take(request));
    }
    return grpc::Status::OK;
  }};
  EXPECT_EQ(Ingest(3, {"--quiet"}), ExitCode::kRefused);
  EXPECT_EQ(program_.err(),
            "standard input:2: article.body has no text (INVALID_ARGUMENT)\n"
            "treatywire: 1 not ingested (FAILED_PRECONDITION)\n");
  EXPECT_THAT(program_.out(), HasSubstr("2 articles ingested, 4 events, 1 not ingested"));
}

TEST_F(IngestionTest, ReportsFilesThatCannotBeReadAndSendsTheRest) {
  program_.in().str("{\"body\": \"1\"}\n{bad\n{\"body\": \"3\"}\n");
  EXPECT_EQ(program_.Run({"ingest", "/nowhere/a.txt", "-", "--quiet"}), ExitCode::kRefused);
  EXPECT_THAT(program_.err(),
              HasSubstr("/nowhere/a.txt: cannot be read: No such file or directory (NOT_FOUND)\n"));
  EXPECT_THAT(program_.err(), HasSubstr("standard input:2: is no Article as JSON"));
  EXPECT_THAT(service_.taken, ElementsAre("1", "3"));
}

TEST_F(IngestionTest, SendsAgainWhatAStreamThatBrokeDidNotAnswer) {
  service_.scripts = {[&](FakeIngest::Stream& stream) {
    v1::IngestArticlesRequest request;
    stream.Read(&request);
    stream.Write(service_.Take(request));
    stream.Read(&request);
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "draining");
  }};
  EXPECT_EQ(Ingest(5, {"--quiet"}), ExitCode::kDone);
  EXPECT_THAT(service_.taken, ElementsAre("1", "2", "3", "4", "5"));
  EXPECT_EQ(service_.streams, 2U);
  EXPECT_THAT(program_.err(), HasSubstr("draining (UNAVAILABLE); trying again"));
  EXPECT_EQ(program_.waits().size(), 1U);
}

// gRPC's answer to a call that reaches a server in the last moments of its shutdown.
TEST_F(IngestionTest, SendsAgainWhereTheServerCancelledTheStream) {
  service_.scripts = {[](FakeIngest::Stream& /*stream*/) { return grpc::Status::CANCELLED; }};
  EXPECT_EQ(Ingest(2, {"--quiet"}), ExitCode::kDone);
  EXPECT_THAT(service_.taken, ElementsAre("1", "2"));
  EXPECT_EQ(service_.streams, 2U);
}

TEST_F(IngestionTest, SendsAgainWhatTheServiceCouldNotDeliverAndWaitsAsAsked) {
  service_.scripts = {[&](FakeIngest::Stream& stream) {
    v1::IngestArticlesRequest request;
    while (stream.Read(&request)) {
      stream.Write(request.sequence() == 1
                       ? FakeIngest::Refuse(
                             request, WithRetryDelay(absl::ResourceExhaustedError("busy"), absl::Seconds(7)))
                       : service_.Take(request));
    }
    return grpc::Status::OK;
  }};
  EXPECT_EQ(Ingest(3, {"--quiet"}), ExitCode::kDone);
  EXPECT_THAT(service_.taken, ElementsAre("2", "3", "1"));
  EXPECT_THAT(program_.waits(), ElementsAre(absl::Seconds(7)));
}

TEST_F(IngestionTest, GivesUpWhereNothingIsAnsweredAndExitsWithThree) {
  const auto broken = [](FakeIngest::Stream& stream) {
    v1::IngestArticlesRequest request;
    stream.Read(&request);
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "down");
  };
  service_.scripts = {broken};
  EXPECT_EQ(Ingest(2, {"--quiet", "--give_up_after", "0s"}), ExitCode::kUnreachable);
  EXPECT_THAT(program_.err(), HasSubstr("standard input:1: down (UNAVAILABLE)\n"));
  EXPECT_THAT(program_.err(), HasSubstr("treatywire: down (UNAVAILABLE)\n"));
  EXPECT_EQ(service_.streams, 1U);
}

TEST_F(IngestionTest, GivesUpOnAServiceThatReadsAndNeverAnswers) {
  service_.scripts = {[](FakeIngest::Stream& stream) {
    v1::IngestArticlesRequest request;
    while (stream.Read(&request)) {
    }
    return grpc::Status::OK;
  }};
  EXPECT_EQ(Ingest(1, {"--quiet", "--give_up_after", "20ms"}), ExitCode::kUnreachable);
  EXPECT_THAT(program_.err(),
              HasSubstr("standard input:1: the ingest service does not answer (DEADLINE_EXCEEDED)"));
  EXPECT_EQ(service_.streams, 1U);
}

TEST_F(IngestionTest, DoesNotTryAgainWhatCannotGetBetter) {
  service_.scripts = {[](FakeIngest::Stream& /*stream*/) {
    return grpc::Status(grpc::StatusCode::PERMISSION_DENIED, "who?");
  }};
  EXPECT_EQ(Ingest(2, {"--quiet"}), ExitCode::kRefused);
  EXPECT_EQ(service_.streams, 1U);
  EXPECT_THAT(program_.err(), HasSubstr("who? (PERMISSION_DENIED)"));
}

TEST_F(IngestionTest, EndsOnAnswersThatNobodyAskedFor) {
  for (const uint64_t sequence : {0, 2}) {
    service_.streams = 0;
    service_.scripts = {[sequence](FakeIngest::Stream& stream) {
      v1::IngestArticlesRequest request;
      stream.Read(&request);
      v1::IngestArticlesResponse response;
      response.set_sequence(sequence);
      response.mutable_ingested();
      stream.Write(response);
      while (stream.Read(&request)) {
      }
      return grpc::Status::OK;
    }};
    EXPECT_EQ(Ingest(1, {"--quiet"}), ExitCode::kRefused);
    EXPECT_THAT(program_.err(), HasSubstr("which it was not sent"));
  }
}

TEST_F(IngestionTest, EndsOnAnswersThatSayNothing) {
  service_.scripts = {[](FakeIngest::Stream& stream) {
    v1::IngestArticlesRequest request;
    stream.Read(&request);
    v1::IngestArticlesResponse response;
    response.set_sequence(1);
    stream.Write(response);
    while (stream.Read(&request)) {
    }
    return grpc::Status::OK;
  }};
  EXPECT_EQ(Ingest(1, {"--quiet"}), ExitCode::kRefused);
  EXPECT_THAT(program_.err(), HasSubstr("neither result nor error"));
}

TEST_F(IngestionTest, StopsWhenItIsInterrupted) {
  service_.scripts = {[this](FakeIngest::Stream& stream) {
    v1::IngestArticlesRequest request;
    stream.Read(&request);
    program_.Interrupt();
    while (stream.Read(&request)) {
    }
    return grpc::Status::OK;
  }};
  EXPECT_EQ(Ingest(1), ExitCode::kRefused);
  EXPECT_THAT(program_.err(), HasSubstr("interrupted (CANCELLED)"));
  EXPECT_EQ(program_.waits().size(), 0U);
}

TEST_F(IngestionTest, ParsesWithoutIngesting) {
  program_.in().str("{\"body\": \"1\"}\n{\"body\": \"2\"}\n{\"body\": \"3\"}\n");
  EXPECT_EQ(program_.Run({"parse", "-", "--json"}), ExitCode::kRefused);
  EXPECT_EQ(program_.out(), "{\"article\":{\"articleId\":\"1\"}}\n{\"article\":{\"articleId\":\"3\"}}\n");
  EXPECT_THAT(program_.err(), HasSubstr("standard input:2: article.body has no text (INVALID_ARGUMENT)\n"));
  EXPECT_EQ(service_.streams, 0U);
}

}  // namespace
}  // namespace treatywire::tools
