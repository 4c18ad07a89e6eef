#include "query_service/index/agreement_names.h"

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/query_service/index/article_builder.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::StartsWith;

constexpr char kSlug[] = "agreements/norway-russia-fishing";

// An article that speaks of one fishing pact, signed on `signed_date` if it says so.
std::shared_ptr<const ArticleVersion> Article(const std::string& id, const std::string& published,
                                              const std::string& signed_date) {
  ArticleBuilder article(id, "Paper", published);
  article.Agreement("g", {"NO", "RU"}, {.title = "Fishing Pact"});
  article.Event("g", v1::EVENT_TYPE_SIGNED, {.date = signed_date});
  return ReadArticleVersion(article.Build(), 1);
}

class AgreementNamesTest : public testing::Test {
 protected:
  void Set(AgreementId agreement, const std::shared_ptr<const ArticleVersion>& article) {
    names_.Set(agreement, article->mentions.front(), *article);
  }

  const std::shared_ptr<const ArticleVersion> first_ = Article("a1", "2025-03-01", "1994-02-04");
  const std::shared_ptr<const ArticleVersion> second_ = Article("a2", "2025-03-02", "2011-05-06");
  const std::shared_ptr<const ArticleVersion> third_ = Article("a3", "2025-03-03", "2011-07-08");
  const std::shared_ptr<const ArticleVersion> undated_ = Article("a4", "2025-03-04", "");
  AgreementNames names_;
};

TEST_F(AgreementNamesTest, OneAloneHasTheSlug) {
  Set(7, second_);
  EXPECT_THAT(names_.Settle(), ElementsAre(Pair(7, kSlug)));
  EXPECT_THAT(names_.Settle(), IsEmpty());
}

TEST_F(AgreementNamesTest, OfSeveralTheFirstPublishedHasTheSlugTheOthersAYearOrAHash) {
  Set(1, undated_);
  Set(2, third_);
  Set(3, second_);
  Set(4, first_);
  const std::string hash = std::string(kSlug) + "-x";
  EXPECT_THAT(names_.Settle(), ElementsAre(Pair(1, StartsWith(hash)), Pair(2, StartsWith(hash)),
                                           Pair(3, std::string(kSlug) + "-2011"), Pair(4, kSlug)));
}

TEST_F(AgreementNamesTest, WhoComesBeforeTakesTheShorterName) {
  Set(1, third_);
  EXPECT_THAT(names_.Settle(), ElementsAre(Pair(1, kSlug)));
  Set(2, first_);
  EXPECT_THAT(names_.Settle(), ElementsAre(Pair(1, std::string(kSlug) + "-2011"), Pair(2, kSlug)));
  Set(3, second_);
  EXPECT_THAT(names_.Settle(), ElementsAre(Pair(1, StartsWith(std::string(kSlug) + "-x")), Pair(2, kSlug),
                                           Pair(3, std::string(kSlug) + "-2011")));
}

TEST_F(AgreementNamesTest, WhoLeavesLeavesTheNameToTheNext) {
  Set(1, first_);
  Set(2, second_);
  Set(3, third_);
  names_.Settle();
  names_.Remove(2);
  EXPECT_THAT(names_.Settle(), testing::Contains(Pair(3, std::string(kSlug) + "-2011")));
  names_.Remove(1);
  EXPECT_THAT(names_.Settle(), ElementsAre(Pair(3, kSlug)));
  names_.Remove(3);
  names_.Remove(3);
  EXPECT_THAT(names_.Settle(), IsEmpty());
  Set(5, third_);
  EXPECT_THAT(names_.Settle(), ElementsAre(Pair(5, kSlug)));
}

TEST_F(AgreementNamesTest, AnotherMentionMayChangeTheName) {
  Set(1, first_);
  Set(2, second_);
  names_.Settle();
  Set(1, third_);
  EXPECT_THAT(names_.Settle(), ElementsAre(Pair(1, StartsWith(std::string(kSlug) + "-x")), Pair(2, kSlug)));
}

}  // namespace
}  // namespace treatywire::query
