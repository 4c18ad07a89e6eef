#include "ingest_service/extraction/table_reader.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingest_service/extraction/extracted_events.h"

namespace treatywire::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::string_view kPublished = "2025-12-06";

TEST(TableReaderTest, ColumnsMayStandInAnyOrder) {
  EXPECT_THAT(ExtractedEvents({"Serbia's treaties, in brief.\n\n"
                               "| Signed | Ended | Title | Partner | Notes |\n"
                               "|---|---|---|---|---|\n"
                               "| 4 May 1998 | 2019 | Extradition treaty | Chile | replaced |\n"
                               "| 1975 | | Air services agreement | Peru | in force |\n",
                               kPublished, "text/markdown"}),
              ElementsAre("SIGNED CL,RS 1998-05-04", "TERMINATED RS 2019", "SIGNED PE,RS 1975"));
}

TEST(TableReaderTest, HtmlHeadersOfSeveralWordsNameTheAct) {
  EXPECT_THAT(ExtractedEvents(
                  {"<p>What Oslo has cancelled since 2020.</p><table><tr><th>Country</th><th>Agreement</th>"
                   "<th>Date of signature</th><th>In force since</th><th>Terminated</th></tr>"
                   "<tr><td>Chile</td><td>Tax treaty</td><td>12.03.1990</td><td>1 January 1991</td>"
                   "<td>30 June 2021</td></tr></table>",
                   kPublished, "text/html"}),
              ElementsAre("SIGNED CL,NO 1990-03-12", "ENTERED_INTO_FORCE CL,NO 1991-01-01",
                          "TERMINATED NO 2021-06-30"));
}

TEST(TableReaderTest, StatusIsReadInWords) {
  EXPECT_THAT(ExtractedEvents(
                  {"<p>Norway and its neighbours.</p><table><tr><th>Partner</th><th>What</th>"
                   "<th>Status</th></tr><tr><td>Sweden</td><td>Reindeer Convention</td>"
                   "<td>signed Oct 2009, never ratified</td></tr><tr><td>Iceland</td>"
                   "<td>Fisheries agreement of 1998</td><td>in force since June 1999; suspended in 2010</td>"
                   "</tr></table>",
                   kPublished, "text/html"}),
              ElementsAre("SIGNED NO,SE 2009-10", "RATIFIED? NO,SE -", "CONCLUDED IS,NO 1998",
                          "ENTERED_INTO_FORCE IS,NO 1999-06", "SUSPENDED NO 2010"));
}

TEST(TableReaderTest, CellsTellWhoDidItAndWhatIsYetToCome) {
  EXPECT_THAT(
      ExtractedEvents(
          {"Norway and its neighbours.\n\n"
           "| Partner | Agreement | Signed | State of play |\n"
           "|---|---|---|---|\n"
           "| Sweden | Reindeer Convention | 9 Oct 2009 | ratified by Sweden on 3 May 2010 |\n"
           "| Iceland | Fisheries agreement | 1998 | suspended by Iceland in 2010; ends 1 March 2027 |\n"
           "| Peru | Tax treaty | - | ratification pending in Lima |\n"
           "| Chile | Tax treaty | 2001 | in force until 2011 |\n",
           kPublished, "text/markdown"}),
      ElementsAre("SIGNED NO,SE 2009-10-09", "RATIFIED SE 2010-05-03", "SIGNED IS,NO 1998",
                  "SUSPENDED IS 2010", "RATIFIED? PE -", "SIGNED CL,NO 2001", "EXPIRED CL,NO 2011"));
}

TEST(TableReaderTest, WhatLiesAheadIsPlanned) {
  EXPECT_THAT(ExtractedEvents({"Exits from the Pacific Tuna Convention\n\n"
                               "| Country | Notice given | Out as of |\n"
                               "| Fiji | 31.12.2023 | 01.01.2025 |\n"
                               "| Tonga | 26.04.2025 | 27.04.2026 |\n",
                               kPublished}),
              ElementsAre("NOTIFIED FJ 2023-12-31", "WITHDRAWN FJ 2025-01-01", "NOTIFIED TO 2025-04-26",
                          "WITHDRAWN? TO 2026-04-27"));
}

TEST(TableReaderTest, AnEndToldWithoutADateIsAnEnd) {
  EXPECT_THAT(
      ExtractedEvents({"<p>Peru and its tax treaties.</p><table><tr><th>Partner</th><th>Agreement</th>"
                       "<th>Signed</th><th>Status</th></tr>"
                       "<tr><td>Chile</td><td>Tax treaty</td><td>1990</td><td>terminated</td></tr>"
                       "<tr><td>Spain</td><td>Tax treaty</td><td>1994</td><td>in force</td></tr></table>",
                       kPublished, "text/html"}),
      ElementsAre("SIGNED CL,PE 1990", "TERMINATED PE -", "SIGNED ES,PE 1994"));
}

TEST(TableReaderTest, AgreementsOfOneNameWithDifferentPartnersAreSeveral) {
  EXPECT_THAT(ExtractedAgreements({"Peru and its tax treaties.\n\n"
                                   "| Partner | Title | Signed |\n"
                                   "| Chile | Tax treaty | 1990 |\n"
                                   "| Spain | Tax treaty | 1994 |\n",
                                   kPublished}),
              ElementsAre("CL,PE 1990", "ES,PE 1994"));
}

TEST(TableReaderTest, TablesOnTheirSideAreTurned) {
  EXPECT_THAT(
      ExtractedEvents(
          {"<p>Peru's treaties.</p><table>"
           "<tr><th></th><th>Tax treaty with Chile</th><th>Air services agreement with Spain</th></tr>"
           "<tr><td>Signed</td><td>4 May 1998</td><td>1999</td></tr>"
           "<tr><td>In force since</td><td>1 July 2000</td><td>-</td></tr>"
           "<tr><td>Ended</td><td>-</td><td>2019</td></tr></table>",
           kPublished, "text/html"}),
      ::testing::UnorderedElementsAre("SIGNED CL,PE 1998-05-04", "ENTERED_INTO_FORCE CL,PE 2000-07-01",
                                      "SIGNED ES,PE 1999", "TERMINATED PE 2019"));
  EXPECT_THAT(ExtractedEvents({"The Pacific Tuna Convention and its members.\n\n"
                               "| | Fiji | Tonga |\n"
                               "| Signed | 3 May 2004 | 4 May 2004 |\n"
                               "| Ratified | yes | no |\n",
                               kPublished}),
              ::testing::UnorderedElementsAre("SIGNED FJ 2004-05-03", "RATIFIED FJ -", "SIGNED TO 2004-05-04",
                                              "RATIFIED? TO -"));
}

TEST(TableReaderTest, SeveralDatesOfWhatMayRecurAreSeveralActs) {
  EXPECT_THAT(ExtractedEvents({"Peru's treaties.\n\n"
                               "| Partner | Agreement | Signed | Amended |\n"
                               "| Chile | Tax treaty | 1990 | 1995, May 4, 2001 and 2011 |\n",
                               kPublished}),
              ElementsAre("SIGNED CL,PE 1990", "AMENDED CL,PE 1995", "AMENDED CL,PE 2001-05-04",
                          "AMENDED CL,PE 2011"));
}

TEST(TableReaderTest, RowsOfPartiesAreOfTheAgreementBefore) {
  EXPECT_THAT(ExtractedEvents({"Ratifications of the Pacific Tuna Convention\n\n"
                               "| Party | Signature | Ratification |\n"
                               "| Fiji | 3 May 2004 | 1 June 2005 |\n"
                               "| Tonga | 4 May 2004 | not yet |\n",
                               kPublished}),
              ElementsAre("SIGNED FJ 2004-05-03", "RATIFIED FJ 2005-06-01", "SIGNED TO 2004-05-04",
                          "RATIFIED? TO -"));
}

TEST(TableReaderTest, RowsMayNameThePartiesThatStandAlike) {
  EXPECT_THAT(ExtractedEvents({"The Pacific Tuna Convention was adopted in 2003.\n\n"
                               "| Status | Countries |\n"
                               "| Ratified | Fiji, Tonga |\n"
                               "| Signed, not ratified | Palau |\n",
                               kPublished}),
              ElementsAre("ADOPTED  2003", "RATIFIED FJ,TO -", "SIGNED PW -", "RATIFIED? PW -"));
}

TEST(TableReaderTest, TheCaptionNamesTheActOfBareDates) {
  EXPECT_THAT(ExtractedEvents({"# The Pacific Tuna Convention\n\n## Ratifications\n\n"
                               "| Country | Date |\n|---|---|\n"
                               "| Fiji | 3 May 2004 |\n"
                               "| Tonga | 7 June 2005 |\n",
                               kPublished, "text/markdown"}),
              ElementsAre("RATIFIED FJ 2004-05-03", "RATIFIED TO 2005-06-07"));
  EXPECT_THAT(ExtractedEvents({"The Pacific Tuna Convention was adopted in 2003.\n\n"
                               "| Country | Date |\n"
                               "| Fiji | 3 May 2004 |\n",
                               kPublished}),
              ElementsAre("ADOPTED  2003"));
}

TEST(TableReaderTest, OneFactARowIsOfTheAgreementBefore) {
  EXPECT_THAT(ExtractedEvents({"<p>The tax treaty between Peru and Chile is old.</p>"
                               "<table><tr><th colspan=2>The treaty in figures</th></tr>"
                               "<tr><td>Signed</td><td>18 November 1999</td></tr>"
                               "<tr><td>In force since</td><td>1 January 2001</td></tr></table>",
                               kPublished, "text/html"}),
              ElementsAre("SIGNED CL,PE 1999-11-18", "ENTERED_INTO_FORCE CL,PE 2001-01-01"));
}

TEST(TableReaderTest, ARowThatContradictsItselfSaysWhatTheActsColumnDoes) {
  EXPECT_THAT(ExtractedAgreements({"<table><tr><th>Agreement</th><th>Year</th><th>Signed</th></tr>"
                                   "<tr><td>Agreement between Fiji and Tonga on fisheries</td><td>2003</td>"
                                   "<td>early 2000s</td></tr></table>",
                                   kPublished, "text/html"}),
              ElementsAre("FJ,TO 2000/2003~"));
}

TEST(TableReaderTest, TablesOfOtherThingsGiveNothing) {
  EXPECT_THAT(ExtractedEvents({"<p>Prices.</p><table><tr><th>Country</th><th>Tonnes</th><th>Year</th></tr>"
                               "<tr><td>Fiji</td><td>300</td><td>2004</td></tr></table>",
                               kPublished, "text/html"}),
              IsEmpty());
}

TEST(ListReaderTest, ItemsOfAPartyAndADayAreOfTheHeadingsAct) {
  EXPECT_THAT(ExtractedEvents({"The Pacific Tuna Convention has these parties.\n\n"
                               "Accessions:\n"
                               "* Kiribati, 4 July 2011\n"
                               "* Nauru - 5 August 2012\n\n"
                               "Withdrawals:\n"
                               "* Palau (1 January 2020)\n",
                               kPublished}),
              ElementsAre("ACCEDED KI 2011-07-04", "ACCEDED NR 2012-08-05", "WITHDRAWN PW 2020-01-01"));
}

TEST(ListReaderTest, DatesMayStandFirstOrBeMissingOrYetToCome) {
  EXPECT_THAT(ExtractedEvents({"The Pacific Tuna Convention was adopted in 2003. Who has ratified?\n\n"
                               "* 3 May 2004: Fiji and Tonga\n"
                               "* Palau\n"
                               "* Nauru: not yet\n",
                               kPublished}),
              ::testing::IsSupersetOf({"RATIFIED FJ,TO 2004-05-03", "RATIFIED PW -", "RATIFIED? NR -"}));
}

TEST(ListReaderTest, DocumentsUnderAHeadingWereSignedByThoseSpokenOfBefore) {
  const ShortArticle article = {
      "Fiji and Tonga signed a treaty of friendship in Suva on 3 December 2025.\n\n"
      "The following documents were also signed:\n"
      "* Agreement on cooperation in fisheries;\n"
      "* Memorandum of understanding on tourism;\n"
      "* a road map of the two railway companies.\n",
      kPublished};
  EXPECT_THAT(ExtractedEvents(article),
              ElementsAre("SIGNED FJ,TO 2025-12-03", "SIGNED FJ,TO 2025-12-03", "SIGNED FJ,TO 2025-12-03"));
  EXPECT_THAT(ExtractedAgreements(article),
              ElementsAre("FJ,TO 2025-12-03", "FJ,TO 2025-12-03", "FJ,TO 2025-12-03"));
}

TEST(ListReaderTest, DocumentsYetToBeSignedArePlanned) {
  EXPECT_THAT(ExtractedEvents({"Fiji and Tonga signed a treaty of friendship in Suva on 3 December 2025.\n\n"
                               "Documents that will be signed in May 2026:\n"
                               "* Agreement on cooperation in fisheries\n",
                               kPublished}),
              ElementsAre("SIGNED FJ,TO 2025-12-03", "SIGNED? FJ,TO 2026-05"));
}

TEST(ListReaderTest, ItemsThatSayMoreAreLeftAlone) {
  EXPECT_THAT(ExtractedEvents({"The Pacific Tuna Convention has these parties.\n\n"
                               "Ratifications:\n"
                               "* Fiji, which exports most of its tuna, expects 300 ships on 4 July 2026\n",
                               kPublished}),
              IsEmpty());
}

TEST(TableReaderTest, APlaceMayStandBeforeTheDayAndADecisionInWords) {
  EXPECT_THAT(
      ExtractedEvents({"What parliament in Chisinau did on Friday for Moldova.\n\n"
                       "| Agreement | Signed | Decision |\n"
                       "|---|---|---|\n"
                       "| Tax treaty with Chile | Santiago, 26 March 1992 | denounced |\n"
                       "| Air services agreement with Peru | Lima, 2012 | ratified |\n",
                       kPublished, "text/markdown"}),
      ElementsAre("SIGNED CL,MD 1992-03-26", "TERMINATED MD -", "SIGNED MD,PE 2012", "RATIFIED MD -"));
}

}  // namespace
}  // namespace treatywire::ingest
