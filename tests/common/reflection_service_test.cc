#include "common/reflection_service.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace treatywire {
namespace {

using grpc::reflection::v1::FileDescriptorResponse;
using grpc::reflection::v1::ServerReflection;
using Request = ReflectionService::Request;
using Response = ReflectionService::Response;

std::vector<std::string> FileNames(const FileDescriptorResponse& response) {
  std::vector<std::string> names;
  for (const std::string& bytes : response.file_descriptor_proto()) {
    google::protobuf::FileDescriptorProto file;
    EXPECT_TRUE(file.ParseFromString(bytes));
    names.push_back(file.name());
  }
  return names;
}

Response Ask(const Request& request) { return ReflectionService({"a.A", "b.B"}).Answer(request); }

TEST(ReflectionServiceTest, ListsTheServicesItWasGiven) {
  Request request;
  request.set_host("h");
  request.set_list_services("*");
  const Response response = Ask(request);
  EXPECT_EQ(response.valid_host(), "h");
  EXPECT_EQ(response.original_request().list_services(), "*");
  ASSERT_EQ(response.list_services_response().service_size(), 2);
  EXPECT_EQ(response.list_services_response().service(0).name(), "a.A");
  EXPECT_EQ(response.list_services_response().service(1).name(), "b.B");
}

TEST(ReflectionServiceTest, FileComesWithWhatItImportsOnce) {
  Request request;
  request.set_file_by_filename("treatywire/v1/ingest_service.proto");
  const std::vector<std::string> names = FileNames(Ask(request).file_descriptor_response());
  ASSERT_FALSE(names.empty());
  EXPECT_EQ(names.front(), "treatywire/v1/ingest_service.proto");
  EXPECT_THAT(names, testing::UnorderedElementsAre("treatywire/v1/ingest_service.proto",
                                                   "treatywire/v1/article.proto", "treatywire/v1/event.proto",
                                                   "treatywire/v1/party.proto", "treatywire/v1/date.proto",
                                                   "google/rpc/status.proto", "google/protobuf/any.proto",
                                                   "google/protobuf/timestamp.proto"));
}

TEST(ReflectionServiceTest, FindsSymbolsOfEverySort) {
  for (const char* symbol :
       {"grpc.health.v1.Health", "grpc.health.v1.Health.Watch", "grpc.health.v1.HealthCheckResponse",
        "grpc.health.v1.HealthCheckResponse.ServingStatus"}) {
    Request request;
    request.set_file_containing_symbol(symbol);
    EXPECT_THAT(FileNames(Ask(request).file_descriptor_response()),
                testing::ElementsAre("grpc/health/v1/health.proto"))
        << symbol;
  }
}

TEST(ReflectionServiceTest, UnknownNamesAreNotFoundAndEmptyRequestsInvalid) {
  Request request;
  request.set_file_by_filename("no/such.proto");
  EXPECT_EQ(Ask(request).error_response().error_code(), grpc::StatusCode::NOT_FOUND);
  request.set_file_containing_symbol("no.Such");
  EXPECT_EQ(Ask(request).error_response().error_code(), grpc::StatusCode::NOT_FOUND);
  request.set_all_extension_numbers_of_type("no.Such");
  EXPECT_EQ(Ask(request).error_response().error_code(), grpc::StatusCode::NOT_FOUND);
  request.mutable_file_containing_extension()->set_containing_type("google.protobuf.FieldOptions");
  EXPECT_EQ(Ask(request).error_response().error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Ask({}).error_response().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST(ReflectionServiceTest, TypeWithoutExtensionsHasNoNumbers) {
  Request request;
  request.set_all_extension_numbers_of_type("google.protobuf.Timestamp");
  const Response response = Ask(request);
  EXPECT_EQ(response.all_extension_numbers_response().base_type_name(), "google.protobuf.Timestamp");
  EXPECT_EQ(response.all_extension_numbers_response().extension_number_size(), 0);
}

class ReflectionStreamTest : public testing::Test {
 protected:
  ReflectionStreamTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    stub_ = ServerReflection::NewStub(server_->InProcessChannel({}));
  }
  ~ReflectionStreamTest() override { server_->Shutdown(); }

  ReflectionService service_{{"a.A"}};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<ServerReflection::Stub> stub_;
};

TEST_F(ReflectionStreamTest, AnswersInOrderUntilTheClientIsDone) {
  grpc::ClientContext context;
  const auto stream = stub_->ServerReflectionInfo(&context);
  Request list;
  list.set_list_services("");
  Request unknown;
  unknown.set_file_by_filename("no/such.proto");
  Response response;
  // An in-process channel buffers nothing: each answer is read before the next request.
  ASSERT_TRUE(stream->Write(unknown));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_TRUE(response.has_error_response());
  ASSERT_TRUE(stream->Write(list));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.list_services_response().service_size(), 1);
  stream->WritesDone();
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(ReflectionStreamTest, EndStreamsEndsOpenAndLaterOnes) {
  grpc::ClientContext context;
  const auto open = stub_->ServerReflectionInfo(&context);
  Request list;
  list.set_list_services("");
  Response response;
  ASSERT_TRUE(open->Write(list));
  ASSERT_TRUE(open->Read(&response));
  service_.EndStreams();
  EXPECT_FALSE(open->Read(&response));
  EXPECT_EQ(open->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  grpc::ClientContext late_context;
  const auto late = stub_->ServerReflectionInfo(&late_context);
  EXPECT_FALSE(late->Read(&response));
  EXPECT_EQ(late->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(ReflectionStreamTest, StreamsAreRefusedPastTheMaximum) {
  Request list;
  list.set_list_services("");
  Response response;
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<grpc::ClientReaderWriter<Request, Response>>> streams;
  for (size_t i = 0; i < ReflectionService::kMaxStreams; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    streams.push_back(stub_->ServerReflectionInfo(contexts.back().get()));
    ASSERT_TRUE(streams.back()->Write(list));
    ASSERT_TRUE(streams.back()->Read(&response));
  }
  grpc::ClientContext context;
  const auto refused = stub_->ServerReflectionInfo(&context);
  EXPECT_FALSE(refused->Read(&response));
  EXPECT_EQ(refused->Finish().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  for (const auto& open : contexts) open->TryCancel();
}

}  // namespace
}  // namespace treatywire
