// Reads an article's title and body into a Document.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_DOCUMENT_READER_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_DOCUMENT_READER_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ingest_service/document/document.h"
#include "ingest_service/document/mime_type.h"

namespace treatywire::ingest {

// Longest body and title that ReadDocument takes, in bytes. A news article is about 5 KB; 4 MiB holds a book.
inline constexpr size_t kMaxBodyBytes = 4 << 20;
inline constexpr size_t kMaxTitleBytes = 4 << 10;
// Longest token in bytes. Longer runs of letters are cut into tokens of this length.
inline constexpr size_t kMaxTokenBytes = 256;
// Longest sentence in tokens; longer ones are cut, preferably at a semicolon or comma.
inline constexpr size_t kMaxSentenceTokens = 400;

// What ReadDocument says of a title and a body that are too long or not UTF-8; OK for all others.
absl::Status CheckArticleText(absl::string_view title, absl::string_view body);

// Reads the blocks, sentences and tokens of `title` (plain text, may be empty) and `body`.
// A body that begins by repeating the title gives it once, as the title block.
// Navigation, scripts, styles, forms, footers and asides of HTML are left out.
// Returns INVALID_ARGUMENT where title or body is over its maximum, is not UTF-8, or the body has no text.
// Time and memory are linear in the input's size whatever it holds (nesting included).
absl::StatusOr<Document> ReadDocument(absl::string_view title, absl::string_view body, MimeType mime_type);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_DOCUMENT_READER_H_
