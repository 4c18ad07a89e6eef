// Articles about few pairs of parties, with few titles and dates, so that much can be confused; corrected,
// sent twice, retracted and published anew.
//
//   ConfusableArticles articles(seed);
//   std::vector<v1::LogRecord> log = LogOfSteps(MakeSteps(articles, 30));
#ifndef TREATYWIRE_TESTS_PROPERTY_CONFUSABLE_ARTICLES_H_
#define TREATYWIRE_TESTS_PROPERTY_CONFUSABLE_ARTICLES_H_

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/query_service/index/article_builder.h"

namespace treatywire::query {

// An article's version, or its retraction.
struct Step {
  std::string article_id;
  std::optional<treatywire::v1::ExtractedArticle> version;
};

// Random, the same for the same seed.
class ConfusableArticles {
 public:
  explicit ConfusableArticles(unsigned seed) : random_(seed) {}

  size_t Below(size_t limit) { return random_() % limit; }
  bool OneIn(size_t n) { return Below(n) == 0; }
  template <typename T>
  const T& OneOf(const std::vector<T>& values) {
    return values[Below(values.size())];
  }

  treatywire::v1::ExtractedArticle Make(const std::string& id) {
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
    fields.kind = OneIn(6)   ? treatywire::v1::AGREEMENT_KIND_PROTOCOL
                  : OneIn(3) ? treatywire::v1::AGREEMENT_KIND_TREATY
                             : fields.kind;
    fields.multilateral = OneIn(8);
    if (OneIn(2)) fields.signed_date = OneOf(dates_);
    if (OneIn(10)) fields.known_agreement = "new-start";
    if (OneIn(12)) fields.title = OneOf(linking_titles_);
    article.Agreement(local_id, OneOf(parties_), fields);
  }

  void AddEvent(const std::string& local_id, ArticleBuilder& article) {
    EventFields fields;
    if (!OneIn(3)) fields.date = OneOf(dates_);
    if (OneIn(6)) fields.basis = treatywire::v1::DATE_BASIS_PUBLICATION;
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
  const std::vector<treatywire::v1::Subject> subjects_ = {
      treatywire::v1::SUBJECT_MILITARY, treatywire::v1::SUBJECT_ARMS_CONTROL, treatywire::v1::SUBJECT_TRADE};
  const std::vector<std::string> dates_ = {"1989",    "1989-11-20",  "1994-02-04", "1994",      "1997",
                                           "2010-04", "2010-04-08~", "2009/2012",  "2021-02-03"};
  const std::vector<std::vector<std::string>> actors_ = {{"RU"}, {"US"}, {"FR", "DE"}, {"RU", "US"}};
  const std::vector<treatywire::v1::Modality> modalities_ = {
      treatywire::v1::MODALITY_PLANNED, treatywire::v1::MODALITY_POSSIBLE, treatywire::v1::MODALITY_DENIED};
  const std::vector<std::string> sentences_ = {
      "The two presidents put their names to the paper in a long ceremony in the old town hall that day.",
      "Parliament is to vote on the matter once the summer recess is over, the speaker of the house said."};
  const std::vector<treatywire::v1::EventType> types_ = {
      treatywire::v1::EVENT_TYPE_SIGNED,     treatywire::v1::EVENT_TYPE_CONCLUDED,
      treatywire::v1::EVENT_TYPE_RATIFIED,   treatywire::v1::EVENT_TYPE_ENTERED_INTO_FORCE,
      treatywire::v1::EVENT_TYPE_TERMINATED, treatywire::v1::EVENT_TYPE_WITHDRAWN,
      treatywire::v1::EVENT_TYPE_NOTIFIED,   treatywire::v1::EVENT_TYPE_EXTENDED,
      treatywire::v1::EVENT_TYPE_SUSPENDED,  treatywire::v1::EVENT_TYPE_ACCEDED,
      treatywire::v1::EVENT_TYPE_AMENDED,    treatywire::v1::EVENT_TYPE_SUPERSEDED,
      treatywire::v1::EVENT_TYPE_SUCCEEDED};
};

inline std::vector<Step> MakeSteps(ConfusableArticles& articles, size_t count) {
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

inline std::vector<treatywire::v1::LogRecord> LogOfSteps(const std::vector<Step>& steps) {
  std::vector<treatywire::v1::LogRecord> records;
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

}  // namespace treatywire::query

#endif  // TREATYWIRE_TESTS_PROPERTY_CONFUSABLE_ARTICLES_H_
