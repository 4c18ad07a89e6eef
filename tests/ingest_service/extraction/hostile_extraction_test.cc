// That extraction of articles built to be slow asks for memory in proportion to their size. What it allocates
// is the work that can be counted on any machine; hostile_extraction_time_test measures the rest.
#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include "ingest_service/extraction/extractor.h"
#include "ingest_service/lexicon/lexicon.h"
#include "tests/ingest_service/document/hostile_articles.h"
#include "tests/ingest_service/extraction/allocation_count.h"

namespace treatywire::ingest {
namespace {

const Extractor& BuiltInExtractor() {
  static const Extractor* const extractor = Extractor::Create(Lexicon::BuiltIn().value()).value().release();
  return *extractor;
}

size_t AllocationsOf(const HostileArticle& hostile, const std::string& mime_type, size_t bytes) {
  treatywire::v1::Article article;
  article.set_article_id("hostile");
  article.set_title("A treaty");
  article.set_mime_type(mime_type);
  article.set_body(hostile.Body(bytes));
  const size_t before = AllocationCount();
  BuiltInExtractor().Extract(article).status().IgnoreError();  // some are refused
  return AllocationCount() - before;
}

class HostileExtractionTest : public testing::TestWithParam<HostileArticle> {};

TEST_P(HostileExtractionTest, FourTimesAsLongAllocatesAboutFourTimesAsOften) {
  constexpr size_t kBytes = 1 << 13;
  constexpr size_t kOfAnyArticle = 5000;
  BuiltInExtractor();
  for (const char* mime_type : {"text/plain", "text/html", "text/markdown"}) {
    const size_t once = AllocationsOf(GetParam(), mime_type, kBytes);
    const size_t four_times = AllocationsOf(GetParam(), mime_type, 4 * kBytes);
    EXPECT_LE(four_times, 6 * once + kOfAnyArticle) << mime_type << ", of " << once;
  }
}

std::string NameOf(const testing::TestParamInfo<HostileArticle>& article) { return article.param.name; }

INSTANTIATE_TEST_SUITE_P(Articles, HostileExtractionTest, testing::ValuesIn(kHostileArticles), NameOf);

}  // namespace
}  // namespace treatywire::ingest
