#include "query_service/resolution/agreement_clusters.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "tests/query_service/index/article_builder.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;
using testing::ElementsAre;

constexpr v1::Subject kMilitary = v1::SUBJECT_MILITARY;

// Mentions of Russia and France, numbered as they are added, and their clusters by number.
class ClusterMentionsTest : public testing::Test {
 protected:
  int Add(const MentionFields& fields, const std::vector<std::string>& parties = {"FR", "RU"}) {
    versions_.push_back(ReadArticleVersion(ArticleBuilder("id", "A", "2020-01-02")
                                               .Agreement("x", parties, fields)
                                               .Event("x", v1::EVENT_TYPE_EXTENDED)
                                               .Build(),
                                           1));
    return static_cast<int>(versions_.size()) - 1;
  }
  void TellApart(int a, int b) {
    apart_.emplace_back(a, b);
    apart_.emplace_back(b, a);
  }

  std::vector<std::vector<int>> Clusters() const {
    MentionNodes nodes;
    nodes.apart.resize(versions_.size());
    for (const auto& version : versions_) nodes.traits.push_back(&version->mentions[0].traits);
    for (size_t i = 0; i < versions_.size(); ++i) {
      for (size_t j = i + 1; j < versions_.size(); ++j) {
        const Match match = MatchMentions(*nodes.traits[i], *nodes.traits[j]);
        if (match.strength == MatchStrength::kNone) continue;
        nodes.edges.push_back({static_cast<int>(i), static_cast<int>(j), match});
      }
    }
    for (const auto& [a, b] : apart_) nodes.apart[static_cast<size_t>(a)].push_back(b);
    for (auto& others : nodes.apart) std::sort(others.begin(), others.end());
    return ClusterMentions(nodes);
  }

  std::vector<std::shared_ptr<const ArticleVersion>> versions_;
  std::vector<std::pair<int, int>> apart_;
};

TEST_F(ClusterMentionsTest, NothingGivesNothing) { EXPECT_THAT(Clusters(), ElementsAre()); }

TEST_F(ClusterMentionsTest, StrongMatchesJoin) {
  Add({.title = "Defence Pact", .subject = kMilitary});
  Add({.title = "Defence Pact", .subject = kMilitary, .signed_date = "1994"});
  Add({.title = "Fisheries Accord", .subject = v1::SUBJECT_RESOURCES});
  EXPECT_THAT(Clusters(), ElementsAre(ElementsAre(0, 1), ElementsAre(2)));
}

TEST_F(ClusterMentionsTest, AnArticleThatTellsTwoApartKeepsThemApart) {
  const int a = Add({.subject = kMilitary, .signed_date = "1994"});
  const int b = Add({.subject = kMilitary, .signed_date = "1994-02"});
  EXPECT_THAT(Clusters(), ElementsAre(ElementsAre(0, 1)));
  TellApart(a, b);
  EXPECT_THAT(Clusters(), ElementsAre(ElementsAre(0), ElementsAre(1)));
}

TEST_F(ClusterMentionsTest, WhatSaysLessJoinsTheOnlyOneThatItMightBe) {
  Add({.subject = kMilitary});
  Add({.title = "Franco-Russian Defence Pact", .subject = kMilitary, .signed_date = "1994"});
  EXPECT_THAT(Clusters(), ElementsAre(ElementsAre(0, 1)));
}

TEST_F(ClusterMentionsTest, WhatMightBeEitherOfTwoStaysAlone) {
  Add({.subject = kMilitary});
  Add({.title = "Toulon Naval Accord", .subject = kMilitary, .signed_date = "1994"});
  Add({.title = "Murmansk Pilots Compact", .subject = kMilitary, .signed_date = "2001"});
  EXPECT_THAT(Clusters(), ElementsAre(ElementsAre(0), ElementsAre(1), ElementsAre(2)));
}

TEST_F(ClusterMentionsTest, ADateThatAgreesSettlesWhichOneItIs) {
  Add({.subject = kMilitary, .signed_date = "1994-02-04"});
  Add({.title = "Toulon Naval Accord", .subject = kMilitary, .signed_date = "1994"});
  Add({.title = "Murmansk Pilots Compact", .subject = kMilitary, .signed_date = "2001"});
  EXPECT_THAT(Clusters(), ElementsAre(ElementsAre(0, 1), ElementsAre(2)));
}

TEST_F(ClusterMentionsTest, UnnamedMentionsOfOnePairJoinDespiteTheirDates) {
  Add({.subject = kMilitary, .signed_date = "1994"});
  Add({.subject = kMilitary, .signed_date = "1997"});
  EXPECT_THAT(Clusters(), ElementsAre(ElementsAre(0, 1)));
}

TEST_F(ClusterMentionsTest, ButNotWhereAnArticleTellsThemApart) {
  const int a = Add({.subject = kMilitary, .signed_date = "1994"});
  const int b = Add({.subject = kMilitary, .signed_date = "1997"});
  TellApart(a, b);
  EXPECT_THAT(Clusters(), ElementsAre(ElementsAre(0), ElementsAre(1)));
}

}  // namespace
}  // namespace treatywire::query
