#include "tests/ingest_service/document/document_promises.h"

#include <gumbo.h>

#include <algorithm>
#include <bitset>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ingest_service/document/document_reader.h"
#include "ingest_service/document/html_entities.h"
#include "ingest_service/document/utf8.h"

namespace treatywire::ingest {
namespace {

constexpr uint8_t kDeepestHeading = 6;

bool IsBoundary(absl::string_view text, size_t at) {
  return at == text.size() || (at < text.size() && !IsUtf8Continuation(text[at]));
}

// Whether the characters of `part` stand in `whole` in their order, with or without others between them.
bool IsSubsequence(absl::string_view part, absl::string_view whole) {
  size_t at = 0;
  for (const char c : whole) {
    if (at < part.size() && part[at] == c) ++at;
  }
  return at == part.size();
}

// Whether `text` is what is left of `cut` when some of it is left out and some of its references are decoded.
bool IsShortenedAndDecoded(absl::string_view cut, absl::string_view text) {
  // reached[i][t]: cut[0, i) may stand for text[0, t).
  std::vector<std::bitset<kMaxTokenBytes + 1>> reached(cut.size() + 1);
  reached[0].set(0);
  for (size_t i = 0; i < cut.size(); ++i) {
    reached[i + 1] |= reached[i];
    const CharacterReference reference =
        cut[i] == '&' ? DecodeCharacterReference(cut.substr(i)) : CharacterReference();
    for (size_t t = 0; t < text.size(); ++t) {
      if (!reached[i].test(t)) continue;
      if (text[t] == cut[i]) reached[i + 1].set(t + 1);
      if (reference.source_bytes > 0 && absl::StartsWith(text.substr(t), reference.text())) {
        reached[i + reference.source_bytes].set(t + reference.size);
      }
    }
  }
  return reached.back().test(text.size());
}

// Whether `cut`, a stretch of the article as sent, reads as `text`, a token's. Markup within a token (a tag,
// a hidden element, "**") can't be told from its text without reading the whole, so then the text has to be
// in it.
bool ReadsAs(absl::string_view cut, absl::string_view text, MimeType mime_type) {
  constexpr size_t kLongestForGumbo = 1 << 12;  // it takes time quadratic in what it parses
  if (cut == text) return true;
  if (mime_type == MimeType::kPlain) return false;
  if (cut.size() > kLongestForGumbo) return cut.front() == text.front() || cut.front() == '&';
  const absl::string_view marks = mime_type == MimeType::kHtml ? "<" : "<*_`~[]()!\\>";
  const bool has_markup = cut.find_first_of(marks) != absl::string_view::npos;
  // gumbo overflows on numbers of many digits.
  const bool has_number = absl::StrContains(cut, "&#");
  if (!has_markup && !has_number) return TextOfHtml(cut) == text;
  return IsShortenedAndDecoded(cut, text);
}

class Checker {
 public:
  Checker(absl::string_view title, absl::string_view body, MimeType mime_type, const Document& document)
      : title_(title), body_(body), mime_type_(mime_type), document_(document) {}

  std::string Run() {
    for (uint32_t i = 0; i < document_.blocks.size() && broken_.empty(); ++i) CheckBlock(i);
    if (next_sentence_ != document_.sentences.size()) Break("sentences outside of blocks");
    if (next_token_ != document_.tokens.size()) Break("tokens outside of sentences");
    return broken_;
  }

 private:
  template <typename... Parts>
  void Break(const Parts&... parts) {
    if (broken_.empty()) broken_ = absl::StrCat(parts...);
  }

  void CheckBlock(uint32_t index) {
    const Block& block = document_.blocks[index];
    if (block.first_sentence != next_sentence_) Break("block ", index, ": a gap in the sentences");
    if (block.first_sentence >= block.last_sentence) return Break("block ", index, ": no sentence");
    if (block.last_sentence > document_.sentences.size())
      return Break("block ", index, ": too many sentences");
    next_sentence_ = block.last_sentence;
    if (block.kind == BlockKind::kTitle && index != 0) Break("block ", index, ": a title in the body");
    CheckHeading(index);
    const bool is_row = block.kind == BlockKind::kTableRow;
    if (is_row != (block.table >= 0) || is_row == block.cells.empty() || (block.is_header_row && !is_row)) {
      Break("block ", index, ": row, table and cells disagree");
    }
    if (block.kind == BlockKind::kHeading && (block.level < 1 || block.level > kDeepestHeading)) {
      Break("block ", index, ": heading of level ", block.level);
    }
    const uint32_t first_token = next_token_;
    last_end_ = 0;  // a browser shows text between a table's cells above the table, and so do we
    for (uint32_t i = block.first_sentence; i < block.last_sentence; ++i) CheckSentence(i, index);
    if (is_row) CheckCells(block, index, first_token);
  }

  void CheckHeading(uint32_t index) {
    const Block& block = document_.blocks[index];
    if (block.heading > index) return Break("block ", index, ": its heading is below it");
    if (block.heading == index) return;
    const Block& heading = document_.blocks[block.heading];
    if (heading.kind == BlockKind::kTitle) return;
    const bool higher = block.kind != BlockKind::kHeading || heading.level < block.level;
    if (heading.kind != BlockKind::kHeading || !higher)
      Break("block ", index, ": under what is no heading of it");
  }

  void CheckCells(const Block& block, uint32_t index, uint32_t next) {
    for (const TokenSpan& cell : block.cells) {
      if (cell.begin > cell.end || (!cell.empty() && cell.begin != next)) {
        return Break("block ", index, ": cells don't follow each other");
      }
      if (!cell.empty()) next = cell.end;
    }
    if (next != next_token_) Break("block ", index, ": tokens outside of cells");
    auto cell = block.cells.begin();
    for (uint32_t i = block.first_sentence; i < block.last_sentence; ++i) {
      const TokenSpan tokens = document_.sentences[i].tokens;
      while (cell != block.cells.end() && cell->end <= tokens.begin) ++cell;
      if (cell == block.cells.end() || cell->end < tokens.end)
        return Break("sentence ", i, ": crosses cells");
    }
  }

  void CheckSentence(uint32_t index, uint32_t block) {
    const Sentence& sentence = document_.sentences[index];
    if (sentence.block != block) Break("sentence ", index, ": of another block");
    if (sentence.tokens.begin != next_token_) Break("sentence ", index, ": a gap in the tokens");
    if (sentence.tokens.empty() || sentence.tokens.end > document_.tokens.size()) {
      return Break("sentence ", index, ": tokens that are none");
    }
    next_token_ = sentence.tokens.end;
    if (sentence.tokens.size() > kMaxSentenceTokens) Break("sentence ", index, ": too long");
    const ByteSpan whole = {document_.tokens[sentence.tokens.begin].source.begin,
                            document_.tokens[sentence.tokens.end - 1].source.end};
    if (sentence.source != whole) Break("sentence ", index, ": its bytes are not those of its tokens");
    const bool in_title = document_.blocks[block].kind == BlockKind::kTitle;
    for (uint32_t i = sentence.tokens.begin; i < sentence.tokens.end; ++i) {
      CheckToken(i, in_title ? title_ : body_, in_title ? MimeType::kPlain : mime_type_);
    }
    if (in_title || mime_type_ == MimeType::kPlain) CheckPlainSentence(index, in_title ? title_ : body_);
  }

  // In plain text nothing but white space and invisible characters stands between tokens.
  void CheckPlainSentence(uint32_t index, absl::string_view source) {
    const Sentence& sentence = document_.sentences[index];
    const std::string text = document_.Text(sentence.tokens);
    const absl::string_view cut =
        source.substr(sentence.source.begin, sentence.source.end - sentence.source.begin);
    std::string visible = text;
    visible.erase(std::remove(visible.begin(), visible.end(), ' '), visible.end());
    if (!IsSubsequence(visible, cut))
      Break("sentence ", index, ": \"", absl::CHexEscape(text), "\" is not its cut");
  }

  void CheckToken(uint32_t index, absl::string_view source, MimeType mime_type) {
    const Token& token = document_.tokens[index];
    const auto name = [&] {
      return absl::StrCat("token ", index, " \"", absl::CHexEscape(token.text), "\": ");
    };
    if (token.text.empty() || token.text.size() > kMaxTokenBytes)
      return Break(name(), "of ", token.text.size(), " bytes");
    if (token.norm.empty()) return Break(name(), "without norm");
    if (FindInvalidUtf8(token.text) != absl::string_view::npos) return Break(name(), "is no UTF-8");
    if (FindInvalidUtf8(token.norm) != absl::string_view::npos) return Break(name(), "norm is no UTF-8");
    const ByteSpan span = token.source;
    if (span.begin >= span.end || span.end > source.size())
      return Break(name(), "span is none of the source");
    if (!IsBoundary(source, span.begin) || !IsBoundary(source, span.end)) {
      return Break(name(), "span cuts a character");
    }
    // One reference may decode to the end of a token and the beginning of the next ("&nvlt;" is two
    // characters).
    const bool shares = span.begin < last_end_ && source[span.begin] == '&' && last_end_ <= span.end;
    if (span.begin < last_end_ && !shares) return Break(name(), "stands before the end of the one before");
    last_end_ = span.end;
    const absl::string_view cut = source.substr(span.begin, span.end - span.begin);
    if (!shares && !SharesNext(index) && !ReadsAs(cut, token.text, mime_type)) {
      Break(name(), "cut out of the article it is \"", absl::CHexEscape(cut), "\"");
    }
  }

  bool SharesNext(uint32_t index) const {
    return index + 1 < document_.tokens.size() &&
           document_.tokens[index].source.end > document_.tokens[index + 1].source.begin;
  }

  const absl::string_view title_;
  const absl::string_view body_;
  const MimeType mime_type_;
  const Document& document_;
  uint32_t next_sentence_ = 0;
  uint32_t next_token_ = 0;
  uint32_t last_end_ = 0;  // of the block's tokens so far
  std::string broken_;
};

}  // namespace

std::string FindBrokenPromise(absl::string_view title, absl::string_view body, MimeType mime_type,
                              const Document& document) {
  return Checker(title, body, mime_type, document).Run();
}

std::string TextOfHtml(absl::string_view fragment) {
  GumboOutput* const output =
      gumbo_parse_with_options(&kGumboDefaultOptions, fragment.data(), fragment.size());
  std::string text;
  std::vector<const GumboNode*> open = {output->root};
  while (!open.empty()) {
    const GumboNode* const node = open.back();
    open.pop_back();
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) text += node->v.text.text;
    if (node->type != GUMBO_NODE_ELEMENT) continue;
    if (node->v.element.tag == GUMBO_TAG_BR) text += '\n';
    const GumboVector& children = node->v.element.children;
    for (unsigned int i = children.length; i > 0; --i) {
      open.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
    }
  }
  gumbo_destroy_output(&kGumboDefaultOptions, output);
  return text;
}

}  // namespace treatywire::ingest
