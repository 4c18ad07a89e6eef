#include "ingest_service/document/block_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ingest_service/document/tokenizer.h"

namespace treatywire::ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

DraftBlock Row(int32_t table) {
  DraftBlock block;
  block.kind = BlockKind::kTableRow;
  block.table = table;
  return block;
}

std::vector<std::string> TextsOf(const BlockList& list, const DraftBlock& block) {
  TextArena arena;
  std::vector<std::string> texts;
  for (uint32_t i = block.texts.begin; i < block.texts.end; ++i) {
    texts.emplace_back(list.Flatten(list.texts()[i], arena));
  }
  return texts;
}

void AddRow(BlockList& list, int32_t table, const std::vector<ByteSpan>& cells) {
  for (const ByteSpan cell : cells) {
    list.AddSource(cell.begin, cell.end);
    list.EndCell();
  }
  list.EndBlock(Row(table));
}

TEST(BlockListTest, BlockIsItsPiecesInOrder) {
  BlockList list("<p>R&amp;D pact</p>");
  list.AddSource(3, 4);
  list.AddDecoded("&", {4, 9});
  list.AddSource(9, 15);
  EXPECT_TRUE(list.EndBlock({}));
  ASSERT_THAT(list.blocks(), SizeIs(1));
  EXPECT_THAT(TextsOf(list, list.blocks()[0]), ElementsAre("R&D pact"));
  EXPECT_EQ(list.text_bytes(), 8u);
}

TEST(BlockListTest, TokensAreMappedBackToTheSource) {
  const std::string source = "caf&eacute; R&amp;D <b>in</b>side";
  BlockList list(source);
  list.AddSource(0, 3);
  list.AddDecoded("\xC3\xA9", {3, 11});
  list.AddSource(11, 13);
  list.AddDecoded("&", {13, 18});
  list.AddSource(18, 20);
  list.AddSource(23, 25);
  list.AddSource(29, 33);
  list.EndBlock({});
  TextArena arena;
  std::vector<Token> tokens(1);  // what stands before is left alone
  const IndexRange text = list.texts()[0];
  AppendTokens(list.Flatten(text, arena), arena, tokens);
  list.MapToSource(text, tokens, 1);
  std::vector<std::string> cuts;
  for (size_t i = 1; i < tokens.size(); ++i) {
    cuts.push_back(source.substr(tokens[i].source.begin, tokens[i].source.end - tokens[i].source.begin));
  }
  EXPECT_THAT(cuts, ElementsAre("caf&eacute;", "R", "&amp;", "D", "in</b>side"));
  EXPECT_EQ(tokens[0].source, ByteSpan{});
}

TEST(BlockListTest, TextWithoutDecodingIsAViewOfTheSource) {
  const std::string source = "one pact";
  BlockList list(source);
  list.AddSource(0, 4);
  list.AddSource(4, 8);  // without a gap: joined
  list.EndBlock({});
  TextArena arena;
  const absl::string_view flat = list.Flatten(list.texts()[0], arena);
  EXPECT_EQ(flat.data(), source.data());
  EXPECT_EQ(flat, "one pact");
}

TEST(BlockListTest, BlocksOfWhiteSpaceAreDropped) {
  BlockList list(" \n pact");
  list.AddSource(0, 3);
  EXPECT_FALSE(list.has_text());
  EXPECT_FALSE(list.EndBlock({}));
  list.AddDecoded("\xC2\xA0", {0, 1});
  EXPECT_FALSE(list.EndBlock({}));
  EXPECT_THAT(list.blocks(), IsEmpty());
  list.AddSource(3, 7);
  EXPECT_TRUE(list.has_text());
  EXPECT_TRUE(list.EndBlock({}));
  EXPECT_THAT(TextsOf(list, list.blocks()[0]), ElementsAre("pact"));
}

TEST(BlockListTest, RowsKeepTheirEmptyCells) {
  BlockList list("ab");
  AddRow(list, 0, {{0, 1}, {}, {1, 2}});
  ASSERT_THAT(list.blocks(), SizeIs(1));
  EXPECT_THAT(TextsOf(list, list.blocks()[0]), ElementsAre("a", "", "b"));
  AddRow(list, 0, {{}, {}});
  EXPECT_THAT(list.blocks(), SizeIs(1));  // a row of nothing is none
}

TEST(BlockListTest, TakenTextCanBecomeABlockLater) {
  BlockList list("pact treaty");
  list.AddSource(0, 4);
  const IndexRange taken = list.TakeText();
  EXPECT_FALSE(list.has_text());
  list.AddSource(5, 11);
  list.EndBlock({});
  list.AddBlock({}, {taken});
  ASSERT_THAT(list.blocks(), SizeIs(2));
  EXPECT_THAT(TextsOf(list, list.blocks()[0]), ElementsAre("treaty"));
  EXPECT_THAT(TextsOf(list, list.blocks()[1]), ElementsAre("pact"));
}

TEST(BlockListTest, LastMarkLooksThroughPieces) {
  BlockList list("end.</b>) ");
  EXPECT_EQ(list.LastMark(), 0u);
  list.AddSource(0, 4);
  list.AddDecoded("\"", {4, 8});
  list.AddSource(8, 10);
  EXPECT_EQ(list.LastMark(), U'.');
}

TEST(BlockListTest, FirstRowWithoutDigitsIsTheHeaderWhereNoneIsMarked) {
  const std::string source = "Treaty Signed INF 1987";
  const std::vector<ByteSpan> names = {{0, 6}, {7, 13}};
  const std::vector<ByteSpan> values = {{14, 17}, {18, 22}};
  const auto headers = [&](const std::vector<std::vector<ByteSpan>>& rows, int marked) {
    BlockList list(source);
    const int32_t table = list.NewTable();
    for (const std::vector<ByteSpan>& row : rows) AddRow(list, table, row);
    if (marked >= 0) list.blocks()[static_cast<size_t>(marked)].is_header_row = true;
    list.MarkHeaderRows();
    std::vector<bool> are_headers;
    for (const DraftBlock& block : list.blocks()) are_headers.push_back(block.is_header_row);
    return are_headers;
  };
  EXPECT_THAT(headers({names, values}, -1), ElementsAre(true, false));
  EXPECT_THAT(headers({values, names}, -1), ElementsAre(false, false));      // digits
  EXPECT_THAT(headers({names}, -1), ElementsAre(false));                     // nothing below it
  EXPECT_THAT(headers({names, {{14, 17}}}, -1), ElementsAre(false, false));  // fewer cells below
  EXPECT_THAT(headers({names, names, values}, 1), ElementsAre(false, true, false));
}

TEST(BlockListTest, EachTableHasItsHeader) {
  BlockList list("ab cd");
  for (int i = 0; i < 2; ++i) {
    const int32_t table = list.NewTable();
    EXPECT_EQ(table, i);
    AddRow(list, table, {{0, 1}, {1, 2}});
    AddRow(list, table, {{3, 4}, {4, 5}});
  }
  list.MarkHeaderRows();
  EXPECT_TRUE(list.blocks()[0].is_header_row);
  EXPECT_FALSE(list.blocks()[1].is_header_row);
  EXPECT_TRUE(list.blocks()[2].is_header_row);
}

}  // namespace
}  // namespace treatywire::ingest
