#include "ingest_service/document/text_line.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "ingest_service/document/character_class.h"
#include "ingest_service/document/utf8.h"

namespace treatywire::ingest {
namespace {

// What the line ends begin with.
constexpr std::array<bool, 256> MakeMayEndLine() {
  std::array<bool, 256> may_end{};
  for (const unsigned char c : {'\n', '\r', '\xE2'}) may_end[c] = true;
  return may_end;
}
constexpr std::array<bool, 256> kMayEndLine = MakeMayEndLine();

// Where the first byte at or behind `at` is that may end a line; text.size() where none is.
size_t FindMayEndLine(absl::string_view text, size_t at) {
  // Eight bytes at a time, of which hardly any are control characters or not ASCII: those have bit 7 here.
  constexpr uint64_t kEach = 0x0101010101010101;
  uint64_t word = 0;
  while (at < text.size()) {
    const size_t end = std::min(text.size(), at + sizeof(word));
    if (end - at == sizeof(word)) {
      std::memcpy(&word, text.data() + at, sizeof(word));
      if (((word | (word - ' ' * kEach)) & 0x80 * kEach) == 0) {
        at = end;
        continue;
      }
    }
    for (; at < end; ++at) {
      if (kMayEndLine[static_cast<unsigned char>(text[at])]) return at;
    }
  }
  return at;
}

// Bytes of the line end at `at`, 0 where there is none. U+2028 and U+2029 are E2 80 A8 and E2 80 A9.
uint32_t LineEndBytes(absl::string_view text, size_t at) {
  const char c = text[at];
  if (c == '\n') return 1;
  if (c == '\r') return at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
  if (c != '\xE2' || at + 2 >= text.size() || text[at + 1] != '\x80') return 0;
  return text[at + 2] == '\xA8' || text[at + 2] == '\xA9' ? 3 : 0;
}

// Bytes of the bullet that `line` begins with.
uint32_t BulletBytes(absl::string_view line) {
  switch (CharacterAt(line, 0).value) {
    case '-':
    case '*':
    case '+':
      return 1;
    case 0x00B7:  // middle dot
    case 0x2013:  // en dash; the em dash begins direct speech in many languages, so it is none
    case 0x2022:
    case 0x2023:
    case 0x2043:
    case 0x25A0:
    case 0x25AA:
    case 0x25CB:
    case 0x25CF:
    case 0x25E6:
      return CharacterAt(line, 0).bytes;
    default:
      return 0;
  }
}

// Bytes of "12.", "12)", "(12)", "a)" or "(a)".
uint32_t EnumeratorBytes(absl::string_view line) {
  constexpr size_t kMaxDigits = 3;
  size_t at = 0;
  const bool opened = absl::ConsumePrefix(&line, "(");
  while (at < line.size() && at < kMaxDigits && absl::ascii_isdigit(line[at])) ++at;
  const bool digits = at > 0;
  if (!digits && !line.empty() && absl::ascii_isalpha(line[0])) at = 1;
  if (at == 0 || at >= line.size()) return 0;
  const bool closed = line[at] == ')' || (line[at] == '.' && digits && !opened);
  return closed ? static_cast<uint32_t>(at + 1 + (opened ? 1 : 0)) : 0;
}

}  // namespace

TextLine LineAt(absl::string_view text, uint32_t begin) {
  TextLine line;
  size_t at = begin;
  uint32_t line_end = 0;
  while ((at = FindMayEndLine(text, at)) < text.size()) {
    line_end = LineEndBytes(text, at);
    if (line_end > 0) break;
    ++at;
  }
  line.next = static_cast<uint32_t>(at + line_end);
  const absl::string_view whole = text.substr(begin, at - begin);
  const absl::string_view trimmed = TrimSpace(whole);
  line.span.begin = static_cast<uint32_t>(begin + (trimmed.data() - whole.data()));
  line.span.end = static_cast<uint32_t>(line.span.begin + trimmed.size());
  for (const char c : text.substr(begin, line.span.begin - begin)) {
    if (!IsUtf8Continuation(c)) line.indent += c == '\t' ? 4 - line.indent % 4 : 1;
  }
  line.hard_break = absl::EndsWith(whole, "  ");
  return line;
}

ListMarker FindListMarker(absl::string_view line) {
  ListMarker marker;
  marker.bytes = BulletBytes(line);
  if (marker.bytes == 0) {
    marker.bytes = EnumeratorBytes(line);
    marker.numbered = marker.bytes > 0;
  }
  if (marker.bytes == 0) return {};
  const uint32_t sign = marker.bytes;
  for (Character c = CharacterAt(line, marker.bytes);
       c.bytes > 0 && c.character_class == CharacterClass::kSpace; c = CharacterAt(line, marker.bytes)) {
    marker.bytes += c.bytes;
  }
  // Bullets that nobody types as a word ("•text") need no space after them.
  const bool needs_space = marker.numbered || sign == 1 || absl::StartsWith(line, "–");
  const bool alone = marker.bytes == line.size();
  if (alone || (needs_space && marker.bytes == sign)) return {};
  return marker;
}

bool IsRule(absl::string_view line) {
  if (line.empty()) return false;
  const char mark = line[0];
  if (mark != '-' && mark != '*' && mark != '_' && mark != '=' && mark != '~') return false;
  if (line.find_first_not_of({line.data(), 1}) == absl::string_view::npos) return line.size() >= 3;
  return std::all_of(line.begin(), line.end(), [mark](char c) { return c == mark || c == ' '; }) &&
         std::count(line.begin(), line.end(), mark) >= 3;
}

char32_t LastMark(absl::string_view text) {
  for (Character c = CharacterBefore(text, text.size()); c.bytes > 0;
       c = CharacterBefore(text, text.size())) {
    const bool closing = c.character_class == CharacterClass::kSingleQuote ||
                         c.character_class == CharacterClass::kDoubleQuote ||
                         c.character_class == CharacterClass::kSpace || c.value == ')' || c.value == ']' ||
                         c.value == '*' || c.value == '_';
    if (!closing) return c.value;
    text.remove_suffix(c.bytes);
  }
  return 0;
}

bool IsSentenceEnd(char32_t mark) {
  return mark == '.' || mark == '!' || mark == '?' || mark == ':' || mark == 0x2026;
}

bool BeginsLower(absl::string_view line) {
  return CharacterAt(line, 0).character_class == CharacterClass::kLower;
}

uint32_t Width(absl::string_view text) {
  // Eight bytes at a time: bit 7 of a byte is set and bit 6 is not in continuation bytes alone. The product
  // adds up the bytes.
  uint64_t continuations = 0;
  size_t at = 0;
  for (uint64_t word = 0; at + sizeof(word) <= text.size(); at += sizeof(word)) {
    std::memcpy(&word, text.data() + at, sizeof(word));
    continuations += ((word & ~(word << 1) & 0x8080808080808080u) >> 7) * 0x0101010101010101u >> 56;
  }
  for (; at < text.size(); ++at) continuations += IsUtf8Continuation(text[at]) ? 1 : 0;
  return static_cast<uint32_t>(text.size() - continuations);
}

bool IsPipeRow(absl::string_view line) {
  return line.size() >= 2 && line[0] == '|' && line.find('|', 1) != absl::string_view::npos;
}

bool IsDelimiterRow(absl::string_view line) {
  bool border = false;
  bool dash = false;
  for (const char c : line) {
    if (c == '|' || c == '+') {
      border = true;
    } else if (c == '-' || c == '=') {
      dash = true;
    } else if (c != ':' && c != ' ' && c != '\t') {
      return false;
    }
  }
  return border && dash;
}

void ForEachCell(absl::string_view text, ByteSpan row, const std::function<void(ByteSpan)>& cell) {
  uint32_t begin = row.begin;
  if (begin < row.end && text[begin] == '|') ++begin;
  while (begin < row.end) {
    uint32_t end = begin;
    while (end < row.end && text[end] != '|') end += text[end] == '\\' && end + 1 < row.end ? 2 : 1;
    const absl::string_view whole = text.substr(begin, end - begin);
    const absl::string_view trimmed = TrimSpace(whole);
    const auto trimmed_begin = static_cast<uint32_t>(begin + (trimmed.data() - whole.data()));
    cell({trimmed_begin, static_cast<uint32_t>(trimmed_begin + trimmed.size())});
    begin = end + 1;
  }
}

}  // namespace treatywire::ingest
