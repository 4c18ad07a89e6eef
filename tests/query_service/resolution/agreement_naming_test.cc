#include "query_service/resolution/agreement_naming.h"

#include <gmock/gmock.h>

#include "query_service/resolution/article_version.h"
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

std::string SlugFor(const std::vector<std::string>& parties, const MentionFields& fields = {}) {
  return ChooseSlug(Traits(parties, fields)).slug;
}

TEST(ChooseSlugTest, ReadsAsPartiesAndTopic) {
  EXPECT_EQ(SlugFor({"RU", "FR"}, {.title = "Franco-Russian Defence Cooperation Agreement"}),
            "france-russia-defence-cooperation");
  EXPECT_EQ(SlugFor({"RU", "FR"}, {.subject = v1::SUBJECT_MILITARY}), "france-russia-defence-agreement");
  EXPECT_EQ(SlugFor({"RU", "FR"}), "france-russia-agreement");
}

TEST(ChooseSlugTest, MultilateralAgreementsGoByTheirName) {
  EXPECT_EQ(SlugFor({"FI", "LT", "PL"}, {.title = "the Ottawa Convention"}), "ottawa-convention");
  EXPECT_EQ(SlugFor({"FI", "LT", "PL"}, {.title = "Mine Ban Treaty", .known_agreement = "ottawa-convention"}),
            "ottawa-convention");
}

TEST(ChooseSlugTest, IsNeverEmptyNorTooLongNorLikeAYearOrHash) {
  EXPECT_EQ(SlugFor({}), "agreement");
  EXPECT_EQ(SlugFor({}, {.title = "Договор"}), "agreement");
  EXPECT_LE(SlugFor({"RU", "FR"}, {.title = std::string(3000, 'x')}).size(), kMaxSlugBytes);
  EXPECT_EQ(SlugFor({}, {.title = "Kyoto Agenda 2030"}), "kyoto-agenda");
  EXPECT_EQ(SlugFor({}, {.title = "Kyoto Agenda x0123456789abcdef 2030"}), "kyoto-agenda");
}

TEST(ChooseSlugTest, WhatSaysMoreRanksHigher) {
  const int bare = ChooseSlug(Traits({"RU", "FR"})).rank;
  const int subject = ChooseSlug(Traits({"RU", "FR"}, {.subject = v1::SUBJECT_MILITARY})).rank;
  const int titled = ChooseSlug(Traits({"RU", "FR"}, {.title = "Defence Cooperation Agreement"})).rank;
  const int known = ChooseSlug(Traits({"RU", "US"}, {.known_agreement = "new-start"})).rank;
  EXPECT_LT(bare, subject);
  EXPECT_LT(subject, titled);
  EXPECT_LT(titled, known);
}

TEST(NameSuffixBytesTest, FindsYearsAndHashes) {
  EXPECT_EQ(NameSuffixBytes("france-russia-2011"), 5u);
  EXPECT_EQ(NameSuffixBytes("france-russia-x0123456789abcdef"), 18u);
  EXPECT_EQ(NameSuffixBytes("france-russia"), 0u);
  EXPECT_EQ(NameSuffixBytes("2011"), 0u);
  EXPECT_EQ(NameSuffixBytes(""), 0u);
}

TEST(MakeDisplayNameTest, NamesPartiesKindAndTopic) {
  EXPECT_EQ(MakeDisplayName(Traits({"RU", "FR"}, {.subject = v1::SUBJECT_MILITARY})),
            "France–Russia agreement on defence");
  EXPECT_EQ(MakeDisplayName(Traits({}, {.kind = v1::AGREEMENT_KIND_TREATY})), "Treaty");
  EXPECT_EQ(MakeDisplayName(
                Traits({"LV", "TR"}, {.title = "the Istanbul Convention", .known_agreement = "istanbul"})),
            "Istanbul Convention");
}

TEST(TitleStandsAloneTest, IfItSaysWhichAgreementItIs) {
  const MentionTraits pair = Traits({"RU", "FR"});
  EXPECT_TRUE(TitleStandsAlone("Franco-Russian Defence Cooperation Agreement", pair));
  EXPECT_TRUE(TitleStandsAlone("Toulon Accord", pair));
  EXPECT_FALSE(TitleStandsAlone("Defence Cooperation Agreement", pair));
  EXPECT_FALSE(TitleStandsAlone("pact on visits", pair));
  EXPECT_TRUE(TitleStandsAlone("Mutual Defence Treaty",
                               Traits({"PH", "US"}, {.known_agreement = "us-philippines-mdt"})));
}

}  // namespace
}  // namespace treatywire::query
