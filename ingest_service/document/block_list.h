// What the readers of the formats hand to the rest: the blocks of a body as stretches of the source, before
// sentences and tokens.
//
// A reader adds pieces of text in the order in which they stand in the source and closes them into blocks:
//
//   BlockList list(body);
//   list.AddSource(3, 9);                          // body[3, 9) as it is
//   list.AddDecoded("&", {9, 14});                 // "&amp;"
//   list.AddSource(14, 20);
//   list.EndBlock({.kind = BlockKind::kParagraph});
//
// Text that no Add covers (markup) is not in the block. Pieces cost 20 bytes, blocks 28.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_BLOCK_LIST_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_BLOCK_LIST_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "ingest_service/document/document.h"
#include "ingest_service/document/text_arena.h"

namespace treatywire::ingest {

// [begin, end) in an array.
struct IndexRange {
  uint32_t begin = 0;
  uint32_t end = 0;
  friend bool operator==(const IndexRange&, const IndexRange&) = default;
};

// A stretch of the source and the text that it stands for: itself, or up to 8 bytes that it decodes to.
struct TextPiece {
  ByteSpan source;
  char decoded[8] = {};
  uint8_t decoded_size = 0;
  bool verbatim = true;

  uint32_t size() const { return verbatim ? source.end - source.begin : decoded_size; }
};

// A block whose text is not split into sentences yet. A table row has one text a cell, other blocks have one.
struct DraftBlock {
  BlockKind kind = BlockKind::kParagraph;
  uint8_t level = 0;
  int32_t table = -1;
  bool is_header_row = false;
  IndexRange texts;  // in BlockList::texts()
};

class BlockList {
 public:
  // `source` must outlive the list and be valid UTF-8, shorter than 4 GiB.
  explicit BlockList(absl::string_view source) : source_(source) {}

  // Adds source[begin, end) to the open text. What follows the last piece without a gap is joined to it.
  void AddSource(uint32_t begin, uint32_t end);
  // Adds `decoded` (at most 8 bytes), which source[span) stands for.
  void AddDecoded(absl::string_view decoded, ByteSpan span);

  // Whether the open text has anything but white space.
  bool has_text() const { return has_text_; }
  // The last character of the open text that is neither white space nor a closing quote or bracket, 0 where
  // there is none.
  char32_t LastMark() const;

  // Closes the open text as a cell of the row that EndBlock will close.
  void EndCell();
  // Closes the open text, if it has any, and the cells before it into a block like `block` (its `texts` is
  // set here). Drops the block where none of it has text. Returns whether there was any.
  bool EndBlock(DraftBlock block);

  // Takes the open text out without making a block: its pieces, for EndBlockOf.
  IndexRange TakeText();
  // Adds a block of texts taken before, each a range of pieces.
  void AddBlock(DraftBlock block, const std::vector<IndexRange>& texts);

  // Bytes of text added so far.
  size_t text_bytes() const { return text_bytes_; }

  // The next number for DraftBlock::table.
  int32_t NewTable() { return tables_++; }
  // Where no row of a table is marked as its header: marks its first row, if no cell of it has a digit and
  // the row below has as many cells (two or more).
  void MarkHeaderRows();

  absl::string_view source() const { return source_; }
  const std::vector<DraftBlock>& blocks() const { return blocks_; }
  std::vector<DraftBlock>& blocks() { return blocks_; }
  // Ranges of pieces.
  const std::vector<IndexRange>& texts() const { return texts_; }

  // The text of `text` (a range of pieces): a view of `source` where nothing has to be decoded or left out, a
  // copy in `arena` otherwise.
  absl::string_view Flatten(IndexRange text, TextArena& arena) const;
  // Replaces in `tokens` from number `first` on the offsets in Flatten(text) by offsets in the source.
  void MapToSource(IndexRange text, std::vector<Token>& tokens, size_t first) const;

 private:
  absl::string_view TextOf(const TextPiece& piece) const;
  bool HasDigit(IndexRange text) const;
  void Note(absl::string_view added);

  absl::string_view source_;
  std::vector<TextPiece> pieces_;
  std::vector<IndexRange> texts_;
  std::vector<DraftBlock> blocks_;
  uint32_t open_piece_ = 0;  // where the open text begins in pieces_
  uint32_t open_text_ = 0;   // where the open row begins in texts_
  bool open_row_has_text_ = false;
  bool has_text_ = false;
  size_t text_bytes_ = 0;
  int32_t tables_ = 0;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_BLOCK_LIST_H_
