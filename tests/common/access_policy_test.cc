#include "common/access_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/status.h"

namespace treatywire {
namespace {

using testing::Pair;
using testing::UnorderedElementsAre;

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

TEST(AccessPolicyParseTest, FileThatNamesNobodyIsAtFault) {
  for (const char* text : {"", "\n", "# nobody\n"}) {
    EXPECT_EQ(AccessPolicy::Parse("access", text).status(),
              absl::InvalidArgumentError("access names no caller"));
  }
}

TEST_F(AccessPolicyTest, RefusalsSayInTheirDetailsWhatWasRefused) {
  constexpr char kMethod[] = "/treatywire.v1.ArticleService/RetractArticle";
  const auto unknown = GetErrorInfo(policy_->Check(kMethod, {"Bearer green", {}}));
  ASSERT_TRUE(unknown.has_value());
  EXPECT_EQ(unknown->reason(), "CALLER_UNKNOWN");
  EXPECT_THAT(unknown->metadata(), UnorderedElementsAre(Pair("method", kMethod)));
  const auto denied = GetErrorInfo(policy_->Check(kMethod, {"Bearer red", {}}));
  ASSERT_TRUE(denied.has_value());
  EXPECT_EQ(denied->reason(), "PERMISSION_MISSING");
  EXPECT_THAT(denied->metadata(),
              UnorderedElementsAre(Pair("method", kMethod), Pair("permission", "retract")));
}

class AccessPolicyOfFileTest : public testing::Test {
 protected:
  AccessPolicyOfFileTest() : directory_(testing::TempDir() + "access-XXXXXX") {
    EXPECT_NE(mkdtemp(directory_.data()), nullptr);
    Put(absl::StrCat("reader ", kRed, " read"));
    policy_ = AccessPolicy::OfFile(File(), [this] { return absl::FromUnixSeconds(seconds_); }).value();
  }
  ~AccessPolicyOfFileTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }

  std::string File() const { return absl::StrCat(directory_, "/access"); }
  void Put(const std::string& text) { std::ofstream(File()) << text; }
  bool MayRead(const std::string& token) const {
    return policy_->Check("/treatywire.v1.PartyService/GetParty", {"Bearer " + token, {}}).ok();
  }

  std::string directory_;
  int64_t seconds_ = 1'000'000;
  std::shared_ptr<const AccessPolicy> policy_;
};

TEST_F(AccessPolicyOfFileTest, ChangedFileCountsFromTheNextSecond) {
  EXPECT_TRUE(MayRead("red"));
  Put(absl::StrCat("reader ", kBlue, " read"));
  EXPECT_TRUE(MayRead("red"));
  ++seconds_;
  EXPECT_FALSE(MayRead("red"));
  EXPECT_TRUE(MayRead("blue"));
  EXPECT_EQ(policy_->reads().read, 2);
  EXPECT_EQ(policy_->reads().failed, 0);
}

TEST_F(AccessPolicyOfFileTest, WrongEmptyOrMissingFileLeavesThePolicyAsItWasAndIsCounted) {
  uint64_t failed = 0;
  for (const char* text : {"rubbish", "", "reader sha256:00 read"}) {
    Put(text);
    ++seconds_;
    EXPECT_TRUE(MayRead("red")) << text;
    EXPECT_EQ(policy_->reads().failed, ++failed) << text;
    EXPECT_EQ(AccessPolicy::OfFile(File()).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
  std::filesystem::remove(File());
  ++seconds_;
  EXPECT_TRUE(MayRead("red"));
  EXPECT_EQ(policy_->reads().failed, ++failed);
  EXPECT_EQ(AccessPolicy::OfFile(File()).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(policy_->reads().read, 1);
}

}  // namespace
}  // namespace treatywire
