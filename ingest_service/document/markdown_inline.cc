#include "ingest_service/document/markdown_inline.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "ingest_service/document/character_class.h"
#include "ingest_service/document/html_entities.h"

namespace treatywire::ingest {
namespace {

constexpr uint32_t kNowhere = UINT32_MAX;

// A bracket that is markup, and where the text goes on after it.
struct Bracket {
  uint32_t at = 0;
  uint32_t resume = kNowhere;  // kNowhere: the bracket is text
};

class InlineParser {
 public:
  InlineParser(ByteSpan range, const MarkdownInlineOptions& options, BlockList& list)
      : range_(range), options_(options), list_(list), text_(list.source().substr(0, range.end)) {}

  void Parse() {
    if (text_.find('[', range_.begin) != absl::string_view::npos) MatchBrackets();
    at_ = run_ = range_.begin;
    while (at_ < range_.end) Step();
    list_.AddSource(run_, range_.end);
  }

 private:
  void MatchBrackets();
  // Where the "(...)" or "[...]" of a link that begins at `begin` ends; kNowhere where it is none.
  uint32_t TargetEnd(uint32_t begin) const;
  uint32_t LabelEnd(uint32_t begin) const;

  void Step();
  void StepBracket(std::vector<Bracket>& brackets, size_t& next);
  void StepMarks(char mark);
  void StepStrike(uint32_t run_end);
  void StepAngle();
  void StepNewline();
  void StepEntity();

  char Byte(uint32_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  // Leaves out source[at_, end).
  void Cut(uint32_t end) {
    list_.AddSource(run_, at_);
    at_ = run_ = end;
  }

  const ByteSpan range_;
  const MarkdownInlineOptions& options_;
  BlockList& list_;
  const absl::string_view text_;  // the source up to the end of the range
  std::vector<Bracket> opens_;    // both in the order of the text
  std::vector<Bracket> closes_;
  size_t next_open_ = 0;
  size_t next_close_ = 0;
  uint32_t at_ = 0;
  uint32_t run_ = 0;  // text since here is not added yet
  bool no_more_strikes_ = false;
  bool no_more_comments_ = false;
};

// "(url)", "(url "title")". The search stops at the next "](", so that all searches of a text together are
// linear.
uint32_t InlineParser::TargetEnd(uint32_t begin) const {
  int depth = 0;
  uint32_t end = begin;
  for (; end < range_.end; ++end) {
    const char c = text_[end];
    if (c == '(') ++depth;
    if (c == ')' && --depth == 0) break;
    if (c == ']' && Byte(end + 1) == '(') return kNowhere;
  }
  if (end >= range_.end) return kNowhere;
  const absl::string_view inside = absl::StripAsciiWhitespace(text_.substr(begin + 1, end - begin - 1));
  const size_t space = inside.find_first_of(" \n");
  if (space == absl::string_view::npos) return end + 1;
  const absl::string_view title = absl::StripLeadingAsciiWhitespace(inside.substr(space));
  return title[0] == '"' || title[0] == '\'' || title[0] == '(' ? end + 1 : kNowhere;
}

uint32_t InlineParser::LabelEnd(uint32_t begin) const {
  constexpr uint32_t kMaxLabelBytes = 128;
  for (uint32_t end = begin + 1; end < range_.end && end - begin < kMaxLabelBytes; ++end) {
    if (text_[end] == '[') return kNowhere;
    if (text_[end] == ']') return end + 1;
  }
  return kNowhere;
}

void InlineParser::MatchBrackets() {
  std::vector<size_t> open;  // the brackets in opens_ that are not closed yet
  for (uint32_t at = range_.begin; at < range_.end; ++at) {
    const char c = text_[at];
    if (c == '\\') {
      ++at;
    } else if (c == '[') {
      open.push_back(opens_.size());
      opens_.push_back({at, kNowhere});
    } else if (c == ']' && !open.empty()) {
      Bracket& begin = opens_[open.back()];
      open.pop_back();
      uint32_t resume = kNowhere;
      if (Byte(at + 1) == '(') resume = TargetEnd(at + 1);
      if (Byte(at + 1) == '[' && options_.has_references) resume = LabelEnd(at + 1);
      const bool image = begin.at > range_.begin && text_[begin.at - 1] == '!';
      const bool footnote = Byte(begin.at + 1) == '^';
      if (footnote && resume == kNowhere) resume = at + 1;
      if (resume == kNowhere) continue;
      begin.resume = image || footnote ? resume : begin.at + 1;
      closes_.push_back({at, resume});
      // What is within the target is no text, so its brackets are none.
      at = resume - 1;
    }
  }
}

void InlineParser::StepBracket(std::vector<Bracket>& brackets, size_t& next) {
  while (next < brackets.size() && brackets[next].at < at_) ++next;
  if (next == brackets.size() || brackets[next].at != at_ || brackets[next].resume == kNowhere) {
    ++at_;
    return;
  }
  Cut(brackets[next].resume);
}

// "*", "_" and "`" are marks unless white space stands on both sides; "_" within a word and "*" between
// digits are text.
void InlineParser::StepMarks(char mark) {
  uint32_t end = at_;
  while (Byte(end) == mark && end < range_.end) ++end;
  const Character before = CharacterBefore(text_.substr(0, at_), at_ > range_.begin ? at_ : 0);
  const Character after = CharacterAt(text_, end);
  const bool space_before = before.bytes == 0 || before.character_class == CharacterClass::kSpace;
  const bool space_after = after.bytes == 0 || after.character_class == CharacterClass::kSpace;
  const bool within_word = ContinuesWord(before.character_class) && ContinuesWord(after.character_class) &&
                           before.bytes > 0 && after.bytes > 0;
  const bool within_number =
      before.character_class == CharacterClass::kDigit && after.character_class == CharacterClass::kDigit;
  const bool is_text =
      (space_before && space_after) || (mark == '_' && within_word) || (mark == '*' && within_number);
  if (is_text) {
    at_ = end;
  } else {
    Cut(end);
  }
}

void InlineParser::StepStrike(uint32_t run_end) {
  if (run_end - at_ == 2 && !no_more_strikes_) {
    const size_t close = text_.find("~~", run_end);
    if (close != absl::string_view::npos) return Cut(static_cast<uint32_t>(close) + 2);
    no_more_strikes_ = true;
  }
  at_ = run_end;
}

// "<https://...>" is a link, "<b>", "</b>" and "<!-- -->" are HTML; "< 5" is text.
void InlineParser::StepAngle() {
  const absl::string_view rest = text_.substr(at_);
  if (absl::StartsWith(rest, "<!--") && !no_more_comments_) {
    const size_t close = text_.find("-->", at_);
    if (close != absl::string_view::npos) return Cut(static_cast<uint32_t>(close) + 3);
    no_more_comments_ = true;
  }
  const char first = Byte(at_ + 1);
  if (!absl::ascii_isalpha(first) && first != '/') {
    ++at_;
    return;
  }
  // A tag ends before the next "<", which also keeps the searches of a text disjoint.
  const size_t end = text_.find_first_of("<>", at_ + 1);
  if (end == absl::string_view::npos || text_[end] != '>') {
    ++at_;
    return;
  }
  const absl::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
  const bool is_address = inside.find_first_of("@:") != absl::string_view::npos &&
                          inside.find_first_of(" =\"") == absl::string_view::npos;
  if (is_address) {
    Cut(at_ + 1);
    at_ = static_cast<uint32_t>(end);
    return Cut(at_ + 1);
  }
  const ByteSpan tag = {at_, static_cast<uint32_t>(end + 1)};
  Cut(tag.end);
  if (absl::StartsWithIgnoreCase(inside, "br")) list_.AddDecoded(" ", tag);
}

void InlineParser::StepNewline() {
  ++at_;
  if (!options_.quoted) return;
  const auto end = static_cast<uint32_t>(std::min<size_t>(text_.find_first_not_of(" \t>", at_), range_.end));
  Cut(end);
}

void InlineParser::StepEntity() {
  const CharacterReference reference = DecodeCharacterReference(text_.substr(at_));
  if (reference.source_bytes == 0) {
    ++at_;
    return;
  }
  const ByteSpan span = {at_, at_ + reference.source_bytes};
  Cut(span.end);
  list_.AddDecoded(reference.text(), span);
}

void InlineParser::Step() {
  const char c = text_[at_];
  switch (c) {
    case '\\':
      if (absl::ascii_ispunct(static_cast<unsigned char>(Byte(at_ + 1))) || Byte(at_ + 1) == '\n')
        Cut(at_ + 1);
      if (at_ < range_.end) ++at_;
      return;
    case '*':
    case '_':
    case '`':
      return StepMarks(c);
    case '~': {
      uint32_t end = at_;
      while (Byte(end) == '~') ++end;
      return StepStrike(end);
    }
    case '!': {
      // An image leaves out its "!" as well.
      ++at_;
      if (Byte(at_) != '[') return;
      const uint32_t mark = at_ - 1;
      while (next_open_ < opens_.size() && opens_[next_open_].at < at_) ++next_open_;
      const bool image =
          next_open_ < opens_.size() && opens_[next_open_].at == at_ && opens_[next_open_].resume != kNowhere;
      if (image) {
        at_ = mark;
        Cut(opens_[next_open_].resume);
      }
      return;
    }
    case '[':
      return StepBracket(opens_, next_open_);
    case ']':
      return StepBracket(closes_, next_close_);
    case '<':
      return StepAngle();
    case '&':
      return StepEntity();
    case '\n':
      return StepNewline();
    default:
      ++at_;
  }
}

}  // namespace

void AddMarkdownInline(ByteSpan range, const MarkdownInlineOptions& options, BlockList& list) {
  if (range.begin < range.end) InlineParser(range, options, list).Parse();
}

}  // namespace treatywire::ingest
