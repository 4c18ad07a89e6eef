#include "tests/ingest_service/temporal/plain_document.h"

#include <algorithm>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace treatywire::ingest {
namespace {

bool IsLetter(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); }
bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsUpper(char c) { return absl::ascii_isupper(static_cast<unsigned char>(c)); }

absl::string_view Keep(absl::string_view text, Document& document) {
  auto copy = std::make_unique<char[]>(std::max<size_t>(text.size(), 1));
  std::copy(text.begin(), text.end(), copy.get());
  const absl::string_view kept(copy.get(), text.size());
  document.storage.push_back(std::move(copy));
  return kept;
}

bool TakesDot(absl::string_view word) {
  static constexpr absl::string_view kAbbreviations[] = {"jan", "feb",  "mar", "apr", "jun", "jul", "aug",
                                                         "sep", "sept", "oct", "nov", "dec", "mon", "tue",
                                                         "wed", "thu",  "fri", "sat", "sun", "no",  "gov"};
  const std::string lower = absl::AsciiStrToLower(word);
  return word.size() == 1 ||
         std::find(std::begin(kAbbreviations), std::end(kAbbreviations), lower) != std::end(kAbbreviations);
}

// The end of the token that begins at `at`.
size_t TokenEnd(absl::string_view line, size_t at) {
  size_t i = at;
  if (IsLetter(line[i])) {
    while (i < line.size() && (IsLetter(line[i]) || IsDigit(line[i]))) ++i;
    if (i < line.size() && line[i] == '.' && TakesDot(line.substr(at, i - at))) ++i;
    return i;
  }
  if (IsDigit(line[i])) {
    while (i < line.size() && (IsDigit(line[i]) || ((line[i] == '.' || line[i] == ',') &&
                                                    i + 1 < line.size() && IsDigit(line[i + 1])))) {
      ++i;
    }
    while (i < line.size() && IsLetter(line[i])) ++i;
    return i;
  }
  if (line[i] == '\'' && i + 1 < line.size() && line[i + 1] == 's') return i + 2;
  return i + 1;
}

Token MakeToken(absl::string_view text, size_t begin, bool space_before, Document& document) {
  Token token;
  token.text = Keep(text, document);
  std::string norm = absl::AsciiStrToLower(text);
  if (norm.size() > 1 && norm.back() == '.') norm.pop_back();
  token.norm = Keep(norm, document);
  token.source = {static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + text.size())};
  token.space_before = space_before;
  token.is_word = IsLetter(text[0]);
  token.is_number = IsDigit(text[0]);
  token.capitalized = IsUpper(text[0]);
  token.all_caps = text.size() > 1 && std::all_of(text.begin(), text.end(), IsUpper);
  return token;
}

void CloseSentence(uint32_t begin, uint32_t block, Document& document) {
  const auto end = static_cast<uint32_t>(document.tokens.size());
  if (begin == end) return;
  Sentence sentence;
  sentence.tokens = {begin, end};
  sentence.block = block;
  sentence.source = {document.tokens[begin].source.begin, document.tokens[end - 1].source.end};
  document.sentences.push_back(sentence);
}

void AddLine(absl::string_view line, size_t offset, Document& document) {
  Block block;
  if (absl::ConsumePrefix(&line, "- ")) {
    block.kind = BlockKind::kListItem;
  } else if (absl::ConsumePrefix(&line, "# ")) {
    block.kind = BlockKind::kTitle;
  }
  const auto index = static_cast<uint32_t>(document.blocks.size());
  block.heading = index;
  block.first_sentence = static_cast<uint32_t>(document.sentences.size());
  auto begin = static_cast<uint32_t>(document.tokens.size());
  bool space = true;
  for (size_t i = 0; i < line.size();) {
    if (line[i] == ' ') {
      space = true;
      ++i;
      continue;
    }
    const bool after_stop = begin < document.tokens.size() &&
                            (document.tokens.back().text == "." || document.tokens.back().text == "?");
    if (space && after_stop && IsUpper(line[i])) {
      CloseSentence(begin, index, document);
      begin = static_cast<uint32_t>(document.tokens.size());
    }
    const size_t end = TokenEnd(line, i);
    document.tokens.push_back(MakeToken(line.substr(i, end - i), offset + i, space, document));
    space = false;
    i = end;
  }
  CloseSentence(begin, index, document);
  block.last_sentence = static_cast<uint32_t>(document.sentences.size());
  document.blocks.push_back(block);
}

}  // namespace

Document PlainDocument(absl::string_view text) {
  Document document;
  size_t offset = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    if (!line.empty()) AddLine(line, offset, document);
    offset += line.size() + 1;
  }
  return document;
}

std::string TextOf(const Document& document, TokenSpan span) {
  std::string text;
  for (uint32_t i = span.begin; i < span.end; ++i) {
    const Token& token = document.tokens[i];
    absl::StrAppend(&text, i > span.begin && token.space_before ? " " : "", token.text);
  }
  return text;
}

}  // namespace treatywire::ingest
