// The record is a function of the set of articles: whatever the order in which they arrive, the batches,
// repeats, corrections and retractions on the way, the last revision's answers are the same, byte for byte.
// And what was known on a day is what an index says that was given just the articles published by then.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "query_service/index/index.h"
#include "query_service/resolution/article_version.h"
#include "tests/property/confusable_articles.h"
#include "tests/query_service/index/article_builder.h"
#include "tests/query_service/index/snapshot_answers.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

// In batches of up to `max_batch` records.
std::shared_ptr<const Snapshot> Applied(const std::vector<v1::LogRecord>& records, size_t max_batch,
                                        ConfusableArticles& random) {
  Index index;
  for (size_t done = 0; done < records.size();) {
    const size_t batch = std::min(records.size() - done, 1 + random.Below(max_batch));
    EXPECT_THAT(index.Apply(absl::MakeConstSpan(records).subspan(done, batch)), IsOk());
    done += batch;
  }
  return index.snapshot();
}

v1::AsOf AsOfDays(const std::string& valid_at, const std::string& known_at) {
  v1::AsOf as_of;
  as_of.set_valid_at(valid_at);
  as_of.set_known_at(known_at);
  return as_of;
}

class IndexOrderTest : public testing::TestWithParam<unsigned> {};

TEST_P(IndexOrderTest, AnswersAreAFunctionOfTheArticles) {
  SCOPED_TRACE(absl::StrCat("seed ", GetParam()));
  ConfusableArticles articles(GetParam());
  const std::vector<Step> steps = MakeSteps(articles, 8 + articles.Below(30));
  const auto expected = Applied(LogOfSteps(steps), 1, articles);
  for (const size_t max_batch : {size_t{1}, size_t{5}, size_t{100}}) {
    const auto shuffled = Applied(LogOfSteps(articles.Shuffled(steps)), max_batch, articles);
    for (const v1::AsOf& as_of : {AsOfDays("", ""), AsOfDays("2010-06-01", ""), AsOfDays("", "2010-04-08")}) {
      ASSERT_EQ(AnswersOf(*shuffled, as_of), AnswersOf(*expected, as_of)) << as_of.ShortDebugString();
    }
  }
}

TEST_P(IndexOrderTest, WhatWasKnownIsWhatAnIndexOfTheArticlesOfThenSays) {
  SCOPED_TRACE(absl::StrCat("seed ", GetParam()));
  ConfusableArticles articles(GetParam());
  const std::vector<Step> steps = MakeSteps(articles, 8 + articles.Below(30));
  const auto all = Applied(LogOfSteps(steps), 7, articles);
  for (const char* day : {"2009-12-29", "2009-12-30", "2010-04-08", "2015-06-01", "2030-01-01"}) {
    std::vector<Step> by_then;
    for (const Step& step : steps) {
      if (!step.version) {
        by_then.push_back(step);
        continue;
      }
      const auto version = ReadArticleVersion(*step.version, 1);
      if (version->publish_day && *version->publish_day <= *ParseDay(day)) by_then.push_back(step);
    }
    const auto then = Applied(LogOfSteps(by_then), 7, articles);
    // Answers with known_at leave out the articles themselves.
    ASSERT_EQ(AnswersOf(*all, AsOfDays("", day)), AnswersOf(*then, AsOfDays("", "2999-12-31"))) << day;
  }
}

// Whatever merges and splits later articles bring about.
TEST_P(IndexOrderTest, EveryNameThatAnAgreementEverHadResolves) {
  SCOPED_TRACE(absl::StrCat("seed ", GetParam()));
  ConfusableArticles articles(GetParam());
  Index index;
  std::set<std::string> names;
  const size_t count = 10 + articles.Below(30);
  for (size_t i = 0; i < count; ++i) {
    ASSERT_THAT(index.Apply(LogOf({articles.Make(absl::StrCat("article-", i))}, i + 1)), IsOk());
    for (const v1::Agreement& agreement :
         index.snapshot()->ListAgreements({}, {}, v1::VIEW_BASIC, {}, {.size = 1000}).items) {
      names.insert(agreement.name());
      names.insert(agreement.retired_names().begin(), agreement.retired_names().end());
    }
  }
  for (const std::string& name : names) {
    EXPECT_THAT(index.snapshot()->GetAgreement(name, v1::VIEW_BASIC, {}), IsOk()) << name;
  }
}

// More for a long run: TREATYWIRE_PROPERTY_SEEDS=1000.
unsigned SeedCount() {
  const char* count = std::getenv("TREATYWIRE_PROPERTY_SEEDS");
  return count == nullptr ? 20 : static_cast<unsigned>(std::max(1, std::atoi(count)));
}

INSTANTIATE_TEST_SUITE_P(Seeds, IndexOrderTest, testing::Range(1u, 1 + SeedCount()));

}  // namespace
}  // namespace treatywire::query
