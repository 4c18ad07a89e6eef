#include "ingest_service/document/plain_text_reader.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "ingest_service/document/character_class.h"
#include "ingest_service/document/list_nesting.h"
#include "ingest_service/document/text_line.h"

namespace treatywire::ingest {
namespace {

enum class LineKind : uint8_t { kText, kBullet, kNumbered, kTableRow, kDelimiterRow, kTime };

struct Line {
  ByteSpan span;
  uint32_t content = 0;  // begin of the text after a list marker
  uint32_t width = 0;    // characters
  uint32_t indent = 0;
  LineKind kind = LineKind::kText;
  bool after_blank = false;
};

// Lines [begin, end) that are one block.
struct LineGroup {
  size_t begin = 0;
  size_t end = 0;
  bool heading = false;
};

// "16:30", "9.05 am", "14:48 GMT", and nothing else.
bool IsTimeOfDay(absl::string_view line) {
  const size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  if (digits < 1 || digits > 2 || line.size() < digits + 3) return false;
  if (line[digits] != ':' && line[digits] != '.') return false;
  line.remove_prefix(digits + 1);
  if (!absl::ascii_isdigit(line[0]) || !absl::ascii_isdigit(line[1])) return false;
  line.remove_prefix(2);
  constexpr size_t kMaxSuffixBytes = 12;  // " a.m. CEST"
  if (line.size() > kMaxSuffixBytes) return false;
  const bool zoned = line.empty() || line[0] == ' ' || absl::ascii_isalpha(line[0]);
  return zoned && std::all_of(line.begin(), line.end(),
                              [](char c) { return absl::ascii_isalpha(c) || c == ' ' || c == '.'; });
}

class Reader {
 public:
  explicit Reader(absl::string_view body) : body_(body), list_(body) {}

  BlockList Read() {
    FindLines();
    FindWrapping();
    FindGroups();
    FindHeadings();
    for (const LineGroup& group : groups_) AddGroup(group);
    list_.MarkHeaderRows();
    return std::move(list_);
  }

 private:
  void FindLines();
  void FindWrapping();
  void FindGroups();
  void FindHeadings();
  void AddGroup(const LineGroup& group);

  absl::string_view Content(const Line& line) const { return Slice(body_, {line.content, line.span.end}); }
  bool Joins(const Line& line, const Line& next) const;
  bool IsWrappedAt(const Line& line, const Line& next) const;
  bool LooksLikeHeading(const LineGroup& group) const;
  bool IsNumberedHeading(size_t group) const;

  absl::string_view body_;
  BlockList list_;
  std::vector<Line> lines_;  // without the blank ones
  std::vector<LineGroup> groups_;
  ListNesting nesting_;
  uint32_t wrap_columns_ = 0;  // 0 = the text is not hard-wrapped
  int32_t table_ = -1;         // of the row before; -1 where the block before is no row
};

LineKind KindOf(absl::string_view line, uint32_t* marker_bytes) {
  *marker_bytes = 0;
  if (IsPipeRow(line)) return IsDelimiterRow(line) ? LineKind::kDelimiterRow : LineKind::kTableRow;
  if (line[0] == '+' && IsDelimiterRow(line)) return LineKind::kDelimiterRow;
  if (IsTimeOfDay(line)) return LineKind::kTime;
  const ListMarker marker = FindListMarker(line);
  *marker_bytes = marker.bytes;
  if (marker.bytes == 0) return LineKind::kText;
  return marker.numbered ? LineKind::kNumbered : LineKind::kBullet;
}

void Reader::FindLines() {
  bool after_blank = false;
  for (uint32_t at = 0; at < body_.size();) {
    const TextLine found = LineAt(body_, at);
    at = found.next;
    const absl::string_view text = Slice(body_, found.span);
    if (text.empty() || IsRule(text)) {
      after_blank = true;
      continue;
    }
    Line line;
    uint32_t marker_bytes = 0;
    line.kind = KindOf(text, &marker_bytes);
    line.span = found.span;
    line.content = found.span.begin + marker_bytes;
    line.width = Width(text);
    line.indent = found.indent;
    line.after_blank = after_blank;
    after_blank = false;
    lines_.push_back(line);
  }
}

bool IsBroken(absl::string_view line, absl::string_view next) {
  return !EndsSentence(line) && BeginsLower(next);
}

// Whether lines end where they do because of their length: see the header.
void Reader::FindWrapping() {
  uint32_t longest = 0;
  size_t pairs = 0;
  size_t broken = 0;
  for (size_t i = 0; i < lines_.size(); ++i) {
    const Line& line = lines_[i];
    if (line.kind == LineKind::kTableRow || line.kind == LineKind::kDelimiterRow) continue;
    longest = std::max(longest, line.width);
    if (i + 1 == lines_.size() || lines_[i + 1].after_blank || lines_[i + 1].kind != LineKind::kText)
      continue;
    ++pairs;
    if (IsBroken(Slice(body_, line.span), Slice(body_, lines_[i + 1].span))) ++broken;
  }
  if (longest <= kMaxWrapColumns && broken >= 2 && broken * 4 >= pairs) wrap_columns_ = longest;
}

// Whether the first word of `next` would not have fitted into `line`.
bool Reader::IsWrappedAt(const Line& line, const Line& next) const {
  if (wrap_columns_ == 0) return false;
  const absl::string_view text = Slice(body_, next.span);
  const absl::string_view word = text.substr(0, text.find(' '));
  return line.width + 1 + Width(word) > wrap_columns_;
}

bool Reader::Joins(const Line& line, const Line& next) const {
  if (next.after_blank || next.kind != LineKind::kText) return false;
  if (line.kind == LineKind::kTime || line.kind == LineKind::kTableRow ||
      line.kind == LineKind::kDelimiterRow) {
    return false;
  }
  return IsBroken(Slice(body_, line.span), Slice(body_, next.span)) || IsWrappedAt(line, next);
}

void Reader::FindGroups() {
  for (size_t i = 0; i < lines_.size();) {
    LineGroup group{i, i + 1, false};
    while (group.end < lines_.size() && Joins(lines_[group.end - 1], lines_[group.end])) ++group.end;
    groups_.push_back(group);
    i = group.end;
  }
}

// "By Jane Doe", "By Staff Reporter | Friday": who wrote it, not what follows.
bool IsByline(absl::string_view text) {
  return absl::StartsWith(text, "By ") || absl::StartsWith(text, "BY ") ||
         text.find('|') != absl::string_view::npos;
}

// Whether a sentence ends before the last character: a full stop after a longer word or a number, then a
// space.
bool HasInnerSentenceEnd(absl::string_view text) {
  for (size_t at = text.find(". "); at != absl::string_view::npos; at = text.find(". ", at + 1)) {
    constexpr size_t kLongestAbbreviation = 4;
    const size_t word = at - std::min(at, text.substr(0, at).rfind(' ') + 1);
    if (word > kLongestAbbreviation || (at > 0 && absl::ascii_isdigit(text[at - 1]))) return true;
  }
  return text.substr(0, text.size() - 1).find("? ") != absl::string_view::npos;
}

bool Reader::LooksLikeHeading(const LineGroup& group) const {
  constexpr uint32_t kMaxHeadingColumns = 100;
  constexpr ptrdiff_t kMaxHeadingSpaces = 16;
  const Line& line = lines_[group.begin];
  if (line.kind == LineKind::kTime) return true;
  if (group.end - group.begin != 1 || line.width > kMaxHeadingColumns) return false;
  if (line.kind != LineKind::kText && line.kind != LineKind::kNumbered) return false;
  const absl::string_view text = Content(line);
  const Character first = CharacterAt(text, 0);
  const Character last = CharacterBefore(text, text.size());
  if (first.character_class == CharacterClass::kLower ||
      std::count(text.begin(), text.end(), ' ') >= kMaxHeadingSpaces ||
      std::none_of(text.begin(), text.end(),
                   [](char c) { return absl::ascii_isalpha(c) || (c & 0x80) != 0; }) ||
      IsByline(text) || HasInnerSentenceEnd(text)) {
    return false;
  }
  if (last.value == '?') return true;
  if (EndsSentence(text)) return false;
  return last.character_class != CharacterClass::kOther || last.value == ')' || last.value == '%';
}

// "1. A new posture" above a paragraph, not below another item.
bool Reader::IsNumberedHeading(size_t group) const {
  const auto is_item = [&](size_t i) {
    const LineKind kind = lines_[groups_[i].begin].kind;
    return kind == LineKind::kNumbered || kind == LineKind::kBullet;
  };
  return group + 1 < groups_.size() && lines_[groups_[group + 1].begin].kind == LineKind::kText &&
         (group == 0 || !is_item(group - 1) || groups_[group - 1].heading);
}

// From the end, since a heading needs something below it. Three and more such lines in a row are a list
// without markers, not headings of each other.
void Reader::FindHeadings() {
  constexpr size_t kMaxHeadingsInRow = 2;
  size_t run = 0;
  for (size_t i = groups_.size(); i-- > 0;) {
    if (!LooksLikeHeading(groups_[i])) {
      run = 0;
      continue;
    }
    if (i + 1 == groups_.size()) continue;
    ++run;
    groups_[i].heading = run <= kMaxHeadingsInRow;
  }
  for (size_t i = 0; i < groups_.size(); ++i) {
    const bool numbered = lines_[groups_[i].begin].kind == LineKind::kNumbered;
    if (numbered && groups_[i].heading) groups_[i].heading = IsNumberedHeading(i);
  }
}

void Reader::AddGroup(const LineGroup& group) {
  constexpr uint8_t kPlainHeadingLevel = 2;
  const Line& line = lines_[group.begin];
  if (line.kind == LineKind::kDelimiterRow) {
    // Between the first row and the second it marks the first as header; elsewhere it is a border.
    std::vector<DraftBlock>& blocks = list_.blocks();
    const bool below_row = table_ >= 0 && !blocks.empty() && blocks.back().table == table_;
    const bool below_first_row =
        below_row && (blocks.size() < 2 || blocks[blocks.size() - 2].table != table_);
    if (below_first_row) blocks.back().is_header_row = true;
    return;
  }
  DraftBlock block;
  if (line.kind == LineKind::kTableRow) {
    if (table_ < 0 || line.after_blank) table_ = list_.NewTable();
    ForEachCell(body_, line.span, [this](ByteSpan cell) {
      list_.AddSource(cell.begin, cell.end);
      list_.EndCell();
    });
    block.kind = BlockKind::kTableRow;
    block.table = table_;
    list_.EndBlock(block);
    return;
  }
  table_ = -1;
  const bool item = line.kind == LineKind::kBullet || line.kind == LineKind::kNumbered;
  if (group.heading) {
    block.kind = BlockKind::kHeading;
    block.level = kPlainHeadingLevel;
  } else if (item) {
    block.kind = BlockKind::kListItem;
    block.level = nesting_.LevelOf(line.indent);
  }
  if (block.kind != BlockKind::kListItem) nesting_.Reset();
  list_.AddSource(line.content, lines_[group.end - 1].span.end);
  list_.EndBlock(block);
}

}  // namespace

BlockList ReadPlainText(absl::string_view body) { return Reader(body).Read(); }

}  // namespace treatywire::ingest
