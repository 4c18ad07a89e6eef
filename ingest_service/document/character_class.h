// What the tokenizer and the block readers need to know of a character.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_CHARACTER_CLASS_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_CHARACTER_CLASS_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace treatywire::ingest {

enum class CharacterClass : uint8_t {
  kSpace,  // white space of every width, and control characters
  kLower,  // letters, by case; kLetter has none ("ʻ", Arabic, Chinese)
  kUpper,
  kLetter,
  kDigit,
  kMark,       // combining marks: they continue a word
  kIgnorable,  // soft hyphen, zero-width space and joiners, byte order mark: part of a word, absent from its
               // norm
  kHyphen,     // hyphens and dashes of every length, and the minus sign
  kSingleQuote,  // straight, curly and low single quotes, apostrophes, primes
  kDoubleQuote,  // the same for double quotes, and guillemets
  kOther,        // every other mark and symbol
};

namespace internal {
constexpr CharacterClass AsciiClass(int c) {
  if (c <= ' ' || c == 0x7F) return CharacterClass::kSpace;
  if (c >= 'a' && c <= 'z') return CharacterClass::kLower;
  if (c >= 'A' && c <= 'Z') return CharacterClass::kUpper;
  if (c >= '0' && c <= '9') return CharacterClass::kDigit;
  if (c == '-') return CharacterClass::kHyphen;
  if (c == '\'' || c == '`') return CharacterClass::kSingleQuote;
  return c == '"' ? CharacterClass::kDoubleQuote : CharacterClass::kOther;
}
constexpr std::array<CharacterClass, 128> MakeAsciiClasses() {
  std::array<CharacterClass, 128> classes{};
  for (int c = 0; c < 128; ++c) classes[c] = AsciiClass(c);
  return classes;
}
inline constexpr std::array<CharacterClass, 128> kAsciiClasses = MakeAsciiClasses();
CharacterClass ClassifyBeyondAscii(char32_t c);
inline bool IsAscii(char c) { return static_cast<unsigned char>(c) < 128; }
}  // namespace internal

inline CharacterClass Classify(char32_t c) {
  return c < 128 ? internal::kAsciiClasses[c] : internal::ClassifyBeyondAscii(c);
}

// The character at `text[at]` (valid UTF-8, first byte of a sequence), its class and its length.
struct Character {
  char32_t value = 0;
  CharacterClass character_class = CharacterClass::kSpace;
  uint32_t bytes = 0;  // 0 = there is none: `at` was the end of the text
};
namespace internal {
Character CharacterAtBeyondAscii(absl::string_view text, size_t at);
Character CharacterBeforeBeyondAscii(absl::string_view text, size_t end);
inline Character AsciiCharacter(char c) {
  return {static_cast<unsigned char>(c), kAsciiClasses[static_cast<unsigned char>(c)], 1};
}
}  // namespace internal

inline Character CharacterAt(absl::string_view text, size_t at) {
  if (at >= text.size()) return {};
  return internal::IsAscii(text[at]) ? internal::AsciiCharacter(text[at])
                                     : internal::CharacterAtBeyondAscii(text, at);
}
// The one that ends right before `text[end]`.
inline Character CharacterBefore(absl::string_view text, size_t end) {
  if (end == 0) return {};
  return internal::IsAscii(text[end - 1]) ? internal::AsciiCharacter(text[end - 1])
                                          : internal::CharacterBeforeBeyondAscii(text, end);
}

constexpr bool IsLetter(CharacterClass c) {
  return c == CharacterClass::kLower || c == CharacterClass::kUpper || c == CharacterClass::kLetter;
}
// What a word may hold after its first letter.
constexpr bool ContinuesWord(CharacterClass c) {
  return IsLetter(c) || c == CharacterClass::kDigit || c == CharacterClass::kMark ||
         c == CharacterClass::kIgnorable;
}

// `text` without white space at its ends.
absl::string_view TrimSpace(absl::string_view text);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_CHARACTER_CLASS_H_
