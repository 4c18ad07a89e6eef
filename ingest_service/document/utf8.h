// UTF-8 as bytes: validation, and code points in and out of text that is known to be valid.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_UTF8_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_UTF8_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace treatywire::ingest {

// Offset of the first byte that does not belong to a well-formed sequence (RFC 3629: no surrogates, no
// overlong forms, nothing above U+10FFFF), or npos where all of `text` is valid.
size_t FindInvalidUtf8(absl::string_view text);

struct CodePoint {
  char32_t value = 0;
  uint32_t bytes = 0;  // 1 to 4
};

// The code point at `text[at]`. `text` must be valid UTF-8, `at` the first byte of a sequence within it.
CodePoint DecodeUtf8(absl::string_view text, size_t at);

// The code point that ends right before `text[end]`; 0 < end <= text.size().
CodePoint DecodeUtf8Before(absl::string_view text, size_t end);

// Writes `value` (a Unicode scalar value) to `out` and returns the number of bytes, 1 to 4.
size_t EncodeUtf8(char32_t value, char out[4]);

inline bool IsUtf8Continuation(char byte) { return (static_cast<uint8_t>(byte) & 0xC0) == 0x80; }

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_UTF8_H_
