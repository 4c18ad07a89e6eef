// Checks a Document against everything that document.h promises of one, whatever the article was.
#ifndef TREATYWIRE_TESTS_INGEST_SERVICE_DOCUMENT_DOCUMENT_PROMISES_H_
#define TREATYWIRE_TESTS_INGEST_SERVICE_DOCUMENT_DOCUMENT_PROMISES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "ingest_service/document/document.h"
#include "ingest_service/document/mime_type.h"

namespace treatywire::ingest {

// The first promise that `document`, read from `title` and `body`, breaks; empty if it keeps all:
// - Blocks, sentences and tokens follow each other without gap, overlap or anything empty; headings stand
// above
//   what refers to them; no token, sentence or level is past its limit.
// - A token's or sentence's bytes, cut out of the article as sent, are its text: exactly in plain text, after
//   decoding in HTML and Markdown, where markup may stand within it. Spans begin and end between characters
//   and follow each other as the tokens do.
std::string FindBrokenPromise(absl::string_view title, absl::string_view body, MimeType mime_type,
                              const Document& document);

// The text that a browser's parser (gumbo, an independent implementation of the HTML standard) makes of a
// fragment of HTML; a line break where it has <br>.
std::string TextOfHtml(absl::string_view fragment);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_TESTS_INGEST_SERVICE_DOCUMENT_DOCUMENT_PROMISES_H_
