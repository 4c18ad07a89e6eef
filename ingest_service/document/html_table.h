// A table of an HTML page while it is being read, until it is known whether it holds data or lays out the
// page.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_HTML_TABLE_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_HTML_TABLE_H_

#include <cstdint>
#include <vector>

#include "ingest_service/document/block_list.h"

namespace treatywire::ingest {

class HtmlTable {
 public:
  struct Span {
    uint16_t columns = 1;
    uint16_t rows = 1;
  };

  void BeginRow();
  void EndRow();
  void BeginCell(bool is_header, Span span);
  void EndCell();
  bool in_cell() const { return in_cell_; }

  // Adds to the open cell a block whose text is `text`. Pieces of one cell must follow each other in the
  // list.
  void AddToCell(const DraftBlock& block, IndexRange text);

  // Adds the rows to `list` if the table holds data, else the blocks of its cells; leaves the table empty.
  void MoveTo(BlockList& list);
  // Adds the blocks of its cells to `list`, whatever the table looks like; leaves the table empty.
  void DissolveInto(BlockList& list);

 private:
  struct Block {
    DraftBlock block;
    IndexRange text;
  };
  struct Cell {
    IndexRange blocks;  // in blocks_
    bool is_header = false;
    Span span;
  };

  bool HoldsData() const;
  // The cells of a row with those that spans fill up. `pending`: for how many rows more each column is taken.
  std::vector<IndexRange> LayOut(IndexRange row, std::vector<uint16_t>& pending) const;
  bool IsHeader(IndexRange row) const;
  IndexRange TextOf(const Cell& cell) const;

  std::vector<Block> blocks_;
  std::vector<Cell> cells_;
  std::vector<IndexRange> rows_;  // in cells_
  bool in_row_ = false;
  bool in_cell_ = false;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_HTML_TABLE_H_
