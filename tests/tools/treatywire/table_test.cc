#include "tools/treatywire/table.h"

#include <gtest/gtest.h>

namespace treatywire::tools {
namespace {

TEST(TableTest, AlignsColumnsByTheirWidthOnScreen) {
  Table table({{"NAME"}, {"N", Table::Align::kRight}, {"REST"}});
  table.AddRow({"Übereinkommen", "1", "x"});
  table.AddRow({"條約", "100", ""});
  EXPECT_EQ(table.Render(0),
            "NAME             N  REST\n"
            "Übereinkommen    1  x\n"
            "條約           100\n");
}

TEST(TableTest, LeavesOutColumnsThatAreEmptyThroughout) {
  Table table({{"A"}, {"B"}, {"C"}});
  table.AddRow({"1", "", "3"});
  EXPECT_EQ(table.Render(0), "A  C\n1  3\n");
}

TEST(TableTest, ShowsItsHeadingsWhereThereAreNoRows) {
  EXPECT_EQ(Table({{"A"}, {"B"}}).Render(80), "A  B\n");
}

TEST(TableTest, WrapsTheColumnsThatMayBeToFitTheTerminal) {
  Table table({{"TITLE", Table::Align::kLeft, true}, {"NAME"}});
  table.AddRow({"Treaty on Open Skies", "agreements/open-skies"});
  EXPECT_EQ(table.Render(36),
            "TITLE          NAME\n"
            "Treaty on      agreements/open-skies\n"
            "Open Skies\n");
}

TEST(TableTest, IsWiderThanATerminalThatIsTooNarrow) {
  Table table({{"TITLE", Table::Align::kLeft, true}, {"NAME"}});
  table.AddRow({"Treaty on Open Skies", "agreements/open-skies"});
  EXPECT_EQ(table.Render(1),
            "TITLE         NAME\n"
            "Treaty on     agreements/open-skies\n"
            "Open Skies\n");
}

TEST(TableTest, NeutralisesControlCharactersAndTakesRowsThatAreShort) {
  Table table({{"A"}, {"B"}});
  table.AddRow({"\x1b[31mred\n"});
  EXPECT_EQ(table.Render(0), "A\n\xEF\xBF\xBD[31mred\n");
}

}  // namespace
}  // namespace treatywire::tools
