// An article as the later stages see it: blocks of sentences of tokens, each of which knows where it
// stands in the article as it was sent.
//
// A Document is built once by ReadDocument (document_reader.h) and not changed afterwards; any number of
// threads may read it. Views inside it point into storage that the Document owns: it may be moved (the
// storage is on the heap), never copied, and the views live as long as it does.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_DOCUMENT_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_DOCUMENT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace treatywire::ingest {

enum class BlockKind : uint8_t {
  kTitle,    // the article's title, as sent in its own field
  kHeading,  // <h1>…<h6>, "# …", or a short line of plain text without a full stop, above a paragraph
  kParagraph,
  kListItem,  // <li>, "- …", "* …", "1. …"
  kTableRow,  // <tr>, "| a | b |"; its cells are in Block::cells
};

// A half-open range of bytes.
struct ByteSpan {
  uint32_t begin = 0;
  uint32_t end = 0;
  friend bool operator==(const ByteSpan&, const ByteSpan&) = default;
};

// A word, a number or a punctuation mark. Hyphenated words are several tokens ("Franco", "-", "Russian"), the
// possessive is a token of its own ("Russia", "'s"), dotted abbreviations are one ("U.S.", "Feb.", "No.").
struct Token {
  // As written (entities decoded, markup gone).
  absl::string_view text;
  // For look-ups: lower case by Unicode rules, accents removed, every hyphen and dash "-", every quote ' or
  // ", the final dot of an abbreviation gone unless it holds another one ("feb" but "u.s.").
  absl::string_view norm;
  // Where it stands in Article.body as sent (in Article.title for a kTitle block).
  ByteSpan source;
  bool space_before = false;  // white space, or the start of a sentence, stands before it
  bool is_word = false;       // begins with a letter
  bool is_number = false;     // digits, with inner separators ("1,500", "3.5"); ordinals ("4th") as well
  bool capitalized = false;   // its first letter is upper case
  bool all_caps = false;      // two letters or more, all of them upper case ("NATO", "U.S.")
};

// [begin, end) in Document::tokens.
struct TokenSpan {
  uint32_t begin = 0;
  uint32_t end = 0;
  bool empty() const { return begin >= end; }
  uint32_t size() const { return end - begin; }
  bool Contains(uint32_t token) const { return begin <= token && token < end; }
  friend bool operator==(const TokenSpan&, const TokenSpan&) = default;
};

struct Sentence {
  TokenSpan tokens;
  uint32_t block = 0;  // index in Document::blocks
  // From its first to its last token; in a kTitle block in the title, else in the body. Cut out of what was
  // sent it is the sentence, with whatever markup stands inside it.
  ByteSpan source;
};

struct Block {
  BlockKind kind = BlockKind::kParagraph;
  // Index in Document::blocks of the heading (or title) above it; its own index where there is none.
  uint32_t heading = 0;
  // Nesting of list items (0 = top) and level of headings (1 to 6).
  uint8_t level = 0;
  // kTableRow: which table of the article (from 0), and whether the row is its header (<th>, or the row
  // above "|---|", or the first row of a table that marks none).
  int32_t table = -1;
  bool is_header_row = false;
  // [first, last) in Document::sentences. A table cell is never joined with the next into one sentence.
  uint32_t first_sentence = 0;
  uint32_t last_sentence = 0;
  // kTableRow: the tokens of each cell, in order; empty cells are empty spans.
  std::vector<TokenSpan> cells;
};

struct Document {
  std::vector<Block> blocks;
  std::vector<Sentence> sentences;
  std::vector<Token> tokens;

  // All tokens of the block; an empty span where it has none.
  TokenSpan TokensOf(const Block& block) const {
    if (block.first_sentence >= block.last_sentence) return {};
    return {sentences[block.first_sentence].tokens.begin, sentences[block.last_sentence - 1].tokens.end};
  }

  // The text of tokens [span) with single spaces where there was white space.
  std::string Text(TokenSpan span) const;
  // The same into `*text`, in the memory that it has.
  void CopyText(TokenSpan span, std::string* text) const;
  // The same without a copy where it stands like that in what the tokens view, as nearly always; else
  // nothing.
  absl::string_view TextInPlace(TokenSpan span) const;

  // What the views point into: chunks that never move.
  std::vector<std::unique_ptr<char[]>> storage;

  Document() = default;
  Document(Document&&) = default;
  Document& operator=(Document&&) = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_DOCUMENT_H_
