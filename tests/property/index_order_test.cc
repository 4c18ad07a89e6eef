// The record is a function of the set of articles: whatever the order in which they arrive, the batches,
// repeats, corrections and retractions on the way, the last revision's answers are the same, byte for byte.
// And what was known on a day is what an index says that was given just the articles published by then.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "query_service/index/index.h"
#include "query_service/resolution/article_version.h"
#include "tests/query_service/index/article_builder.h"
#include "tests/query_service/index/snapshot_answers.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

// An article's version, or its retraction.
struct Step {
  std::string article_id;
  std::optional<v1::ExtractedArticle> version;
};

// Articles about few pairs, with few titles and dates, so that much can be confused.
class Articles {
 public:
  explicit Articles(unsigned seed) : random_(seed) {}

  size_t Below(size_t limit) { return random_() % limit; }
  bool OneIn(size_t n) { return Below(n) == 0; }
  template <typename T>
  const T& OneOf(const std::vector<T>& values) {
    return values[Below(values.size())];
  }

  v1::ExtractedArticle Make(const std::string& id) {
    const std::string& publisher = OneOf(publishers_);
    const std::string published = OneIn(12) ? "" : OneOf(days_);
    ArticleBuilder article(id, publisher, published);
    const size_t agreements = 1 + Below(4);
    for (size_t i = 0; i < agreements; ++i) {
      const std::string local_id = absl::StrCat("a", i);
      AddAgreement(local_id, article);
      const size_t events = 1 + Below(3);
      for (size_t n = 0; n < events; ++n) AddEvent(local_id, article);
    }
    return article.Build();
  }

  // In an order in which only the steps of one article keep theirs.
  std::vector<Step> Shuffled(const std::vector<Step>& steps) {
    std::map<std::string, std::vector<Step>> steps_of;
    std::vector<std::string> turns;
    for (const Step& step : steps) {
      steps_of[step.article_id].push_back(step);
      turns.push_back(step.article_id);
    }
    std::shuffle(turns.begin(), turns.end(), random_);
    std::map<std::string, size_t> next;
    std::vector<Step> shuffled;
    for (const std::string& id : turns) shuffled.push_back(steps_of[id][next[id]++]);
    return shuffled;
  }

 private:
  void AddAgreement(const std::string& local_id, ArticleBuilder& article) {
    MentionFields fields;
    if (!OneIn(3)) fields.title = OneOf(titles_);
    if (OneIn(4)) fields.aliases = {OneOf(titles_)};
    if (!OneIn(3)) fields.subject = OneOf(subjects_);
    fields.kind = OneIn(6) ? v1::AGREEMENT_KIND_PROTOCOL : OneIn(3) ? v1::AGREEMENT_KIND_TREATY : fields.kind;
    fields.multilateral = OneIn(8);
    if (OneIn(2)) fields.signed_date = OneOf(dates_);
    if (OneIn(10)) fields.known_agreement = "new-start";
    if (OneIn(12)) fields.title = OneOf(linking_titles_);
    article.Agreement(local_id, OneOf(parties_), fields);
  }

  void AddEvent(const std::string& local_id, ArticleBuilder& article) {
    EventFields fields;
    if (!OneIn(3)) fields.date = OneOf(dates_);
    if (OneIn(6)) fields.basis = v1::DATE_BASIS_PUBLICATION;
    if (OneIn(2)) fields.actors = OneOf(actors_);
    if (OneIn(5)) fields.modality = OneOf(modalities_);
    if (OneIn(3)) fields.sentence = OneOf(sentences_);
    article.Event(local_id, OneOf(types_), fields);
  }

  std::mt19937 random_;
  const std::vector<std::string> publishers_ = {"North", "South", "East", "West", ""};
  const std::vector<std::string> days_ = {"2009-12-30", "2010-04-08", "2010-04-09", "2015-06-01",
                                          "2021-02-03"};
  const std::vector<std::vector<std::string>> parties_ = {
      {"RU", "US"},   {"SUHH", "US"}, {"RU", "FR"}, {"FR"}, {"CZ", "DE"},
      {"CSHH", "DE"}, {"SK", "DE"},   {"RU"},       {},     {"FR", "DE", "PL"}};
  const std::vector<std::string> titles_ = {"New START",
                                            "Treaty on good neighbourliness",
                                            "Agreement between the parties on military visits",
                                            "Vladivostok Accord",
                                            "Trade and Investment Deal",
                                            "defence pact",
                                            "Protocol on visits"};
  const std::vector<std::string> linking_titles_ = {"Protocol to the Vladivostok Accord",
                                                    "Protocol amending the Trade and Investment Deal",
                                                    "Third Amendment to New START"};
  const std::vector<v1::Subject> subjects_ = {v1::SUBJECT_MILITARY, v1::SUBJECT_ARMS_CONTROL,
                                              v1::SUBJECT_TRADE};
  const std::vector<std::string> dates_ = {"1989",    "1989-11-20",  "1994-02-04", "1994",      "1997",
                                           "2010-04", "2010-04-08~", "2009/2012",  "2021-02-03"};
  const std::vector<std::vector<std::string>> actors_ = {{"RU"}, {"US"}, {"FR", "DE"}, {"RU", "US"}};
  const std::vector<v1::Modality> modalities_ = {v1::MODALITY_PLANNED, v1::MODALITY_POSSIBLE,
                                                 v1::MODALITY_DENIED};
  const std::vector<std::string> sentences_ = {
      "The two presidents put their names to the paper in a long ceremony in the old town hall that day.",
      "Parliament is to vote on the matter once the summer recess is over, the speaker of the house said."};
  const std::vector<v1::EventType> types_ = {v1::EVENT_TYPE_SIGNED,     v1::EVENT_TYPE_CONCLUDED,
                                             v1::EVENT_TYPE_RATIFIED,   v1::EVENT_TYPE_ENTERED_INTO_FORCE,
                                             v1::EVENT_TYPE_TERMINATED, v1::EVENT_TYPE_WITHDRAWN,
                                             v1::EVENT_TYPE_NOTIFIED,   v1::EVENT_TYPE_EXTENDED,
                                             v1::EVENT_TYPE_SUSPENDED,  v1::EVENT_TYPE_ACCEDED,
                                             v1::EVENT_TYPE_AMENDED,    v1::EVENT_TYPE_SUPERSEDED,
                                             v1::EVENT_TYPE_SUCCEEDED};
};

std::vector<Step> MakeSteps(Articles& articles, size_t count) {
  std::vector<Step> steps;
  for (size_t i = 0; i < count; ++i) {
    const std::string id = absl::StrCat("article-", i);
    steps.push_back({id, articles.Make(id)});
    if (articles.OneIn(4)) steps.push_back({id, articles.Make(id)});      // corrected
    if (articles.OneIn(6)) steps.push_back({id, *steps.back().version});  // sent twice
    if (articles.OneIn(8)) steps.push_back({id, std::nullopt});           // retracted
    if (articles.OneIn(30)) steps.push_back({id, articles.Make(id)});     // and published anew
  }
  return steps;
}

std::vector<v1::LogRecord> LogOfSteps(const std::vector<Step>& steps) {
  std::vector<v1::LogRecord> records;
  for (const Step& step : steps) {
    const uint64_t revision = records.size() + 1;
    if (step.version) {
      records.push_back(LogOf({*step.version}, revision).front());
    } else {
      records.push_back(RetractionOf(step.article_id, revision));
    }
  }
  return records;
}

// In batches of up to `max_batch` records.
std::shared_ptr<const Snapshot> Applied(const std::vector<v1::LogRecord>& records, size_t max_batch,
                                        Articles& random) {
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
  Articles articles(GetParam());
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
  Articles articles(GetParam());
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
  Articles articles(GetParam());
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
