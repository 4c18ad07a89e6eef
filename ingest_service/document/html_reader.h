// Finds the blocks of HTML.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_HTML_READER_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_HTML_READER_H_

#include "absl/strings/string_view.h"
#include "ingest_service/document/block_list.h"

namespace treatywire::ingest {

// Reads the blocks of `body` (valid UTF-8): a document or a fragment, well-formed or not.
// - <h1> to <h6> are headings, as is a short paragraph that is bold as a whole; <li>, <dt>, <dd> are list
// items; other
//   text is paragraphs. A single <br> ends a paragraph unless the text goes on in lower case.
// - A table with two columns or more gives rows, with cells that span columns or rows filled up with empty
// ones, so that
//   cells stay under their headers. Tables that only lay out the page (nested, one column, with headings or
//   long texts in their cells) give their blocks as if there were no table.
// - Left out: scripts, styles, struck text, controls, what is hidden; and, unless next to nothing would be
// left,
//   navigation, forms, footers, asides, the page's header where an <article> or <main> has the text, and
//   elements whose class says that they are one of these ("related", "share", "newsletter", ...).
// Linear in `body`, which must outlive the list.
BlockList ReadHtml(absl::string_view body);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_HTML_READER_H_
