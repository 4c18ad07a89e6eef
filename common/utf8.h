// UTF-8 as Unicode defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
#ifndef TREATYWIRE_COMMON_UTF8_H_
#define TREATYWIRE_COMMON_UTF8_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace treatywire {

// Length in bytes of the valid character that `text` begins with; 0 where it begins with none, or is empty.
size_t Utf8CharacterLength(absl::string_view text);

bool IsValidUtf8(absl::string_view text);

// `text` with U+FFFD in place of every byte that is part of no valid character.
std::string ToValidUtf8(absl::string_view text);

// The longest start of `text` (valid UTF-8) that has at most `max_bytes` bytes and cuts no character.
std::string TruncateUtf8(absl::string_view text, size_t max_bytes);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_UTF8_H_
