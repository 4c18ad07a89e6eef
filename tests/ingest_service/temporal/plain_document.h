// Documents for tests of dates, made from plain text without the document reader.
#ifndef TREATYWIRE_TESTS_INGEST_SERVICE_TEMPORAL_PLAIN_DOCUMENT_H_
#define TREATYWIRE_TESTS_INGEST_SERVICE_TEMPORAL_PLAIN_DOCUMENT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "ingest_service/document/document.h"

namespace treatywire::ingest {

// Every line is a block: "# ..." the title, "- ..." a list item, all else a paragraph. ASCII only. A sentence
// ends at a full stop before a space and a capital, unless it is that of a month or weekday or of an initial.
Document PlainDocument(absl::string_view text);

// The tokens of `span` with single spaces where there was white space.
std::string TextOf(const Document& document, TokenSpan span);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_TESTS_INGEST_SERVICE_TEMPORAL_PLAIN_DOCUMENT_H_
