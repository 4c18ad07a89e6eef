// Finds the blocks of plain text.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_PLAIN_TEXT_READER_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_PLAIN_TEXT_READER_H_

#include "absl/strings/string_view.h"
#include "ingest_service/document/block_list.h"

namespace treatywire::ingest {

// Reads the blocks of `body` (valid UTF-8) by what its lines look like:
// - A line is a paragraph, whether a blank line stands between it and the next or not. A line without final
//   punctuation is joined with a next one that begins in lower case. In a text that is hard-wrapped (lines of
//   at most kMaxWrapColumns, a quarter of them or more broken before a lower-case word), lines that were
//   broken because the next word did not fit are joined as well.
// - "| a | b |" is a table row, "- a" and "1. a" are list items; a row of dashes is nothing.
// - A heading is a short line without final punctuation, or a single question, or a time of day alone, above
//   something else. A numbered line that no other list item precedes and a paragraph follows is a heading
//   too.
// Linear in `body`. `body` must outlive the list.
BlockList ReadPlainText(absl::string_view body);

// Longest line of text that counts as hard-wrapped, in characters.
inline constexpr uint32_t kMaxWrapColumns = 120;

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_PLAIN_TEXT_READER_H_
