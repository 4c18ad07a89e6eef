#include "query_service/resolution/resolved_agreement.h"

#include <gmock/gmock.h>

#include "tests/query_service/index/article_builder.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;
using testing::ElementsAre;
using testing::SizeIs;

// Every mention of `articles` as one agreement; keeps the articles.
class Resolved {
 public:
  explicit Resolved(const std::vector<v1::ExtractedArticle>& articles) {
    std::vector<AgreementMember> members;
    for (const v1::ExtractedArticle& article : articles) {
      versions_.push_back(ReadArticleVersion(article, versions_.size() + 1));
      for (size_t i = 0; i < versions_.back()->mentions.size(); ++i) {
        members.push_back({versions_.back().get(), static_cast<int>(i)});
      }
    }
    agreement_ = ResolveAgreement(std::move(members));
  }
  const ResolvedAgreement& get() const { return agreement_; }

 private:
  std::vector<std::shared_ptr<const ArticleVersion>> versions_;
  ResolvedAgreement agreement_;
};

v1::ExtractedArticle Article(const std::string& id, const std::vector<std::string>& parties,
                             const MentionFields& fields, const EventFields& event = {},
                             v1::EventType type = v1::EVENT_TYPE_SIGNED) {
  return ArticleBuilder(id, id, "2020-01-02").Agreement("x", parties, fields).Event("x", type, event).Build();
}

TEST(ResolveAgreementTest, TheMostUsedTitleThatStandsAloneIsTheDisplayName) {
  const Resolved resolved(
      {Article("a", {"FR", "RU"}, {.title = "Defence Cooperation Agreement"}),
       Article("b", {"FR", "RU"}, {.title = "Franco-Russian Defence Cooperation Agreement"}),
       Article("c", {"FR", "RU"}, {.title = "Franco-Russian Defense Co-operation Agreement"}),
       Article("d", {"FR", "RU"}, {.title = "pact on defence"})});
  EXPECT_EQ(resolved.get().display_name, "Franco-Russian Defence Cooperation Agreement");
  EXPECT_THAT(resolved.get().aliases, ElementsAre("Defence Cooperation Agreement", "pact on defence"));
}

TEST(ResolveAgreementTest, AFormerStateIsNamedAsMostSourcesNameIt) {
  const Resolved resolved(
      {Article("a", {"CA", "SUHH"}, {}), Article("b", {"CA", "SUHH"}, {}), Article("c", {"CA", "RU"}, {})});
  EXPECT_THAT(resolved.get().context.parties, ElementsAre("CA", "SUHH"));
  EXPECT_TRUE(resolved.get().context.pair);
}

TEST(ResolveAgreementTest, KindSubjectAndPlaceAreThoseOfMostSources) {
  const Resolved resolved(
      {Article("a", {"FR", "RU"}, {.subject = v1::SUBJECT_TRADE}, {.place = "Paris"}),
       Article("b", {"FR", "RU"}, {.subject = v1::SUBJECT_MILITARY}, {.place = "Moscow"}),
       Article("c", {"FR", "RU"}, {.subject = v1::SUBJECT_MILITARY}, {.place = "Moscow"})});
  EXPECT_EQ(resolved.get().subject, v1::SUBJECT_MILITARY);
  EXPECT_EQ(resolved.get().signed_place, "Moscow");
}

TEST(ResolveAgreementTest, SignedDateIsTheActsElseTheMentionsBest) {
  const Resolved by_act({Article("a", {"FR", "RU"}, {.signed_date = "1997"}, {.date = "1994-02-04"})});
  EXPECT_EQ(by_act.get().signed_date.edtf(), "1994-02-04");
  const Resolved by_mention(
      {Article("a", {"FR", "RU"}, {.signed_date = "1994"}, {}, v1::EVENT_TYPE_TERMINATED),
       Article("b", {"FR", "RU"}, {.signed_date = "1994-02"}, {}, v1::EVENT_TYPE_TERMINATED)});
  EXPECT_EQ(by_mention.get().signed_date.edtf(), "1994-02");
  EXPECT_EQ(by_mention.get().signed_date_rule, v1::PREFERENCE_RULE_MORE_PRECISE);
  const Resolved undated({Article("a", {"FR", "RU"}, {})});
  EXPECT_FALSE(undated.get().signed_days);
}

TEST(ResolveAgreementTest, CountsArticlesEventsAndIndependentSources) {
  const std::string sentence =
      "The accord was put on paper by both sides after a night of talks in the capital.";
  const Resolved resolved(
      {Article("a", {"FR", "RU"}, {}, {.sentence = sentence}),
       Article("b", {"FR", "RU"}, {}, {.sentence = sentence}),
       Article("c", {"FR", "RU"}, {}, {.sentence = "Something else was written here by hand."})});
  EXPECT_EQ(resolved.get().article_count, 3);
  EXPECT_EQ(resolved.get().event_count, 3);
  EXPECT_EQ(resolved.get().independent_sources, 2);
  ASSERT_THAT(resolved.get().acts, SizeIs(1));
  EXPECT_EQ(CountSources(resolved.get().acts[0].claims), 2);
}

TEST(NamingMemberTest, TheBestSlugThenTheFirstPublished) {
  const auto vague = ReadArticleVersion(Article("a", {"FR", "RU"}, {}), 1);
  const auto titled = ReadArticleVersion(Article("b", {"FR", "RU"}, {.title = "Toulon Accord"}), 1);
  const auto same = ReadArticleVersion(Article("c", {"FR", "RU"}, {.title = "Toulon Accord"}), 1);
  const std::vector<AgreementMember> members = {{vague.get(), 0}, {same.get(), 0}, {titled.get(), 0}};
  EXPECT_EQ(NamingMember(members).article, titled.get());
}

TEST(ResolvedAgreementTest, WhoNeverSignedIsNoPartyOfAnAgreementOfMany) {
  const auto article = ReadArticleVersion(
      ArticleBuilder("a", "A", "2025-06-28")
          .Agreement("a1", {"CN", "LT", "LV", "US"}, {.title = "Zarya Convention", .multilateral = true})
          .Event("a1", v1::EVENT_TYPE_SIGNED, {.date = "1997-12"})
          .Event("a1", v1::EVENT_TYPE_ACCEDED, {.date = "2003", .actors = {"LT", "LV"}})
          .Event("a1", v1::EVENT_TYPE_SIGNED, {.actors = {"CN", "US"}, .modality = v1::MODALITY_DENIED})
          .Build(),
      1);
  const ResolvedAgreement agreement = ResolveAgreement(std::vector<AgreementMember>{{article.get(), 0}});
  std::vector<std::string> parties;
  for (const v1::PartyRef& party : agreement.parties) parties.push_back(party.party_id());
  EXPECT_THAT(parties, testing::ElementsAre("LT", "LV"));
}

TEST(ResolvedAgreementTest, OneStatesSignatureDatesNoAgreementOfMany) {
  const auto article = ReadArticleVersion(
      ArticleBuilder("a", "A", "2018-02-02")
          .Agreement("a1", {"NG", "ZA"}, {.title = "Zarya Convention", .multilateral = true})
          .Event("a1", v1::EVENT_TYPE_SIGNED, {.date = "1988", .actors = {"NG"}})
          .Event("a1", v1::EVENT_TYPE_CONCLUDED, {.date = "1989"})
          .Build(),
      1);
  EXPECT_EQ(ResolveAgreement(std::vector<AgreementMember>{{article.get(), 0}}).signed_date.edtf(), "1989");
}

}  // namespace
}  // namespace treatywire::query
