#include "query_service/resolution/article_version.h"

#include <gmock/gmock.h>

#include "tests/query_service/index/article_builder.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(ArticleVersionTest, EventsOfOneLocalIdAreOneMention) {
  const auto version = ReadArticleVersion(ArticleBuilder("id", "A", "2020-01-02")
                                              .Agreement("x", {"FR", "RU"}, {.title = "Defence Pact"})
                                              .Agreement("y", {"DE", "RU"})
                                              .Event("x", v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04"})
                                              .Event("y", v1::EVENT_TYPE_TERMINATED)
                                              .Event("x", v1::EVENT_TYPE_TERMINATED)
                                              .Build(),
                                          7);
  EXPECT_EQ(version->revision, 7u);
  EXPECT_EQ(version->name(), "articles/id");
  EXPECT_EQ(version->publish_day, ParseDay("2020-01-02"));
  ASSERT_THAT(version->mentions, SizeIs(2));
  EXPECT_THAT(version->mentions[0].events, ElementsAre(0, 2));
  EXPECT_THAT(version->mentions[1].events, ElementsAre(1));
  EXPECT_THAT(version->mention_of_event, ElementsAre(0, 1, 0));
  const MentionTraits& traits = version->mentions[0].traits();
  EXPECT_THAT(traits.parties, ElementsAre("FR", "RU"));
  EXPECT_EQ(traits.scope, Scope::kBilateral);
  ASSERT_TRUE(traits.origin);
  EXPECT_EQ(traits.origin->edtf, "1994-02-04");
  EXPECT_TRUE(traits.origin_names_act);
}

TEST(ArticleVersionTest, ScopeCountsSeatsNotIds) {
  const auto scope = [](const std::vector<std::string>& parties, bool multilateral = false) {
    return ReadArticleVersion(ArticleBuilder("id", "A", "2020-01-02")
                                  .Agreement("x", parties, {.multilateral = multilateral})
                                  .Event("x", v1::EVENT_TYPE_SIGNED)
                                  .Build(),
                              1)
        ->mentions[0]
        .traits()
        .scope;
  };
  EXPECT_EQ(scope({}), Scope::kIncomplete);
  EXPECT_EQ(scope({"RU", "SUHH"}), Scope::kIncomplete);
  EXPECT_EQ(scope({"RU", "SUHH", "CA"}), Scope::kBilateral);
  EXPECT_EQ(scope({"RU", "CA", "FR"}), Scope::kMultilateral);
  EXPECT_EQ(scope({"RU", "CA"}, true), Scope::kMultilateral);
}

TEST(ArticleVersionTest, AnActOnlyPlannedOrDeniedDatesNothing) {
  const auto version = ReadArticleVersion(
      ArticleBuilder("id", "A", "2020-01-02")
          .Agreement("x", {"FR", "RU"})
          .Event("x", v1::EVENT_TYPE_SIGNED, {.date = "2021", .modality = v1::MODALITY_PLANNED})
          .Build(),
      1);
  EXPECT_FALSE(version->mentions[0].traits().origin);
}

TEST(ArticleVersionTest, EqualMentionsOfTwoArticlesShareASignatureThoseOfOneDoNot) {
  const auto article = [](const std::string& id) {
    return ReadArticleVersion(ArticleBuilder(id, id, "2020-01-02")
                                  .Agreement("x", {"FR", "RU"}, {.title = "Defence Pact"})
                                  .Agreement("y", {"FR", "RU"}, {.title = "Defence Pact"})
                                  .Event("x", v1::EVENT_TYPE_TERMINATED)
                                  .Event("y", v1::EVENT_TYPE_SUSPENDED)
                                  .Build(),
                              1);
  };
  const auto one = article("one");
  const auto two = article("two");
  EXPECT_EQ(one->mentions[0].signature(), two->mentions[0].signature());
  EXPECT_EQ(one->mentions[1].signature(), two->mentions[1].signature());
  EXPECT_NE(one->mentions[0].signature(), one->mentions[1].signature());
}

TEST(ArticleVersionTest, AMentionThatSaysTooLittleIsItsArticlesAlone) {
  const auto signature = [](const std::string& id, const std::vector<std::string>& parties) {
    const auto version = ReadArticleVersion(ArticleBuilder(id, id, "2020-01-02")
                                                .Agreement("x", parties)
                                                .Event("x", v1::EVENT_TYPE_TERMINATED)
                                                .Build(),
                                            1);
    return std::string(version->mentions[0].signature());
  };
  EXPECT_NE(signature("one", {}), signature("two", {}));
  EXPECT_NE(signature("one", {"RU"}), signature("two", {"RU"}));
}

TEST(ArticleVersionTest, FactsAreThoseOfTheEventAndATypeOfALaterVersionIsNone) {
  v1::AgreementEvent event;
  event.set_type(v1::EVENT_TYPE_SIGNED);
  event.set_modality(v1::MODALITY_PLANNED);
  EXPECT_EQ(FactsOf(event).type(), v1::EVENT_TYPE_SIGNED);
  EXPECT_EQ(FactsOf(event).modality(), v1::MODALITY_PLANNED);
  EXPECT_EQ(FactsOf(event).days(), nullptr);
  event.mutable_date()->set_edtf("1994-02");
  event.mutable_date()->set_earliest("1994-02-01");
  event.mutable_date()->set_latest("1994-02-28");
  const EventFacts dated = FactsOf(event);
  ASSERT_NE(dated.days(), nullptr);
  EXPECT_EQ(*dated.days(), (DaySpan{*ParseDay("1994-02-01"), *ParseDay("1994-02-28")}));
  for (const int unknown : {256 + v1::EVENT_TYPE_SIGNED, -1}) {
    event.set_type(static_cast<v1::EventType>(unknown));
    EXPECT_EQ(FactsOf(event).type(), v1::EVENT_TYPE_UNSPECIFIED) << unknown;
  }
}

TEST(ArticleVersionTest, WhatIsLetGoIsTheSameWhenItIsAskedFor) {
  const v1::ExtractedArticle extraction = ArticleBuilder("id", "A", "2020-01-02")
                                              .Agreement("x", {"FR", "RU"}, {.title = "Defence Pact"})
                                              .Event("x", v1::EVENT_TYPE_SIGNED, {.date = "1994-02-04"})
                                              .Event("x", v1::EVENT_TYPE_TERMINATED)
                                              .Build();
  const auto version = ArticleReader().Read(extraction, 1);
  version->LetGo();
  const auto unpacked = version->Unpack();
  EXPECT_THAT(*unpacked, EqualsProto(extraction));
  EXPECT_NE(unpacked.get(), version->Unpack().get());  // each has its own
  EXPECT_THAT(version->extraction(), EqualsProto(extraction));
  EXPECT_EQ(version->Unpack().get(), &version->extraction());  // from now on there is one
  EXPECT_EQ(version->id(), "id");
  EXPECT_EQ(version->event_count(), 2u);
}

TEST(ArticleVersionTest, AReaderThatReadTheSameBeforeReadsItAlike) {
  const auto article = [](const std::string& id, const std::string& title, const std::string& date) {
    return ArticleBuilder(id, id, "2020-01-02")
        .Agreement("x", {"FR", "RU"}, {.title = title})
        .Agreement("y", {"FR", "RU"}, {.title = title})
        .Event("x", v1::EVENT_TYPE_SIGNED, {.date = date})
        .Event("y", v1::EVENT_TYPE_TERMINATED)
        .Build();
  };
  ArticleReader reader;
  for (const char* title : {"Defence Pact", "", "Defence Pact"}) {
    for (const char* date : {"1994-02-04", "1994", "1994-02-04"}) {
      const auto known = reader.Read(article("a", title, date), 1);
      const auto fresh = ReadArticleVersion(article("a", title, date), 1);
      ASSERT_EQ(known->mentions.size(), fresh->mentions.size());
      for (size_t i = 0; i < fresh->mentions.size(); ++i) {
        EXPECT_EQ(known->mentions[i].signature(), fresh->mentions[i].signature());
        EXPECT_EQ(known->mentions[i].traits().slug(), fresh->mentions[i].traits().slug());
        EXPECT_EQ(known->mentions[i].traits().published, fresh->mentions[i].traits().published);
      }
    }
  }
  const auto one = reader.Read(article("a", "Defence Pact", "1994"), 1);
  const auto two = reader.Read(article("b", "Defence Pact", "1994"), 2);
  EXPECT_EQ(one->mentions[0].reading, two->mentions[0].reading);
}

TEST(ArticleVersionTest, MentionsShareAReadingHoweverManyCameBetween) {
  const auto article = [](const std::string& id, const std::string& date) {
    return ArticleBuilder(id, id, "2020-01-02")
        .Agreement("x", {"FR", "RU"}, {.title = "Defence Pact"})
        .Event("x", v1::EVENT_TYPE_SIGNED, {.date = date})
        .Build();
  };
  ArticleReader reader;
  const auto first = reader.Read(article("first", "1994"), 1);
  for (int day = 0; day < 5000; ++day) reader.Read(article("other", FormatDay(day)), 2);
  EXPECT_EQ(reader.Read(article("last", "1994"), 3)->mentions[0].reading, first->mentions[0].reading);
}

TEST(ArticleVersionTest, ReadingsOfOneSignatureAreSharedOnlyWhereAllOfThemIsTheSame) {
  const auto article = [](const std::string& alias) {
    return ArticleBuilder("id", "A", "2020-01-02")
        .Agreement("x", {"FR", "RU"}, {.title = "Paris Accord", .aliases = {alias}})
        .Event("x", v1::EVENT_TYPE_TERMINATED)
        .Build();
  };
  ArticleReader reader;
  const auto one = reader.Read(article("Military Cooperation Treaty"), 1);
  const auto other = reader.Read(article("Defence Cooperation Treaty"), 2);
  ASSERT_EQ(one->mentions[0].signature(), other->mentions[0].signature());
  EXPECT_NE(one->mentions[0].reading, other->mentions[0].reading);
  EXPECT_EQ(*one->mentions[0].traits().names[1].slug().begin(), "military");
  EXPECT_EQ(*other->mentions[0].traits().names[1].slug().begin(), "defence");
}

TEST(ArticleVersionTest, EmptyExtractionHasNoMentions) {
  const auto version = ReadArticleVersion({}, 1);
  EXPECT_THAT(version->mentions, IsEmpty());
  EXPECT_FALSE(version->publish_day);
}

TEST(PublishedBeforeTest, EarlierThenUnknownThenById) {
  const auto article = [](const std::string& id, const std::string& day) {
    return ReadArticleVersion(ArticleBuilder(id, "A", day).Build(), 1);
  };
  EXPECT_TRUE(PublishedBefore(*article("b", "2020-01-01"), *article("a", "2020-01-02")));
  EXPECT_TRUE(PublishedBefore(*article("a", "2020-01-01"), *article("b", "2020-01-01")));
  EXPECT_TRUE(PublishedBefore(*article("b", "2020-01-01"), *article("a", "")));
  EXPECT_FALSE(PublishedBefore(*article("a", ""), *article("a", "")));
}

}  // namespace
}  // namespace treatywire::query
