// Articles of the largest size that are built to be slow or deep. None may take more than a few times what an
// ordinary one takes: a reader that is quadratic in any of them, or recurses, does not come back within
// ctest's time limit. The ratios are measured by the benchmark.
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "ingest_service/document/document_reader.h"
#include "tests/ingest_service/document/document_promises.h"
#include "tests/ingest_service/document/hostile_articles.h"

namespace treatywire::ingest {
namespace {

class HostileInputTest : public testing::TestWithParam<HostileArticle> {};

TEST_P(HostileInputTest, IsReadAndKeepsEveryPromise) {
  constexpr size_t kBodyBytes = 1 << 20;  // the square of this many steps takes an hour
  const std::string body = GetParam().Body(kBodyBytes);
  ASSERT_LE(body.size(), kBodyBytes);
  for (const MimeType type : {MimeType::kPlain, MimeType::kHtml, MimeType::kMarkdown}) {
    const absl::StatusOr<Document> document = ReadDocument("Title", body, type);
    if (!document.ok()) continue;
    EXPECT_EQ(FindBrokenPromise("Title", body, type, *document), "");
  }
}

std::string NameOf(const testing::TestParamInfo<HostileArticle>& article) { return article.param.name; }

INSTANTIATE_TEST_SUITE_P(Articles, HostileInputTest, testing::ValuesIn(kHostileArticles), NameOf);

}  // namespace
}  // namespace treatywire::ingest
