#include "ingest_service/document/character_class.h"

#include <unicode/uchar.h>

#include "ingest_service/document/utf8.h"

namespace treatywire::ingest {
namespace internal {
namespace {

CharacterClass ClassifyByCategory(char32_t c) {
  const auto code = static_cast<UChar32>(c);
  switch (u_charType(code)) {
    case U_UPPERCASE_LETTER:
    case U_TITLECASE_LETTER:
      return CharacterClass::kUpper;
    case U_LOWERCASE_LETTER:
      return CharacterClass::kLower;
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_LETTER_NUMBER:
      return CharacterClass::kLetter;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
      return CharacterClass::kMark;
    case U_DECIMAL_DIGIT_NUMBER:
      return CharacterClass::kDigit;
    case U_SPACE_SEPARATOR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_CONTROL_CHAR:
      return CharacterClass::kSpace;
    case U_FORMAT_CHAR:
      return CharacterClass::kIgnorable;
    case U_DASH_PUNCTUATION:
      return CharacterClass::kHyphen;
    default:
      return CharacterClass::kOther;
  }
}

}  // namespace

CharacterClass ClassifyBeyondAscii(char32_t c) {
  switch (c) {
    case 0x00AB:  // «
    case 0x00BB:  // »
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:  // double prime
    case 0xFF02:
      return CharacterClass::kDoubleQuote;
    case 0x00B4:  // acute accent typed as an apostrophe
    case 0x02BC:  // modifier letter apostrophe
    case 0x02BB:  // okina
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:  // prime
    case 0x2039:
    case 0x203A:
    case 0xFF07:
      return CharacterClass::kSingleQuote;
    case 0x2212:  // minus sign
      return CharacterClass::kHyphen;
    default:
      return ClassifyByCategory(c);
  }
}

Character CharacterAtBeyondAscii(absl::string_view text, size_t at) {
  const CodePoint code = DecodeUtf8(text, at);
  return {code.value, Classify(code.value), code.bytes};
}

Character CharacterBeforeBeyondAscii(absl::string_view text, size_t end) {
  const CodePoint code = DecodeUtf8Before(text, end);
  return {code.value, Classify(code.value), code.bytes};
}

}  // namespace internal

absl::string_view TrimSpace(absl::string_view text) {
  for (Character c = CharacterAt(text, 0); c.bytes > 0 && c.character_class == CharacterClass::kSpace;
       c = CharacterAt(text, 0)) {
    text.remove_prefix(c.bytes);
  }
  for (Character c = CharacterBefore(text, text.size());
       c.bytes > 0 && c.character_class == CharacterClass::kSpace; c = CharacterBefore(text, text.size())) {
    text.remove_suffix(c.bytes);
  }
  return text;
}

}  // namespace treatywire::ingest
