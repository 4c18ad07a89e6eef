// Which of the formats that the reader knows a MIME type names.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_MIME_TYPE_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_MIME_TYPE_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace treatywire::ingest {

enum class MimeType { kPlain, kHtml, kMarkdown };

// "text/plain", "text/html", "application/xhtml+xml", "text/markdown", with or without parameters
// ("; charset=utf-8"), in any letter case; empty means plain text. Returns INVALID_ARGUMENT for any other,
// and for a charset that is neither UTF-8 nor US-ASCII.
absl::StatusOr<MimeType> ParseMimeType(absl::string_view mime_type);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_MIME_TYPE_H_
