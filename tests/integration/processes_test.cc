// The programs themselves: started, killed, started again.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/tls.h"
#include "tests/common/test_certificates.h"
#include "tests/integration/child_process.h"
#include "tests/query_service/event_log/temporary_directory.h"
#include "treatywire/v1/article_service.grpc.pb.h"
#include "treatywire/v1/ingest_service.grpc.pb.h"

namespace treatywire {
namespace {

using query::TemporaryDirectory;
using treatywire::v1::ArticleService;
using treatywire::v1::IngestArticlesRequest;
using treatywire::v1::IngestArticlesResponse;
using treatywire::v1::IngestService;

// Far longer than anything here takes.
constexpr absl::Duration kPatience = absl::Seconds(60);

IngestArticlesRequest RequestOf(int number) {
  IngestArticlesRequest request;
  request.set_sequence(static_cast<uint64_t>(number));
  request.mutable_article()->set_article_id(absl::StrCat("a", number));
  request.mutable_article()->set_body(
      absl::StrCat("Chile and Peru signed trade agreement number ", number, " in Lima on 3 March 2004."));
  return request;
}

class ProcessesTest : public testing::Test {
 protected:
  void StartQuery(const std::string& listen = "127.0.0.1:0") {
    query_.emplace(QUERY_SERVICE_PROGRAM,
                   std::vector<std::string>{"--listen=" + listen, "--data_dir=" + directory_.path()});
    query_address_ = query_->ReadAddress();
  }
  void StartIngest() {
    ingest_.emplace(INGEST_SERVICE_PROGRAM,
                    std::vector<std::string>{"--listen=127.0.0.1:0", "--query_service=" + query_address_});
    ingest_address_ = ingest_->ReadAddress();
  }

  // Sends those articles over one stream until it breaks; adds what is acknowledged. Calls `interrupt` after
  // so many answers, while the next articles are being sent, read, written and acknowledged.
  void IngestUntilBroken(
      const std::vector<int>& numbers, std::set<int>* acknowledged, size_t answers_before = 0,
      const std::function<void()>& interrupt = [] {}) {
    const auto channel = grpc::CreateChannel(ingest_address_, grpc::InsecureChannelCredentials());
    const auto stub = IngestService::NewStub(channel);
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
    context.set_wait_for_ready(true);
    const auto stream = stub->IngestArticles(&context);
    std::thread writer([&] {
      for (const int number : numbers) {
        if (!stream->Write(RequestOf(number))) return;
      }
      stream->WritesDone();
    });
    IngestArticlesResponse response;
    for (size_t answers = 0;; ++answers) {
      if (answers == answers_before) interrupt();
      if (!stream->Read(&response)) break;
      if (response.has_ingested()) acknowledged->insert(static_cast<int>(response.sequence()));
    }
    writer.join();
    stream->Finish();
  }

  // The numbers of the articles that the query service has.
  std::multiset<int> Stored() {
    const auto channel = grpc::CreateChannel(query_address_, grpc::InsecureChannelCredentials());
    const auto stub = ArticleService::NewStub(channel);
    std::multiset<int> numbers;
    treatywire::v1::ListArticlesRequest request;
    treatywire::v1::ListArticlesResponse response;
    do {
      request.set_page_token(response.next_page_token());
      grpc::Status status;
      // While the index is rebuilt the answer is UNAVAILABLE.
      do {
        grpc::ClientContext context;
        context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
        context.set_wait_for_ready(true);
        response.Clear();
        status = stub->ListArticles(&context, request, &response);
      } while (status.error_code() == grpc::StatusCode::UNAVAILABLE);
      EXPECT_TRUE(status.ok()) << status.error_message();
      for (const auto& article : response.articles())
        numbers.insert(std::stoi(article.article().article_id().substr(1)));
    } while (!response.next_page_token().empty());
    return numbers;
  }

  const TemporaryDirectory directory_;
  std::optional<ChildProcess> query_;
  std::optional<ChildProcess> ingest_;
  std::string query_address_;
  std::string ingest_address_;
};

TEST_F(ProcessesTest, EveryAcknowledgedArticleSurvivesKill9AndIsThereOnce) {
  constexpr int kKills = 6;
  constexpr int kArticlesPerKill = 50;
  const auto seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::minstd_rand random(seed);
  StartQuery();
  StartIngest();
  std::set<int> acknowledged;
  std::multiset<int> all;
  const auto not_acknowledged = [&] {
    std::vector<int> left;
    for (const int number : all) {
      if (acknowledged.count(number) == 0) left.push_back(number);
    }
    return left;
  };
  for (int kills = 0; kills < kKills; ++kills) {
    for (int i = 0; i < kArticlesPerKill; ++i) all.insert(static_cast<int>(all.size()));
    const bool kill_query = kills % 2 == 0;
    IngestUntilBroken(not_acknowledged(), &acknowledged, random() % kArticlesPerKill, [&] {
      ChildProcess& victim = kill_query ? *query_ : *ingest_;
      victim.Signal(SIGKILL);
      EXPECT_EQ(victim.Wait(), -SIGKILL);
      // The ingest service's stream outlives the query service, and goes on with the next one.
      if (kill_query) StartQuery(query_address_);
    });
    if (!kill_query) StartIngest();
  }
  IngestUntilBroken(not_acknowledged(), &acknowledged);
  EXPECT_THAT(not_acknowledged(), testing::IsEmpty());
  EXPECT_EQ(Stored(), all);
}

TEST_F(ProcessesTest, SigtermDrainsAndExitsWithZero) {
  StartQuery();
  StartIngest();
  std::set<int> acknowledged;
  IngestUntilBroken({1, 2, 3}, &acknowledged);
  EXPECT_EQ(acknowledged, (std::set<int>{1, 2, 3}));
  for (ChildProcess* process : {&*ingest_, &*query_}) {
    process->Signal(SIGTERM);
    EXPECT_EQ(process->Wait(), 0);
    EXPECT_THAT(process->ReadErrors(), testing::HasSubstr("\"message\":\"stopped\""));
  }
}

TEST_F(ProcessesTest, SecondQueryServiceOnOneFolderIsRefused) {
  StartQuery();
  ChildProcess second(QUERY_SERVICE_PROGRAM, {"--listen=127.0.0.1:0", "--data_dir=" + directory_.path()});
  EXPECT_EQ(second.Wait(), 1);
  EXPECT_THAT(second.ReadErrors(), testing::HasSubstr(directory_.path()));
}

TEST_F(ProcessesTest, FlagsThatCannotBeMeantAreRefusedWithTheirName) {
  const auto errors_of = [](const std::string& program, const std::vector<std::string>& arguments) {
    ChildProcess process(program, arguments);
    EXPECT_EQ(process.Wait(), 1);
    return process.ReadErrors();
  };
  EXPECT_THAT(errors_of(QUERY_SERVICE_PROGRAM, {}), testing::HasSubstr("--data_dir"));
  EXPECT_THAT(errors_of(QUERY_SERVICE_PROGRAM, {"--data_dir=" + directory_.path(), "--read_threads=0"}),
              testing::HasSubstr("--read_threads"));
  EXPECT_THAT(errors_of(QUERY_SERVICE_PROGRAM, {"--data_dir=" + directory_.path(), "--listen=nowhere"}),
              testing::HasSubstr("nowhere"));
  EXPECT_THAT(errors_of(QUERY_SERVICE_PROGRAM, {"--dta_dir=x"}), testing::HasSubstr("dta_dir"));
  EXPECT_THAT(errors_of(QUERY_SERVICE_PROGRAM, {"--data_dir=" + directory_.path(), "--listen=0.0.0.0:0"}),
              testing::HasSubstr("--insecure"));
  EXPECT_THAT(errors_of(INGEST_SERVICE_PROGRAM, {"--admin_listen=0.0.0.0:0"}),
              testing::HasSubstr("--admin_listen"));
  EXPECT_THAT(errors_of(INGEST_SERVICE_PROGRAM, {"--query_key=x"}),
              testing::HasSubstr("--query_authorities"));
  EXPECT_THAT(errors_of(INGEST_SERVICE_PROGRAM, {"--listen=127.0.0.1:0", "--query_service="}),
              testing::HasSubstr("--query_service"));
  EXPECT_THAT(errors_of(INGEST_SERVICE_PROGRAM, {"--threads=257"}), testing::HasSubstr("--threads"));
  EXPECT_THAT(errors_of(INGEST_SERVICE_PROGRAM, {"--log_severity=loud"}), testing::HasSubstr("loud"));
  EXPECT_THAT(errors_of(INGEST_SERVICE_PROGRAM, {"--lexicon_dir=/nowhere"}), testing::HasSubstr("/nowhere"));
}

// Both ask for certificates; the query service asks for the ingest service's token besides.
TEST_F(ProcessesTest, ArticlesTravelOverMutualTlsWithAToken) {
  const TestAuthority authority("authority");
  const auto put = [this](const std::string& name, const std::string& text) {
    const std::string path = absl::StrCat(directory_.path(), "/", name);
    std::ofstream(path) << text;
    return path;
  };
  const CertificateAndKey pair = authority.Issue("any");
  const TlsFiles files = {.certificate = put("tls.crt", pair.certificate),
                          .key = put("tls.key", pair.key),
                          .authorities = put("ca.pem", authority.certificate())};
  // The SHA-256 of "red".
  const std::string access = put(
      "access", "feeder sha256:b1f51a511f1da0cd348b8f8598db32e61cb963e5fc69e2b41485bf99590ed75a ingest\n");
  const std::vector<std::string> tls = {"--listen=127.0.0.1:0", "--tls_certificate=" + files.certificate,
                                        "--tls_key=" + files.key,
                                        "--tls_client_authorities=" + files.authorities};
  std::vector<std::string> arguments = tls;
  arguments.push_back("--access_file=" + access);
  arguments.push_back(absl::StrCat("--data_dir=", directory_.path(), "/data"));
  query_.emplace(QUERY_SERVICE_PROGRAM, arguments);
  query_address_ = query_->ReadAddress();
  arguments = tls;
  for (const std::string& argument :
       {"--query_service=" + query_address_, "--query_certificate=" + files.certificate,
        "--query_key=" + files.key, "--query_authorities=" + files.authorities,
        "--query_token_file=" + put("token", "red\n")}) {
    arguments.push_back(argument);
  }
  ingest_.emplace(INGEST_SERVICE_PROGRAM, arguments);
  const auto credentials = TlsChannelCredentials(files).value();

  const auto ingestion = IngestService::NewStub(grpc::CreateChannel(ingest_->ReadAddress(), credentials));
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
  treatywire::v1::IngestArticleRequest request;
  *request.mutable_article() = RequestOf(1).article();
  treatywire::v1::IngestArticleResponse response;
  const grpc::Status status = ingestion->IngestArticle(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.revision(), 1);

  // The certificate alone is not known there.
  const auto articles = ArticleService::NewStub(grpc::CreateChannel(query_address_, credentials));
  grpc::ClientContext stranger;
  treatywire::v1::ListArticlesResponse list;
  EXPECT_EQ(articles->ListArticles(&stranger, {}, &list).error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(ProcessesTest, VersionIsPrinted) {
  for (const char* program : {QUERY_SERVICE_PROGRAM, INGEST_SERVICE_PROGRAM}) {
    ChildProcess process(program, {"--version"});
    EXPECT_THAT(process.ReadLine(),
                testing::ContainsRegex("^(query|ingest)_service [0-9]+\\.[0-9]+\\.[0-9]+$"));
    EXPECT_EQ(process.Wait(), 0);
  }
}

}  // namespace
}  // namespace treatywire
