#include "ingest_service/document/html_table.h"

#include <algorithm>

#include "ingest_service/document/html_tokenizer.h"

namespace treatywire::ingest {

void HtmlTable::BeginRow() {
  EndRow();
  const auto first = static_cast<uint32_t>(cells_.size());
  rows_.push_back({first, first});
  in_row_ = true;
}

void HtmlTable::EndRow() {
  EndCell();
  in_row_ = false;
}

void HtmlTable::BeginCell(bool is_header, Span span) {
  EndCell();
  if (!in_row_) BeginRow();
  const auto first = static_cast<uint32_t>(blocks_.size());
  cells_.push_back({{first, first}, is_header, span});
  rows_.back().end = static_cast<uint32_t>(cells_.size());
  in_cell_ = true;
}

void HtmlTable::EndCell() { in_cell_ = false; }

void HtmlTable::AddToCell(const DraftBlock& block, IndexRange text) {
  blocks_.push_back({block, text});
  cells_.back().blocks.end = static_cast<uint32_t>(blocks_.size());
}

IndexRange HtmlTable::TextOf(const Cell& cell) const {
  if (cell.blocks.begin == cell.blocks.end) return {};
  return {blocks_[cell.blocks.begin].text.begin, blocks_[cell.blocks.end - 1].text.end};
}

bool HtmlTable::HoldsData() const {
  // A cell of a data table says one thing; a cell that holds the page holds paragraphs.
  constexpr uint32_t kMaxBlocksInCell = 8;
  constexpr uint8_t kPageHeadingLevel = 3;
  const bool has_heading = std::any_of(blocks_.begin(), blocks_.end(), [](const Block& block) {
    return block.block.kind == BlockKind::kHeading && block.block.level <= kPageHeadingLevel;
  });
  const bool has_long_cell = std::any_of(cells_.begin(), cells_.end(), [](const Cell& cell) {
    return cell.blocks.end - cell.blocks.begin > kMaxBlocksInCell;
  });
  if (has_heading || has_long_cell) return false;
  return std::any_of(rows_.begin(), rows_.end(), [this](IndexRange row) {
    return std::count_if(cells_.begin() + row.begin, cells_.begin() + row.end,
                         [](const Cell& cell) { return cell.blocks.begin < cell.blocks.end; }) >= 2;
  });
}

bool HtmlTable::IsHeader(IndexRange row) const {
  return std::all_of(cells_.begin() + row.begin, cells_.begin() + row.end,
                     [](const Cell& cell) { return cell.is_header || cell.blocks.begin == cell.blocks.end; });
}

std::vector<IndexRange> HtmlTable::LayOut(IndexRange row, std::vector<uint16_t>& pending) const {
  std::vector<IndexRange> texts;
  const auto fill = [&] {
    while (texts.size() < pending.size() && pending[texts.size()] > 0) {
      --pending[texts.size()];
      texts.emplace_back();
    }
  };
  for (uint32_t i = row.begin; i < row.end; ++i) {
    fill();
    const Cell& cell = cells_[i];
    const size_t column = texts.size();
    texts.push_back(TextOf(cell));
    texts.resize(column + cell.span.columns);
    for (size_t c = column; c < texts.size() && c < pending.size(); ++c) {
      pending[c] = static_cast<uint16_t>(cell.span.rows - 1);
    }
  }
  fill();
  return texts;
}

void HtmlTable::MoveTo(BlockList& list) {
  if (!HoldsData()) return DissolveInto(list);
  const int32_t table = list.NewTable();
  std::vector<uint16_t> pending(kMaxSpan, 0);
  for (const IndexRange row : rows_) {
    const std::vector<IndexRange> texts = LayOut(row, pending);
    const bool has_text =
        std::any_of(texts.begin(), texts.end(), [](IndexRange text) { return text.begin < text.end; });
    if (!has_text) continue;
    DraftBlock block;
    block.kind = BlockKind::kTableRow;
    block.table = table;
    block.is_header_row = IsHeader(row);
    list.AddBlock(block, texts);
  }
  *this = HtmlTable();
}

void HtmlTable::DissolveInto(BlockList& list) {
  for (const Block& block : blocks_) list.AddBlock(block.block, {block.text});
  *this = HtmlTable();
}

}  // namespace treatywire::ingest
