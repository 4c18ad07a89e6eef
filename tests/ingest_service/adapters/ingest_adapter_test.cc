#include "ingest_service/adapters/ingest_adapter.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/grpc_status.h"
#include "common/raw_message.h"
#include "common/request_observer.h"
#include "common/server.h"
#include "common/status.h"
#include "tests/ingest_service/fake_extraction_sink.h"

namespace treatywire::ingest {
namespace {

using treatywire::v1::IngestArticleRequest;
using treatywire::v1::IngestArticleResponse;
using treatywire::v1::IngestArticlesRequest;
using treatywire::v1::IngestArticlesResponse;
using treatywire::v1::IngestService;

const Extractor& BuiltInExtractor() {
  static const Extractor* const extractor = Extractor::Create(Lexicon::BuiltIn().value()).value().release();
  return *extractor;
}

IngestArticlesRequest RequestOf(uint64_t sequence) {
  IngestArticlesRequest request;
  request.set_sequence(sequence);
  request.mutable_article()->set_article_id(absl::StrCat("a", sequence));
  request.mutable_article()->set_body("Nothing was signed.");
  return request;
}

// `request` with its body's first byte no UTF-8 any more.
template <typename Request>
grpc::ByteBuffer WithBrokenBody(const Request& request) {
  std::string bytes = request.SerializeAsString();
  bytes[bytes.find(request.article().body())] = '\xFF';
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

class RecordingObserver final : public RequestObserver {
 public:
  void OnEnd(const FinishedRequest& request) override {
    absl::MutexLock lock(&mutex_);
    ended_.push_back(request);
  }

  // gRPC is done with a call after its client has the answer.
  std::vector<FinishedRequest> WaitForEnds(size_t count) {
    const auto has_ended = [&] { return ended_.size() >= count; };
    absl::MutexLock lock(&mutex_, absl::Condition(&has_ended));
    return ended_;
  }

 private:
  absl::Mutex mutex_;
  std::vector<FinishedRequest> ended_;  // guarded by mutex_
};

class IngestAdapterTest : public testing::Test {
 protected:
  IngestAdapterTest() {
    ServerOptions options;
    options.services = {{IngestService::service_full_name(), &adapter_, &adapter_.admission()}};
    options.observers = {observer_};
    options.begin_drain = [this] { adapter_.Drain(); };
    server_ = ServerLifecycle::Start(options).value();
    // Not in process: that transport breaks its streams off when the server begins to shut down.
    channel_ = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
    stub_ = IngestService::NewStub(channel_);
  }

  // What the raw bytes of a request are answered with.
  absl::Status CallRaw(const std::string& method, const grpc::ByteBuffer& request) {
    grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer> stub(channel_);
    grpc::ClientContext context;
    grpc::ByteBuffer response;
    std::promise<grpc::Status> status;
    stub.UnaryCall(&context, absl::StrCat("/treatywire.v1.IngestService/", method), {}, &request, &response,
                   [&status](grpc::Status result) { status.set_value(std::move(result)); });
    return FromGrpcStatus(status.get_future().get());
  }

  const std::shared_ptr<RecordingObserver> observer_ = std::make_shared<RecordingObserver>();
  FakeExtractionSink sink_;
  ArticleIngestion ingestion_{&BuiltInExtractor(), &sink_, {}};
  IngestServiceAdapter adapter_{&ingestion_};
  std::unique_ptr<ServerLifecycle> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<IngestService::Stub> stub_;
};

TEST_F(IngestAdapterTest, UnaryIngestAnswersTheDelivery) {
  sink_.AnswerAtOnce();
  grpc::ClientContext context;
  IngestArticleRequest request;
  *request.mutable_article() = RequestOf(1).article();
  IngestArticleResponse response;
  const grpc::Status status = stub_->IngestArticle(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.ShortDebugString(), "article: \"articles/a1\" revision: 1");
}

TEST_F(IngestAdapterTest, UnaryCallIsToldOnceWithItsAnswerAndItsCaller) {
  sink_.AnswerAtOnce();
  grpc::ClientContext context;
  context.AddMetadata("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  IngestArticleRequest request;
  *request.mutable_article() = RequestOf(1).article();
  IngestArticleResponse response;
  ASSERT_TRUE(stub_->IngestArticle(&context, request, &response).ok());
  EXPECT_FALSE(CallRaw("ParseArticle", WithBrokenBody(request)).ok());

  std::vector<FinishedRequest> ended = observer_->WaitForEnds(2);
  server_->Shutdown();
  ASSERT_EQ(observer_->WaitForEnds(2).size(), 2);
  if (ended[0].name.method == "ParseArticle") std::swap(ended[0], ended[1]);
  EXPECT_EQ(ended[0].name.service, "treatywire.v1.IngestService");
  EXPECT_EQ(ended[0].name.method, "IngestArticle");
  EXPECT_EQ(ended[0].name.type, "unary");
  EXPECT_EQ(ended[0].code, grpc::StatusCode::OK);
  EXPECT_TRUE(absl::StartsWith(ended[0].peer, "ipv4:127.0.0.1:")) << ended[0].peer;
  EXPECT_EQ(ended[0].trace_id, "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(ended[0].received_messages, 1);
  EXPECT_EQ(ended[0].sent_messages, 1);
  EXPECT_EQ(ended[1].name.method, "ParseArticle");
  EXPECT_EQ(ended[1].code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ended[1].trace_id, "");
  EXPECT_EQ(ended[1].sent_messages, 0);
}

TEST_F(IngestAdapterTest, HeaderListPastTheLimitIsRefusedWithItsReason) {
  sink_.AnswerAtOnce();
  const auto call_with = [this](size_t bytes) {
    grpc::ClientContext context;
    context.AddMetadata("x-large", std::string(bytes, 'x'));
    IngestArticleRequest request;
    *request.mutable_article() = RequestOf(1).article();
    IngestArticleResponse response;
    return FromGrpcStatus(stub_->IngestArticle(&context, request, &response));
  };
  EXPECT_TRUE(call_with(kMaxHeaderListBytes - 1024).ok());
  const absl::Status refusal = call_with(kMaxHeaderListBytes);
  EXPECT_EQ(refusal.code(), absl::StatusCode::kResourceExhausted);
  ASSERT_TRUE(GetErrorInfo(refusal).has_value()) << refusal;
  EXPECT_EQ(GetErrorInfo(refusal)->reason(), "MESSAGE_TOO_LARGE");
}

TEST_F(IngestAdapterTest, BodyThatIsNotUtf8IsNamed) {
  IngestArticleRequest request;
  *request.mutable_article() = RequestOf(1).article();
  for (const char* method : {"ParseArticle", "IngestArticle"}) {
    const absl::Status status = CallRaw(method, WithBrokenBody(request));
    EXPECT_EQ(status, InvalidFieldError("article.body", "is not valid UTF-8")) << method;
  }
}

TEST_F(IngestAdapterTest, BytesThatAreNoRequestAreInvalid) {
  const grpc::Slice slice(std::string("\x0a\xff"));  // a field longer than the message
  for (const char* method : {"ParseArticle", "IngestArticle"}) {
    EXPECT_EQ(CallRaw(method, grpc::ByteBuffer(&slice, 1)).code(), absl::StatusCode::kInvalidArgument);
  }
}

TEST_F(IngestAdapterTest, StreamAnswersInOrderAndEndsWithTheClient) {
  sink_.AnswerAtOnce();
  grpc::ClientContext context;
  const auto stream = stub_->IngestArticles(&context);
  for (uint64_t i = 1; i <= 200; ++i) {
    ASSERT_TRUE(stream->Write(RequestOf(i)));
    IngestArticlesResponse response;
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.ShortDebugString(), absl::StrCat("sequence: ", i, " ingested { article: \"articles/a",
                                                        i, "\" revision: ", i, " }"));
  }
  stream->WritesDone();
  IngestArticlesResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(IngestAdapterTest, FirstAnswersOfAStreamThatAreReadyTogetherAreAllSent) {
  grpc::ClientContext context;
  const auto stream = stub_->IngestArticles(&context);
  for (uint64_t i = 1; i <= 3; ++i) ASSERT_TRUE(stream->Write(RequestOf(i)));
  std::vector<FakeExtractionSink::Pending> deliveries = sink_.Take(3);
  // The first last: with it the others can be sent.
  std::sort(deliveries.begin(), deliveries.end(), [](const auto& a, const auto& b) {
    return a.extraction.article().article_id() > b.extraction.article().article_id();
  });
  for (auto& delivery : deliveries) std::move(delivery.done)(Delivery{7, false});
  for (uint64_t i = 1; i <= 3; ++i) {
    IngestArticlesResponse response;
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.sequence(), i);
  }
  context.TryCancel();
  stream->Finish();
}

TEST_F(IngestAdapterTest, RequestThatIsNotUtf8IsAnsweredSoAndTheStreamGoesOn) {
  sink_.AnswerAtOnce();
  grpc::GenericStub stub(channel_);
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const auto stream = stub.PrepareCall(&context, "/treatywire.v1.IngestService/IngestArticles", &queue);
  const auto await = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  stream->StartCall(nullptr);
  ASSERT_TRUE(await());
  grpc::ByteBuffer good;
  ASSERT_TRUE(SerializeResponse(RequestOf(8), &good).ok());
  std::vector<IngestArticlesResponse> answers;
  for (const grpc::ByteBuffer& request : {WithBrokenBody(RequestOf(7)), good}) {
    stream->Write(request, nullptr);
    ASSERT_TRUE(await());
    grpc::ByteBuffer answer;
    stream->Read(&answer, nullptr);
    ASSERT_TRUE(await());
    ASSERT_TRUE(ParseRequest(answer, &answers.emplace_back()).ok());
  }
  EXPECT_EQ(answers[0].sequence(), 7);
  EXPECT_EQ(FromRpcStatus(answers[0].error()), InvalidFieldError("article.body", "is not valid UTF-8"));
  EXPECT_EQ(answers[1].ingested().article(), "articles/a8");
  context.TryCancel();
  grpc::Status status;
  stream->Finish(&status, nullptr);
  await();
  queue.Shutdown();
}

TEST_F(IngestAdapterTest, DrainAnswersWhatWasReadAndEndsTheStreamWithUnavailable) {
  grpc::ClientContext context;
  const auto stream = stub_->IngestArticles(&context);
  ASSERT_TRUE(stream->Write(RequestOf(1)));
  std::vector<FakeExtractionSink::Pending> deliveries = sink_.Take(1);
  std::thread shutdown([this] { server_->Shutdown(); });
  std::move(deliveries[0].done)(Delivery{5, false});
  IngestArticlesResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.ingested().revision(), 5);
  EXPECT_FALSE(stream->Read(&response));
  const absl::Status status = FromGrpcStatus(stream->Finish());
  shutdown.join();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  ASSERT_TRUE(GetErrorInfo(status).has_value()) << status;
  EXPECT_EQ(GetErrorInfo(status)->reason(), "DRAINING");
}

// The grace is far shorter than the test's time limit, and the sink never answers.
TEST_F(IngestAdapterTest, CallerThatGoesAwayHoldsNothing) {
  grpc::ClientContext unary_context;
  IngestArticleRequest request;
  *request.mutable_article() = RequestOf(1).article();
  IngestArticleResponse response;
  std::promise<grpc::Status> unary_status;
  stub_->async()->IngestArticle(&unary_context, &request, &response,
                                [&](grpc::Status status) { unary_status.set_value(std::move(status)); });
  grpc::ClientContext stream_context;
  const auto stream = stub_->IngestArticles(&stream_context);
  ASSERT_TRUE(stream->Write(RequestOf(2)));
  std::vector<FakeExtractionSink::Pending> deliveries = sink_.Take(1);
  if (deliveries.size() < 2) deliveries.push_back(std::move(sink_.Take(1)[0]));
  unary_context.TryCancel();
  stream_context.TryCancel();
  EXPECT_EQ(unary_status.get_future().get().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  server_->Shutdown();
  for (auto& delivery : deliveries) std::move(delivery.done)(Delivery{1, false});
}

TEST_F(IngestAdapterTest, OneStreamPastTheMaximumIsRefused) {
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<grpc::ClientReaderWriter<IngestArticlesRequest, IngestArticlesResponse>>>
      streams;
  sink_.AnswerAtOnce();
  IngestArticlesResponse response;
  for (size_t i = 0; i < IngestServiceAdapter::kMaxStreams; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    streams.push_back(stub_->IngestArticles(contexts.back().get()));
    ASSERT_TRUE(streams.back()->Write(RequestOf(i)));
    ASSERT_TRUE(streams.back()->Read(&response)) << i;
  }
  grpc::ClientContext context;
  const auto refused = stub_->IngestArticles(&context);
  EXPECT_FALSE(refused->Read(&response));
  const absl::Status status = FromGrpcStatus(refused->Finish());
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(GetRetryDelay(status).has_value());
  for (auto& stream : streams) {
    stream->WritesDone();
    EXPECT_TRUE(stream->Finish().ok());
  }
}

}  // namespace
}  // namespace treatywire::ingest
