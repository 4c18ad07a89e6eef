// Reads articles on one side's agreements that name only the other side.
#include "ingest_service/extraction/standing_party.h"

#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ingest_service/document/document_reader.h"
#include "ingest_service/extraction/annotation.h"
#include "ingest_service/lexicon/lexicon.h"
#include "tests/ingest_service/extraction/extracted_events.h"

namespace treatywire::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

const Lexicon& TestLexicon() {
  static const auto& lexicon = *new std::unique_ptr<const Lexicon>(Lexicon::BuiltIn().value());
  return *lexicon;
}

// The id of the standing party; "" for none.
std::string StandingIn(absl::string_view title, absl::string_view body, absl::string_view publisher = "") {
  const Document document = ReadDocument(title, body, MimeType::kPlain).value();
  return std::string(Annotation(document, TestLexicon(), publisher, std::nullopt).standing_party().text());
}

TEST(StandingPartyTest, IsWhoseAgreementsTitleAndLeadSpeakOf) {
  EXPECT_EQ(
      StandingIn("Kenya's fisheries agreements",
                 "Kenya sells licences. With the Seychelles it initialled an agreement in 2018. Talks with "
                 "Mauritius began in January. Tanzania's expired in 2019."),
      "KE");
  EXPECT_EQ(
      StandingIn("Who lets Brussels fish where",
                 "The European Union pays for access.\n\nSenegal: A protocol was signed in 2019.\n\nGabon: "
                 "The agreement was renewed.\n\nWith Angola, talks began."),
      "eu");
}

TEST(StandingPartyTest, IsThePublishersStateThatItsOwnOrgansAndWordsTell) {
  const absl::string_view body =
      "Cabinet has approved an air services agreement with Qatar. The country signed one with Jamaica in "
      "2019. "
      "Parliament is to ratify them. The government is in talks with Togo.";
  EXPECT_EQ(StandingIn("Cabinet clears two air deals", body, "The Accra Chronicle"), "GH");
  EXPECT_EQ(StandingIn("Cabinet clears two air deals", body, "The Air Letter"), "");
}

TEST(StandingPartyTest, IsNoneOfTwoOfWhomTheArticleSpeaksAlike) {
  EXPECT_EQ(
      StandingIn("Chile and Peru sign a tax treaty",
                 "Chile and Peru signed a tax treaty. Peru has a treaty with Fiji, and Chile one with Togo. "
                 "Peru ratified it."),
      "");
}

TEST(StandingPartyTest, IsNotWithWhomTheAgreementsAre) {
  EXPECT_EQ(
      StandingIn("No more deals with Peru",
                 "Agreements with Peru are out of fashion. Chile ended its treaty with Peru, Fiji ended its "
                 "treaty with Peru, and Togo is in talks with Peru."),
      "");
}

TEST(StandingPartyTest, IsNotANamedStateWhereTheWriterSpeaksOfOurs) {
  const absl::string_view body = "Norway lets our boats fish. A pact with Togo and a pact with Fiji lapsed.";
  EXPECT_EQ(StandingIn("Norway opens its waters", body), "NO");
  EXPECT_EQ(StandingIn("Norway hands our boats a deal", body), "");
}

// The agreements of a plain article, by parties and signed date.
std::vector<std::string> AgreementsOf(absl::string_view title, absl::string_view body,
                                      absl::string_view mime_type = "text/plain") {
  return ExtractedAgreements({body, "2025-06-15", mime_type, title});
}

TEST(StandingPartyTest, IsASideOfWhatIsWithAnotherOrAnothers) {
  EXPECT_THAT(
      AgreementsOf("Kenya's fisheries agreements",
                   "Kenya sells licences to foreign fleets. A deal with Madagascar was signed in May 2021. "
                   "Tanzania's expired in 2019. The agreement with Comoros was suspended in 2022."),
      UnorderedElementsAre("KE,MG 2021-05", "KE,TZ -", "KE,KM -"));
}

TEST(StandingPartyTest, IsASideOfWhatALabelOrAHeadingNames) {
  EXPECT_THAT(
      AgreementsOf("Where America's 123 agreements stand",
                   "The United States needs one before it may export reactors.\n\n## Thailand\n\nSigned in "
                   "May 2024.\n\n## Singapore\n\nThe agreement was signed in July 2023.",
                   "text/markdown"),
      UnorderedElementsAre("TH,US 2024-05", "SG,US 2023-07"));
}

TEST(StandingPartyTest, IsASideOfEachRowOfATableOfItsAgreements) {
  EXPECT_THAT(
      AgreementsOf("India's trade agreements at a glance",
                   "| Partner | Signed | In force |\n| --- | --- | --- |\n| Mauritius | 22 February 2021 | 1 "
                   "April 2021 |\n| Chile | 8 March 2006 | 17 August 2007 |\n| Australia | 2 April 2022 | 29 "
                   "December 2022 |",
                   "text/markdown"),
      UnorderedElementsAre("IN,MU 2021-02-22", "CL,IN 2006-03-08", "AU,IN 2022-04-02"));
}

TEST(StandingPartyTest, IsWhoseTalksAreWithAnother) {
  EXPECT_THAT(
      AgreementsOf(
          "Who lets the European Union fish where",
          "The European Union pays for access to the sea. A protocol with Senegal was signed in "
          "May 2019. A protocol with Gabon was suspended in 2022. Talks with Angola began in January."),
      UnorderedElementsAre("SN,eu 2019-05", "GA,eu -", "AO,eu -"));
}

TEST(StandingPartyTest, IsWhoseParliamentConsents) {
  EXPECT_THAT(ExtractedEvents(
                  {"Kenya sells licences to foreign fleets. A deal with Madagascar was signed in May 2021. "
                   "A deal with Togo was suspended in 2022. Parliament ratified the deal with Madagascar in "
                   "July 2021.",
                   "2025-06-15", "text/plain", "Kenya's fisheries agreements"}),
              ElementsAre("SIGNED KE,MG 2021-05", "SUSPENDED KE 2022", "RATIFIED KE 2021-07"));
}

TEST(StandingPartyTest, GivesWayToTheOwnerThatTheSentenceNames) {
  EXPECT_THAT(
      AgreementsOf("Kenya's fisheries agreements",
                   "Kenya sells licences to foreign fleets. A deal with Madagascar was signed in May 2021. A "
                   "deal with Comoros lapsed. Togo signed a deal with Fiji in 2020."),
      ::testing::Contains("FJ,TG 2020"));
}

}  // namespace
}  // namespace treatywire::ingest
