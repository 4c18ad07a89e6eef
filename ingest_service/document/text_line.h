// The lines of a text and what their first characters say about them. Shared by the readers of plain text and
// of Markdown.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_TEXT_LINE_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_TEXT_LINE_H_

#include <cstdint>
#include <functional>

#include "absl/strings/string_view.h"
#include "ingest_service/document/document.h"

namespace treatywire::ingest {

// A line without its end and without white space at either end.
struct TextLine {
  ByteSpan span;
  uint32_t indent = 0;      // columns of white space before it; a tab goes to the next multiple of four
  uint32_t next = 0;        // where the next line begins
  bool hard_break = false;  // two spaces or more stand after it
  bool empty() const { return span.begin == span.end; }
};

// The line of `text` that begins at `begin`. Lines end with "\n", "\r\n", "\r", U+2028 or U+2029.
TextLine LineAt(absl::string_view text, uint32_t begin);

inline absl::string_view Slice(absl::string_view text, ByteSpan span) {
  return text.substr(span.begin, span.end - span.begin);
}

// Length in bytes of the list marker, white space after it included, that `line` begins with; 0 where it has
// none. Markers: "-", "*", "+" and bullets ("•" and its like, en dash); "1." or "1)" of up to three digits,
// "(a)", "a)".
struct ListMarker {
  uint32_t bytes = 0;
  bool numbered = false;
};
ListMarker FindListMarker(absl::string_view line);

// Three marks or more of one of "-", "*", "_", "=", "~", with or without spaces between, and nothing else.
bool IsRule(absl::string_view line);

// Its last character that is neither white space nor a closing quote, bracket or mark of emphasis; 0 if there
// is none.
char32_t LastMark(absl::string_view text);

// ". ! ? …", and ":", which announces what follows.
bool IsSentenceEnd(char32_t mark);

// Whether the line ends a sentence or announces what follows it.
inline bool EndsSentence(absl::string_view line) { return IsSentenceEnd(LastMark(line)); }

// Whether its first character is a lower-case letter.
bool BeginsLower(absl::string_view line);

// Number of characters (code points).
uint32_t Width(absl::string_view text);

// "| a | b |": begins with a pipe and has a second one.
bool IsPipeRow(absl::string_view line);
// "|---|:--:|", "+----+----+" or, where a row stands above it, "--- | ---": marks a header or a border.
bool IsDelimiterRow(absl::string_view line);
// Calls `cell` for each cell of the row text[row), without white space around it. Pipes at the ends are
// borders;
// "\|" is no border.
void ForEachCell(absl::string_view text, ByteSpan row, const std::function<void(ByteSpan)>& cell);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_TEXT_LINE_H_
