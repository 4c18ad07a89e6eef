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

TEST(AgreementRelationsTest, WhatIsOnlyToBeSupersededIsNot) {
  Index index;
  ASSERT_THAT(index.Apply(LogOf({Replacement(v1::MODALITY_PLANNED)})), IsOk());
  EXPECT_THAT(Relations(*index.snapshot(), "canada-mexico-border-trade"), IsEmpty());
}

}  // namespace
}  // namespace treatywire::query
