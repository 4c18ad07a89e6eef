#include "query_service/index/agreement_partition.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "query_service/resolution/article_version.h"
#include "tests/query_service/index/article_builder.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

using Version = std::shared_ptr<const ArticleVersion>;

// An article that tells of one agreement of Kenya and Peru that was signed on a day of its own.
Version ArticleOf(int number) {
  const std::string day =
      absl::StrCat(1950 + number % 60, "-0", 1 + number / 60 % 9, "-1", number / 540 % 10);
  return ReadArticleVersion(
      ArticleBuilder(absl::StrCat("a", number), "The Courier", "2020-01-02")
          .Agreement(
              "x", {"KE", "PE"},
              {.subject = number % 2 == 0 ? v1::SUBJECT_TRADE : v1::SUBJECT_MILITARY, .signed_date = day})
          .Event("x", v1::EVENT_TYPE_EXTENDED)
          .Build(),
      1);
}

class AgreementPartitionTest : public testing::Test {
 protected:
  struct Entered {
    AgreementPartition partition;
    std::map<int, std::vector<NodeId>> nodes;  // by the article's number
  };

  const ArticleVersion& Article(int number) {
    Version& version = articles_[number];
    if (version == nullptr) version = ArticleOf(number);
    return *version;
  }
  void Add(int number, Entered* to) { to->nodes[number] = to->partition.Add(Article(number)); }
  void Remove(int number, Entered* from) {
    from->partition.Remove(Article(number), from->nodes[number]);
    from->nodes.erase(number);
  }

  // The articles of each agreement.
  static std::set<std::set<int>> Agreements(const Entered& entered) {
    std::map<AgreementId, std::set<int>> articles;
    for (const auto& [number, nodes] : entered.nodes) {
      articles[entered.partition.AgreementOf(nodes.front())].insert(number);
    }
    std::set<std::set<int>> agreements;
    for (const auto& [unused, numbers] : articles) agreements.insert(numbers);
    return agreements;
  }
  // With how many others each article's mention may be one agreement.
  static std::map<int, size_t> Ties(const Entered& entered) {
    std::map<int, size_t> ties;
    for (const auto& [number, nodes] : entered.nodes) ties[number] = entered.partition.TiesOf(nodes.front());
    return ties;
  }

  std::map<int, Version> articles_;
};

constexpr int kMost = static_cast<int>(AgreementPartition::kMaxMeeting);

TEST_F(AgreementPartitionTest, MentionsOfOnePairAreAllComparedUpToALimitAndThenByWhatTellsThemApart) {
  Entered entered;
  for (int i = 0; i < kMost; ++i) Add(i, &entered);
  entered.partition.Settle();
  const size_t all_of_subject = kMost / 2 - 1;
  for (const auto& [number, ties] : Ties(entered)) EXPECT_EQ(ties, all_of_subject) << number;
  Add(kMost, &entered);
  entered.partition.Settle();
  // Of a subject and year: those 60 apart.
  for (const auto& [number, ties] : Ties(entered)) EXPECT_LE(ties, kMost / 60) << number;
  Remove(kMost, &entered);
  entered.partition.Settle();
  for (const auto& [number, ties] : Ties(entered)) EXPECT_EQ(ties, all_of_subject) << number;
}

// Whatever came and went before, in any order, and however often it is settled.
TEST_F(AgreementPartitionTest, IsAFunctionOfTheArticlesAroundTheLimitToo) {
  std::mt19937 random(7);
  Entered entered;
  std::vector<int> numbers;
  for (int i = 0; i < kMost + 20; ++i) numbers.push_back(i);
  std::shuffle(numbers.begin(), numbers.end(), random);
  for (const int number : numbers) Add(number, &entered);
  entered.partition.Settle();
  for (int change = 0; change < 200; ++change) {
    const int number = static_cast<int>(random() % numbers.size());
    entered.nodes.contains(number) ? Remove(number, &entered) : Add(number, &entered);
    if (random() % 4 == 0) entered.partition.Settle();
    if (change % 40 != 39) continue;
    entered.partition.Settle();
    Entered fresh;
    for (const auto& [kept, unused] : entered.nodes) Add(kept, &fresh);
    fresh.partition.Settle();
    EXPECT_EQ(Ties(entered), Ties(fresh)) << change;
    EXPECT_EQ(Agreements(entered), Agreements(fresh)) << change;
  }
}

// An article that names an agreement of Kenya and Peru.
Version ArticleNaming(const std::string& title, const std::string& signed_date, const std::string& id) {
  return ReadArticleVersion(ArticleBuilder(id, "The Courier", "2020-01-02")
                                .Agreement("x", {"KE", "PE"}, {.title = title, .signed_date = signed_date})
                                .Event("x", v1::EVENT_TYPE_EXTENDED)
                                .Build(),
                            1);
}

TEST(PartitionChangesTest, AnAgreementKeepsItsNumberAsItGrowsAndLosesItWithANode) {
  const Version first = ArticleNaming("Nakuru Agreement", "1994-02-04", "a");
  const Version same = ArticleNaming("Nakuru Agreement", "1994-02-04", "b");
  const Version undated = ArticleNaming("Nakuru Agreement", "", "c");
  AgreementPartition partition;
  partition.Add(*first);
  const PartitionChanges made = partition.Settle();
  ASSERT_THAT(made.made, testing::SizeIs(1));
  const AgreementId number = made.made.front();

  partition.Add(*same);
  const PartitionChanges touched = partition.Settle();
  EXPECT_THAT(touched.touched, testing::ElementsAre(number));
  EXPECT_THAT(touched.grown, testing::IsEmpty());

  const std::vector<NodeId> nodes = partition.Add(*undated);
  const PartitionChanges grown = partition.Settle();
  EXPECT_THAT(grown.grown, testing::ElementsAre(number));
  EXPECT_THAT(grown.touched, testing::IsEmpty());
  EXPECT_THAT(grown.made, testing::IsEmpty());
  EXPECT_THAT(grown.gone, testing::IsEmpty());
  EXPECT_THAT(partition.NodesOf(number), testing::SizeIs(2));

  partition.Remove(*undated, nodes);
  const PartitionChanges lost = partition.Settle();
  EXPECT_THAT(lost.gone, testing::ElementsAre(number));
  ASSERT_THAT(lost.made, testing::SizeIs(1));
  EXPECT_THAT(partition.NodesOf(lost.made.front()), testing::SizeIs(1));
}

TEST(PartitionChangesTest, WhereAgreementsBecomeOneTheLargerKeepsItsNumber) {
  const Version small = ArticleNaming("Nakuru Agreement", "1994-02-04", "a");
  const Version large = ArticleNaming("Lima Agreement", "1994-02-05", "b");
  const Version large_undated = ArticleNaming("Lima Agreement", "", "c");
  const Version both = ReadArticleVersion(
      ArticleBuilder("d", "The Courier", "2020-01-02")
          .Agreement("x", {"KE", "PE"}, {.title = "Nakuru Agreement", .aliases = {"Lima Agreement"}})
          .Event("x", v1::EVENT_TYPE_EXTENDED)
          .Build(),
      1);
  AgreementPartition partition;
  const NodeId of_small = partition.Add(*small).front();
  const NodeId of_large = partition.Add(*large).front();
  partition.Add(*large_undated);
  ASSERT_THAT(partition.Settle().made, testing::SizeIs(2));
  const AgreementId smaller = partition.AgreementOf(of_small);
  const AgreementId larger = partition.AgreementOf(of_large);
  partition.Add(*both);
  const PartitionChanges changes = partition.Settle();
  EXPECT_THAT(changes.grown, testing::ElementsAre(larger));
  EXPECT_THAT(changes.gone, testing::ElementsAre(smaller));
  EXPECT_THAT(changes.made, testing::IsEmpty());
  EXPECT_THAT(partition.NodesOf(larger), testing::SizeIs(4));
}

}  // namespace
}  // namespace treatywire::query
