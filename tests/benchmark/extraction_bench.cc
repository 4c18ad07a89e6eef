#include "tests/benchmark/extraction_bench.h"

#include <algorithm>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ingest_service/document/document_reader.h"
#include "tests/benchmark/bare_pass.h"
#include "tests/benchmark/news_corpus.h"

namespace treatywire::benchmark {
namespace {

size_t CountSentences(const NewsCorpus& corpus) {
  size_t sentences = 0;
  for (const v1::Article& article : corpus.articles) {
    const auto document = ingest::ReadDocument("", article.body(), ingest::MimeType::kPlain);
    Require(document.ok(), document.status().message());
    sentences += document->sentences.size();
  }
  return sentences;
}

void BenchSpeed(const BenchOptions& options, const NewsCorpus& corpus, absl::string_view name, double reach,
                bool has_events, BenchReport* report) {
  static const BarePass* const bare = new BarePass();
  const double megabytes = static_cast<double>(corpus.body_bytes) / 1e6;
  const size_t events = ExtractAll(corpus.articles);
  Require((events > 0) == has_events, absl::StrCat(name, ": ", events, " events"));
  const size_t tokens = bare->Run(corpus.articles[0].body()).tokens;
  const Medians speed = Alternate(
      options.rounds,
      [&] {
        size_t found = 0;
        const double seconds = CpuSeconds([&] { found = ExtractAll(corpus.articles); });
        Require(found == events, "another number of events");
        return megabytes / seconds;
      },
      [&] {
        BarePass::Counts counts;
        const double seconds = CpuSeconds([&] {
          for (const v1::Article& article : corpus.articles) counts = bare->Run(article.body());
        });
        Require(counts.tokens > 0 && tokens > 0, "no tokens");
        return megabytes / seconds;
      });
  report->Add({absl::StrCat("extraction, ", name), "MB/s", speed.figure, speed.reference,
               speed.figure / speed.reference, reach});
  if (!has_events) return;
  const double sentences = static_cast<double>(CountSentences(corpus));
  const double per_second = sentences / megabytes * speed.figure;
  report->Add({"extraction, sentences a second on one core", "1/s", per_second, 0, per_second, 250000});
}

void BenchThreads(const BenchOptions& options, const NewsCorpus& corpus, BenchReport* report) {
  const auto articles_per_second = [&](int threads) {
    const double seconds = WallSeconds([&] {
      std::vector<std::thread> pool;
      pool.reserve(static_cast<size_t>(threads));
      for (int i = 0; i < threads; ++i) pool.emplace_back([&] { ExtractAll(corpus.articles); });
      for (std::thread& thread : pool) thread.join();
    });
    return threads * static_cast<double>(corpus.articles.size()) / seconds;
  };
  const Medians speed = Alternate(
      options.rounds, [&] { return articles_per_second(2); }, [&] { return articles_per_second(1); });
  report->Add({"extraction, two threads against one", "articles/s", speed.figure, speed.reference,
               speed.figure / speed.reference, 1.8});
}

// Memory must not grow with what was read before.
void BenchMemory(const BenchOptions& options, const NewsCorpus& corpus, BenchReport* report) {
  const size_t first_bytes = 10000000;
  const size_t last_bytes = options.smoke ? 2 * first_bytes : 1000000000;
  size_t read = 0;
  double first = 0;
  while (read < last_bytes) {
    ExtractAll(corpus.articles);
    read += corpus.body_bytes;
    if (first == 0 && read >= first_bytes) first = ResidentMegabytes();
  }
  const double last = ResidentMegabytes();
  report->Add({absl::StrCat("memory after ", last_bytes / 1000000, " MB over after 10 MB"), "MB", last, first,
               last / first, 1.1, false});
}

}  // namespace

void BenchExtraction(const BenchOptions& options, BenchReport* report) {
  const size_t bytes = options.smoke ? 200000 : 4000000;
  const NewsCorpus dense(NewsKind::kAgreements, bytes);
  const NewsCorpus general(NewsKind::kGeneral, bytes);
  BenchSpeed(options, dense, "agreement-dense news", 0.30, true, report);
  BenchSpeed(options, general, "general news", 0.70, false, report);
  BenchThreads(options, dense, report);
  BenchMemory(options, dense, report);
}

}  // namespace treatywire::benchmark
