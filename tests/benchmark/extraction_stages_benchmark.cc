// Each stage of the extraction alone, with Google Benchmark: to see which one a change has touched.
#include <benchmark/benchmark.h>

#include <optional>

#include "absl/time/civil_time.h"
#include "ingest_service/document/document_reader.h"
#include "ingest_service/temporal/date_finder.h"
#include "tests/benchmark/bare_pass.h"
#include "tests/benchmark/news_corpus.h"

namespace treatywire::benchmark {
namespace {

constexpr size_t kCorpusBytes = 500000;

const NewsCorpus& Corpus(NewsKind kind) {
  static const NewsCorpus* const dense = new NewsCorpus(NewsKind::kAgreements, kCorpusBytes);
  static const NewsCorpus* const general = new NewsCorpus(NewsKind::kGeneral, kCorpusBytes);
  return kind == NewsKind::kAgreements ? *dense : *general;
}

std::vector<ingest::Document> Documents(const NewsCorpus& corpus) {
  std::vector<ingest::Document> documents;
  for (const v1::Article& article : corpus.articles) {
    documents.push_back(*ingest::ReadDocument("", article.body(), ingest::MimeType::kPlain));
  }
  return documents;
}

void CountBytes(::benchmark::State& state, const NewsCorpus& corpus) {
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(corpus.body_bytes));
}

void Bare(::benchmark::State& state, NewsKind kind) {
  static const BarePass* const bare = new BarePass();
  for (auto _ : state) {
    for (const v1::Article& article : Corpus(kind).articles)
      ::benchmark::DoNotOptimize(bare->Run(article.body()));
  }
  CountBytes(state, Corpus(kind));
}

void ReadDocuments(::benchmark::State& state, NewsKind kind) {
  for (auto _ : state) {
    for (const v1::Article& article : Corpus(kind).articles) {
      ::benchmark::DoNotOptimize(ingest::ReadDocument("", article.body(), ingest::MimeType::kPlain));
    }
  }
  CountBytes(state, Corpus(kind));
}

void MatchLexicon(::benchmark::State& state, NewsKind kind) {
  const std::vector<ingest::Document> documents = Documents(Corpus(kind));
  const ingest::Lexicon& lexicon = BuiltInExtractor().lexicon();
  for (auto _ : state) {
    for (const ingest::Document& document : documents) ::benchmark::DoNotOptimize(lexicon.Match(document));
  }
  CountBytes(state, Corpus(kind));
}

void FindDates(::benchmark::State& state, NewsKind kind) {
  const std::vector<ingest::Document> documents = Documents(Corpus(kind));
  for (auto _ : state) {
    for (const ingest::Document& document : documents) {
      ::benchmark::DoNotOptimize(ingest::FindDates(document, absl::CivilDay(2025, 12, 6)));
    }
  }
  CountBytes(state, Corpus(kind));
}

void Extract(::benchmark::State& state, NewsKind kind) {
  for (auto _ : state) ::benchmark::DoNotOptimize(ExtractAll(Corpus(kind).articles));
  CountBytes(state, Corpus(kind));
}

BENCHMARK_CAPTURE(Bare, dense, NewsKind::kAgreements);
BENCHMARK_CAPTURE(Bare, general, NewsKind::kGeneral);
BENCHMARK_CAPTURE(ReadDocuments, dense, NewsKind::kAgreements);
BENCHMARK_CAPTURE(ReadDocuments, general, NewsKind::kGeneral);
BENCHMARK_CAPTURE(MatchLexicon, dense, NewsKind::kAgreements);
BENCHMARK_CAPTURE(MatchLexicon, general, NewsKind::kGeneral);
BENCHMARK_CAPTURE(FindDates, dense, NewsKind::kAgreements);
BENCHMARK_CAPTURE(FindDates, general, NewsKind::kGeneral);
BENCHMARK_CAPTURE(Extract, dense, NewsKind::kAgreements);
BENCHMARK_CAPTURE(Extract, general, NewsKind::kGeneral);

}  // namespace
}  // namespace treatywire::benchmark

BENCHMARK_MAIN();
