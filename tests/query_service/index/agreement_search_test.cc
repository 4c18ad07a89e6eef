#include "query_service/index/agreement_search.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "query_service/index/index.h"
#include "tests/query_service/index/article_builder.h"
#include "tests/query_service/index/cancelled_agreements.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kCanada[] = "agreements/canada-soviet-union-military-visits";
constexpr char kFrance[] = "agreements/france-russia-defence-cooperation";
constexpr char kGermany[] = "agreements/germany-russia-military-technical-cooperation";
constexpr char kPortugal[] = "agreements/portugal-russia-military-cooperation";
constexpr PageOf kAll = {.size = 1000};

class AgreementSearchTest : public testing::Test {
 protected:
  AgreementSearchTest() { EXPECT_THAT(index_.Apply(LogOf(CancelledAgreements())), IsOk()); }

  std::vector<std::string> Search(const std::string& query, const v1::AgreementFilter& filter = {},
                                  const v1::AsOf& as_of = {}) const {
    std::vector<std::string> names;
    for (const v1::SearchHit& hit : index_.snapshot()->SearchAgreements(query, filter, as_of, kAll).items) {
      names.push_back(hit.agreement().name());
    }
    return names;
  }

  Index index_;
};

TEST_F(AgreementSearchTest, FindsByTitleAliasPartyAndSentence) {
  EXPECT_THAT(Search("Military Visits Pact"), ElementsAre(kCanada));
  EXPECT_THAT(Search("Lisbon capitals"), testing::Contains(kPortugal));
  EXPECT_THAT(Search("Germany"), ElementsAre(kGermany));
  EXPECT_THAT(Search("Soviet Union"), ElementsAre(kCanada));
}

TEST_F(AgreementSearchTest, CaseAccentsHyphensAndSpellingDoNotMatter) {
  for (const char* query : {"franco-russian defence", "FRANCO RUSSIAN DEFENSE", "franco‑russian défence"}) {
    EXPECT_THAT(Search(query), testing::Contains(kFrance)) << query;
  }
  EXPECT_EQ(Search("co-operation"), Search("cooperation"));
}

TEST_F(AgreementSearchTest, EveryWordMustStandInOneOfItsTexts) {
  EXPECT_THAT(Search("Germany visits"), IsEmpty());
  EXPECT_THAT(Search("zebra"), IsEmpty());
  EXPECT_THAT(Search("Germany zebra"), IsEmpty());
  EXPECT_THAT(Search("—"), IsEmpty());
}

TEST_F(AgreementSearchTest, BestFirstWithTheSentenceThatMatches) {
  const auto hits = index_.snapshot()->SearchAgreements("Portuguese August 2000", {}, {}, kAll);
  ASSERT_FALSE(hits.items.empty());
  const v1::SearchHit& best = hits.items.front();
  EXPECT_EQ(best.agreement().name(), kPortugal);
  EXPECT_EQ(best.article(), "articles/table-report");
  EXPECT_THAT(best.matching_evidence().text(), testing::HasSubstr("the Portuguese on 4 August 2000"));
  EXPECT_TRUE(best.agreement().entries().empty());
  for (size_t i = 1; i < hits.items.size(); ++i) EXPECT_GE(hits.items[i - 1].score(), hits.items[i].score());
}

TEST_F(AgreementSearchTest, FilterAndPagesApply) {
  v1::AgreementFilter ended;
  ended.add_statuses(v1::STATUS_ENDED);
  EXPECT_THAT(Search("Russia", ended), ElementsAre(kGermany));
  const std::vector<std::string> all = Search("Russia");
  EXPECT_EQ(all.size(), 4u);
  std::vector<std::string> paged;
  for (size_t offset = 0; offset < 5; ++offset) {
    const auto page = index_.snapshot()->SearchAgreements("Russia", {}, {}, {.offset = offset, .size = 1});
    EXPECT_EQ(page.total_size, 4u);
    for (const v1::SearchHit& hit : page.items) paged.push_back(hit.agreement().name());
  }
  EXPECT_EQ(paged, all);
}

TEST_F(AgreementSearchTest, NothingIsFoundOfARetractedArticleNorOfOneNotKnownYet) {
  const auto before = index_.snapshot();
  EXPECT_THAT(Search("Berlin"), ElementsAre(kGermany));
  ASSERT_THAT(index_.Apply({RetractionOf("decree-report", 4)}), IsOk());
  EXPECT_THAT(Search("Berlin"), IsEmpty());
  EXPECT_EQ(before->SearchAgreements("Berlin", {}, {}, kAll).total_size, 1u);
  v1::AsOf earlier;
  earlier.set_known_at("2025-12-05");
  EXPECT_THAT(Search("Germany", {}, earlier), IsEmpty());
}

TEST_F(AgreementSearchTest, WordsPastTheLimitAreNotLookedFor) {
  std::string query = "Germany";
  for (size_t i = 1; i < kMaxSearchWords; ++i) query += " Russia";
  EXPECT_THAT(Search(query + " Russia"), ElementsAre(kGermany));
  std::string many;
  for (char a = 'a'; a <= 'z'; ++a) {
    for (char b = 'a'; b <= 'z'; ++b) many += std::string{a, b, ' '};
  }
  EXPECT_THAT(Search(many), IsEmpty());
}

// One article, published on `day`, that says one sentence of a pact of each of `partners` with Russia.
v1::LogRecord Sentence(uint64_t revision, const std::string& day, const std::string& sentence,
                       const std::vector<std::string>& partners) {
  ArticleBuilder article(absl::StrCat("r", revision), absl::StrCat("Paper ", revision), day);
  for (const std::string& partner : partners) {
    article.Agreement(partner, {partner, "RU"}, {.title = "Fishing Pact"})
        .Event(partner, v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04", .sentence = sentence});
  }
  return LogOf({article.Build()}, revision).front();
}

TEST(SearchedSentenceTest, OfThoseThatScoreAlikeTheFirstPublishedIsShown) {
  Index index;
  ASSERT_THAT(index.Apply({Sentence(1, "2025-03-03", "Norway was glad of it.", {"NO"}),
                           Sentence(2, "2025-03-01", "Norway was proud of it.", {"NO"}),
                           Sentence(3, "2025-03-02", "Norway was tired of it.", {"NO"})}),
              IsOk());
  const auto first = [&] { return index.snapshot()->SearchAgreements("norway was", {}, {}, kAll); };
  ASSERT_EQ(first().total_size, 1u);
  EXPECT_EQ(first().items[0].article(), "articles/r2");
  EXPECT_EQ(first().items[0].matching_evidence().text(), "Norway was proud of it.");
  ASSERT_THAT(index.Apply({RetractionOf("r2", 4)}), IsOk());
  EXPECT_EQ(first().items[0].article(), "articles/r3");
}

TEST(SearchedSentenceTest, ThatOfTwoAgreementsFindsBoth) {
  Index index;
  ASSERT_THAT(index.Apply({Sentence(1, "2025-03-01", "Two neighbours came to Moscow.", {"FI", "NO"}),
                           Sentence(2, "2025-03-02", "Another came to Moscow and left.", {"NO"})}),
              IsOk());
  const auto hits = index.snapshot()->SearchAgreements("neighbours moscow", {}, {}, kAll);
  ASSERT_EQ(hits.total_size, 2u);
  for (const v1::SearchHit& hit : hits.items) EXPECT_EQ(hit.article(), "articles/r1");
  EXPECT_EQ(hits.items[0].score(), hits.items[1].score());
  EXPECT_LT(hits.items[0].agreement().name(), hits.items[1].agreement().name());
}

TEST(SearchedSentenceTest, WordsOfDifferentSentencesFindTheirAgreement) {
  Index index;
  ASSERT_THAT(index.Apply({Sentence(1, "2025-03-01", "Ministers met for breakfast.", {"NO", "FI"}),
                           Sentence(2, "2025-03-02", "Supper was served, then another supper.", {"NO"})}),
              IsOk());
  const auto hits = index.snapshot()->SearchAgreements("breakfast supper", {}, {}, kAll);
  ASSERT_EQ(hits.total_size, 1u);
  EXPECT_EQ(hits.items[0].article(), "articles/r2");  // it says the word twice
}

TEST(Bm25Test, RareWordsInShortTextsCountMost) {
  EXPECT_GT(Bm25(1, 20, 1, 1000), Bm25(1, 20, 100, 1000));
  EXPECT_GT(Bm25(1, 10, 10, 1000), Bm25(1, 40, 10, 1000));
  EXPECT_GT(Bm25(2, 20, 10, 1000), Bm25(1, 20, 10, 1000));
  EXPECT_GT(Bm25(1, 20, 1000, 1000), 0);
}

}  // namespace
}  // namespace treatywire::query
