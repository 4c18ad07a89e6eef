// That extraction of articles built to be slow takes time in proportion to their size. Processor time of one
// thread, and ratios of what is measured one after the other: a machine that is busy, or slow, changes
// neither much. By how much the worst exceed an ordinary article the benchmark says (treatywire-bench
// --only=hostile).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <ctime>

#include "absl/time/time.h"
#include "ingest_service/extraction/extractor.h"
#include "ingest_service/lexicon/lexicon.h"
#include "tests/ingest_service/document/hostile_articles.h"

namespace treatywire::ingest {
namespace {

constexpr size_t kBytes = 1 << 16;
// What is in proportion takes four times as long, what is quadratic up to sixteen times: a walk back through
// a paragraph, which made 4 MiB a hundred times as slow as ordinary text, eleven times.
constexpr double kMostForFourTimesTheBytes = 8.5;
// Of a time shorter than this a ratio says nothing: 256 KiB of ordinary text take ten times as long.
constexpr absl::Duration kShortest = absl::Milliseconds(2);
// One measurement in many is of something else, as an interrupt.
constexpr int kAttempts = 4;

const Extractor& BuiltInExtractor() {
  static const Extractor* const extractor = Extractor::Create(Lexicon::BuiltIn().value()).value().release();
  return *extractor;
}

absl::Duration ThreadTime() {
  timespec time = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return absl::DurationFromTimespec(time);
}

absl::Duration TimeOf(const HostileArticle& hostile, const char* mime_type, size_t bytes) {
  treatywire::v1::Article article;
  article.set_article_id("hostile");
  article.set_title("A treaty");  // keeps it from being let go of unread
  article.set_mime_type(mime_type);
  article.set_body(hostile.Body(bytes));
  const absl::Duration before = ThreadTime();
  BuiltInExtractor().Extract(article).status().IgnoreError();  // some are refused
  return ThreadTime() - before;
}

class HostileExtractionTimeTest : public testing::TestWithParam<HostileArticle> {};

TEST_P(HostileExtractionTimeTest, FourTimesAsLongTakesAboutFourTimesAsLong) {
  BuiltInExtractor();
  for (const char* mime_type : {"text/plain", "text/html", "text/markdown"}) {
    double least = 0;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      const absl::Duration once = std::max(TimeOf(GetParam(), mime_type, kBytes), kShortest);
      const absl::Duration four_times = TimeOf(GetParam(), mime_type, 4 * kBytes);
      const double ratio = absl::FDivDuration(four_times, once);
      least = attempt == 0 ? ratio : std::min(least, ratio);
      if (least <= kMostForFourTimesTheBytes) break;
    }
    EXPECT_LE(least, kMostForFourTimesTheBytes) << mime_type;
  }
}

std::string NameOf(const testing::TestParamInfo<HostileArticle>& article) { return article.param.name; }

INSTANTIATE_TEST_SUITE_P(Articles, HostileExtractionTimeTest, testing::ValuesIn(kHostileArticles), NameOf);

}  // namespace
}  // namespace treatywire::ingest
