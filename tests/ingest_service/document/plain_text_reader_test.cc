#include "ingest_service/document/plain_text_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/ingest_service/document/document_text.h"

namespace treatywire::ingest {
namespace {

using testing::ElementsAre;

TEST(PlainTextReaderTest, EveryLineIsAParagraph) {
  EXPECT_THAT(ShowPlain("They met in Oslo. They left.\nThe pact lapsed.\r\n\r\nIt is over."),
              ElementsAre("P: They met in Oslo. | They left.", "P: The pact lapsed.", "P: It is over."));
}

TEST(PlainTextReaderTest, LineThatGoesOnInLowerCaseIsJoined) {
  EXPECT_THAT(ShowPlain("The pact, signed in\nthe capital, lapsed.\nNo one came."),
              ElementsAre("P: The pact, signed in the capital, lapsed.", "P: No one came."));
}

TEST(PlainTextReaderTest, HardWrappedTextIsJoinedWhereWordsDidNotFit) {
  EXPECT_THAT(
      ShowPlain("The agreement that the two states had\nsigned in the last year of the war, after\n"
                "Norway and Sweden had proposed it, was\nnever ratified.\nIt lapsed."),
      ElementsAre("P: The agreement that the two states had signed in the last year of the war, after Norway "
                  "and Sweden had proposed it, was never ratified.",
                  "P: It lapsed."));
}

TEST(PlainTextReaderTest, ShortLineAboveSomethingIsAHeading) {
  EXPECT_THAT(ShowPlain("What the pact says\n\nIt says little.\n\nWhat next?\nNobody knows.\n\nThe end"),
              ElementsAre("H2: What the pact says", "P: It says little.", "H2: What next?",
                          "P: Nobody knows.", "P: The end"));
}

TEST(PlainTextReaderTest, WhatIsNoHeading) {
  EXPECT_THAT(ShowPlain("By Ann Writer\n\nIt ended.\n\nPact over; trade,\n\nIt ended."),
              ElementsAre("P: By Ann Writer", "P: It ended.", "P: Pact over; trade,", "P: It ended."));
  // Three in a row are a list without markers.
  EXPECT_THAT(ShowPlain("Norway\n\nSweden\n\nFinland\n\nThey signed."),
              ElementsAre("P: Norway", "H2: Sweden", "H2: Finland", "P: They signed."));
}

TEST(PlainTextReaderTest, ListsNestByIndent) {
  EXPECT_THAT(
      ShowPlain("Parties:\n- Norway\n- Sweden\n  - with reservations\n1. one\n2. two\n"),
      ElementsAre("P: Parties:", "L0: Norway", "L0: Sweden", "L1: with reservations", "L0: one", "L0: two"));
}

TEST(PlainTextReaderTest, NumberedLineAboveAParagraphIsAHeading) {
  EXPECT_THAT(ShowPlain("1. A new posture\n\nIt changed.\n\n2. Old pacts\n\nThey lapsed."),
              ElementsAre("H2: A new posture", "P: It changed.", "H2: Old pacts", "P: They lapsed."));
}

TEST(PlainTextReaderTest, PipesMakeTables) {
  EXPECT_THAT(ShowPlain("| Treaty | Signed |\n|---|---|\n| INF | 1987 |\n\n| A | 1 |\n| B | 2 |"),
              ElementsAre("R0*: Treaty ; Signed", "R0: INF ; 1987", "R1: A ; 1", "R1: B ; 2"));
  EXPECT_THAT(ShowPlain("+---+---+\n| Treaty | Signed |\n+---+---+\n| INF | 1987 |\n+---+---+"),
              ElementsAre("R0*: Treaty ; Signed", "R0: INF ; 1987"));
}

TEST(PlainTextReaderTest, RulesAreNothing) {
  EXPECT_THAT(ShowPlain("It ended.\n-----\nIt is over.\n* * *\n"),
              ElementsAre("P: It ended.", "P: It is over."));
}

TEST(PlainTextReaderTest, TimeOfDayAloneIsAHeading) {
  EXPECT_THAT(ShowPlain("16:30 GMT\nThe talks began.\n9.05 am\nThey ended."),
              ElementsAre("H2: 16:30 GMT", "P: The talks began.", "H2: 9.05 am", "P: They ended."));
}

}  // namespace
}  // namespace treatywire::ingest
