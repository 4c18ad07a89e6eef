// Extracts the golden articles (README.md) and compares with what a careful reader takes from them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "ingest_service/extraction/extractor.h"
#include "ingest_service/lexicon/lexicon.h"
#include "tests/golden/golden_article.h"
#include "tests/golden/golden_score.h"

namespace treatywire::golden {
namespace {

// Below these the build fails. They stand a little under what was last measured; raise them with it.
constexpr double kMinAgreementsF1 = 0.88;
constexpr double kMinEventsF1 = 0.77;
constexpr double kMinDates = 0.92;
constexpr double kMinModalities = 0.93;
constexpr double kMinSubjects = 0.89;

class GoldenTest : public testing::Test {
 protected:
  struct Read {
    GoldenArticle golden;
    treatywire::v1::ExtractedArticle extraction;
  };

  static void SetUpTestSuite() {
    auto lexicon = ingest::Lexicon::BuiltIn();
    ASSERT_TRUE(lexicon.ok()) << lexicon.status();
    auto extractor = ingest::Extractor::Create(*std::move(lexicon));
    ASSERT_TRUE(extractor.ok()) << extractor.status();
    extractor_ = std::move(*extractor).release();
    auto articles = ReadGoldenArticles(absl::StrCat(TREATYWIRE_SOURCE_DIR, "/tests/golden/articles"));
    ASSERT_TRUE(articles.ok()) << articles.status();
    reads_ = new std::vector<Read>;
    for (GoldenArticle& golden : *articles) {
      auto extraction = extractor_->Extract(golden.article);
      ASSERT_TRUE(extraction.ok()) << golden.article.article_id() << ": " << extraction.status();
      reads_->push_back({std::move(golden), *std::move(extraction)});
    }
  }

  static void TearDownTestSuite() {
    delete reads_;
    delete extractor_;
  }

  static const ingest::Extractor* extractor_;
  static std::vector<Read>* reads_;
};

const ingest::Extractor* GoldenTest::extractor_ = nullptr;
std::vector<GoldenTest::Read>* GoldenTest::reads_ = nullptr;

// The letters and digits of ASCII, in order: what is left of a text whatever its markup, spaces and quotes.
std::string Skeleton(absl::string_view text) {
  std::string skeleton;
  for (const char c : text) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) skeleton.push_back(c);
  }
  return skeleton;
}

// Whether `part` is `whole` with some characters left out (tags and attributes inside an HTML sentence).
bool IsSubsequence(absl::string_view part, absl::string_view whole) {
  size_t next = 0;
  for (const char c : whole) next += next < part.size() && part[next] == c;
  return next == part.size();
}

TEST_F(GoldenTest, EvidenceIsCutOutOfTheArticle) {
  for (const Read& read : *reads_) {
    const treatywire::v1::Article& article = read.golden.article;
    for (const treatywire::v1::AgreementEvent& event : read.extraction.events()) {
      const treatywire::v1::Evidence& evidence = event.evidence();
      SCOPED_TRACE(absl::StrCat(article.article_id(), ": ", evidence.text()));
      const std::string& source = evidence.in_title() ? article.title() : article.body();
      ASSERT_GE(evidence.begin_byte(), 0);
      ASSERT_LT(evidence.begin_byte(), evidence.end_byte());
      ASSERT_LE(static_cast<size_t>(evidence.end_byte()), source.size());
      const std::string cut =
          source.substr(evidence.begin_byte(), evidence.end_byte() - evidence.begin_byte());
      if (article.mime_type() == "text/plain" || evidence.in_title()) {
        EXPECT_EQ(Skeleton(cut), Skeleton(evidence.text()));
      } else {
        EXPECT_TRUE(IsSubsequence(Skeleton(evidence.text()), Skeleton(cut))) << cut;
      }
      EXPECT_FALSE(evidence.cue().empty());
      EXPECT_TRUE(IsSubsequence(Skeleton(evidence.cue()), Skeleton(evidence.text()))) << evidence.cue();
    }
  }
}

// Whatever it held before: articles with more and with fewer events, with none, and one that is refused.
TEST_F(GoldenTest, AMessageThatIsUsedAgainHoldsWhatANewOneDoes) {
  treatywire::v1::ExtractedArticle used;
  const auto expect_same = [&used](const Read& read) {
    ASSERT_TRUE(extractor_->Extract(read.golden.article, &used).ok());
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(used, read.extraction))
        << read.golden.article.article_id();
  };
  for (const Read& read : *reads_) expect_same(read);
  for (auto read = reads_->rbegin(); read != reads_->rend(); ++read) expect_same(*read);
  EXPECT_EQ(extractor_->Extract(treatywire::v1::Article(), &used).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(used.ByteSizeLong(), 0);
}

TEST_F(GoldenTest, NothingIsFoundWhereNoAgreementsOfStatesAreSpokenOf) {
  int articles = 0;
  for (const Read& read : *reads_) {
    if (!absl::StartsWith(read.golden.article.article_id(), "none-")) continue;
    ++articles;
    EXPECT_EQ(read.extraction.events_size(), 0) << read.extraction.ShortDebugString();
  }
  EXPECT_GE(articles, 6);
}

TEST_F(GoldenTest, FiguresStayAboveTheirFloors) {
  GoldenScore score;
  for (const Read& read : *reads_) score += Compare(read.golden, read.extraction, extractor_->lexicon());
  std::cout << absl::StrFormat("agreements %.3f, events %.3f, dates %.3f, modalities %.3f, subjects %.3f\n",
                               score.agreements.F1(), score.events.F1(), score.dates.Value(),
                               score.modalities.Value(), score.subjects.Value());
  EXPECT_GE(score.agreements.F1(), kMinAgreementsF1);
  EXPECT_GE(score.events.F1(), kMinEventsF1);
  EXPECT_GE(score.dates.Value(), kMinDates);
  EXPECT_GE(score.modalities.Value(), kMinModalities);
  EXPECT_GE(score.subjects.Value(), kMinSubjects);
}

}  // namespace
}  // namespace treatywire::golden
