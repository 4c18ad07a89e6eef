#include "ingest_service/document/html_entities.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "absl/strings/ascii.h"
#include "ingest_service/document/utf8.h"

namespace treatywire::ingest {
namespace {

struct NamedReference {
  absl::string_view name;  // without "&", with ";" where the standard asks for it
  absl::string_view text;
};

constexpr NamedReference kNamedReferences[] = {
#include "ingest_service/document/html_entity_table.inc"
};
constexpr size_t kLongestName = 32;  // "CounterClockwiseContourIntegral;"
constexpr size_t kLongestWithoutSemicolon = 6;

const NamedReference* Find(absl::string_view name) {
  const auto* const end = std::end(kNamedReferences);
  const auto* const found = std::lower_bound(
      std::begin(kNamedReferences), end, name,
      [](const NamedReference& reference, absl::string_view key) { return reference.name < key; });
  return found != end && found->name == name ? found : nullptr;
}

CharacterReference Make(size_t source_bytes, absl::string_view text) {
  CharacterReference reference;
  reference.source_bytes = static_cast<uint32_t>(source_bytes);
  reference.size = static_cast<uint8_t>(text.size());
  std::memcpy(reference.decoded, text.data(), text.size());
  return reference;
}

// What the standard puts in the place of numbers that name no character or a control character that
// Windows-1252 uses for a letter or a quote.
char32_t Replace(char32_t number) {
  static constexpr char32_t kWindows1252[32] = {
      0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF)) return 0xFFFD;
  return number >= 0x80 && number < 0xA0 ? kWindows1252[number - 0x80] : number;
}

CharacterReference DecodeNumber(absl::string_view text) {
  size_t at = 2;
  const bool hexadecimal = at < text.size() && (text[at] == 'x' || text[at] == 'X');
  if (hexadecimal) ++at;
  const size_t first = at;
  char32_t number = 0;
  for (; at < text.size() && absl::ascii_isxdigit(text[at]) && (hexadecimal || absl::ascii_isdigit(text[at]));
       ++at) {
    const char c = absl::ascii_tolower(text[at]);
    const char32_t digit = absl::ascii_isdigit(c) ? c - '0' : c - 'a' + 10;
    // Stops growing above Unicode's end, so that no run of digits overflows.
    if (number <= 0x10FFFF) number = number * (hexadecimal ? 16 : 10) + digit;
  }
  if (at == first) return {};
  if (at < text.size() && text[at] == ';') ++at;
  char bytes[4];
  return Make(at, {bytes, EncodeUtf8(Replace(number), bytes)});
}

}  // namespace

CharacterReference DecodeCharacterReference(absl::string_view text) {
  if (text.size() < 2) return {};
  if (text[1] == '#') return DecodeNumber(text);
  const absl::string_view rest = text.substr(1, kLongestName);
  size_t letters = 0;
  while (letters < rest.size() && absl::ascii_isalnum(rest[letters])) ++letters;
  if (letters < rest.size() && rest[letters] == ';') {
    const NamedReference* const found = Find(rest.substr(0, letters + 1));
    if (found != nullptr) return Make(letters + 2, found->text);
  }
  for (size_t size = std::min(letters, kLongestWithoutSemicolon); size >= 2; --size) {
    const NamedReference* const found = Find(rest.substr(0, size));
    if (found != nullptr) return Make(size + 1, found->text);
  }
  return {};
}

}  // namespace treatywire::ingest
