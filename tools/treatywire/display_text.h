// Text as a terminal shows it: how wide it is, and what of it may be shown.
//
// Titles, names and sentences come from articles, and so from anybody: a control character in them could move
// the cursor, recolour the screen or, with a change of writing direction, make one name look like another.
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_DISPLAY_TEXT_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_DISPLAY_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace treatywire::tools {

// `text` on one line and harmless: line breaks and tabs become spaces; other control and format characters
// (escape sequences, changes of direction), what is unassigned and what is no UTF-8 become U+FFFD. Joiners
// (U+200C, U+200D) stay: scripts need them.
std::string PrintableText(absl::string_view text);

// Columns that `text` takes: two for wide East Asian characters and emoji, none for combining marks. `text`
// is expected to be printable (PrintableText).
int DisplayWidth(absl::string_view text);

// `text` cut into lines of at most `width` columns (1 at least), between words where there are spaces, and
// within a word where it alone is wider. Spaces stay as they are but at the ends of lines. Never empty: text
// without words is one empty line. A character wider than `width` stands alone.
std::vector<std::string> WrapText(absl::string_view text, int width);

// `text`, made printable, as lines that begin with `indent` spaces, the ones after the first with
// `hanging_indent`, of at most `width` columns with them (0: one line). Each ends with a newline.
std::string IndentedText(absl::string_view text, int indent, int hanging_indent, int width);

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_DISPLAY_TEXT_H_
