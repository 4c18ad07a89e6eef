// That every error of every RPC says why in google.rpc details, which programs read.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/raw_message.h"
#include "common/status.h"
#include "query_service/event_log/memory_event_log.h"
#include "tests/integration/both_services.h"
#include "tests/query_service/proto_matchers.h"
#include "treatywire/v1/event_log_service.grpc.pb.h"

namespace treatywire {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;
using query::MemoryEventLog;
using query::ParseText;

// Every method of the project's services that is no stream of requests.
std::vector<const MethodDescriptor*> Methods() {
  std::vector<const MethodDescriptor*> methods;
  for (const char* service : {"AgreementService", "ArticleService", "BackupService", "EventLogService",
                              "IngestService", "PartyService", "TimelineService"}) {
    const ServiceDescriptor* descriptor =
        DescriptorPool::generated_pool()->FindServiceByName(absl::StrCat("treatywire.v1.", service));
    for (int i = 0; descriptor != nullptr && i < descriptor->method_count(); ++i) {
      if (!descriptor->method(i)->client_streaming()) methods.push_back(descriptor->method(i));
    }
  }
  return methods;
}

// The reason of an error, "none" where it has none, or none that error_reason.proto knows.
std::string ReasonOf(const absl::Status& status) {
  const auto info = GetErrorInfo(status);
  treatywire::v1::ErrorReason reason = {};
  const bool known =
      info.has_value() && info->domain() == kErrorDomain &&
      treatywire::v1::ErrorReason_Parse(absl::StrCat("ERROR_REASON_", info->reason()), &reason);
  return known ? info->reason() : "none";
}

class ErrorsTest : public testing::Test {
 protected:
  absl::Status Call(const MethodDescriptor& method, const std::string& bytes) {
    const bool ingest = method.service()->name() == "IngestService";
    return Call(ingest ? services_.ingest_channel() : services_.query_channel(),
                absl::StrCat("/", method.service()->full_name(), "/", method.name()), bytes);
  }

  static absl::Status Call(const std::shared_ptr<grpc::Channel>& channel, const std::string& path,
                           const std::string& bytes) {
    grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer> stub(channel);
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + kCallPatience));
    const grpc::Slice slice(bytes);
    const grpc::ByteBuffer request(&slice, 1);
    grpc::ByteBuffer response;
    std::promise<grpc::Status> status;
    stub.UnaryCall(&context, path, {}, &request, &response,
                   [&status](grpc::Status result) { status.set_value(std::move(result)); });
    return FromGrpcStatus(status.get_future().get());
  }

  MemoryEventLog log_;
  BothServices services_{{.log = &log_}};
};

TEST_F(ErrorsTest, BytesThatAreNoMessage) {
  ASSERT_EQ(Methods().size(), 16);
  for (const MethodDescriptor* method : Methods()) {
    const absl::Status status = Call(*method, "\xff\xff\xff");
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << method->full_name();
    EXPECT_EQ(ReasonOf(status), "MALFORMED_MESSAGE") << method->full_name() << status;
  }
}

TEST_F(ErrorsTest, MethodThatThereIsNot) {
  for (const auto& channel : {services_.ingest_channel(), services_.query_channel()}) {
    for (const std::string& path :
         {std::string("/treatywire.v1.PartyService/DeleteParty"), std::string("/no.such.Service/NoMethod"),
          "/x/" + std::string(5000, 'y')}) {
      const absl::Status status = Call(channel, path, "");
      EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented) << path;
      EXPECT_EQ(ReasonOf(status), "METHOD_UNKNOWN") << status;
    }
  }
}

TEST_F(ErrorsTest, MessageAboveTheLimit) {
  for (const MethodDescriptor* method : Methods()) {
    for (const size_t size : {kMaxRequestBytes + 1, size_t{20} << 20}) {
      const absl::Status status = Call(*method, std::string(size, 'x'));
      EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << method->full_name();
      EXPECT_EQ(ReasonOf(status), "MESSAGE_TOO_LARGE") << method->full_name() << status;
    }
  }
}

// What lacks all that is required, asks for what there is not, or has a field out of its range.
TEST_F(ErrorsTest, FieldsAtFaultAndThingsThatAreNot) {
  services_.IngestAll({SampleArticles()[0]});
  struct {
    const char* method;
    google::protobuf::Message* request;
    const char* text;
    const char* reason;
  } const cases[] = {
      {"AgreementService.GetAgreement", new treatywire::v1::GetAgreementRequest, "", "INVALID_FIELD"},
      {"AgreementService.GetAgreement", new treatywire::v1::GetAgreementRequest, "name: 'agreements/x'",
       "NOT_FOUND"},
      {"AgreementService.ListAgreements", new treatywire::v1::ListAgreementsRequest, "page_size: -1",
       "INVALID_FIELD"},
      {"AgreementService.ListAgreements", new treatywire::v1::ListAgreementsRequest, "page_token: 'x'",
       "INVALID_FIELD"},
      {"AgreementService.ListAgreements", new treatywire::v1::ListAgreementsRequest,
       "filter { parties: 'XX' }", "INVALID_FIELD"},
      {"AgreementService.SearchAgreements", new treatywire::v1::SearchAgreementsRequest, "", "INVALID_FIELD"},
      {"AgreementService.ListConflicts", new treatywire::v1::ListConflictsRequest, "page_size: -1",
       "INVALID_FIELD"},
      {"PartyService.GetParty", new treatywire::v1::GetPartyRequest, "", "INVALID_FIELD"},
      {"PartyService.GetParty", new treatywire::v1::GetPartyRequest, "name: 'parties/XX'", "NOT_FOUND"},
      {"PartyService.ListParties", new treatywire::v1::ListPartiesRequest, "partner: 'XX'", "INVALID_FIELD"},
      {"TimelineService.GetTimeline", new treatywire::v1::GetTimelineRequest, "", "INVALID_FIELD"},
      {"TimelineService.GetTimeline", new treatywire::v1::GetTimelineRequest, "agreement: 'agreements/x'",
       "NOT_FOUND"},
      {"TimelineService.GetTimeline", new treatywire::v1::GetTimelineRequest, "parties: 'XX'", "NOT_FOUND"},
      {"TimelineService.ListEvents", new treatywire::v1::ListEventsRequest, "page_size: -1", "INVALID_FIELD"},
      {"TimelineService.WatchEvents", new treatywire::v1::WatchEventsRequest, "from_revision: 99",
       "BEYOND_LOG_END"},
      {"ArticleService.GetArticle", new treatywire::v1::GetArticleRequest, "", "INVALID_FIELD"},
      {"ArticleService.GetArticle", new treatywire::v1::GetArticleRequest, "name: 'articles/x'", "NOT_FOUND"},
      {"ArticleService.ListArticles", new treatywire::v1::ListArticlesRequest, "page_size: -1",
       "INVALID_FIELD"},
      {"ArticleService.ListSources", new treatywire::v1::ListSourcesRequest, "page_size: -1",
       "INVALID_FIELD"},
      {"ArticleService.RetractArticle", new treatywire::v1::RetractArticleRequest, "", "INVALID_FIELD"},
      {"ArticleService.RetractArticle", new treatywire::v1::RetractArticleRequest, "name: 'articles/x'",
       "NOT_FOUND"},
      {"IngestService.IngestArticle", new treatywire::v1::IngestArticleRequest, "", "INVALID_FIELD"},
      {"IngestService.ParseArticle", new treatywire::v1::ParseArticleRequest, "", "INVALID_FIELD"},
      {"IngestService.ParseArticle", new treatywire::v1::ParseArticleRequest,
       "article { body: '<p></p>' mime_type: 'text/html' }", "INVALID_FIELD"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(absl::StrCat(c.method, " ", c.text));
    const std::unique_ptr<google::protobuf::Message> request(c.request);
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(c.text, request.get()));
    const MethodDescriptor* method =
        DescriptorPool::generated_pool()->FindMethodByName(absl::StrCat("treatywire.v1.", c.method));
    ASSERT_NE(method, nullptr);
    const absl::Status status = Call(*method, request->SerializeAsString());
    EXPECT_EQ(ReasonOf(status), c.reason) << status;
    EXPECT_EQ(GetBadRequest(status).has_value(), absl::IsInvalidArgument(status)) << status;
    EXPECT_EQ(GetResourceInfo(status).has_value(), absl::IsNotFound(status)) << status;
  }
}

TEST_F(ErrorsTest, RevisionThatIsNotReached) {
  MemoryEventLog log;
  BothServices services({.log = &log, .query = {.default_wait = absl::Milliseconds(1)}});
  grpc::ClientContext context;
  treatywire::v1::ListAgreementsResponse response;
  const absl::Status status = FromGrpcStatus(services.agreements().ListAgreements(
      &context, ParseText<treatywire::v1::ListAgreementsRequest>("min_revision: 9"), &response));
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(ReasonOf(status), "REVISION_NOT_REACHED");
}

// One a stream's messages may be at fault, and the stream goes on.
TEST_F(ErrorsTest, ArticlesOfAStream) {
  treatywire::v1::Article too_large = SampleArticles()[0];
  too_large.set_body(std::string(kMaxRequestBytes, 'x'));
  const auto answers = services_.IngestAll({SampleArticles()[0], treatywire::v1::Article(), too_large});
  ASSERT_EQ(answers.size(), 3);
  EXPECT_TRUE(answers[0].has_ingested());
  EXPECT_EQ(ReasonOf(FromRpcStatus(answers[1].error())), "INVALID_FIELD");
  EXPECT_EQ(ReasonOf(FromRpcStatus(answers[2].error())), "MESSAGE_TOO_LARGE");
}

TEST_F(ErrorsTest, ExtractionsOfAStream) {
  const auto stub = treatywire::v1::EventLogService::NewStub(services_.query_channel());
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kCallPatience));
  const auto stream = stub->PublishExtractions(&context);
  treatywire::v1::PublishExtractionsRequest request;
  request.set_sequence(2);
  treatywire::v1::PublishExtractionsResponse response;
  ASSERT_TRUE(stream->Write(request) && stream->Read(&response));
  EXPECT_EQ(ReasonOf(FromRpcStatus(response.refusal())), "INVALID_FIELD");
  request.set_sequence(1);
  stream->Write(request);
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(ReasonOf(FromGrpcStatus(stream->Finish())), "INVALID_FIELD");
}

}  // namespace
}  // namespace treatywire
