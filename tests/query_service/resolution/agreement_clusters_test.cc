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
    for (const auto& version : versions_) nodes.traits.push_back(&version->mentions[0].traits());
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

TEST_F(ClusterMentionsTest, ADateThatMostOfTheMentionsGiveSettlesItRatherThanOneThatFits) {
  Add({.subject = kMilitary, .signed_date = "1966-11"});
  Add({.title = "Toulon Naval Accord", .subject = kMilitary, .signed_date = "1966-07-15"});
  Add({.title = "Toulon Naval Accord", .subject = kMilitary, .signed_date = "1966"});
  Add({.title = "Murmansk Pilots Compact", .subject = kMilitary, .signed_date = "1966-11-16"});
  EXPECT_THAT(Clusters(), ElementsAre(ElementsAre(0, 3), ElementsAre(1, 2)));
}

TEST_F(ClusterMentionsTest, DescriptionsThatDifferAreTwoWhereASubjectIsOpenOrTheDatesDiffer) {
  Add({.title = "agreement on visa waiver", .signed_date = "2010-02-13"});
  Add({.title = "Space Research Agreement", .subject = v1::SUBJECT_SCIENCE, .signed_date = "2010-05-07"});
  EXPECT_THAT(Clusters(), ElementsAre(ElementsAre(0), ElementsAre(1)));
  Add({.title = "agreement on higher education", .subject = v1::SUBJECT_SCIENCE, .signed_date = "2013"});
  EXPECT_THAT(Clusters(), ElementsAre(ElementsAre(0), ElementsAre(1), ElementsAre(2)));
  // One dispute alone does not split.
  Add({.title = "pact on journeys to the stars", .subject = v1::SUBJECT_SCIENCE, .signed_date = "2010"});
  Add({.subject = v1::SUBJECT_SCIENCE, .signed_date = "2013"});
  EXPECT_THAT(Clusters(), ElementsAre(ElementsAre(0), ElementsAre(1, 3), ElementsAre(2, 4)));
}

TEST_F(ClusterMentionsTest, WhatNoNameTiesIsTwoAgreementsWhereAGenerationLiesBetween) {
  Add({.subject = kMilitary, .signed_date = "1957-02-28"});
  Add({.title = "Toulon Naval Accord", .subject = kMilitary, .signed_date = "1957"});
  Add({.subject = kMilitary, .signed_date = "1961"});
  Add({.subject = kMilitary, .signed_date = "1989-06-17"});
  EXPECT_THAT(Clusters(), ElementsAre(ElementsAre(0, 1, 2), ElementsAre(3)));
}

TEST_F(ClusterMentionsTest, AShortNameJoinsTheLongOneWhosePartiesItNames) {
  const auto convention = [&](const std::string& title, const std::vector<std::string>& parties,
                              const std::string& date) {
    return Add({.title = title, .subject = kMilitary, .multilateral = true, .signed_date = date}, parties);
  };
  convention("Maribor Convention", {"AU", "IR", "NZ"}, "1972-06-27");
  convention("Maribor Convention", {"AU", "IR"}, "1974-06-27");
  convention("Maribor Convention on Air Base Access", {"AU", "IR", "NZ", "PH"}, "");
  convention("Maribor Convention on Joint Exercises", {"CA", "DE"}, "");
  EXPECT_THAT(Clusters(), ElementsAre(ElementsAre(0, 1, 2), ElementsAre(3)));
}

// "Britain's agreement on joint exercises of 5 December 1966" names the unnamed one that Britain and
// Australia signed that day.
TEST_F(ClusterMentionsTest, WhatOnePartysMentionCallsAnAgreementOfThatDayIsItsName) {
  Add({.title = "Agreement on joint exercises", .subject = kMilitary, .signed_date = "1966-12-05"}, {"FR"});
  Add({.subject = kMilitary, .signed_date = "1966-12-05"});
  Add({.title = "Agreement on joint exercises", .subject = kMilitary, .signed_date = "1962"});
  Add({.title = "Joint Exercises Agreement", .subject = kMilitary});
  Add({.title = "Military Visits Agreement", .subject = kMilitary, .signed_date = "1997"});
  EXPECT_THAT(Clusters(), ElementsAre(ElementsAre(0, 1, 2, 3), ElementsAre(4)));
}

TEST_F(ClusterMentionsTest, WhatLeavesItsSubjectOpenIsNoRivalOfThoseThatTheirDatesSetAgainstEachOther) {
  Add({.subject = v1::SUBJECT_TRADE, .signed_date = "2019-01-16"});
  Add({.subject = v1::SUBJECT_TRADE, .signed_date = "2016-01-16"});
  Add({.title = "Agreement on free trade"});
  Add({.title = "agreement on extradition", .subject = v1::SUBJECT_JUSTICE});
  EXPECT_THAT(Clusters(), ElementsAre(ElementsAre(0, 1, 2), ElementsAre(3)));
}

}  // namespace
}  // namespace treatywire::query
