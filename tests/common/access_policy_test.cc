#include "common/access_policy.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/security/auth_metadata_processor.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/server.h"
#include "common/tls.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "tests/common/test_certificates.h"
#include "treatywire/v1/article_service.grpc.pb.h"

namespace treatywire {
namespace {

using treatywire::v1::ArticleService;

// SHA-256 of "red" and of "blue".
constexpr char kRed[] = "sha256:b1f51a511f1da0cd348b8f8598db32e61cb963e5fc69e2b41485bf99590ed75a";
constexpr char kBlue[] = "sha256:16477688c0e00699c6cfa4497a3612d7e83c532062b64b250fed8908128ed548";

absl::StatusCode CodeOf(const AccessPolicy& policy, absl::string_view method,
                        const AccessPolicy::Caller& caller) {
  return policy.Check(method, caller).code();
}

class AccessPolicyTest : public testing::Test {
 protected:
  const std::unique_ptr<const AccessPolicy> policy_ =
      AccessPolicy::Parse("access", absl::StrCat("# callers\n\nreader ", kRed, " read\r\n",
                                                 "  feeder\tcertificate:feeder.example.org  ingest\n",
                                                 "operator ", kBlue, " read ingest retract operate"))
          .value();
};

TEST_F(AccessPolicyTest, EachCallerMayWhatItIsPermittedAndNothingElse) {
  const AccessPolicy::Caller reader = {.authorization = "Bearer red", .certificate_names = {}};
  const AccessPolicy::Caller feeder = {.authorization = "", .certificate_names = {"x", "feeder.example.org"}};
  const AccessPolicy::Caller all = {.authorization = "Bearer blue", .certificate_names = {}};
  const auto ok = absl::StatusCode::kOk;
  const auto denied = absl::StatusCode::kPermissionDenied;
  struct {
    const char* method;
    absl::StatusCode reader, feeder;
  } const cases[] = {{"/treatywire.v1.AgreementService/ListAgreements", ok, denied},
                     {"/treatywire.v1.PartyService/GetParty", ok, denied},
                     {"/treatywire.v1.TimelineService/WatchEvents", ok, denied},
                     {"/treatywire.v1.ArticleService/GetArticle", ok, denied},
                     {"/treatywire.v1.ArticleService/RetractArticle", denied, denied},
                     {"/treatywire.v1.IngestService/ParseArticle", denied, ok},
                     {"/treatywire.v1.EventLogService/PublishExtractions", denied, ok},
                     {"/treatywire.v1.BackupService/Backup", denied, denied},
                     {"/grpc.channelz.v1.Channelz/GetServers", denied, denied},
                     {"/treatywire.v1.NewService/NewMethod", denied, denied},
                     {"", denied, denied},
                     {"/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", ok, ok}};
  for (const auto& c : cases) {
    EXPECT_EQ(CodeOf(*policy_, c.method, reader), c.reader) << c.method;
    EXPECT_EQ(CodeOf(*policy_, c.method, feeder), c.feeder) << c.method;
    EXPECT_EQ(CodeOf(*policy_, c.method, all), ok) << c.method;
  }
}

TEST_F(AccessPolicyTest, WhoIsNotKnownMayAskForHealthAlone) {
  for (const AccessPolicy::Caller& caller :
       {AccessPolicy::Caller{}, AccessPolicy::Caller{"Bearer green", {}}, AccessPolicy::Caller{"red", {}},
        AccessPolicy::Caller{"Basic red", {}}, AccessPolicy::Caller{"Bearer ", {}},
        AccessPolicy::Caller{"", {"", "reader"}},
        // A wrong token is not made good by a certificate.
        AccessPolicy::Caller{"Bearer green", {"feeder.example.org"}}}) {
    EXPECT_EQ(CodeOf(*policy_, "/treatywire.v1.PartyService/GetParty", caller),
              absl::StatusCode::kUnauthenticated);
    EXPECT_EQ(CodeOf(*policy_, "/grpc.health.v1.Health/Check", caller), absl::StatusCode::kOk);
  }
}

TEST_F(AccessPolicyTest, LineAtFaultIsNamed) {
  const auto error_of = [](const std::string& text) {
    return std::string(AccessPolicy::Parse("access", text).status().message());
  };
  EXPECT_EQ(error_of("\nreader"), "access:2: is no line \"name credential permissions\"");
  EXPECT_EQ(error_of("reader sha256:00 read"), "access:1: sha256: is not followed by 64 hexadecimal digits");
  EXPECT_EQ(error_of("reader red read"),
            "access:1: the credential is neither sha256:DIGEST nor certificate:NAME");
  EXPECT_EQ(error_of("reader certificate: read"),
            "access:1: the credential is neither sha256:DIGEST nor certificate:NAME");
  EXPECT_EQ(error_of(absl::StrCat("reader ", kRed, " read write")),
            "access:1: there is no permission \"write\"");
  EXPECT_EQ(error_of(absl::StrCat("reader ", kRed, " read\nreader ", kBlue, " read")),
            "access:2: that name is taken");
  std::string many;
  for (size_t i = 0; i <= AccessPolicy::kMaxCallers; ++i)
    absl::StrAppend(&many, "c", i, " certificate:c read\n");
  EXPECT_EQ(error_of(many), "access:1025: more than 1024 callers");
}

// Over TLS, with the policy in a file.
class AccessPolicyOfFileTest : public testing::Test {
 protected:
  class Articles final : public ArticleService::Service {};  // every method UNIMPLEMENTED: allowed

  AccessPolicyOfFileTest() : directory_(testing::TempDir() + "access-XXXXXX") {
    EXPECT_NE(mkdtemp(directory_.data()), nullptr);
    const CertificateAndKey pair = authority_.Issue("feeder");
    files_ = {.certificate = Put("tls.crt", pair.certificate),
              .key = Put("tls.key", pair.key),
              .authorities = Put("ca.pem", authority_.certificate())};
    access_ = Put("access", absl::StrCat("reader ", kRed, " read\nfeeder certificate:feeder retract"));
    ServerOptions options;
    options.credentials = TlsServerCredentials(files_).value();
    options.credentials->SetAuthMetadataProcessor(
        AccessPolicyOfFile(access_, [this] { return absl::FromUnixSeconds(seconds_); }).value());
    options.services = {{ArticleService::service_full_name(), &articles_}};
    server_ = ServerLifecycle::Start(options).value();
    channel_ = grpc::CreateChannel(server_->address(), TlsChannelCredentials(files_).value());
  }
  ~AccessPolicyOfFileTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }

  std::string Put(const std::string& name, const std::string& text) {
    const std::string path = absl::StrCat(directory_, "/", name);
    std::ofstream(path) << text;
    return path;
  }

  grpc::StatusCode Get(const std::string& token) {
    grpc::ClientContext context;
    if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
    treatywire::v1::GetArticleResponse response;
    return ArticleService::NewStub(channel_)->GetArticle(&context, {}, &response).error_code();
  }
  grpc::StatusCode Retract(const std::string& token) {
    grpc::ClientContext context;
    if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
    treatywire::v1::RetractArticleResponse response;
    return ArticleService::NewStub(channel_)->RetractArticle(&context, {}, &response).error_code();
  }

  static constexpr auto kAllowed = grpc::StatusCode::UNIMPLEMENTED;
  static constexpr auto kDenied = grpc::StatusCode::PERMISSION_DENIED;
  static constexpr auto kUnknown = grpc::StatusCode::UNAUTHENTICATED;

  std::string directory_;
  const TestAuthority authority_{"authority"};
  TlsFiles files_;
  std::string access_;
  std::atomic<int64_t> seconds_{1'000'000};
  Articles articles_;
  std::unique_ptr<ServerLifecycle> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(AccessPolicyOfFileTest, TokenOrCertificateDecidesPerMethod) {
  EXPECT_EQ(Get("red"), kAllowed);
  EXPECT_EQ(Retract("red"), kDenied);
  EXPECT_EQ(Get("green"), kUnknown);
  EXPECT_EQ(Get(""), kDenied);
  EXPECT_EQ(Retract(""), kAllowed);
}

TEST_F(AccessPolicyOfFileTest, HealthNeedsNoToken) {
  grpc::ClientContext context;
  grpc::health::v1::HealthCheckResponse response;
  EXPECT_TRUE(grpc::health::v1::Health::NewStub(channel_)->Check(&context, {}, &response).ok());
}

TEST_F(AccessPolicyOfFileTest, ChangedFileCountsFromTheNextSecond) {
  EXPECT_EQ(Get("red"), kAllowed);
  Put("access", absl::StrCat("reader ", kBlue, " read"));
  EXPECT_EQ(Get("red"), kAllowed);
  ++seconds_;
  EXPECT_EQ(Get("red"), kUnknown);
  EXPECT_EQ(Get("blue"), kAllowed);
}

TEST_F(AccessPolicyOfFileTest, WrongOrMissingFileLeavesThePolicyAsItWas) {
  Put("access", "rubbish");
  ++seconds_;
  EXPECT_EQ(Get("red"), kAllowed);
  std::filesystem::remove(access_);
  ++seconds_;
  EXPECT_EQ(Get("red"), kAllowed);
  EXPECT_EQ(AccessPolicyOfFile(access_).status().code(), absl::StatusCode::kNotFound);
  Put("access", "rubbish");
  EXPECT_EQ(AccessPolicyOfFile(access_).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace treatywire
