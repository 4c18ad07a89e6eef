#include "ingest_service/article_ingestion.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/status.h"
#include "ingest_service/article_identity.h"
#include "tests/ingest_service/fake_extraction_sink.h"

namespace treatywire::ingest {
namespace {

using google::protobuf::util::MessageDifferencer;
using treatywire::v1::Article;
using treatywire::v1::ExtractedArticle;
using treatywire::v1::IngestArticleResponse;
using Parsed = std::future<absl::StatusOr<ExtractedArticle>>;
using Ingested = std::future<absl::StatusOr<IngestArticleResponse>>;

const Extractor& BuiltInExtractor() {
  static const Extractor* const extractor = Extractor::Create(Lexicon::BuiltIn().value()).value().release();
  return *extractor;
}

Article ArticleOf(const std::string& id) {
  Article article;
  article.set_article_id(id);
  article.set_body(
      "Ruritania's neighbours, France and Belgium, signed a treaty on fisheries on 3 March 1999.");
  return article;
}

class ArticleIngestionTest : public testing::Test {
 protected:
  void Start(ArticleIngestion::Options options = {}) {
    options.now = [this] { return now_; };
    ingestion_ = std::make_unique<ArticleIngestion>(&BuiltInExtractor(), &sink_, options);
  }

  Parsed Parse(const Article& article, absl::Time deadline = absl::InfiniteFuture()) {
    auto promise = std::make_shared<std::promise<absl::StatusOr<ExtractedArticle>>>();
    Parsed parsed = promise->get_future();
    ingestion_->Parse(article, deadline, [promise](const auto& result) { promise->set_value(result); });
    return parsed;
  }

  Ingested Ingest(const Article& article, absl::Time deadline = absl::InfiniteFuture()) {
    auto promise = std::make_shared<std::promise<absl::StatusOr<IngestArticleResponse>>>();
    Ingested ingested = promise->get_future();
    ingestion_->Ingest(article, deadline, [promise](const auto& result) { promise->set_value(result); });
    return ingested;
  }

  const absl::Time now_ = absl::FromUnixSeconds(1'000'000);
  FakeExtractionSink sink_;
  std::unique_ptr<ArticleIngestion> ingestion_;
};

TEST_F(ArticleIngestionTest, ParseAnswersWhatTheExtractorSaysAndDeliversNothing) {
  Start();
  Article prepared = ArticleOf("a");
  ASSERT_TRUE(PrepareArticle(&prepared).ok());
  const absl::StatusOr<ExtractedArticle> parsed = Parse(ArticleOf("a")).get();
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->events_size(), 1);
  EXPECT_TRUE(MessageDifferencer::Equals(*parsed, BuiltInExtractor().Extract(prepared).value()));
  EXPECT_TRUE(sink_.Take(0).empty());
}

TEST_F(ArticleIngestionTest, IngestAnswersOnceTheSinkHasAcknowledged) {
  Start();
  Ingested ingested = Ingest(ArticleOf("a"));
  std::vector<FakeExtractionSink::Pending> deliveries = sink_.Take(1);
  EXPECT_EQ(ingested.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  EXPECT_TRUE(MessageDifferencer::Equals(deliveries[0].extraction, Parse(ArticleOf("a")).get().value()));
  std::move(deliveries[0].done)(Delivery{17, true});
  const absl::StatusOr<IngestArticleResponse> response = ingested.get();
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->article(), "articles/a");
  EXPECT_EQ(response->revision(), 17);
  EXPECT_EQ(response->event_count(), 1);
  EXPECT_TRUE(response->already_present());
}

// One thread, which reads each into the message of the one before.
TEST_F(ArticleIngestionTest, NothingOfOneArticleIsDeliveredWithTheNext) {
  Start({.threads = 1});
  std::vector<Article> articles = {ArticleOf("long"), ArticleOf("short"), ArticleOf("bad"),
                                   ArticleOf("none"), ArticleOf("large"), ArticleOf("last")};
  const std::string body = articles[0].body();
  for (int i = 0; i < 5; ++i) articles[0].set_body(articles[0].body() + "\n\n" + body);
  articles[0].set_title("Of a pact");
  articles[2].set_body(" ");
  articles[3].set_body("It rained.");
  for (int i = 0; i < 300; ++i) articles[4].set_body(articles[4].body() + "\n\n" + body);
  for (const Article& article : articles) {
    Ingested ingested = Ingest(article);
    Article prepared = article;
    if (!PrepareArticle(&prepared).ok()) {
      EXPECT_EQ(ingested.get().status().code(), absl::StatusCode::kInvalidArgument);
      continue;
    }
    std::vector<FakeExtractionSink::Pending> deliveries = sink_.Take(1);
    EXPECT_TRUE(
        MessageDifferencer::Equals(deliveries[0].extraction, BuiltInExtractor().Extract(prepared).value()))
        << article.article_id();
    std::move(deliveries[0].done)(Delivery{1, false});
    EXPECT_TRUE(ingested.get().ok());
  }
}

TEST_F(ArticleIngestionTest, ErrorOfTheSinkIsTheAnswer) {
  Start();
  Ingested ingested = Ingest(ArticleOf("a"));
  const absl::Status refusal = InvalidFieldError("extraction.events", "are too many");
  std::move(sink_.Take(1)[0].done)(refusal);
  EXPECT_EQ(ingested.get().status(), refusal);
}

TEST_F(ArticleIngestionTest, BadArticleNamesItsFieldAndIsNotDelivered) {
  Start();
  Article article = ArticleOf("a");
  article.set_mime_type("application/pdf");
  for (const absl::Status& status : {Parse(article).get().status(), Ingest(article).get().status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    ASSERT_TRUE(GetBadRequest(status).has_value());
    EXPECT_EQ(GetBadRequest(status)->field_violations(0).field(), "article.mime_type");
  }
  EXPECT_TRUE(sink_.Take(0).empty());
}

TEST_F(ArticleIngestionTest, DeliveryEndsBeforeTheCallersDeadlineAndAtItsOwnMaximum) {
  Start({.max_wait = absl::Seconds(30)});
  Ingested soon = Ingest(ArticleOf("a"), now_ + absl::Milliseconds(500));
  std::vector<FakeExtractionSink::Pending> deliveries = sink_.Take(1);
  EXPECT_EQ(deliveries[0].deadline, now_ + absl::Milliseconds(450));
  std::move(deliveries[0].done)(Delivery{1, false});
  Ingested never = Ingest(ArticleOf("b"));
  deliveries = sink_.Take(1);
  EXPECT_EQ(deliveries[0].deadline, now_ + absl::Seconds(30) - absl::Milliseconds(100));
  std::move(deliveries[0].done)(Delivery{2, false});
}

TEST_F(ArticleIngestionTest, ArticleWhoseDeadlineHasPassedIsNotRead) {
  Start();
  EXPECT_EQ(Ingest(ArticleOf("a"), now_).get().status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(Parse(ArticleOf("a"), now_).get().status().code(), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(ArticleIngestionTest, OnePastTheMaximumIsRefusedUntilOneIsAnswered) {
  Start({.max_articles = 2});
  std::vector<Ingested> taken;
  for (const char* id : {"a", "b"}) taken.push_back(Ingest(ArticleOf(id)));
  std::vector<FakeExtractionSink::Pending> deliveries = sink_.Take(2);
  const absl::Status refusal = Ingest(ArticleOf("c")).get().status();
  EXPECT_EQ(refusal.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(GetErrorInfo(refusal)->reason(), "OVERLOADED");
  EXPECT_TRUE(GetRetryDelay(refusal).has_value());
  std::move(deliveries[0].done)(Delivery{1, false});
  taken[0].wait();
  deliveries.erase(deliveries.begin());  // and with it its place
  Ingested next = Ingest(ArticleOf("d"));
  EXPECT_EQ(sink_.Take(1)[0].extraction.article().article_id(), "d");
}

TEST_F(ArticleIngestionTest, ArticlesAreBoundedInBytesToo) {
  Start({.max_bytes = ArticleOf("a").ByteSizeLong()});
  Ingested taken = Ingest(ArticleOf("a"));
  EXPECT_EQ(Ingest(ArticleOf("b")).get().status().code(), absl::StatusCode::kResourceExhausted);
  std::move(sink_.Take(1)[0].done)(Delivery{1, false});
}

TEST_F(ArticleIngestionTest, StopEndsTheThreadsAndLeavesTheSinkItsDeliveries) {
  Start();
  Ingested ingested = Ingest(ArticleOf("a"));
  std::vector<FakeExtractionSink::Pending> deliveries = sink_.Take(1);
  ingestion_->Stop();
  EXPECT_EQ(Ingest(ArticleOf("b")).get().status().code(), absl::StatusCode::kUnavailable);
  ingestion_.reset();
  std::move(deliveries[0].done)(Delivery{1, false});
  EXPECT_TRUE(ingested.get().ok());
}

}  // namespace
}  // namespace treatywire::ingest
