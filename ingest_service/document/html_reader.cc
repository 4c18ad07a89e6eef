#include "ingest_service/document/html_reader.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "ingest_service/document/character_class.h"
#include "ingest_service/document/html_entities.h"
#include "ingest_service/document/html_table.h"
#include "ingest_service/document/html_tokenizer.h"
#include "ingest_service/document/list_nesting.h"
#include "ingest_service/document/text_line.h"

namespace treatywire::ingest {
namespace {

// Class names that say, as a whole, that an element is not the article's text.
bool IsOmittedClass(absl::string_view name) {
  static const auto* const names = new absl::flat_hash_set<absl::string_view>{"share",
                                                                              "sharing",
                                                                              "share-buttons",
                                                                              "social",
                                                                              "social-share",
                                                                              "social-links",
                                                                              "related",
                                                                              "related-articles",
                                                                              "related-posts",
                                                                              "related-content",
                                                                              "related-links",
                                                                              "read-more",
                                                                              "also-read",
                                                                              "recommended",
                                                                              "promo",
                                                                              "newsletter",
                                                                              "newsletter-signup",
                                                                              "subscribe",
                                                                              "advert",
                                                                              "advertisement",
                                                                              "ad",
                                                                              "ads",
                                                                              "cookie-banner",
                                                                              "breadcrumb",
                                                                              "breadcrumbs",
                                                                              "crumbs",
                                                                              "comments",
                                                                              "sidebar",
                                                                              "nav",
                                                                              "navbar",
                                                                              "navigation",
                                                                              "menu",
                                                                              "footer",
                                                                              "tags"};
  return names->contains(absl::AsciiStrToLower(name));
}

bool IsHeadingEnd(char32_t mark) {
  return mark == '?' || mark == ':' || (!IsSentenceEnd(mark) && mark != ',' && mark != ';');
}

class Reader {
 public:
  Reader(absl::string_view body, bool omit)
      : body_(body), omit_(omit), is_xml_(absl::StartsWith(body, "<?xml")), list_(body), tokenizer_(body) {
    has_main_ = FindsTag("<article") || FindsTag("<main");
  }

  void Read();
  // Whether too little is left of the page to be its article.
  bool OmittedTooMuch() const {
    constexpr size_t kTooShort = 200;
    return kept_bytes_ == 0 || (kept_bytes_ < kTooShort && omitted_bytes_ > 4 * kept_bytes_);
  }
  BlockList Take() { return std::move(list_); }

 private:
  bool FindsTag(absl::string_view tag) const;
  bool IsSkipped(const HtmlToken& token) const;
  // Goes past the element that `token` begins; false, and nothing is skipped, if the element never ends.
  bool SkipElement(const HtmlToken& token);

  void OnText(const HtmlToken& token);
  void OnStart(const HtmlToken& token);
  void OnEnd(const HtmlToken& token);
  void OnBreak(absl::string_view text);
  void OnTableStart();
  void OnTableEnd();
  void AddText(ByteSpan span);
  void EndBlock();
  DraftBlock BlockHere() const;

  bool buffering() const { return !tables_.empty() && tables_.back(); }
  uint8_t ListLevel() const {
    return static_cast<uint8_t>(std::min(items_.size() - std::min<size_t>(items_.size(), 2), kMaxListLevel));
  }

  absl::string_view body_;
  const bool omit_;
  const bool is_xml_;
  bool has_main_ = false;
  BlockList list_;
  HtmlTokenizer tokenizer_;
  absl::flat_hash_set<std::string> unclosed_;  // elements of which one never ended

  size_t kept_bytes_ = 0;
  size_t omitted_bytes_ = 0;
  uint32_t main_depth_ = 0;
  uint8_t heading_level_ = 0;          // 0 = not in a heading
  std::vector<bool> items_ = {false};  // whether an item is open: outside of lists, and in each open list
  std::vector<bool> tables_;           // the open tables: whether it is table_ (false: it lays out the page)
  HtmlTable table_;
  // Of the open block.
  uint32_t breaks_ = 0;  // <br>s since its last text
  ByteSpan break_;
  uint32_t bold_depth_ = 0;
  bool has_plain_text_ = false;
  size_t block_bytes_ = 0;
};

bool Reader::FindsTag(absl::string_view tag) const {
  for (size_t at = body_.find('<'); at != absl::string_view::npos; at = body_.find('<', at + 1)) {
    if (absl::StartsWithIgnoreCase(body_.substr(at), tag)) return true;
  }
  return false;
}

bool Reader::IsSkipped(const HtmlToken& token) const {
  if (is_xml_ && token.self_closing) return false;
  switch (token.tag) {
    case HtmlTag::kHidden:
      return true;
    case HtmlTag::kOmitted:
      return omit_;
    case HtmlTag::kHeader:
      return omit_ && has_main_ && main_depth_ == 0;
    case HtmlTag::kBlock:
    case HtmlTag::kList:
    case HtmlTag::kInline:
      break;
    default:
      return false;
  }
  // <p> and <body> may end without an end tag.
  if (!omit_ || token.name.size() == 1 || absl::EqualsIgnoreCase(token.name, "body")) return false;
  // Names that are not known are not skipped: each name that is skipped may cost one more pass over the page.
  if (token.tag == HtmlTag::kInline) return token.hidden && absl::EqualsIgnoreCase(token.name, "span");
  if (token.hidden) return true;
  for (const absl::string_view name : absl::StrSplit(token.class_names, absl::ByAnyChar(" \t\r\n\f"))) {
    if (IsOmittedClass(name)) return true;
  }
  return false;
}

bool Reader::SkipElement(const HtmlToken& token) {
  const std::string name = absl::AsciiStrToLower(token.name.substr(0, 16));
  if (unclosed_.contains(name)) return false;
  const uint32_t begin = token.source.end;
  size_t text_bytes = 0;
  uint32_t depth = 1;
  HtmlToken inner;
  while (depth > 0) {
    if (!tokenizer_.Next(inner)) {
      // Each name fails once, which keeps the whole linear.
      unclosed_.insert(name);
      tokenizer_.Seek(begin);
      return false;
    }
    if (inner.kind == HtmlToken::Kind::kText) {
      text_bytes += inner.source.end - inner.source.begin;
    } else if (absl::EqualsIgnoreCase(inner.name, token.name)) {
      const bool starts = inner.kind == HtmlToken::Kind::kStartTag;
      if (!starts || !(is_xml_ && inner.self_closing)) depth += starts ? 1 : -1;
    }
  }
  if (token.tag != HtmlTag::kHidden) omitted_bytes_ += text_bytes;
  return true;
}

// --- Text
// ------------------------------------------------------------------------------------------------------

// A <br> stands before `text`: two of them end the block, one does unless the sentence goes on after it.
void Reader::OnBreak(absl::string_view text) {
  if (breaks_ == 1 && !IsSentenceEnd(list_.LastMark()) && BeginsLower(text)) {
    list_.AddDecoded(" ", break_);
    breaks_ = 0;
  } else {
    EndBlock();
  }
}

void Reader::AddText(ByteSpan span) {
  uint32_t run = span.begin;
  const absl::string_view text = body_.substr(0, span.end);
  for (size_t at = text.find('&', run); at != absl::string_view::npos; at = text.find('&', at)) {
    const CharacterReference reference = DecodeCharacterReference(text.substr(at));
    if (reference.source_bytes == 0) {
      ++at;
      continue;
    }
    const ByteSpan source = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + reference.source_bytes)};
    list_.AddSource(run, source.begin);
    list_.AddDecoded(reference.text(), source);
    run = source.end;
    at = run;
  }
  list_.AddSource(run, span.end);
}

void Reader::OnText(const HtmlToken& token) {
  const absl::string_view text = TrimSpace(Slice(body_, token.source));
  if (text.empty()) {
    list_.AddSource(token.source.begin, token.source.end);
    return;
  }
  if (breaks_ > 0) OnBreak(text);
  kept_bytes_ += text.size();
  block_bytes_ += text.size();
  has_plain_text_ = has_plain_text_ || bold_depth_ == 0;
  AddText(token.source);
}

DraftBlock Reader::BlockHere() const {
  constexpr size_t kMaxBoldHeadingBytes = 120;
  constexpr uint8_t kBoldHeadingLevel = 6;
  DraftBlock block;
  if (heading_level_ > 0) {
    block.kind = BlockKind::kHeading;
    block.level = heading_level_;
  } else if (items_.back()) {
    block.kind = BlockKind::kListItem;
    block.level = ListLevel();
  } else if (!has_plain_text_ && !buffering() && block_bytes_ <= kMaxBoldHeadingBytes &&
             IsHeadingEnd(list_.LastMark())) {
    block.kind = BlockKind::kHeading;
    block.level = kBoldHeadingLevel;
  }
  return block;
}

void Reader::EndBlock() {
  if (list_.has_text()) {
    const DraftBlock block = BlockHere();
    const IndexRange text = list_.TakeText();
    if (buffering() && table_.in_cell()) {
      table_.AddToCell(block, text);
      list_.AddDecoded(" ", {});  // between this block and the cell's next one
    } else {
      list_.AddBlock(block, {text});
    }
  }
  list_.TakeText();
  breaks_ = 0;
  bold_depth_ = 0;
  has_plain_text_ = false;
  block_bytes_ = 0;
}

// --- Tags
// ------------------------------------------------------------------------------------------------------

void Reader::OnTableStart() {
  EndBlock();
  heading_level_ = 0;
  if (buffering()) {
    table_.DissolveInto(list_);
    tables_.back() = false;
  }
  tables_.push_back(true);
}

void Reader::OnTableEnd() {
  EndBlock();
  if (tables_.empty()) return;
  if (tables_.back()) table_.MoveTo(list_);
  tables_.pop_back();
}

void Reader::OnStart(const HtmlToken& token) {
  switch (token.tag) {
    case HtmlTag::kInline:
    case HtmlTag::kVoid:
      return;
    case HtmlTag::kBold:
      ++bold_depth_;
      return;
    case HtmlTag::kBreak:
      ++breaks_;
      break_ = token.source;
      return;
    case HtmlTag::kTable:
      return OnTableStart();
    default:
      break;
  }
  EndBlock();
  // What can't stand in a heading ends one that was not closed.
  if (token.tag != HtmlTag::kBlock || absl::EqualsIgnoreCase(token.name, "p")) heading_level_ = 0;
  switch (token.tag) {
    case HtmlTag::kMain:
      ++main_depth_;
      break;
    case HtmlTag::kHeading:
      heading_level_ = token.heading_level;
      if (items_.size() == 1) items_[0] = false;
      break;
    case HtmlTag::kList:
      items_.push_back(false);
      break;
    case HtmlTag::kListItem:
      items_.back() = true;
      break;
    case HtmlTag::kRow:
      if (buffering()) table_.BeginRow();
      break;
    case HtmlTag::kCell:
    case HtmlTag::kHeaderCell:
      if (buffering()) table_.BeginCell(token.tag == HtmlTag::kHeaderCell, {token.colspan, token.rowspan});
      break;
    case HtmlTag::kTableSection:
      if (buffering()) table_.EndRow();
      break;
    default:
      break;
  }
}

void Reader::OnEnd(const HtmlToken& token) {
  switch (token.tag) {
    case HtmlTag::kInline:
    case HtmlTag::kVoid:
    case HtmlTag::kHidden:
    case HtmlTag::kRawText:
      return;
    case HtmlTag::kBold:
      if (bold_depth_ > 0) --bold_depth_;
      return;
    case HtmlTag::kBreak:  // "</br>" is taken as "<br>"
      ++breaks_;
      break_ = token.source;
      return;
    case HtmlTag::kTable:
      return OnTableEnd();
    default:
      break;
  }
  EndBlock();
  if (token.tag == HtmlTag::kHeading) heading_level_ = 0;
  if (token.tag == HtmlTag::kMain && main_depth_ > 0) --main_depth_;
  if (token.tag == HtmlTag::kList && items_.size() > 1) items_.pop_back();
  if (token.tag == HtmlTag::kListItem || (token.tag == HtmlTag::kBlock && items_.size() == 1))
    items_.back() = false;
  if (!buffering()) return;
  if (token.tag == HtmlTag::kCell || token.tag == HtmlTag::kHeaderCell) table_.EndCell();
  if (token.tag == HtmlTag::kRow || token.tag == HtmlTag::kTableSection) table_.EndRow();
}

void Reader::Read() {
  for (HtmlToken token; tokenizer_.Next(token);) {
    if (token.kind == HtmlToken::Kind::kText) {
      OnText(token);
    } else if (token.kind == HtmlToken::Kind::kEndTag) {
      OnEnd(token);
    } else if (IsSkipped(token)) {
      const bool breaks = token.tag != HtmlTag::kHidden && token.tag != HtmlTag::kInline;
      if (breaks) EndBlock();
      if (!SkipElement(token)) OnStart(token);
    } else if (token.tag != HtmlTag::kHidden && token.tag != HtmlTag::kRawText) {
      OnStart(token);
    }
  }
  while (!tables_.empty()) OnTableEnd();
  EndBlock();
  list_.MarkHeaderRows();
}

}  // namespace

BlockList ReadHtml(absl::string_view body) {
  Reader reader(body, true);
  reader.Read();
  if (!reader.OmittedTooMuch()) return reader.Take();
  Reader whole(body, false);
  whole.Read();
  return whole.Take();
}

}  // namespace treatywire::ingest
