// Finds the blocks of Markdown.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_MARKDOWN_READER_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_MARKDOWN_READER_H_

#include "absl/strings/string_view.h"
#include "ingest_service/document/block_list.h"

namespace treatywire::ingest {

// Reads the blocks of `body` (valid UTF-8): ATX and underlined headings, paragraphs, lists with nesting, pipe
// tables (their header is the row above "|---|"), block quotes (their text is ordinary blocks). A short
// paragraph that is bold as a whole is a heading. Front matter, fenced code, rules, comments, images and link
// definitions are left out. This is the Markdown that newsrooms write, not all of CommonMark: indented code
// is text, and HTML tags are dropped, not interpreted. Linear in `body`, which must outlive the list.
BlockList ReadMarkdown(absl::string_view body);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_MARKDOWN_READER_H_
