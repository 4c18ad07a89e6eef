#include "ingest_service/document/markdown_reader.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "ingest_service/document/character_class.h"
#include "ingest_service/document/list_nesting.h"
#include "ingest_service/document/markdown_inline.h"
#include "ingest_service/document/text_line.h"

namespace treatywire::ingest {
namespace {

constexpr size_t kNone = absl::string_view::npos;

// A paragraph or list item whose lines are still being read.
struct OpenBlock {
  DraftBlock block;
  ByteSpan range;
  uint32_t lines = 1;
  bool quoted = false;
  bool hard_break = false;  // at the end of its last line
};

// "```" or "~~~" with nothing after it, which closes a fence.
struct ClosingFence {
  uint32_t next_line = 0;
  char mark = '`';
  size_t length = 0;
};
// Longer fences count as this long: it bounds how often a search for the closing one can fail.
constexpr size_t kMaxFence = 16;

size_t FenceLength(absl::string_view line) {
  if (line.empty() || (line[0] != '`' && line[0] != '~')) return 0;
  const size_t length = std::min(line.find_first_not_of(line[0]), line.size());
  return length < 3 ? 0 : std::min(length, kMaxFence);
}

class Reader {
 public:
  explicit Reader(absl::string_view body) : body_(body), list_(body) {
    for (const absl::string_view target : {"]: http", "]: <", "]: /", "]: #"}) {
      has_references_ = has_references_ || body.find(target) != kNone;
    }
  }

  BlockList Read() {
    FindFences();
    for (uint32_t at = FrontMatterEnd(); at < body_.size();) at = ReadLine(at);
    EndOpen();
    list_.MarkHeaderRows();
    return std::move(list_);
  }

 private:
  // Each returns whether it took the line.
  bool TakeTableRow(const TextLine& line);
  bool TakeRule(absl::string_view text);
  bool TakeHeading(const TextLine& line);
  bool TakeListItem(const TextLine& line, bool quoted);
  void TakeText(const TextLine& line, bool quoted);

  // Reads the line at `at` and returns where to go on.
  uint32_t ReadLine(uint32_t at);
  uint32_t FrontMatterEnd() const;
  void FindFences();
  // Where to go on after the fence that opens with `line`: after the closing one, or after `line` if there is
  // none.
  uint32_t SkipFence(const TextLine& line);
  uint32_t SkipComment(const TextLine& line);

  void EndOpen();
  void AddBlock(const DraftBlock& block, ByteSpan range, bool quoted);
  void AddRow(ByteSpan row, bool is_header);

  absl::string_view body_;
  BlockList list_;
  ListNesting nesting_;
  std::optional<OpenBlock> open_;
  std::vector<ClosingFence> closing_fences_;
  size_t next_closing_fence_ = 0;
  size_t unclosed_backticks_ = kMaxFence + 1;  // no closing fence of this length or longer is left
  size_t unclosed_tildes_ = kMaxFence + 1;
  bool has_references_ = false;
  bool no_more_comments_ = false;
  uint8_t last_level_ = 0;
  int32_t table_ = -1;      // of the row on the line before
  bool first_row_ = false;  // that row is its table's first
};

// "---", lines of "key: value" and "---" at the very beginning.
uint32_t Reader::FrontMatterEnd() const {
  constexpr int kMaxLines = 60;
  TextLine line = LineAt(body_, 0);
  if (Slice(body_, line.span) != "---") return 0;
  for (int i = 0; i < kMaxLines && line.next < body_.size(); ++i) {
    line = LineAt(body_, line.next);
    const absl::string_view text = Slice(body_, line.span);
    if (text == "---") return line.next;
    if (text.empty() || (text.find(':') == kNone && text[0] != '-' && line.indent == 0)) return 0;
  }
  return 0;
}

void Reader::FindFences() {
  if (body_.find("```") == kNone && body_.find("~~~") == kNone) return;
  for (uint32_t at = 0; at < body_.size();) {
    const TextLine line = LineAt(body_, at);
    at = line.next;
    const absl::string_view text = Slice(body_, line.span);
    const size_t length = FenceLength(text);
    if (length == 0 || text.find_first_not_of(text[0]) != kNone) continue;
    closing_fences_.push_back({line.next, text[0], length});
  }
}

uint32_t Reader::SkipFence(const TextLine& line) {
  const absl::string_view text = Slice(body_, line.span);
  const size_t length = FenceLength(text);
  size_t& unclosed = text[0] == '`' ? unclosed_backticks_ : unclosed_tildes_;
  if (length >= unclosed) return line.next;
  std::vector<ClosingFence>& fences = closing_fences_;
  while (next_closing_fence_ < fences.size() && fences[next_closing_fence_].next_line <= line.next) {
    ++next_closing_fence_;
  }
  for (size_t i = next_closing_fence_; i < fences.size(); ++i) {
    if (fences[i].mark == text[0] && fences[i].length >= length) return fences[i].next_line;
  }
  unclosed = length;
  return line.next;
}

uint32_t Reader::SkipComment(const TextLine& line) {
  if (no_more_comments_) return 0;
  const size_t close = body_.find("-->", line.span.begin);
  if (close == kNone) {
    no_more_comments_ = true;
    return 0;
  }
  return close + 3 <= line.span.end ? 0 : LineAt(body_, static_cast<uint32_t>(close)).next;
}

void Reader::AddBlock(const DraftBlock& block, ByteSpan range, bool quoted) {
  AddMarkdownInline(range, {.quoted = quoted, .has_references = has_references_}, list_);
  list_.EndBlock(block);
}

// Whether all of `text` is in bold and short: what many newsrooms write for a heading.
bool IsBoldHeading(absl::string_view text) {
  constexpr uint32_t kMaxHeadingColumns = 100;
  if (text.size() < 5 || Width(text) > kMaxHeadingColumns) return false;
  const absl::string_view marks = text.substr(0, 2);
  if ((marks != "**" && marks != "__") || !absl::EndsWith(text, marks)) return false;
  const absl::string_view inside = text.substr(2, text.size() - 4);
  if (inside.find(marks) != kNone) return false;
  const bool asks = absl::EndsWith(inside, "?") || absl::EndsWith(inside, ":");
  return asks || !EndsSentence(inside);
}

void Reader::EndOpen() {
  if (!open_.has_value()) return;
  DraftBlock block = open_->block;
  if (block.kind == BlockKind::kParagraph && IsBoldHeading(Slice(body_, open_->range))) {
    constexpr uint8_t kBoldHeadingLevel = 6;
    block.kind = BlockKind::kHeading;
    block.level = kBoldHeadingLevel;
  }
  AddBlock(block, open_->range, open_->quoted);
  open_.reset();
}

void Reader::AddRow(ByteSpan row, bool is_header) {
  DraftBlock block;
  block.kind = BlockKind::kTableRow;
  block.table = table_;
  block.is_header_row = is_header;
  ForEachCell(body_, row, [this](ByteSpan cell) {
    AddMarkdownInline(cell, {.has_references = has_references_}, list_);
    list_.EndCell();
  });
  list_.EndBlock(block);
}

bool Reader::TakeTableRow(const TextLine& line) {
  const absl::string_view text = Slice(body_, line.span);
  if (IsDelimiterRow(text)) {
    const bool below_text = open_.has_value() && open_->lines == 1 &&
                            open_->block.kind == BlockKind::kParagraph &&
                            Slice(body_, open_->range).find('|') != kNone;
    if (below_text) {
      const ByteSpan row = open_->range;
      open_.reset();
      table_ = list_.NewTable();
      AddRow(row, true);
    } else if (first_row_ && table_ >= 0 && !list_.blocks().empty() &&
               list_.blocks().back().table == table_) {
      list_.blocks().back().is_header_row = true;
    }
    first_row_ = false;
    return below_text || IsPipeRow(text);
  }
  const bool row = IsPipeRow(text) || (table_ >= 0 && text.find('|') != kNone);
  if (!row) {
    table_ = -1;
    return false;
  }
  EndOpen();
  first_row_ = table_ < 0;
  if (first_row_) table_ = list_.NewTable();
  AddRow(line.span, false);
  return true;
}

bool Reader::TakeRule(absl::string_view text) {
  if (!IsRule(text)) return false;
  const bool underline = (text[0] == '=' || text[0] == '-') && text.find(' ') == kNone;
  if (underline && open_.has_value() && open_->lines == 1 && open_->block.kind == BlockKind::kParagraph &&
      !EndsSentence(Slice(body_, open_->range))) {
    open_->block.kind = BlockKind::kHeading;
    open_->block.level = text[0] == '=' ? 1 : 2;
  }
  EndOpen();
  nesting_.Reset();
  return true;
}

bool Reader::TakeHeading(const TextLine& line) {
  constexpr size_t kMaxLevel = 6;
  absl::string_view text = Slice(body_, line.span);
  const size_t level = std::min(text.find_first_not_of('#'), text.size());
  if (level == 0 || level > kMaxLevel || level == text.size()) return false;
  if (text[level] != ' ' && text[level] != '\t') return false;
  EndOpen();
  nesting_.Reset();
  const size_t last = text.find_last_not_of('#');
  if (last + 1 < text.size() && absl::ascii_isspace(text[last])) text = TrimSpace(text.substr(0, last));
  DraftBlock block;
  block.kind = BlockKind::kHeading;
  block.level = static_cast<uint8_t>(level);
  const auto begin = static_cast<uint32_t>(line.span.begin + level);
  AddBlock(block, {begin, static_cast<uint32_t>(line.span.begin + text.size())}, false);
  return true;
}

bool Reader::TakeListItem(const TextLine& line, bool quoted) {
  ByteSpan content = line.span;
  uint32_t indent = line.indent;
  ListMarker marker = FindListMarker(Slice(body_, content));
  if (marker.bytes == 0) return false;
  EndOpen();
  while (marker.bytes > 0) {
    last_level_ = nesting_.LevelOf(indent);
    content.begin += marker.bytes;
    indent += marker.bytes;
    marker = FindListMarker(Slice(body_, content));
    if (marker.numbered) break;  // "- 1994) ..." and "- (a) ..." are how the item begins
  }
  OpenBlock item;
  item.block.kind = BlockKind::kListItem;
  item.block.level = last_level_;
  item.range = content;
  item.quoted = quoted;
  item.hard_break = line.hard_break;
  open_ = item;
  return true;
}

void Reader::TakeText(const TextLine& line, bool quoted) {
  const absl::string_view text = Slice(body_, line.span);
  OpenBlock next;
  next.range = line.span;
  next.quoted = quoted;
  if (open_.has_value()) {
    const bool backslash = absl::EndsWith(Slice(body_, open_->range), "\\");
    if ((!open_->hard_break && !backslash) || BeginsLower(text)) {
      open_->range.end = line.span.end;
      ++open_->lines;
      open_->quoted = open_->quoted || quoted;
      open_->hard_break = line.hard_break;
      return;
    }
    next.block = open_->block;
    if (backslash) --open_->range.end;  // it is the break, not text
    EndOpen();
  } else if (!nesting_.empty() && line.indent >= 2) {
    next.block.kind = BlockKind::kListItem;  // a further paragraph of the item
    next.block.level = last_level_;
  } else {
    nesting_.Reset();
  }
  next.hard_break = line.hard_break;
  open_ = next;
}

// "[1]: https://..."
bool IsReferenceDefinition(absl::string_view text) {
  if (text.empty() || text[0] != '[') return false;
  const size_t close = text.find("]:");
  return close != kNone && close > 1 && text.find_first_of("[]", 1) == close &&
         text.find(' ', close + 3) == kNone;
}

uint32_t Reader::ReadLine(uint32_t at) {
  TextLine line = LineAt(body_, at);
  bool quoted = false;
  while (line.span.begin < line.span.end && body_[line.span.begin] == '>') {
    quoted = true;
    ++line.span.begin;
    while (line.span.begin < line.span.end && body_[line.span.begin] == ' ') ++line.span.begin;
  }
  const absl::string_view text = Slice(body_, line.span);
  if (text.empty()) {
    EndOpen();
    table_ = -1;
    return line.next;
  }
  if (FenceLength(text) > 0) {
    EndOpen();
    return SkipFence(line);
  }
  if (absl::StartsWith(text, "<!--")) {
    const uint32_t next = SkipComment(line);
    if (next > 0) {
      EndOpen();
      return next;
    }
  }
  if (IsReferenceDefinition(text)) return line.next;
  if (TakeTableRow(line) || TakeRule(text) || TakeHeading(line) || TakeListItem(line, quoted))
    return line.next;
  TakeText(line, quoted);
  return line.next;
}

}  // namespace

BlockList ReadMarkdown(absl::string_view body) { return Reader(body).Read(); }

}  // namespace treatywire::ingest
