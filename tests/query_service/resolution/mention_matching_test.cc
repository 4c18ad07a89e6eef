#include "query_service/resolution/mention_matching.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "query_service/resolution/mention_glance.h"
#include "tests/query_service/index/article_builder.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

MentionTraits Traits(const std::vector<std::string>& parties, const MentionFields& fields = {}) {
  return ReadArticleVersion(ArticleBuilder("id", "A", "2020-01-02")
                                .Agreement("x", parties, fields)
                                .Event("x", v1::EVENT_TYPE_EXTENDED)
                                .Build(),
                            1)
      ->mentions[0]
      .traits();
}

// The match, having checked that it is the same from the other side and that a match shares a key.
Match MatchOf(const MentionTraits& a, const MentionTraits& b) {
  const Match match = MatchMentions(a, b);
  const Match back = MatchMentions(b, a);
  EXPECT_EQ(match.strength, back.strength);
  EXPECT_EQ(match.score, back.score);
  EXPECT_EQ(match.first_joins, back.second_joins);
  EXPECT_EQ(match.second_joins, back.first_joins);
  if (match.strength != MatchStrength::kNone) {
    EXPECT_TRUE(MayMatch(GlanceAt(a), GlanceAt(b)));
    const std::vector<BlockKey> keys = BlockKeys(a);
    const std::vector<BlockKey> other = BlockKeys(b);
    EXPECT_TRUE(std::find_first_of(keys.begin(), keys.end(), other.begin(), other.end(),
                                   [](const BlockKey& x, const BlockKey& y) { return x.key == y.key; }) !=
                keys.end())
        << "no key in common";
  }
  return match;
}

MatchStrength Strength(const MentionTraits& a, const MentionTraits& b) { return MatchOf(a, b).strength; }

constexpr v1::Subject kMilitary = v1::SUBJECT_MILITARY;
constexpr v1::Subject kTrade = v1::SUBJECT_TRADE;

TEST(MentionGlanceTest, SetsApartAgreementsOfAPairOnDifferentSubjectsUnlessTheirNamesMightBeOne) {
  const auto may_match = [](const MentionFields& a, const MentionFields& b) {
    return MayMatch(GlanceAt(Traits({"RU", "FR"}, a)), GlanceAt(Traits({"RU", "FR"}, b)));
  };
  const MentionFields military = {.title = "military agreement", .subject = kMilitary};
  EXPECT_FALSE(may_match(military, {.title = "trade agreement", .subject = kTrade}));
  EXPECT_TRUE(may_match(military, military));
  EXPECT_TRUE(may_match(military, {.title = "agreement"}));
  EXPECT_TRUE(may_match({.title = "Kharkiv accord on military matters", .subject = kMilitary},
                        {.title = "Kharkiv accord on trade", .subject = kTrade}));
}

TEST(MatchMentionsTest, WellKnownAgreementsMatchByIdAlone) {
  const auto known = [](const std::string& id, const std::vector<std::string>& parties) {
    return Traits(parties, {.known_agreement = id});
  };
  EXPECT_EQ(Strength(known("new-start", {"RU"}), known("new-start", {"US", "RU"})), MatchStrength::kStrong);
  EXPECT_EQ(Strength(known("new-start", {"US", "RU"}), known("inf-treaty", {"US", "RU"})),
            MatchStrength::kNone);
}

TEST(MatchMentionsTest, FullTitleAndShortNameOfAPairMatch) {
  EXPECT_EQ(Strength(Traits({"RU", "FR"},
                            {.title = "Agreement between the Government of the Russian Federation and the "
                                      "Government of the French Republic on cooperation in the field of "
                                      "defence",
                             .subject = kMilitary}),
                     Traits({"FR", "RU"}, {.title = "Franco-Russian Defence Cooperation Agreement"})),
            MatchStrength::kStrong);
}

TEST(MatchMentionsTest, ADisputedDateDoesNotSetApartWhatHasOneName) {
  EXPECT_EQ(Strength(Traits({"RU", "FR"}, {.title = "Defence Pact", .signed_date = "1994-02-04"}),
                     Traits({"RU", "FR"}, {.title = "Defence Pact", .signed_date = "1997"})),
            MatchStrength::kStrong);
}

TEST(MatchMentionsTest, OtherPartiesSubjectsOrProperNamesSetApart) {
  EXPECT_EQ(
      Strength(Traits({"RU", "FR"}, {.subject = kMilitary}), Traits({"RU", "DE"}, {.subject = kMilitary})),
      MatchStrength::kNone);
  EXPECT_EQ(Strength(Traits({"RU", "FR"}, {.subject = kMilitary}), Traits({"RU", "FR"}, {.subject = kTrade})),
            MatchStrength::kNone);
  EXPECT_EQ(Strength(Traits({"KZ", "KG"}, {.title = "Chu River Accord", .subject = kMilitary}),
                     Traits({"KZ", "KG"}, {.title = "Bishkek Compact", .subject = kMilitary})),
            MatchStrength::kNone);
}

TEST(MatchMentionsTest, ProtocolStaysApartFromItsAgreement) {
  EXPECT_EQ(
      Strength(Traits({"ES", "MA"}, {.title = "Fisheries Agreement"}),
               Traits({"ES", "MA"}, {.title = "Fisheries Protocol", .kind = v1::AGREEMENT_KIND_PROTOCOL})),
      MatchStrength::kNone);
}

TEST(MatchMentionsTest, SuccessorStatesAreOneParty) {
  EXPECT_EQ(
      Strength(Traits({"SUHH", "CA"}, {.subject = kMilitary}), Traits({"RU", "CA"}, {.subject = kMilitary})),
      MatchStrength::kStrong);
  EXPECT_EQ(Strength(Traits({"CSHH", "DE"}, {.subject = kTrade}), Traits({"SK", "DE"}, {.subject = kTrade})),
            MatchStrength::kStrong);
  EXPECT_EQ(Strength(Traits({"CZ", "DE"}, {.subject = kTrade}), Traits({"SK", "DE"}, {.subject = kTrade})),
            MatchStrength::kNone);
}

TEST(MatchMentionsTest, WhatSaysLessJoinsWhatSaysMore) {
  const Match match = MatchOf(
      Traits({"RU", "FR"}, {.subject = kMilitary}),
      Traits({"RU", "FR"},
             {.title = "Franco-Russian Defence Pact", .subject = kMilitary, .signed_date = "1994-02-04"}));
  EXPECT_EQ(match.strength, MatchStrength::kWeak);
  EXPECT_TRUE(match.first_joins);
  EXPECT_FALSE(match.second_joins);
}

TEST(MatchMentionsTest, UnnamedPairsOfContradictingDatesMatchWeaklyWithoutDirection) {
  const Match match = MatchOf(Traits({"RU", "FR"}, {.subject = kMilitary, .signed_date = "1994"}),
                              Traits({"RU", "FR"}, {.subject = kMilitary, .signed_date = "1997"}));
  EXPECT_EQ(match.strength, MatchStrength::kWeak);
  EXPECT_FALSE(match.first_joins);
  EXPECT_FALSE(match.second_joins);
}

TEST(MatchMentionsTest, MultilateralNamesMatchWhoeverOfTheirPartiesIsNamed) {
  EXPECT_EQ(Strength(Traits({"FI", "EE"}, {.title = "Ottawa Convention", .multilateral = true}),
                     Traits({"LT", "PL", "LV"}, {.title = "Ottawa Convention", .multilateral = true})),
            MatchStrength::kStrong);
}

TEST(CanBeOneTest, AnIncompleteMentionFitsThePairsThatItsPartyIsIn) {
  EXPECT_TRUE(CanBeOne(Traits({"RU"}), Traits({"RU", "FR"})));
  EXPECT_TRUE(CanBeOne(Traits({}), Traits({"RU", "FR"})));
  EXPECT_FALSE(CanBeOne(Traits({"DE"}), Traits({"RU", "FR"})));
}

TEST(MatchMentionsTest, WhatSaysLittleIsOfNothingThatCameIntoBeingLongAfter) {
  const auto mention = [](const std::string& published, const MentionFields& fields) {
    return ReadArticleVersion(ArticleBuilder("a" + published, "A", published)
                                  .Agreement("a1", {"RU", "US"}, fields)
                                  .Event("a1", v1::EVENT_TYPE_BREACH_ALLEGED)
                                  .Build(),
                              1);
  };
  const MentionFields later = {
      .title = "Plutonium Accord", .subject = v1::SUBJECT_ARMS_CONTROL, .signed_date = "2000-09-01"};
  const auto plutonium = mention("2016-10-04", later);
  const auto match = [&](const std::string& published) {
    return MatchMentions(mention(published, {})->mentions[0].traits(), plutonium->mentions[0].traits())
        .strength;
  };
  EXPECT_EQ(match("1987-12-09"), MatchStrength::kNone);
  EXPECT_EQ(match("1999-12-09"), MatchStrength::kWeak);  // talks about it
  EXPECT_EQ(match("2016-10-05"), MatchStrength::kWeak);
}

TEST(MatchMentionsTest, WhatSaysNoMoreThanPartiesAndSubjectIsOfItsTime) {
  const auto mention = [](const std::string& published, v1::EventType type, v1::Modality modality,
                          const MentionFields& fields = {.subject = kTrade}) {
    return ReadArticleVersion(ArticleBuilder("a" + published, "A", published)
                                  .Agreement("a1", {"CA", "US"}, fields)
                                  .Event("a1", type, {.modality = modality})
                                  .Build(),
                              1);
  };
  const auto match = [](const std::shared_ptr<const ArticleVersion>& a,
                        const std::shared_ptr<const ArticleVersion>& b) {
    return Strength(a->mentions[0].traits(), b->mentions[0].traits());
  };
  const auto breach = v1::EVENT_TYPE_BREACH_ALLEGED;
  const auto talks = v1::EVENT_TYPE_NEGOTIATED;
  const auto of_1987 = mention("1987-12-09", breach, v1::MODALITY_ASSERTED);
  const auto of_2015 = mention("2015-10-13", breach, v1::MODALITY_ASSERTED);
  const auto talks_of_2015 = mention("2015-10-13", talks, v1::MODALITY_POSSIBLE);
  const auto signed_1961 =
      mention("2025-03-12", breach, v1::MODALITY_ASSERTED, {.subject = kTrade, .signed_date = "1961-01"});
  const auto signed_2000 =
      mention("2025-03-12", breach, v1::MODALITY_ASSERTED, {.subject = kTrade, .signed_date = "2000"});
  EXPECT_EQ(match(of_1987, of_2015), MatchStrength::kStrong);
  EXPECT_EQ(match(of_1987, signed_2000), MatchStrength::kNone);
  EXPECT_NE(match(of_2015, signed_2000), MatchStrength::kNone);
  EXPECT_NE(match(of_2015, signed_1961), MatchStrength::kNone);
  EXPECT_EQ(match(talks_of_2015, signed_1961), MatchStrength::kNone);
  // In one year's papers they say the same; of talks they do not.
  const auto of_spring = mention("2015-03-13", breach, v1::MODALITY_ASSERTED);
  EXPECT_EQ(of_spring->mentions[0].signature(), of_2015->mentions[0].signature());
  EXPECT_NE(of_1987->mentions[0].signature(), of_2015->mentions[0].signature());
  EXPECT_NE(talks_of_2015->mentions[0].signature(), of_2015->mentions[0].signature());
}

}  // namespace
}  // namespace treatywire::query
