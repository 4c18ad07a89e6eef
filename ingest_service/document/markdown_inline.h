// The text within a Markdown block, without the marks of emphasis, links and code.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_MARKDOWN_INLINE_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_MARKDOWN_INLINE_H_

#include "ingest_service/document/block_list.h"
#include "ingest_service/document/document.h"

namespace treatywire::ingest {

struct MarkdownInlineOptions {
  // The lines after the first begin with the ">" of a block quote.
  bool quoted = false;
  // The text defines link references ("[1]: https://..."), so that the second half of "[text][1]" is one.
  bool has_references = false;
};

// Adds to the open text of `list` what source[range) says: link texts without their targets, struck text and
// images left out, entities decoded, backslash escapes and inline HTML tags resolved. Linear in the range.
void AddMarkdownInline(ByteSpan range, const MarkdownInlineOptions& options, BlockList& list);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_MARKDOWN_INLINE_H_
