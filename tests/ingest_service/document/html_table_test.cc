#include "ingest_service/document/html_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace treatywire::ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Fills a table with cells of one letter each.
class TableBuilder {
 public:
  TableBuilder() : list_(kLetters) {}

  TableBuilder& Row() {
    table_.BeginRow();
    return *this;
  }
  TableBuilder& Cell(HtmlTable::Span span = {}, bool is_header = false, DraftBlock block = {}) {
    table_.BeginCell(is_header, span);
    return Block(block);
  }
  // One more block in the open cell.
  TableBuilder& Block(DraftBlock block = {}) {
    list_.AddSource(next_, next_ + 1);
    ++next_;
    table_.AddToCell(block, list_.TakeText());
    return *this;
  }
  TableBuilder& EmptyCell() {
    table_.BeginCell(false, {});
    return *this;
  }

  // The blocks that come of it: "R: a;b" or "P: a".
  std::vector<std::string> Finish() {
    table_.MoveTo(list_);
    TextArena arena;
    std::vector<std::string> shown;
    for (const DraftBlock& block : list_.blocks()) {
      std::vector<std::string> texts;
      for (uint32_t i = block.texts.begin; i < block.texts.end; ++i) {
        texts.emplace_back(list_.Flatten(list_.texts()[i], arena));
      }
      const bool row = block.kind == BlockKind::kTableRow;
      shown.push_back(
          absl::StrCat(row ? "R" : "P", block.is_header_row ? "*" : "", ": ", absl::StrJoin(texts, ";")));
    }
    return shown;
  }

 private:
  static constexpr absl::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
  BlockList list_;
  HtmlTable table_;
  uint32_t next_ = 0;
};

TEST(HtmlTableTest, RowsOfTwoColumnsAreData) {
  EXPECT_THAT(TableBuilder().Row().Cell().Cell().Row().Cell().Cell().Finish(),
              ElementsAre("R: a;b", "R: c;d"));
}

TEST(HtmlTableTest, OneColumnLaysOutThePage) {
  EXPECT_THAT(TableBuilder().Row().Cell().Row().Cell().Finish(), ElementsAre("P: a", "P: b"));
  EXPECT_THAT(TableBuilder().Row().Cell().EmptyCell().Row().EmptyCell().Cell().Finish(),
              ElementsAre("P: a", "P: b"));
}

TEST(HtmlTableTest, HeadingsAndLongCellsLayOutThePage) {
  DraftBlock heading;
  heading.kind = BlockKind::kHeading;
  heading.level = 2;
  EXPECT_THAT(TableBuilder().Row().Cell({}, false, heading).Cell().Finish(), ElementsAre("P: a", "P: b"));
  TableBuilder eight;
  eight.Row().Cell().Cell();
  for (int i = 0; i < 7; ++i) eight.Block();
  EXPECT_THAT(eight.Finish(), ElementsAre("R: a;bcdefghi"));
  TableBuilder nine;
  nine.Row().Cell().Cell();
  for (int i = 0; i < 8; ++i) nine.Block();
  EXPECT_EQ(nine.Finish().size(), 10u);
}

TEST(HtmlTableTest, SpansKeepCellsUnderTheirHeaders) {
  EXPECT_THAT(TableBuilder().Row().Cell({2, 1}).Cell().Row().Cell().Cell().Cell().Finish(),
              ElementsAre("R: a;;b", "R: c;d;e"));
  EXPECT_THAT(TableBuilder().Row().Cell({1, 2}).Cell().Row().Cell().Row().Cell().Cell().Finish(),
              ElementsAre("R: a;b", "R: ;c", "R: d;e"));
  EXPECT_THAT(TableBuilder().Row().Cell().Cell({1, 2}).Row().Cell().Finish(), ElementsAre("R: a;b", "R: c;"));
}

TEST(HtmlTableTest, RowOfHeaderCellsIsTheHeader) {
  EXPECT_THAT(TableBuilder().Row().Cell({}, true).Cell({}, true).Row().Cell({}, true).Cell().Finish(),
              ElementsAre("R*: a;b", "R: c;d"));
}

TEST(HtmlTableTest, RowsWithoutTextAreDropped) {
  EXPECT_THAT(TableBuilder().Row().EmptyCell().EmptyCell().Row().Cell().Cell().Finish(),
              ElementsAre("R: a;b"));
  EXPECT_THAT(TableBuilder().Row().Row().Finish(), IsEmpty());
}

TEST(HtmlTableTest, CellOutsideOfARowBeginsOne) {
  EXPECT_THAT(TableBuilder().Cell().Cell().Finish(), ElementsAre("R: a;b"));
}

}  // namespace
}  // namespace treatywire::ingest
