// deploy/client/service_config.json, held to gRPC and to the protos.
#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <grpcpp/support/validate_service_config.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "treatywire/v1/agreement_service.pb.h"
#include "treatywire/v1/article_service.pb.h"
#include "treatywire/v1/ingest_service.pb.h"
#include "treatywire/v1/party_service.pb.h"
#include "treatywire/v1/timeline_service.pb.h"

namespace treatywire {
namespace {

namespace v1 = treatywire::v1;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;
using google::protobuf::Struct;

// What clients call; EventLogService is the ingest service's alone.
const std::vector<const FileDescriptor*>& ClientFiles() {
  static const auto* const files = new std::vector<const FileDescriptor*>{
      v1::GetAgreementRequest::descriptor()->file(), v1::GetArticleRequest::descriptor()->file(),
      v1::ParseArticleRequest::descriptor()->file(), v1::GetPartyRequest::descriptor()->file(),
      v1::GetTimelineRequest::descriptor()->file()};
  return *files;
}

std::string Text() {
  std::ifstream file(TREATYWIRE_SOURCE_DIR "/deploy/client/service_config.json");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Struct Parsed() {
  Struct config;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(Text(), &config).ok());
  return config;
}

std::string FieldOf(const Struct& object, const std::string& name) {
  const auto field = object.fields().find(name);
  return field == object.fields().end() ? "" : field->second.string_value();
}

// "service/method", or "service/" for all methods, with the entry that it stands in.
std::map<std::string, Struct> EntriesByName() {
  std::map<std::string, Struct> entries;
  const Struct config = Parsed();
  for (const auto& entry : config.fields().at("methodConfig").list_value().values()) {
    for (const auto& name : entry.struct_value().fields().at("name").list_value().values()) {
      const std::string service = FieldOf(name.struct_value(), "service");
      const std::string method = FieldOf(name.struct_value(), "method");
      EXPECT_TRUE(entries.emplace(absl::StrCat(service, "/", method), entry.struct_value()).second)
          << service << "/" << method << " stands twice";
    }
  }
  return entries;
}

std::set<std::string> NamesOf(const ServiceDescriptor& service) {
  std::set<std::string> names = {absl::StrCat(service.full_name(), "/")};
  for (int i = 0; i < service.method_count(); ++i) {
    names.insert(absl::StrCat(service.full_name(), "/", service.method(i)->name()));
  }
  return names;
}

TEST(ServiceConfigTest, GrpcTakesIt) {
  EXPECT_EQ(grpc::experimental::ValidateServiceConfigJSON(Text()), "");
  EXPECT_NE(grpc::experimental::ValidateServiceConfigJSON(R"({"methodConfig": [{"name": 1}]})"), "");
}

TEST(ServiceConfigTest, NamesOnlyServicesAndMethodsThatThereAre) {
  std::set<std::string> known;
  for (const FileDescriptor* file : ClientFiles()) {
    for (int i = 0; i < file->service_count(); ++i) known.merge(NamesOf(*file->service(i)));
  }
  for (const auto& [name, entry] : EntriesByName()) EXPECT_THAT(known, testing::Contains(name));
}

// Streams are resumed by their clients: a time limit would end them, and a retry would begin from the start.
TEST(ServiceConfigTest, EveryUnaryMethodHasATimeLimitAndIsRetriedAndNoStream) {
  const std::map<std::string, Struct> entries = EntriesByName();
  const auto has_entry = [&](const MethodDescriptor& method) {
    return entries.count(absl::StrCat(method.service()->full_name(), "/", method.name())) != 0 ||
           entries.count(absl::StrCat(method.service()->full_name(), "/")) != 0;
  };
  for (const FileDescriptor* file : ClientFiles()) {
    for (int i = 0; i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        const MethodDescriptor& method = *file->service(i)->method(j);
        const bool unary = !method.client_streaming() && !method.server_streaming();
        EXPECT_EQ(has_entry(method), unary) << method.full_name();
      }
    }
  }
  for (const auto& [name, entry] : entries) {
    EXPECT_TRUE(absl::EndsWith(FieldOf(entry, "timeout"), "s")) << name;
    EXPECT_THAT(entry.fields(), testing::Contains(testing::Key("retryPolicy"))) << name;
  }
}

// Nothing that may have been half done, or that another try does not mend.
TEST(ServiceConfigTest, RetriesOnlyWhatIsSafeToTryAgain) {
  const std::set<std::string> safe = {"UNAVAILABLE", "CANCELLED", "RESOURCE_EXHAUSTED"};
  for (const auto& [name, entry] : EntriesByName()) {
    const Struct& policy = entry.fields().at("retryPolicy").struct_value();
    for (const auto& code : policy.fields().at("retryableStatusCodes").list_value().values()) {
      EXPECT_THAT(safe, testing::Contains(code.string_value())) << name;
    }
  }
}

TEST(ServiceConfigTest, SpreadsCallsOverThePods) {
  const Struct config = Parsed();
  const auto& policies = config.fields().at("loadBalancingConfig").list_value();
  ASSERT_EQ(policies.values_size(), 1);
  EXPECT_THAT(policies.values(0).struct_value().fields(), testing::Contains(testing::Key("round_robin")));
}

}  // namespace
}  // namespace treatywire
