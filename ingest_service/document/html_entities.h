// HTML's character references: "&amp;", "&#8209;", "&#x2011;".
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_HTML_ENTITIES_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_HTML_ENTITIES_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace treatywire::ingest {

struct CharacterReference {
  uint32_t source_bytes = 0;  // 0 = there is none
  uint8_t size = 0;
  char decoded[8] = {};  // UTF-8, one or two code points

  absl::string_view text() const { return {decoded, size}; }
};

// The reference that `text` (which begins with "&") begins with, by the rules of the HTML standard for text:
// all of its 2231 names, the older ones also without semicolon; numbers that name no character, and those of
// Windows-1252, become what browsers make of them.
CharacterReference DecodeCharacterReference(absl::string_view text);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_HTML_ENTITIES_H_
