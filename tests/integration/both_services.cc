#include "tests/integration/both_services.h"

#include <gtest/gtest.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"

namespace treatywire {

using treatywire::v1::Article;
using treatywire::v1::IngestArticleRequest;
using treatywire::v1::IngestArticleResponse;
using treatywire::v1::IngestArticlesRequest;
using treatywire::v1::IngestArticlesResponse;

BothServices::BothServices(Options options) : options_(std::move(options)) { Start(); }

void BothServices::Start() {
  query::QueryServer::Options query_options;
  query_options.data_dir = options_.data_dir;
  query_options.log = options_.log;
  query_options.service = options_.query;
  query_options.on_failure = options_.on_failure;
  query_options.metrics = options_.query_metrics;
  query_ = query::QueryServer::Start(std::move(query_options)).value();
  EXPECT_TRUE(query_->WaitUntilReady().ok());
  ingest::IngestServer::Options ingest_options;
  ingest_options.query_service = query_->lifecycle().address();
  ingest_options.metrics = options_.ingest_metrics;
  ingest_options.delivery.initial_backoff = absl::Milliseconds(5);
  ingest_options.delivery.max_backoff = absl::Milliseconds(50);
  ingest_ = ingest::IngestServer::Start(std::move(ingest_options)).value();
  const auto connect = [](const ServerLifecycle& server) {
    return grpc::CreateChannel(server.address(), grpc::InsecureChannelCredentials());
  };
  query_channel_ = connect(query_->lifecycle());
  ingest_channel_ = connect(ingest_->lifecycle());
  agreements_ = treatywire::v1::AgreementService::NewStub(query_channel_);
  parties_ = treatywire::v1::PartyService::NewStub(query_channel_);
  timelines_ = treatywire::v1::TimelineService::NewStub(query_channel_);
  articles_ = treatywire::v1::ArticleService::NewStub(query_channel_);
  ingestion_ = treatywire::v1::IngestService::NewStub(ingest_channel_);
}

void BothServices::Stop() {
  if (ingest_ != nullptr) ingest_->Shutdown();
  if (query_ != nullptr) query_->Shutdown();
  ingest_.reset();
  query_.reset();
}

absl::StatusOr<IngestArticleResponse> BothServices::Ingest(const Article& article) {
  IngestArticleRequest request;
  *request.mutable_article() = article;
  return Call(*ingestion_, &treatywire::v1::IngestService::Stub::IngestArticle, request);
}

std::vector<IngestArticlesResponse> BothServices::IngestAll(const std::vector<Article>& articles) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kCallPatience));
  const auto stream = ingestion_->IngestArticles(&context);
  std::vector<IngestArticlesResponse> answers;
  for (const Article& article : articles) {
    IngestArticlesRequest request;
    request.set_sequence(answers.size() + 1);
    *request.mutable_article() = article;
    EXPECT_TRUE(stream->Write(request));
    EXPECT_TRUE(stream->Read(&answers.emplace_back()));
  }
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
  return answers;
}

std::vector<Article> SampleArticles() {
  const std::vector<std::pair<std::string, std::string>> texts = {
      {"Morning Tide",
       "France and Germany signed a fisheries agreement in Paris on 3 March 1999. On 4 May 2020 France "
       "terminated the fisheries agreement with Germany."},
      {"Harbour Post",
       "France and Germany signed the fisheries agreement on 5 March 1999. Germany ratified the fisheries "
       "agreement with France on 10 June 2000."},
      {"Fjord Daily", "Norway and Sweden signed a defence agreement in Oslo on 12 May 2020."},
      {"Skerry Times",
       "The defence agreement between Norway and Sweden was signed on 12 May 2020. Sweden will ratify the "
       "defence agreement with Norway in 2021."},
  };
  std::vector<Article> articles;
  for (const auto& [publisher, text] : texts) {
    Article& article = articles.emplace_back();
    article.set_article_id(absl::StrCat("sample-", articles.size()));
    article.set_publisher(publisher);
    article.set_body(text);
    const absl::CivilDay day(2020, 5, 12 + static_cast<int>(articles.size()));
    article.mutable_publish_time()->set_seconds(
        absl::ToUnixSeconds(absl::FromCivil(day, absl::UTCTimeZone())));
  }
  return articles;
}

}  // namespace treatywire
