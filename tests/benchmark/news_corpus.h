// Articles and the extractor that the benchmarks of extraction share.
#ifndef TREATYWIRE_TESTS_BENCHMARK_NEWS_CORPUS_H_
#define TREATYWIRE_TESTS_BENCHMARK_NEWS_CORPUS_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "ingest_service/extraction/extractor.h"
#include "tests/benchmark/news_generator.h"
#include "treatywire/v1/article.pb.h"

namespace treatywire::benchmark {

// The extractor with the built-in lexicon; ends the process where it can't be made.
const ingest::Extractor& BuiltInExtractor();

// An article ready for Extract.
v1::Article MakeArticle(std::string body, absl::string_view mime_type = "text/plain",
                        absl::string_view title = "");

// Articles of about 5 KB, an ordinary length, `bytes` of body in all.
struct NewsCorpus {
  NewsCorpus(NewsKind kind, size_t bytes);
  std::vector<v1::Article> articles;
  size_t body_bytes = 0;
};

// Extracts all and returns the number of events; ends the process where an article is refused.
size_t ExtractAll(const std::vector<v1::Article>& articles);

}  // namespace treatywire::benchmark

#endif  // TREATYWIRE_TESTS_BENCHMARK_NEWS_CORPUS_H_
