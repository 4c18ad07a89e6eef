// That access is checked by every method of both services, that refusals say why in google.rpc details, and
// that the files of callers and certificates may change under load.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/access_policy.h"
#include "common/call_admission.h"
#include "common/grpc_status.h"
#include "common/logging.h"
#include "common/status.h"
#include "common/tls.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpc/reflection/v1/reflection.grpc.pb.h"
#include "ingest_service/ingest_server.h"
#include "query_service/event_log/memory_event_log.h"
#include "query_service/query_server.h"
#include "tests/common/test_certificates.h"
#include "tests/integration/both_services.h"
#include "treatywire/v1/article_service.grpc.pb.h"

namespace treatywire {
namespace {

using google::protobuf::MethodDescriptor;
using treatywire::v1::ArticleService;

// SHA-256 of "red" and of "blue".
constexpr char kRed[] = "sha256:b1f51a511f1da0cd348b8f8598db32e61cb963e5fc69e2b41485bf99590ed75a";
constexpr char kBlue[] = "sha256:16477688c0e00699c6cfa4497a3612d7e83c532062b64b250fed8908128ed548";

std::string PathOf(const MethodDescriptor& method) {
  return absl::StrCat("/", method.service()->full_name(), "/", method.name());
}

// Every method of the project's services.
std::vector<const MethodDescriptor*> Methods() {
  std::vector<const MethodDescriptor*> methods;
  for (const char* service : {"AgreementService", "ArticleService", "BackupService", "EventLogService",
                              "IngestService", "PartyService", "TimelineService"}) {
    const auto* descriptor = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
        absl::StrCat("treatywire.v1.", service));
    for (int i = 0; descriptor != nullptr && i < descriptor->method_count(); ++i) {
      methods.push_back(descriptor->method(i));
    }
  }
  return methods;
}

// What the details of `status` name.
std::string Named(const absl::Status& status, const std::string& key) {
  const auto info = GetErrorInfo(status);
  if (!info.has_value() || info->metadata().count(key) == 0) return "nothing";
  return info->metadata().at(key);
}

std::string ReasonOf(const absl::Status& status) {
  const auto info = GetErrorInfo(status);
  return info.has_value() ? info->reason() : "none";
}

// Both services over TLS, with a file of callers.
class AccessTest : public testing::Test {
 protected:
  AccessTest() : directory_(testing::TempDir() + "access-XXXXXX") {
    EXPECT_NE(mkdtemp(directory_.data()), nullptr);
    PutPair("server", authority_);
    PutPair("client", authority_);
    Put("ca.pem", absl::StrCat(authority_.certificate(), other_authority_.certificate()));
    Put("access", absl::StrCat("reader ", kRed, " read\nfeeder certificate:feeder ingest"));
    ServerOptions server;
    access_ =
        AccessPolicy::OfFile(Path("access"), [this] { return absl::FromUnixSeconds(seconds_); }).value();
    server.access = access_;
    server.credentials = Credentials();
    query::QueryServer::Options query;
    query.log = &log_;
    query.server = server;
    query.metrics = metrics_.get();
    query_ = query::QueryServer::Start(std::move(query)).value();
    EXPECT_TRUE(query_->WaitUntilReady().ok());
    ingest::IngestServer::Options ingest;
    server.credentials = Credentials();
    ingest.server = server;
    ingest.query_service = query_->lifecycle().address();
    ingest_ = ingest::IngestServer::Start(std::move(ingest)).value();
    query_channel_ = Connect(*query_);
    ingest_channel_ = Connect(*ingest_);
  }
  ~AccessTest() override {
    ingest_->Shutdown();
    query_->Shutdown();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }

  std::string Path(const std::string& name) const { return absl::StrCat(directory_, "/", name); }
  // In one step, as those who renew files do.
  void Put(const std::string& name, const std::string& text) {
    std::ofstream(Path(name + ".new")) << text;
    std::rename(Path(name + ".new").c_str(), Path(name).c_str());
  }
  void PutPair(const std::string& name, const TestAuthority& authority) {
    const CertificateAndKey pair = authority.Issue("feeder");
    Put(name + ".crt", pair.certificate);
    Put(name + ".key", pair.key);
  }
  TlsFiles Files(const std::string& name) const {
    return {.certificate = Path(name + ".crt"), .key = Path(name + ".key"), .authorities = Path("ca.pem")};
  }
  std::shared_ptr<grpc::ServerCredentials> Credentials() const {
    return TlsServerCredentials(Files("server")).value();
  }
  template <typename Server>
  std::shared_ptr<grpc::Channel> Connect(Server& server) {
    grpc::ChannelArguments arguments;
    arguments.SetInt("test_only_connection", ++connections_);  // channels of other arguments share none
    return grpc::CreateCustomChannel(server.lifecycle().address(),
                                     TlsChannelCredentials(Files("client")).value(), arguments);
  }

  // How a call with one empty message ends, on either service.
  absl::Status Call(const std::string& path, const std::string& token) {
    const bool ingest = absl::StrContains(path, "IngestService");
    grpc::GenericStub stub(ingest ? ingest_channel_ : query_channel_);
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + kCallPatience));
    if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
    grpc::CompletionQueue queue;
    const auto call = stub.PrepareCall(&context, path, &queue);
    grpc::Status status;
    grpc::ByteBuffer response;
    const auto wait = [&queue] {
      void* tag = nullptr;
      bool ok = false;
      return queue.Next(&tag, &ok) && ok;
    };
    call->StartCall(nullptr);
    wait();
    const grpc::Slice empty;
    call->WriteLast(grpc::ByteBuffer(&empty, 1), {}, nullptr);
    wait();
    do call->Read(&response, nullptr);
    while (wait());
    call->Finish(&status, nullptr);
    wait();
    queue.Shutdown();
    return FromGrpcStatus(status);
  }

  absl::Status Get(const std::shared_ptr<grpc::Channel>& channel, const std::string& token) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + kCallPatience));
    if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
    treatywire::v1::GetArticleRequest request;
    request.set_name("articles/none");
    treatywire::v1::GetArticleResponse response;
    return FromGrpcStatus(ArticleService::NewStub(channel)->GetArticle(&context, request, &response));
  }

  std::string directory_;
  const TestAuthority authority_{"authority"};
  const TestAuthority other_authority_{"other authority"};
  std::atomic<int64_t> seconds_{1'000'000};
  std::atomic<int> connections_ = 0;
  std::shared_ptr<const AccessPolicy> access_;
  query::MemoryEventLog log_;
  const std::unique_ptr<Metrics> metrics_ = Metrics::Create();
  std::unique_ptr<query::QueryServer> query_;
  std::unique_ptr<ingest::IngestServer> ingest_;
  std::shared_ptr<grpc::Channel> query_channel_;
  std::shared_ptr<grpc::Channel> ingest_channel_;
};

TEST_F(AccessTest, EveryMethodRefusesWhoIsNotKnownAndWhoMayNotWithDetails) {
  ASSERT_EQ(Methods().size(), 18);
  for (const MethodDescriptor* method : Methods()) {
    const std::string path = PathOf(*method);
    EXPECT_EQ(MethodTaking(*method->input_type()), path);
    const absl::Status unknown = Call(path, "green");
    EXPECT_EQ(unknown.code(), absl::StatusCode::kUnauthenticated) << path;
    EXPECT_EQ(ReasonOf(unknown), "CALLER_UNKNOWN") << path << unknown;
    EXPECT_EQ(Named(unknown, "method"), path);
    // Of the reader and of the feeder, who shows no token, nobody may do all.
    const bool read = access_->Check(path, {"Bearer red", {}}).ok();
    const absl::Status denied = Call(path, read ? "" : "red");
    EXPECT_EQ(denied.code(), absl::StatusCode::kPermissionDenied) << path;
    EXPECT_EQ(ReasonOf(denied), "PERMISSION_MISSING") << path << denied;
    EXPECT_EQ(Named(denied, "method"), path);
    EXPECT_NE(Named(denied, "permission"), "nothing");
  }
}

TEST_F(AccessTest, WhoMayIsHeard) {
  EXPECT_EQ(Call("/treatywire.v1.ArticleService/GetArticle", "red").code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Call("/treatywire.v1.IngestService/ParseArticle", "").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Call("/treatywire.v1.EventLogService/PublishExtractions", "").code(), absl::StatusCode::kOk);
  grpc::ClientContext context;
  grpc::health::v1::HealthCheckResponse response;
  EXPECT_TRUE(grpc::health::v1::Health::NewStub(query_channel_)->Check(&context, {}, &response).ok());
}

TEST_F(AccessTest, ReflectionAndWhatThereIsNotAreNotForEverybody) {
  for (const char* path : {"/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                           "/treatywire.v1.NewService/NewMethod", "/no.such.Service/NoMethod"}) {
    const absl::Status unknown = Call(path, "green");
    EXPECT_EQ(ReasonOf(unknown), "CALLER_UNKNOWN") << path << unknown;
    EXPECT_EQ(Named(unknown, "method"), path);
  }
  EXPECT_EQ(ReasonOf(Call("/no.such.Service/NoMethod", "red")), "PERMISSION_MISSING");
  EXPECT_TRUE(Call("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", "red").code() ==
              absl::StatusCode::kOk);
  // gRPC answers these itself: the code alone.
  for (const char* path : {"/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                           "/grpc.channelz.v1.Channelz/GetServers"}) {
    EXPECT_EQ(Call(path, "green").code(), absl::StatusCode::kUnauthenticated) << path;
  }
  EXPECT_EQ(Call("/grpc.channelz.v1.Channelz/GetServers", "red").code(), absl::StatusCode::kPermissionDenied);
}

// Callers come and go, some over new connections, while the file of callers changes, at times to rubbish, and
// the server's certificate is of two authorities in turn.
class ReloadTest : public AccessTest {
 protected:
  static constexpr int kChanges = 60;
  static constexpr char kProbe[] = "/treatywire.v1.PartyService/GetParty";

  // Who shows a certificate may always read; of the tokens, the one whose hash is `hash`.
  void Change(const std::string& hash) {
    PutAndRead(absl::StrCat("always certificate:feeder read\nother ", hash, " read"));
  }
  // `text` is read by the first call after it; this one.
  void PutAndRead(const std::string& text) {
    Put("access", text);
    ++seconds_;
    EXPECT_TRUE(access_->Check(kProbe, {"", {"feeder"}}).ok());
  }

  // Calls until the last change, with a new connection now and then. `allowed_in`: the rest by 4 of the
  // epochs in which `token` may read; where there is no token, it always may.
  void CallOn(const std::string& token, int allowed_in) {
    std::shared_ptr<grpc::Channel> channel;
    for (int i = 0; epoch_ < 2 * kChanges; ++i) {
      if (i % 16 == 0) channel = Connect(*query_);
      const int before = epoch_;
      const absl::Status status = Get(channel, token);
      const bool stood = before % 2 == 0 && before == epoch_;
      const bool allowed = absl::IsNotFound(status);
      EXPECT_TRUE(allowed || (absl::IsUnauthenticated(status) && ReasonOf(status) == "CALLER_UNKNOWN"))
          << status;
      if (token.empty()) {
        EXPECT_TRUE(allowed) << status;
      } else if (stood) {
        EXPECT_EQ(allowed, before % 4 == allowed_in) << token << " in " << before << ": " << status;
      }
      ++calls_;
      calls_.notify_all();
    }
  }

  void WaitForCalls(int more) {
    const int wanted = calls_ + more;
    for (int made = calls_; made < wanted; made = calls_) calls_.wait(made);
  }

  // Even while a policy stands: a call that begins and ends in one such epoch is answered by that policy; one
  // beside a change by the one or the other.
  std::atomic<int> epoch_ = 0;
  std::atomic<int> calls_ = 0;
};

TEST_F(ReloadTest, UnderLoadNoCallFailsForAnotherReasonThanThePolicyOfItsTime) {
  std::mutex mutex;
  int complaints = 0;  // guarded by mutex
  SetLogSink([&](absl::string_view line) {
    const std::lock_guard lock(mutex);
    if (absl::StrContains(line, "access policy not read again")) ++complaints;
  });
  Change(kRed);
  std::vector<std::thread> callers;
  callers.emplace_back([this] { CallOn("red", 0); });
  callers.emplace_back([this] { CallOn("blue", 2); });
  callers.emplace_back([this] { CallOn("", 0); });
  int wrong = 0;
  for (int change = 1; change <= kChanges; ++change) {
    ++epoch_;
    Change(change % 2 == 0 ? kRed : kBlue);
    ++epoch_;
    if (change == kChanges) break;
    WaitForCalls(4);
    if (change % 5 == 0) {
      PutAndRead("rubbish");  // the policy stands
      ++wrong;
    }
    if (change % 10 == 0) PutPair("server", change % 20 == 0 ? authority_ : other_authority_);
    WaitForCalls(4);
  }
  for (std::thread& thread : callers) thread.join();
  SetLogSink(nullptr);
  EXPECT_EQ(complaints, wrong);
  const auto reads = [&](const char* outcome, int count) {
    return testing::HasSubstr(
        absl::StrCat("treatywire_access_file_reads_total{outcome=\"", outcome, "\"} ", count, "\n"));
  };
  EXPECT_THAT(metrics_->Text(), testing::AllOf(reads("read", 2 + kChanges), reads("failed", wrong)));
}

}  // namespace
}  // namespace treatywire
