#include "common/tls.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <cstdio>
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
#include "absl/time/time.h"
#include "common/logging.h"
#include "common/server.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "tests/common/test_certificates.h"

namespace treatywire {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckResponse;

class TlsTest : public testing::Test {
 protected:
  TlsTest() : directory_(testing::TempDir() + "tls-XXXXXX") {
    EXPECT_NE(mkdtemp(directory_.data()), nullptr);
    Put("ca.pem", authority_.certificate());
    PutPair("server", authority_.Issue("server"));
  }
  ~TlsTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }

  // In one step, as those who renew certificates do.
  std::string Put(const std::string& name, const std::string& text) {
    std::string path = absl::StrCat(directory_, "/", name);
    std::ofstream(path + ".new") << text;
    std::rename((path + ".new").c_str(), path.c_str());
    return path;
  }
  TlsFiles PutPair(const std::string& name, const CertificateAndKey& pair) {
    return {.certificate = Put(name + ".crt", pair.certificate), .key = Put(name + ".key", pair.key)};
  }
  std::string Path(const std::string& name) const { return absl::StrCat(directory_, "/", name); }

  void StartServer(bool ask_for_client_certificates) {
    ServerOptions options;
    options.credentials =
        TlsServerCredentials({.certificate = Path("server.crt"),
                              .key = Path("server.key"),
                              .authorities = ask_for_client_certificates ? Path("ca.pem") : ""})
            .value();
    server_ = ServerLifecycle::Start(options).value();
  }

  // The code of a call over a new connection.
  grpc::StatusCode Call(const std::shared_ptr<grpc::ChannelCredentials>& credentials,
                        bool wait_for_ready = false) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 100);
    arguments.SetInt("test_only_connection", ++connections_);  // channels of other arguments share none
    const auto channel = grpc::CreateCustomChannel(server_->address(), credentials, arguments);
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(30)));
    context.set_wait_for_ready(wait_for_ready);
    HealthCheckResponse response;
    return Health::NewStub(channel)->Check(&context, {}, &response).error_code();
  }
  grpc::StatusCode CallWith(const TlsFiles& files, bool wait_for_ready = false) {
    return Call(TlsChannelCredentials(files).value(), wait_for_ready);
  }

  std::string directory_;
  const TestAuthority authority_{"authority"};
  const TestAuthority other_authority_{"other authority"};
  std::unique_ptr<ServerLifecycle> server_;
  std::atomic<int> connections_ = 0;
};

TEST_F(TlsTest, ServerIsBelievedByItsAuthorityAlone) {
  StartServer(false);
  EXPECT_EQ(CallWith({.authorities = Path("ca.pem")}), grpc::StatusCode::OK);
  EXPECT_EQ(CallWith({.authorities = Put("other.pem", other_authority_.certificate())}),
            grpc::StatusCode::UNAVAILABLE);
}

TEST_F(TlsTest, PlaintextIsRefused) {
  StartServer(false);
  EXPECT_EQ(Call(grpc::InsecureChannelCredentials()), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(TlsTest, ClientMustShowACertificateWhereAuthoritiesAreSet) {
  StartServer(true);
  TlsFiles files = PutPair("client", authority_.Issue("client"));
  files.authorities = Path("ca.pem");
  EXPECT_EQ(CallWith(files), grpc::StatusCode::OK);
  EXPECT_EQ(CallWith({.authorities = Path("ca.pem")}), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(TlsTest, ExpiredAndForeignClientCertificatesAreRefused) {
  StartServer(true);
  TlsFiles expired = PutPair("expired", authority_.Issue("client", -1));
  TlsFiles foreign = PutPair("foreign", other_authority_.Issue("client"));
  for (TlsFiles* files : {&expired, &foreign}) {
    files->authorities = Path("ca.pem");
    EXPECT_EQ(CallWith(*files), grpc::StatusCode::UNAVAILABLE) << files->certificate;
  }
}

TEST_F(TlsTest, RenewedCertificateIsServedWithoutARestart) {
  StartServer(false);
  const TlsFiles old_authority = {.authorities = Path("ca.pem")};
  const TlsFiles new_authority = {.authorities = Put("other.pem", other_authority_.certificate())};
  EXPECT_EQ(CallWith(old_authority), grpc::StatusCode::OK);
  PutPair("server", other_authority_.Issue("server"));
  // Tries connections until one stands.
  EXPECT_EQ(CallWith(new_authority, /*wait_for_ready=*/true), grpc::StatusCode::OK);
  EXPECT_EQ(CallWith(old_authority), grpc::StatusCode::UNAVAILABLE);
}

// Counts the log's lines that hold a text, and lets wait for the next.
class AwaitedLog {
 public:
  // Of lines about files in `folder`: those of tests before, which are gone, are told of too.
  explicit AwaitedLog(absl::string_view folder) {
    SetLogSink([this, folder = std::string(folder)](absl::string_view line) {
      if (!absl::StrContains(line, folder)) return;
      const std::lock_guard lock(mutex_);
      lines_.emplace_back(line);
      changed_.notify_all();
    });
  }
  ~AwaitedLog() { SetLogSink(nullptr); }

  // Waits for a line that has come since the last call.
  void WaitFor(absl::string_view text) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] {
      for (; next_ < lines_.size(); ++next_) {
        if (absl::StrContains(lines_[next_], text)) return true;
      }
      return false;
    });
    ++next_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> lines_;  // guarded by mutex_
  size_t next_ = 0;                 // the same
};

// As they are for a moment where somebody writes them in place, or for longer where they were spoilt.
TEST_F(TlsTest, SpoiltFilesLeaveTheOldOnesInUseUntilTheyAreRightAgain) {
  const CertificateAndKey old = authority_.Issue("server");
  PutPair("server", old);
  TlsFiles client = PutPair("client", authority_.Issue("client"));
  client.authorities =
      Put("both.pem", absl::StrCat(authority_.certificate(), other_authority_.certificate()));
  AwaitedLog log(directory_);
  StartServer(true);
  for (const std::string& text : {std::string(), std::string("garbage"), authority_.Issue("x").certificate}) {
    Put("server.crt", text);
    log.WaitFor("TLS files not read again");
    EXPECT_EQ(CallWith(client), grpc::StatusCode::OK);
    Put("server.crt", old.certificate);
    log.WaitFor("TLS files are right again");
  }
  Put("ca.pem", "");
  log.WaitFor("TLS files not read again");
  EXPECT_EQ(CallWith(client), grpc::StatusCode::OK);
  Put("ca.pem", authority_.certificate());
  PutPair("server", other_authority_.Issue("server"));
  client.authorities = Put("other.pem", other_authority_.certificate());
  EXPECT_EQ(CallWith(client, /*wait_for_ready=*/true), grpc::StatusCode::OK);
}

TEST_F(TlsTest, ExpiredServerCertificateIsNotBelieved) {
  PutPair("server", authority_.Issue("server", -1));
  StartServer(false);
  EXPECT_EQ(CallWith({.authorities = Path("ca.pem")}), grpc::StatusCode::UNAVAILABLE);
}

// Certificates of two authorities in turn, while clients that believe both come and go.
TEST_F(TlsTest, RenewalUnderLoadFailsNoCall) {
  StartServer(false);
  const TlsFiles both = {
      .authorities = Put("both.pem", absl::StrCat(authority_.certificate(), other_authority_.certificate()))};
  const TlsFiles first = {.authorities = Path("ca.pem")};
  const TlsFiles second = {.authorities = Put("other.pem", other_authority_.certificate())};
  std::atomic<bool> stop = false;
  std::atomic<int> calls = 0;
  std::vector<std::thread> clients;
  clients.reserve(3);
  for (int i = 0; i < 3; ++i) {
    clients.emplace_back([&] {
      while (!stop) {
        EXPECT_EQ(CallWith(both), grpc::StatusCode::OK);
        ++calls;
      }
    });
  }
  for (int i = 0; i < 2; ++i) {
    PutPair("server", other_authority_.Issue("server"));
    EXPECT_EQ(CallWith(second, /*wait_for_ready=*/true), grpc::StatusCode::OK);
    PutPair("server", authority_.Issue("server"));
    EXPECT_EQ(CallWith(first, /*wait_for_ready=*/true), grpc::StatusCode::OK);
  }
  stop = true;
  for (std::thread& client : clients) client.join();
  EXPECT_GT(calls, 0);
}

TEST_F(TlsTest, PlaintextNeedsAWordWhereOthersCanConnect) {
  const TlsFiles none;
  for (const char* listen : {"127.0.0.1:0", "localhost:50051", "[::1]:50051", "127.1.2.3:1"}) {
    const auto credentials = CredentialsToListen(listen, none, /*insecure=*/false);
    ASSERT_TRUE(credentials.ok()) << listen;
    EXPECT_EQ(*credentials, nullptr);
  }
  for (const char* listen :
       {"0.0.0.0:50051", "[::]:50051", "192.0.2.1:1", "example.org:1", "127.0.0.1.example.org:1"}) {
    EXPECT_EQ(CredentialsToListen(listen, none, /*insecure=*/false).status().code(),
              absl::StatusCode::kInvalidArgument)
        << listen;
    EXPECT_TRUE(CredentialsToListen(listen, none, /*insecure=*/true).ok()) << listen;
  }
  const TlsFiles files = {.certificate = Path("server.crt"), .key = Path("server.key")};
  const auto credentials = CredentialsToListen("0.0.0.0:0", files, /*insecure=*/false);
  ASSERT_TRUE(credentials.ok());
  EXPECT_NE(*credentials, nullptr);
  EXPECT_FALSE(CredentialsToListen("0.0.0.0:0", files, /*insecure=*/true).ok());
  EXPECT_FALSE(CredentialsToListen("127.0.0.1:0", {.authorities = Path("ca.pem")}, /*insecure=*/false).ok());
}

TEST_F(TlsTest, FilesThatCannotServeAreRefusedByName) {
  const auto error_of = [](const TlsFiles& files) { return TlsServerCredentials(files).status().ToString(); };
  const TlsFiles good = {.certificate = Path("server.crt"), .key = Path("server.key"), .authorities = ""};
  TlsFiles files = good;
  files.certificate = Path("nothing.crt");
  EXPECT_EQ(error_of(files),
            absl::StrCat("NOT_FOUND: cannot read ", Path("nothing.crt"), ": No such file or directory"));
  files = good;
  files.key = "";
  EXPECT_EQ(error_of(files), "INVALID_ARGUMENT: TLS needs a certificate and its key");
  files = good;
  files.certificate = Put("garbage", "garbage");
  EXPECT_EQ(error_of(files),
            absl::StrCat("INVALID_ARGUMENT: ", Path("garbage"), " holds no PEM certificate"));
  files = good;
  files.key = Path("server.crt");
  EXPECT_EQ(error_of(files),
            absl::StrCat("INVALID_ARGUMENT: ", Path("server.crt"), " holds no PEM private key"));
  files = good;
  files.key = PutPair("other", authority_.Issue("other")).key;
  EXPECT_EQ(error_of(files),
            absl::StrCat("INVALID_ARGUMENT: ", Path("other.key"), " is not the key of ", Path("server.crt")));
  files = good;
  files.authorities = Path("garbage");
  EXPECT_THAT(error_of(files), testing::HasSubstr("garbage holds no PEM certificate"));
  EXPECT_FALSE(TlsChannelCredentials({}).ok());
}

}  // namespace
}  // namespace treatywire
