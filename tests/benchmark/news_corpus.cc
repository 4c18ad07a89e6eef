#include "tests/benchmark/news_corpus.h"

#include <cstdlib>
#include <iostream>
#include <utility>

#include "absl/status/status.h"
#include "ingest_service/article_identity.h"
#include "ingest_service/lexicon/lexicon.h"

namespace treatywire::benchmark {
namespace {

// A benchmark whose answers are wrong measures nothing.
void RequireOk(const absl::Status& status) {
  if (status.ok()) return;
  std::cerr << status << "\n";
  std::abort();
}

}  // namespace

const ingest::Extractor& BuiltInExtractor() {
  static const ingest::Extractor* const extractor = [] {
    auto lexicon = ingest::Lexicon::BuiltIn();
    RequireOk(lexicon.status());
    auto made = ingest::Extractor::Create(*std::move(lexicon));
    RequireOk(made.status());
    return made->release();
  }();
  return *extractor;
}

v1::Article MakeArticle(std::string body, absl::string_view mime_type, absl::string_view title) {
  v1::Article article;
  article.set_title(std::string(title));
  article.set_body(std::move(body));
  article.set_mime_type(std::string(mime_type));
  article.set_publisher("Example Wire");
  article.mutable_publish_time()->set_seconds(1765000000);
  RequireOk(ingest::PrepareArticle(&article));
  return article;
}

NewsCorpus::NewsCorpus(NewsKind kind, size_t bytes) {
  constexpr size_t kArticleBytes = 5000;
  constexpr uint64_t kSeed = 20251206;
  NewsGenerator news(kSeed);
  while (body_bytes < bytes) {
    articles.push_back(MakeArticle(news.Article(kind, kArticleBytes)));
    body_bytes += articles.back().body().size();
  }
}

size_t ExtractAll(const std::vector<v1::Article>& articles) {
  size_t events = 0;
  v1::ExtractedArticle extraction;  // used again, as treatywire-extract does
  for (const v1::Article& article : articles) {
    RequireOk(BuiltInExtractor().Extract(article, &extraction));
    events += static_cast<size_t>(extraction.events_size());
  }
  return events;
}

}  // namespace treatywire::benchmark
