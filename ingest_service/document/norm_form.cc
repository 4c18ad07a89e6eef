#include "ingest_service/document/norm_form.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include "absl/strings/ascii.h"
#include "ingest_service/document/character_class.h"
#include "ingest_service/document/utf8.h"

namespace treatywire::ingest {
namespace {

// What NFKD leaves whole although it is a Latin letter with a stroke, a ligature or an own letter.
absl::string_view FoldUndecomposed(char32_t lower) {
  switch (lower) {
    case 0x00DF:
      return "ss";
    case 0x00E6:
      return "ae";
    case 0x00F0:
    case 0x0111:
      return "d";
    case 0x00F8:
      return "o";
    case 0x00FE:
      return "th";
    case 0x0127:
      return "h";
    case 0x0131:
      return "i";
    case 0x0138:
      return "q";
    case 0x0142:
      return "l";
    case 0x014B:
      return "ng";
    case 0x0153:
      return "oe";
    case 0x0167:
      return "t";
    case 0x0180:
      return "b";
    case 0x0192:
      return "f";
    case 0x01DD:
    case 0x0259:  // schwa: Azerbaijani names are written with e or a in English; e is the commoner
      return "e";
    case 0x0268:
      return "i";
    case 0x0289:
      return "u";
    default:
      return {};
  }
}

// The accents that NFKD takes off a letter. Vowel signs of other scripts are letters in all but name and
// stay.
bool IsAccent(char32_t c) {
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) ||
         (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE20 && c <= 0xFE2F);
}

void AppendFolded(char32_t c, std::string& out) {
  if (IsAccent(c)) return;
  switch (Classify(c)) {
    case CharacterClass::kIgnorable:
      return;
    case CharacterClass::kHyphen:
      out.push_back('-');
      return;
    case CharacterClass::kSingleQuote:
      out.push_back('\'');
      return;
    case CharacterClass::kDoubleQuote:
      out.push_back('"');
      return;
    default:
      break;
  }
  const auto lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
  const absl::string_view folded = FoldUndecomposed(lower);
  if (!folded.empty()) {
    out.append(folded.data(), folded.size());
    return;
  }
  char bytes[4];
  out.append(bytes, EncodeUtf8(lower, bytes));
}

// ICU's table of compatibility decompositions: static data that is never freed, nullptr only if ICU's data is
// not installed; then words keep their accents.
const UNormalizer2* Decomposer() {
  static const UNormalizer2* const decomposer = [] {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2* found = unorm2_getNFKDInstance(&error);
    return U_SUCCESS(error) ? found : nullptr;
  }();
  return decomposer;
}

void AppendDecomposed(char32_t c, std::string& out) {
  constexpr int32_t kLongestDecomposition = 32;  // Unicode's longest is 18 UTF-16 units (U+FDFA)
  UChar units[kLongestDecomposition];
  UErrorCode error = U_ZERO_ERROR;
  int32_t length = -1;
  // Quotes and the ellipsis have own norms, and U+00B4 would decompose to a space and an accent.
  const CharacterClass character_class = Classify(c);
  const bool is_quote =
      character_class == CharacterClass::kSingleQuote || character_class == CharacterClass::kDoubleQuote;
  if (!is_quote && Decomposer() != nullptr) {
    length =
        unorm2_getDecomposition(Decomposer(), static_cast<UChar32>(c), units, kLongestDecomposition, &error);
  }
  if (length < 0 || U_FAILURE(error)) {
    AppendFolded(c, out);
    return;
  }
  for (int32_t i = 0; i < length;) {
    UChar32 part = 0;
    U16_NEXT(units, i, length, part);
    AppendFolded(static_cast<char32_t>(part), out);
  }
}

}  // namespace

void AppendNormForm(absl::string_view text, std::string& out) {
  for (size_t at = 0; at < text.size();) {
    const char byte = text[at];
    if (static_cast<unsigned char>(byte) < 0x80) {
      out.push_back(byte == '`' ? '\'' : absl::ascii_tolower(static_cast<unsigned char>(byte)));
      ++at;
      continue;
    }
    const CodePoint code = DecodeUtf8(text, at);
    AppendDecomposed(code.value, out);
    at += code.bytes;
  }
}

std::string NormForm(absl::string_view text) {
  std::string norm;
  norm.reserve(text.size());
  AppendNormForm(text, norm);
  return norm;
}

}  // namespace treatywire::ingest
