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

TEST(TableReaderTest, RowsOfPartiesAreOfTheAgreementBefore) {
  EXPECT_THAT(ExtractedEvents({"Ratifications of the Pacific Tuna Convention\n\n"
                               "| Party | Signature | Ratification |\n"
                               "| Fiji | 3 May 2004 | 1 June 2005 |\n"
                               "| Tonga | 4 May 2004 | not yet |\n",
                               kPublished}),
              ElementsAre("SIGNED FJ 2004-05-03", "RATIFIED FJ 2005-06-01", "SIGNED TO 2004-05-04",
                          "RATIFIED? TO -"));
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

TEST(ListReaderTest, ItemsThatSayMoreAreLeftAlone) {
  EXPECT_THAT(ExtractedEvents({"The Pacific Tuna Convention has these parties.\n\n"
                               "Ratifications:\n"
                               "* Fiji, which exports most of its tuna, expects 300 ships on 4 July 2026\n",
                               kPublished}),
              IsEmpty());
}

}  // namespace
}  // namespace treatywire::ingest
