// Documents as lines of text, for tests that say what a reader finds.
#ifndef TREATYWIRE_TESTS_INGEST_SERVICE_DOCUMENT_DOCUMENT_TEXT_H_
#define TREATYWIRE_TESTS_INGEST_SERVICE_DOCUMENT_DOCUMENT_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "ingest_service/document/document.h"
#include "ingest_service/document/mime_type.h"

namespace treatywire::ingest {

// One line a block, its sentences between "|":
//   "T: title", "H2: heading", "P: one. | two.", "L0: item", "R0: cell ; cell", "R0*: header ; cell".
std::vector<std::string> Show(const Document& document);

// The texts of tokens [span).
std::vector<std::string> Texts(const Document& document, TokenSpan span);

// ReadDocument, which must succeed, and leave every promise of document.h kept (document_promises.h).
Document MustRead(absl::string_view body, MimeType mime_type, absl::string_view title = "");

inline std::vector<std::string> ShowPlain(absl::string_view body) {
  return Show(MustRead(body, MimeType::kPlain));
}
inline std::vector<std::string> ShowHtml(absl::string_view body) {
  return Show(MustRead(body, MimeType::kHtml));
}
inline std::vector<std::string> ShowMarkdown(absl::string_view body) {
  return Show(MustRead(body, MimeType::kMarkdown));
}

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_TESTS_INGEST_SERVICE_DOCUMENT_DOCUMENT_TEXT_H_
