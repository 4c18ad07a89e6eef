#include "ingest_service/document/block_list.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "absl/strings/ascii.h"
#include "ingest_service/document/character_class.h"
#include "ingest_service/document/text_line.h"

namespace treatywire::ingest {

void BlockList::Note(absl::string_view added) {
  text_bytes_ += added.size();
  if (!has_text_) has_text_ = !TrimSpace(added).empty();
}

absl::string_view BlockList::TextOf(const TextPiece& piece) const {
  if (piece.verbatim) return source_.substr(piece.source.begin, piece.size());
  return {piece.decoded, piece.decoded_size};
}

char32_t BlockList::LastMark() const {
  char32_t mark = 0;
  for (size_t i = pieces_.size(); i > open_piece_ && mark == 0; --i)
    mark = ::treatywire::ingest::LastMark(TextOf(pieces_[i - 1]));
  return mark;
}

void BlockList::AddSource(uint32_t begin, uint32_t end) {
  if (begin >= end) return;
  Note(source_.substr(begin, end - begin));
  if (pieces_.size() > open_piece_ && pieces_.back().verbatim && pieces_.back().source.end == begin) {
    pieces_.back().source.end = end;
    return;
  }
  TextPiece piece;
  piece.source = {begin, end};
  pieces_.push_back(piece);
}

void BlockList::AddDecoded(absl::string_view decoded, ByteSpan span) {
  TextPiece piece;
  assert(decoded.size() <= sizeof(piece.decoded));
  if (decoded.empty()) return;
  Note(decoded);
  piece.source = span;
  piece.verbatim = false;
  piece.decoded_size = static_cast<uint8_t>(decoded.size());
  std::memcpy(piece.decoded, decoded.data(), decoded.size());
  pieces_.push_back(piece);
}

IndexRange BlockList::TakeText() {
  const IndexRange text = {open_piece_, static_cast<uint32_t>(pieces_.size())};
  open_piece_ = text.end;
  has_text_ = false;
  return text;
}

void BlockList::EndCell() {
  open_row_has_text_ = open_row_has_text_ || has_text_;
  texts_.push_back(TakeText());
}

bool BlockList::EndBlock(DraftBlock block) {
  if (has_text_) EndCell();
  TakeText();
  const bool kept = open_row_has_text_;
  if (kept) {
    block.texts = {open_text_, static_cast<uint32_t>(texts_.size())};
    blocks_.push_back(block);
  } else {
    texts_.resize(open_text_);
  }
  open_text_ = static_cast<uint32_t>(texts_.size());
  open_row_has_text_ = false;
  return kept;
}

void BlockList::AddBlock(DraftBlock block, const std::vector<IndexRange>& texts) {
  assert(open_text_ == texts_.size());
  texts_.insert(texts_.end(), texts.begin(), texts.end());
  block.texts = {open_text_, static_cast<uint32_t>(texts_.size())};
  open_text_ = block.texts.end;
  blocks_.push_back(block);
}

bool BlockList::HasDigit(IndexRange text) const {
  for (uint32_t i = text.begin; i < text.end; ++i) {
    const TextPiece& piece = pieces_[i];
    if (!piece.verbatim) continue;
    const absl::string_view bytes = source_.substr(piece.source.begin, piece.size());
    if (std::any_of(bytes.begin(), bytes.end(), [](char c) { return absl::ascii_isdigit(c); })) return true;
  }
  return false;
}

void BlockList::MarkHeaderRows() {
  for (size_t first = 0; first < blocks_.size();) {
    size_t end = first + 1;
    bool marked = blocks_[first].is_header_row;
    while (end < blocks_.size() && blocks_[end].table == blocks_[first].table) {
      marked = marked || blocks_[end].is_header_row;
      ++end;
    }
    DraftBlock& row = blocks_[first];
    if (row.kind == BlockKind::kTableRow && !marked && end - first >= 2) {
      const uint32_t cells = row.texts.end - row.texts.begin;
      const IndexRange below = blocks_[first + 1].texts;
      row.is_header_row = cells >= 2 && below.end - below.begin == cells &&
                          std::none_of(texts_.begin() + row.texts.begin, texts_.begin() + row.texts.end,
                                       [this](IndexRange text) { return HasDigit(text); });
    }
    first = end;
  }
}

absl::string_view BlockList::Flatten(IndexRange text, TextArena& arena) const {
  if (text.begin == text.end) return {};
  const TextPiece& only = pieces_[text.begin];
  if (text.end - text.begin == 1 && only.verbatim) return source_.substr(only.source.begin, only.size());
  size_t size = 0;
  for (uint32_t i = text.begin; i < text.end; ++i) size += pieces_[i].size();
  char* const flat = arena.Allocate(size);
  char* next = flat;
  for (uint32_t i = text.begin; i < text.end; ++i) {
    const TextPiece& piece = pieces_[i];
    std::memcpy(next, TextOf(piece).data(), piece.size());
    next += piece.size();
  }
  return {flat, size};
}

void BlockList::MapToSource(IndexRange text, std::vector<Token>& tokens, size_t first) const {
  if (text.end - text.begin == 1 && pieces_[text.begin].verbatim) {
    const uint32_t offset = pieces_[text.begin].source.begin;
    for (size_t i = first; i < tokens.size(); ++i) {
      tokens[i].source = {tokens[i].source.begin + offset, tokens[i].source.end + offset};
    }
    return;
  }
  uint32_t at = text.begin;  // the piece that holds the token's first byte
  uint32_t piece_begin = 0;  // its offset in the flat text
  for (size_t i = first; i < tokens.size(); ++i) {
    ByteSpan& span = tokens[i].source;
    while (piece_begin + pieces_[at].size() <= span.begin) piece_begin += pieces_[at++].size();
    uint32_t last = at;  // the piece that holds its last byte
    uint32_t last_begin = piece_begin;
    while (last_begin + pieces_[last].size() < span.end) last_begin += pieces_[last++].size();
    const TextPiece& head = pieces_[at];
    const TextPiece& tail = pieces_[last];
    span.begin = head.source.begin + (head.verbatim ? span.begin - piece_begin : 0);
    span.end = tail.verbatim ? tail.source.begin + (span.end - last_begin) : tail.source.end;
  }
}

}  // namespace treatywire::ingest
