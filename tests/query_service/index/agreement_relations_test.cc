#include "query_service/index/agreement_relations.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "query_service/index/index.h"
#include "tests/query_service/index/article_builder.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;
using testing::ElementsAre;
using testing::IsEmpty;

// "KIND other-name" of each relation of the agreement.
std::vector<std::string> Relations(const Snapshot& snapshot, const std::string& name,
                                   v1::View view = v1::VIEW_FULL) {
  const auto agreement = snapshot.GetAgreement("agreements/" + name, view, {});
  EXPECT_THAT(agreement, IsOk());
  std::vector<std::string> relations;
  if (!agreement.ok()) return relations;
  for (const v1::Relation& relation : agreement->relations()) {
    EXPECT_FALSE(relation.display_name().empty());
    relations.push_back(v1::RelationKind_Name(relation.kind()).substr(sizeof("RELATION_KIND_") - 1) + " " +
                        relation.agreement().substr(sizeof("agreements/") - 1));
  }
  return relations;
}

TEST(AgreementRelationsTest, AProtocolIsTiedToTheAgreementThatItsNameContains) {
  Index index;
  ASSERT_THAT(index.Apply(LogOf(
                  {ArticleBuilder("a", "A", "2024-07-01")
                       .Agreement("base", {"ES", "MA"},
                                  {.title = "Fisheries Agreement", .subject = v1::SUBJECT_RESOURCES})
                       .Agreement("other", {"ES", "MA"},
                                  {.title = "Water Sharing Agreement", .subject = v1::SUBJECT_RESOURCES})
                       .Agreement("protocol", {"ES", "MA"},
                                  {.title = "Fisheries Implementation Protocol",
                                   .kind = v1::AGREEMENT_KIND_PROTOCOL,
                                   .subject = v1::SUBJECT_RESOURCES})
                       .Event("base", v1::EVENT_TYPE_SIGNED, {.date = "2006"})
                       .Event("other", v1::EVENT_TYPE_SIGNED, {.date = "2010"})
                       .Event("protocol", v1::EVENT_TYPE_EXPIRED, {.date = "2023-07-17"})
                       .Build()})),
              IsOk());
  const auto snapshot = index.snapshot();
  EXPECT_THAT(Relations(*snapshot, "morocco-spain-fisheries-implementation-protocol"),
              ElementsAre("PROTOCOL_TO morocco-spain-fisheries"));
  EXPECT_THAT(Relations(*snapshot, "morocco-spain-fisheries"),
              ElementsAre("HAS_PROTOCOL morocco-spain-fisheries-implementation-protocol"));
  EXPECT_THAT(Relations(*snapshot, "morocco-spain-water-sharing"), IsEmpty());
  EXPECT_THAT(Relations(*snapshot, "morocco-spain-fisheries", v1::VIEW_BASIC), IsEmpty());
}

v1::ExtractedArticle Replacement(v1::Modality modality) {
  return ArticleBuilder("a", "A", "2020-07-02")
      .Agreement("old", {"CA", "MX"}, {.title = "Border Trade Accord", .subject = v1::SUBJECT_TRADE})
      .Agreement("new", {"CA", "MX"}, {.title = "Comprehensive Commerce Pact", .subject = v1::SUBJECT_TRADE})
      .Event("old", v1::EVENT_TYPE_SIGNED, {.date = "1992"})
      .Event("old", v1::EVENT_TYPE_SUPERSEDED, {.date = "2020-07-01", .modality = modality})
      .Event("new", v1::EVENT_TYPE_SIGNED, {.date = "2018-11-30"})
      .Build();
}

TEST(AgreementRelationsTest, WhatIsSupersededIsTiedToTheLaterOneSpokenOfBesideIt) {
  Index index;
  ASSERT_THAT(index.Apply(LogOf({Replacement(v1::MODALITY_ASSERTED)})), IsOk());
  EXPECT_THAT(Relations(*index.snapshot(), "canada-mexico-border-trade"),
              ElementsAre("REPLACED_BY canada-mexico-comprehensive-commerce"));
  EXPECT_THAT(Relations(*index.snapshot(), "canada-mexico-comprehensive-commerce"),
              ElementsAre("REPLACES canada-mexico-border-trade"));
}

// Two articles: the names are in different ones.
TEST(AgreementRelationsTest, AnAmendmentOfManyStatesIsTiedToWhatItsNameSaysItAmends) {
  Index index;
  ASSERT_THAT(
      index.Apply(LogOf({ArticleBuilder("a", "A", "2019-01-02")
                             .Agreement("amendment", {"SE"},
                                        {.title = "Lusaka Amendment to the Harare Ozone Protocol",
                                         .kind = v1::AGREEMENT_KIND_PROTOCOL,
                                         .multilateral = true})
                             .Event("amendment", v1::EVENT_TYPE_RATIFIED, {.date = "2018", .actors = {"SE"}})
                             .Build(),
                         ArticleBuilder("b", "B", "2019-01-03")
                             .Agreement("base", {"BR"},
                                        {.title = "Harare Ozone Protocol",
                                         .kind = v1::AGREEMENT_KIND_PROTOCOL,
                                         .multilateral = true})
                             .Event("base", v1::EVENT_TYPE_ADOPTED, {.date = "1987"})
                             .Build()})),
      IsOk());
  EXPECT_THAT(Relations(*index.snapshot(), "lusaka-amendment-to-the-harare-ozone-protocol"),
              ElementsAre("AMENDS harare-ozone-protocol"));
  EXPECT_THAT(Relations(*index.snapshot(), "harare-ozone-protocol"),
              ElementsAre("AMENDED_BY lusaka-amendment-to-the-harare-ozone-protocol"));
}

TEST(AgreementRelationsTest, AWellKnownAmendmentIsTiedToWhatTheLexiconSays) {
  v1::ExtractedArticle article =
      ArticleBuilder("a", "A", "2019-01-02")
          .Agreement("amendment", {},
                     {.title = "Kigali Amendment",
                      .kind = v1::AGREEMENT_KIND_PROTOCOL,
                      .multilateral = true,
                      .known_agreement = "kigali-amendment"})
          .Agreement("base", {},
                     {.title = "ozone treaty", .multilateral = true, .known_agreement = "montreal-protocol"})
          .Event("amendment", v1::EVENT_TYPE_ADOPTED, {.date = "2016"})
          .Event("base", v1::EVENT_TYPE_SIGNED, {.date = "1987"})
          .Build();
  article.mutable_events(0)->mutable_agreement()->set_known_base("montreal-protocol");
  Index index;
  ASSERT_THAT(index.Apply(LogOf({article})), IsOk());
  EXPECT_THAT(Relations(*index.snapshot(), "kigali-amendment"), ElementsAre("AMENDS montreal-protocol"));
  EXPECT_THAT(Relations(*index.snapshot(), "montreal-protocol"), ElementsAre("AMENDED_BY kigali-amendment"));
}

v1::ExtractedArticle AmendedByProtocol(v1::Modality modality, const std::string& amended = "2020-05-12") {
  return ArticleBuilder("a", "A", "2020-05-13")
      .Agreement("base", {"IS", "NO"}, {.title = "Herring Quota Accord", .subject = v1::SUBJECT_RESOURCES})
      .Agreement("other", {"IS", "NO"}, {.title = "Air Services Accord", .subject = v1::SUBJECT_TRANSPORT})
      .Agreement("protocol", {"IS", "NO"}, {.kind = v1::AGREEMENT_KIND_PROTOCOL})
      .Event("base", v1::EVENT_TYPE_AMENDED, {.date = amended, .modality = modality})
      .Event("other", v1::EVENT_TYPE_SIGNED, {.date = "1960"})
      .Event("protocol", v1::EVENT_TYPE_SIGNED, {.date = "2020-05-12"})
      .Build();
}

TEST(AgreementRelationsTest, AProtocolSpokenOfWhereAnAmendmentIsReportedAmends) {
  Index index;
  ASSERT_THAT(index.Apply(LogOf({AmendedByProtocol(v1::MODALITY_ASSERTED)})), IsOk());
  EXPECT_THAT(Relations(*index.snapshot(), "iceland-norway-protocol"),
              ElementsAre("AMENDS iceland-norway-herring-quota"));
  EXPECT_THAT(Relations(*index.snapshot(), "iceland-norway-herring-quota"),
              ElementsAre("AMENDED_BY iceland-norway-protocol"));
  EXPECT_THAT(Relations(*index.snapshot(), "iceland-norway-air-services"), IsEmpty());
}

TEST(AgreementRelationsTest, AProtocolOfAnotherDayIsNotWhatAmended) {
  Index index;
  ASSERT_THAT(index.Apply(LogOf({AmendedByProtocol(v1::MODALITY_ASSERTED, "2010")})), IsOk());
  EXPECT_THAT(Relations(*index.snapshot(), "iceland-norway-protocol"), IsEmpty());
}

TEST(AgreementRelationsTest, WhatIsOnlyToBeAmendedIsTiedToNothing) {
  Index index;
  ASSERT_THAT(index.Apply(LogOf({AmendedByProtocol(v1::MODALITY_PLANNED)})), IsOk());
  EXPECT_THAT(Relations(*index.snapshot(), "iceland-norway-protocol"), IsEmpty());
}

TEST(AgreementRelationsTest, APairsProtocolBelongsToNoOtherPairsAgreement) {
  const auto report = [](const std::string& id, const std::vector<std::string>& parties,
                         const std::string& title, v1::AgreementKind kind) {
    return ArticleBuilder(id, id, "2020-05-13")
        .Agreement("a1", parties, {.title = title, .kind = kind, .subject = v1::SUBJECT_JUSTICE})
        .Event("a1", v1::EVENT_TYPE_SIGNED, {.date = "2020-05-12"})
        .Build();
  };
  Index index;
  ASSERT_THAT(index.Apply(LogOf(
                  {report("a", {"IN", "PT"}, "Protocol to the Zambezi Extradition Treaty",
                          v1::AGREEMENT_KIND_PROTOCOL),
                   report("b", {"IN", "MZ"}, "Zambezi Extradition Treaty", v1::AGREEMENT_KIND_TREATY)})),
              IsOk());
  EXPECT_THAT(Relations(*index.snapshot(), "india-mozambique-zambezi-extradition"), IsEmpty());
}

TEST(AgreementRelationsTest, WhatIsOnlyToBeSupersededIsNot) {
  Index index;
  ASSERT_THAT(index.Apply(LogOf({Replacement(v1::MODALITY_PLANNED)})), IsOk());
  EXPECT_THAT(Relations(*index.snapshot(), "canada-mexico-border-trade"), IsEmpty());
}

}  // namespace
}  // namespace treatywire::query
