#include "tools/treatywire/display_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>

#include "common/utf8.h"

namespace treatywire::tools {
namespace {

constexpr absl::string_view kReplacement = "\xEF\xBF\xBD";
constexpr UChar32 kZeroWidthNonJoiner = 0x200C;
constexpr UChar32 kZeroWidthJoiner = 0x200D;

// The character that `text` (not empty) begins with, negative where it is none, and its bytes.
UChar32 FirstCharacter(absl::string_view text, int32_t* bytes) {
  UChar32 character = 0;
  int32_t at = 0;
  U8_NEXT(text.data(), at, static_cast<int32_t>(std::min<size_t>(text.size(), 8)), character);
  *bytes = at;
  return character;
}

bool IsSpace(UChar32 character) {
  return character == '\t' || character == '\n' || character == '\r' ||
         u_charType(character) == U_SPACE_SEPARATOR || u_charType(character) == U_LINE_SEPARATOR ||
         u_charType(character) == U_PARAGRAPH_SEPARATOR;
}

bool IsShown(UChar32 character) {
  if (character == kZeroWidthNonJoiner || character == kZeroWidthJoiner) return true;
  switch (u_charType(character)) {
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_SURROGATE:
    case U_PRIVATE_USE_CHAR:
    case U_UNASSIGNED:
      return false;
    default:
      return true;
  }
}

int CharacterWidth(UChar32 character) {
  switch (u_charType(character)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
      return 0;
    default:
      break;
  }
  const int width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

// The longest start of `text` that fits into `width`, at least one character with the marks that follow it.
absl::string_view FittingStart(absl::string_view text, int width) {
  size_t at = 0;
  int used = 0;
  while (at < text.size()) {
    int32_t bytes = 0;
    const int character_width = CharacterWidth(FirstCharacter(text.substr(at), &bytes));
    if (at > 0 && used + character_width > width) break;
    used += character_width;
    at += bytes;
  }
  return text.substr(0, at);
}

}  // namespace

std::string PrintableText(absl::string_view text) {
  std::string printable;
  printable.reserve(text.size());
  while (!text.empty()) {
    int32_t bytes = 0;
    const UChar32 character = FirstCharacter(text, &bytes);
    if (character < 0) {
      printable.append(kReplacement.data(), kReplacement.size());
      bytes = 1;  // every stray byte is shown, as ToValidUtf8 has it
    } else if (IsSpace(character)) {
      printable.push_back(' ');
    } else if (IsShown(character)) {
      printable.append(text.data(), bytes);
    } else {
      printable.append(kReplacement.data(), kReplacement.size());
    }
    text.remove_prefix(bytes);
  }
  return printable;
}

int DisplayWidth(absl::string_view text) {
  int width = 0;
  while (!text.empty()) {
    int32_t bytes = 0;
    width += CharacterWidth(FirstCharacter(text, &bytes));
    text.remove_prefix(bytes);
  }
  return width;
}

std::vector<std::string> WrapText(absl::string_view text, int width) {
  width = std::max(width, 1);
  std::vector<std::string> lines(1);
  int used = 0;
  while (true) {
    const size_t gap = text.find_first_not_of(' ');
    if (gap == absl::string_view::npos) return lines;
    text.remove_prefix(gap);
    absl::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(word.size());
    if (used > 0) {
      const bool fits =
          gap < static_cast<size_t>(width) && used + static_cast<int>(gap) + DisplayWidth(word) <= width;
      if (fits) {
        lines.back().append(gap, ' ');
      } else {
        lines.emplace_back();
      }
      used = fits ? used + static_cast<int>(gap) : 0;
    }
    for (absl::string_view part = FittingStart(word, width - used); part.size() < word.size();
         part = FittingStart(word, width)) {
      lines.back().append(part.data(), part.size());
      lines.emplace_back();
      used = 0;
      word.remove_prefix(part.size());
    }
    lines.back().append(word.data(), word.size());
    used += DisplayWidth(word);
  }
}

std::string IndentedText(absl::string_view text, int indent, int hanging_indent, int width) {
  const int deepest = std::max(indent, hanging_indent);
  const std::string printable = PrintableText(text);
  std::string out;
  for (const std::string& line : WrapText(printable, width > 0 ? width - deepest : DisplayWidth(printable))) {
    out.append(out.empty() ? indent : hanging_indent, ' ').append(line).push_back('\n');
  }
  return out;
}

}  // namespace treatywire::tools
