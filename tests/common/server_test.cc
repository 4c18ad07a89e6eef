#include "common/server.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "treatywire/v1/article_service.grpc.pb.h"

namespace treatywire {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

// All its methods answer UNIMPLEMENTED.
using EmptyService = treatywire::v1::ArticleService::CallbackService;

std::shared_ptr<grpc::Channel> Connect(const ServerLifecycle& server) {
  return grpc::CreateChannel(server.address(), grpc::InsecureChannelCredentials());
}

HealthCheckResponse::ServingStatus CheckHealth(const std::shared_ptr<grpc::Channel>& channel,
                                               const std::string& service) {
  grpc::ClientContext context;
  HealthCheckRequest request;
  request.set_service(service);
  HealthCheckResponse response;
  const grpc::Status status = Health::NewStub(channel)->Check(&context, request, &response);
  return status.ok() ? response.status() : HealthCheckResponse::UNKNOWN;
}

// How a unary call of `method` with an empty message ends.
grpc::Status CallWithNothing(grpc::GenericStub& stub, const std::string& method) {
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const grpc::Slice nothing;
  const auto call = stub.PrepareUnaryCall(&context, method, grpc::ByteBuffer(&nothing, 1), &queue);
  call->StartCall();
  grpc::ByteBuffer response;
  grpc::Status status;
  call->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  return status;
}

TEST(ServerLifecycleTest, ListensOnTheFreePortItAnnounces) {
  const auto server = ServerLifecycle::Start({});
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_TRUE(absl::StartsWith((*server)->address(), "127.0.0.1:"));
  EXPECT_NE((*server)->address(), "127.0.0.1:0");
  EXPECT_EQ(CheckHealth(Connect(**server), ""), HealthCheckResponse::SERVING);
}

TEST(ServerLifecycleTest, PortInUseIsAnError) {
  const auto first = ServerLifecycle::Start({});
  ASSERT_TRUE(first.ok()) << first.status();
  ServerOptions options;
  options.listen = (*first)->address();
  EXPECT_EQ(ServerLifecycle::Start(options).status().code(), absl::StatusCode::kUnavailable);
}

TEST(ServerLifecycleTest, ServesWhatItIsGiven) {
  EmptyService service;
  ServerOptions options;
  options.services = {{"treatywire.v1.ArticleService", &service}};
  const auto server = ServerLifecycle::Start(options);
  ASSERT_TRUE(server.ok()) << server.status();
  const auto channel = (*server)->InProcessChannel({});
  EXPECT_EQ(CheckHealth(channel, "treatywire.v1.ArticleService"), HealthCheckResponse::SERVING);
  grpc::ClientContext context;
  treatywire::v1::GetArticleResponse response;
  EXPECT_EQ(
      treatywire::v1::ArticleService::NewStub(channel)->GetArticle(&context, {}, &response).error_code(),
      grpc::StatusCode::UNIMPLEMENTED);
}

TEST(ServerLifecycleTest, ServesOnlyOnceSetToWhereItStartsCold) {
  ServerOptions options;
  options.serving_at_start = false;
  const auto server = ServerLifecycle::Start(options);
  ASSERT_TRUE(server.ok()) << server.status();
  const auto channel = (*server)->InProcessChannel({});
  EXPECT_EQ(CheckHealth(channel, ""), HealthCheckResponse::NOT_SERVING);
  (*server)->SetServing(true);
  EXPECT_EQ(CheckHealth(channel, ""), HealthCheckResponse::SERVING);
}

TEST(ServerLifecycleTest, HealthItselfIsServingWhateverTheServicesAre) {
  ServerOptions options;
  options.serving_at_start = false;
  const auto server = ServerLifecycle::Start(options);
  ASSERT_TRUE(server.ok()) << server.status();
  const auto channel = (*server)->InProcessChannel({});
  EXPECT_EQ(CheckHealth(channel, "grpc.health.v1.Health"), HealthCheckResponse::SERVING);
  (*server)->SetServing(true);
  (*server)->SetServing(false);
  EXPECT_EQ(CheckHealth(channel, ""), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(CheckHealth(channel, "grpc.health.v1.Health"), HealthCheckResponse::SERVING);
}

TEST(ServerLifecycleTest, DrainSaysNotServingBeforeItStopsTakingCalls) {
  std::shared_ptr<grpc::Channel> channel;
  std::atomic<int> calls = 0;
  ServerOptions options;
  options.begin_drain = [&] {
    ++calls;
    EXPECT_EQ(CheckHealth(channel, ""), HealthCheckResponse::NOT_SERVING);
  };
  const auto server = ServerLifecycle::Start(options);
  ASSERT_TRUE(server.ok()) << server.status();
  channel = Connect(**server);
  EXPECT_EQ(CheckHealth(channel, ""), HealthCheckResponse::SERVING);
  (*server)->Shutdown();
  (*server)->Shutdown();
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(CheckHealth(channel, ""), HealthCheckResponse::UNKNOWN);
}

// The grace is far longer than the test's time limit: a stream that held the shutdown would fail the test.
TEST(ServerLifecycleTest, OpenHealthWatchDoesNotHoldTheShutdown) {
  ServerOptions options;
  options.drain_grace = absl::Hours(1);
  const auto server = ServerLifecycle::Start(options);
  ASSERT_TRUE(server.ok()) << server.status();
  const auto stub = Health::NewStub(Connect(**server));
  grpc::ClientContext context;
  const auto watch = stub->Watch(&context, {});
  HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
  (*server)->Shutdown();
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
  EXPECT_FALSE(watch->Read(&response));
  EXPECT_EQ(watch->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

ServerOptions WithHealthPort() {
  ServerOptions options;
  options.health_listen = "127.0.0.1:0";
  return options;
}

std::shared_ptr<grpc::Channel> ConnectToHealth(const ServerLifecycle& server) {
  return grpc::CreateChannel(server.health_address(), grpc::InsecureChannelCredentials());
}

TEST(ServerLifecycleTest, HealthHasNoPortOfItsOwnWhereNoneIsWanted) {
  const auto server = ServerLifecycle::Start({});
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_EQ((*server)->health_address(), "");
}

TEST(ServerLifecycleTest, HealthPortAnswersAsTheServerDoes) {
  EmptyService service;
  ServerOptions options = WithHealthPort();
  options.services = {{"treatywire.v1.ArticleService", &service}};
  options.serving_at_start = false;
  const auto server = ServerLifecycle::Start(options);
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_NE((*server)->health_address(), (*server)->address());
  const auto channel = ConnectToHealth(**server);
  EXPECT_EQ(CheckHealth(channel, ""), HealthCheckResponse::NOT_SERVING);
  (*server)->SetServing(true);
  EXPECT_EQ(CheckHealth(channel, ""), HealthCheckResponse::SERVING);
  EXPECT_EQ(CheckHealth(channel, "treatywire.v1.ArticleService"), HealthCheckResponse::SERVING);
  (*server)->SetServing("treatywire.v1.ArticleService", false);
  EXPECT_EQ(CheckHealth(channel, ""), HealthCheckResponse::SERVING);
  EXPECT_EQ(CheckHealth(channel, "treatywire.v1.ArticleService"), HealthCheckResponse::NOT_SERVING);
}

// It is open to whoever reaches it, in plaintext: neither the services, nor reflection, nor channelz.
TEST(ServerLifecycleTest, HealthPortServesNothingElse) {
  EmptyService service;
  ServerOptions options = WithHealthPort();
  options.services = {{"treatywire.v1.ArticleService", &service}};
  const auto server = ServerLifecycle::Start(options);
  ASSERT_TRUE(server.ok()) << server.status();
  grpc::GenericStub stub(ConnectToHealth(**server));
  for (const char* method :
       {"/treatywire.v1.ArticleService/GetArticle", "/grpc.channelz.v1.Channelz/GetServers",
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"}) {
    EXPECT_EQ(CallWithNothing(stub, method).error_code(), grpc::StatusCode::UNIMPLEMENTED) << method;
  }
}

TEST(ServerLifecycleTest, HealthPortSaysNotServingAsLongAsTheDrainLasts) {
  std::shared_ptr<grpc::Channel> channel;
  HealthCheckResponse::ServingStatus while_draining = HealthCheckResponse::UNKNOWN;
  ServerOptions options = WithHealthPort();
  options.begin_drain = [&] { while_draining = CheckHealth(channel, ""); };
  const auto server = ServerLifecycle::Start(options);
  ASSERT_TRUE(server.ok()) << server.status();
  channel = ConnectToHealth(**server);
  EXPECT_EQ(CheckHealth(channel, ""), HealthCheckResponse::SERVING);
  (*server)->Shutdown();
  EXPECT_EQ(while_draining, HealthCheckResponse::NOT_SERVING);
}

TEST(ServerLifecycleTest, HealthPortInUseIsAnError) {
  const auto first = ServerLifecycle::Start({});
  ASSERT_TRUE(first.ok()) << first.status();
  ServerOptions options;
  options.health_listen = (*first)->address();
  EXPECT_EQ(ServerLifecycle::Start(options).status().code(), absl::StatusCode::kUnavailable);
  options.health_listen = "nowhere";
  EXPECT_EQ(ServerLifecycle::Start(options).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(ServerLifecycleTest, ChannelzIsOnThePortForOperatorsAlone) {
  EmptyService service;
  ServerOptions options;
  options.admin_listen = "127.0.0.1:0";
  options.services = {{"treatywire.v1.ArticleService", &service}};
  const auto server = ServerLifecycle::Start(options);
  ASSERT_TRUE(server.ok()) << server.status();
  grpc::GenericStub ours(Connect(**server));
  EXPECT_EQ(CallWithNothing(ours, "/grpc.channelz.v1.Channelz/GetServers").error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
  grpc::GenericStub admin(
      grpc::CreateChannel((*server)->admin_address(), grpc::InsecureChannelCredentials()));
  EXPECT_TRUE(CallWithNothing(admin, "/grpc.channelz.v1.Channelz/GetServers").ok());
  EXPECT_EQ(CallWithNothing(admin, "/treatywire.v1.ArticleService/GetArticle").error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
  options.admin_listen = "nowhere";
  EXPECT_EQ(ServerLifecycle::Start(options).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(ServerLifecycleTest, MessageOverTheMaximumIsResourceExhausted) {
  ServerOptions options;
  options.max_receive_message_bytes = 1000;
  const auto server = ServerLifecycle::Start(options);
  ASSERT_TRUE(server.ok()) << server.status();
  const auto stub = Health::NewStub((*server)->InProcessChannel({}));
  const auto code_for = [&stub](size_t message_bytes) {
    grpc::ClientContext context;
    HealthCheckRequest request;
    request.set_service(std::string(message_bytes - 3, 'x'));  // 3 bytes of tag and length
    EXPECT_EQ(request.ByteSizeLong(), message_bytes);
    HealthCheckResponse response;
    return stub->Check(&context, request, &response).error_code();
  };
  EXPECT_EQ(code_for(1000), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(code_for(1001), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST(ServerLifecycleTest, OptionsOutOfRangeAreRefused) {
  const auto code_with = [](void (*change)(ServerOptions&)) {
    ServerOptions options;
    change(options);
    return ServerLifecycle::Start(options).status().code();
  };
  constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
  EXPECT_EQ(code_with([](ServerOptions& o) { o.listen = "nowhere"; }), kInvalid);
  EXPECT_EQ(code_with([](ServerOptions& o) { o.max_receive_message_bytes = 0; }), kInvalid);
  EXPECT_EQ(code_with([](ServerOptions& o) { o.max_send_message_bytes = -1; }), kInvalid);
  EXPECT_EQ(code_with([](ServerOptions& o) { o.max_concurrent_streams = 0; }), kInvalid);
  EXPECT_EQ(code_with([](ServerOptions& o) { o.max_buffer_bytes = 0; }), kInvalid);
  EXPECT_EQ(code_with([](ServerOptions& o) { o.keepalive_time = absl::ZeroDuration(); }), kInvalid);
  EXPECT_EQ(code_with([](ServerOptions& o) { o.drain_grace = absl::Seconds(-1); }), kInvalid);
  EXPECT_EQ(code_with([](ServerOptions& o) { o.services = {{"x", nullptr}}; }), kInvalid);
}

TEST(ParseListenAddressTest, TakesHostAndPort) {
  EXPECT_EQ(ParseListenAddress("localhost:50051")->host, "localhost");
  EXPECT_EQ(ParseListenAddress("localhost:50051")->port, 50051);
  EXPECT_EQ(ParseListenAddress("[::1]:65535")->host, "[::1]");
  EXPECT_EQ(ParseListenAddress("0.0.0.0:0")->port, 0);
}

TEST(ParseListenAddressTest, RefusesEverythingElse) {
  for (const char* listen : {"", ":", "localhost", ":50051", "localhost:", "localhost:-1", "localhost:65536",
                             "localhost:+1", "localhost: 1", "localhost:99999999999999999999", "::1:50051"}) {
    EXPECT_EQ(ParseListenAddress(listen).status().code(), absl::StatusCode::kInvalidArgument) << listen;
  }
}

}  // namespace
}  // namespace treatywire
