#include "ingest_service/document/html_tokenizer.h"

#include <algorithm>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace treatywire::ingest {
namespace {

constexpr size_t kNone = absl::string_view::npos;
constexpr size_t kLongestTagName = 10;  // "blockquote"

using TagTable = absl::flat_hash_map<absl::string_view, HtmlTag>;

const TagTable& Tags() {
  static const auto* const table = [] {
    auto* const made = new TagTable;
    const auto add = [made](HtmlTag tag, std::initializer_list<absl::string_view> names) {
      for (const absl::string_view name : names) made->emplace(name, tag);
    };
    add(HtmlTag::kBold, {"b", "strong"});
    add(HtmlTag::kBlock, {"p",       "div",      "section", "blockquote", "pre",     "figure", "figcaption",
                          "address", "hgroup",   "center",  "details",    "summary", "body",   "html",
                          "head",    "fieldset", "legend",  "dl",         "listing", "dir",    "search"});
    add(HtmlTag::kMain, {"article", "main"});
    add(HtmlTag::kHeader, {"header"});
    add(HtmlTag::kHeading, {"h1", "h2", "h3", "h4", "h5", "h6"});
    add(HtmlTag::kList, {"ul", "ol"});
    add(HtmlTag::kListItem, {"li", "dt", "dd"});
    add(HtmlTag::kTable, {"table"});
    add(HtmlTag::kRow, {"tr"});
    add(HtmlTag::kCell, {"td"});
    add(HtmlTag::kHeaderCell, {"th"});
    add(HtmlTag::kTableSection, {"thead", "tbody", "tfoot", "colgroup", "caption"});
    add(HtmlTag::kBreak, {"br"});
    add(HtmlTag::kRule, {"hr"});
    add(HtmlTag::kOmitted, {"nav", "form", "footer", "aside", "menu", "dialog"});
    add(HtmlTag::kHidden,
        {"template", "noscript", "object", "svg", "math", "canvas", "video", "audio", "select", "button",
         "datalist", "applet", "map", "del", "s", "strike", "rp", "rt"});
    add(HtmlTag::kRawText, {"script", "style", "title", "textarea", "iframe", "xmp", "noembed", "noframes"});
    add(HtmlTag::kVoid,
        {"img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "param", "wbr"});
    return made;
  }();
  return *table;
}

uint16_t ParseSpan(absl::string_view value) {
  uint32_t number = 0;
  for (const char c : value) {
    if (!absl::ascii_isdigit(c)) break;
    number = std::min<uint32_t>(number * 10 + (c - '0'), kMaxSpan);
  }
  return static_cast<uint16_t>(std::max<uint32_t>(number, 1));
}

}  // namespace

HtmlTag FindHtmlTag(absl::string_view name) {
  if (name.size() > kLongestTagName) return HtmlTag::kInline;
  char lower[kLongestTagName];
  std::transform(name.begin(), name.end(), lower, [](char c) { return absl::ascii_tolower(c); });
  const auto found = Tags().find({lower, name.size()});
  return found == Tags().end() ? HtmlTag::kInline : found->second;
}

bool HtmlTokenizer::IsMarkup(size_t at) const {
  const char next = Byte(at + 1);
  return absl::ascii_isalpha(next) || next == '!' || next == '?' ||
         (next == '/' && (absl::ascii_isalpha(Byte(at + 2)) || Byte(at + 2) == '>'));
}

void HtmlTokenizer::SkipSpace() {
  while (at_ < source_.size() && absl::ascii_isspace(source_[at_])) ++at_;
}

// "<!-- -->", "<!DOCTYPE ...>", "<?xml ...>", "</>".
void HtmlTokenizer::SkipMarkupDeclaration() {
  size_t end = 0;
  if (!absl::StartsWith(source_.substr(at_), "<!--")) {
    end = source_.find('>', at_);
    at_ = end == kNone ? source_.size() : end + 1;
    return;
  }
  const absl::string_view rest = source_.substr(at_ + 4);
  if (absl::StartsWith(rest, ">") || absl::StartsWith(rest, "->")) {
    at_ = source_.find('>', at_) + 1;
    return;
  }
  end = source_.find("--", at_ + 4);
  while (end != kNone) {
    if (Byte(end + 2) == '>') break;
    if (Byte(end + 2) == '!' && Byte(end + 3) == '>') break;
    end = source_.find("--", end + 1);
  }
  at_ = end == kNone ? source_.size() : source_.find('>', end) + 1;
}

absl::string_view HtmlTokenizer::ReadAttributeValue() {
  const char quote = Byte(at_);
  if (quote == '"' || quote == '\'') {
    const size_t begin = at_ + 1;
    const size_t end = std::min(source_.find(quote, begin), source_.size());
    at_ = std::min(end + 1, source_.size());
    return source_.substr(begin, end - begin);
  }
  const size_t begin = at_;
  while (at_ < source_.size() && source_[at_] != '>' && !absl::ascii_isspace(source_[at_])) ++at_;
  return source_.substr(begin, at_ - begin);
}

void HtmlTokenizer::ReadAttribute(HtmlToken& token) {
  const size_t begin = at_;
  // An equals sign first is part of the name.
  do {
    ++at_;
  } while (at_ < source_.size() && source_[at_] != '=' && source_[at_] != '>' && source_[at_] != '/' &&
           !absl::ascii_isspace(source_[at_]));
  const absl::string_view name = source_.substr(begin, at_ - begin);
  SkipSpace();
  absl::string_view value;
  if (Byte(at_) == '=') {
    ++at_;
    SkipSpace();
    value = ReadAttributeValue();
  }
  if (absl::EqualsIgnoreCase(name, "class")) {
    token.class_names = value;
  } else if (absl::EqualsIgnoreCase(name, "hidden")) {
    token.hidden = true;
  } else if (absl::EqualsIgnoreCase(name, "colspan")) {
    token.colspan = ParseSpan(value);
  } else if (absl::EqualsIgnoreCase(name, "rowspan")) {
    token.rowspan = ParseSpan(value);
  }
}

void HtmlTokenizer::ReadTag(HtmlToken& token) {
  const size_t begin = at_;
  const bool end_tag = Byte(at_ + 1) == '/';
  at_ += end_tag ? 2 : 1;
  const size_t name_begin = at_;
  while (at_ < source_.size() && source_[at_] != '>' && source_[at_] != '/' &&
         !absl::ascii_isspace(source_[at_])) {
    ++at_;
  }
  token = HtmlToken();
  token.kind = end_tag ? HtmlToken::Kind::kEndTag : HtmlToken::Kind::kStartTag;
  token.name = source_.substr(name_begin, at_ - name_begin);
  token.tag = FindHtmlTag(token.name);
  if (token.tag == HtmlTag::kHeading) token.heading_level = static_cast<uint8_t>(token.name[1] - '0');
  while (at_ < source_.size() && source_[at_] != '>') {
    if (absl::ascii_isspace(source_[at_])) {
      ++at_;
    } else if (source_[at_] == '/') {
      ++at_;
      token.self_closing = Byte(at_) == '>';
    } else {
      ReadAttribute(token);
    }
  }
  at_ = std::min(at_ + 1, source_.size());
  token.source = {static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)};
}

void HtmlTokenizer::SkipRawText(absl::string_view name) {
  for (size_t at = source_.find("</", at_); at != kNone; at = source_.find("</", at + 2)) {
    const absl::string_view rest = source_.substr(at + 2);
    const char after = Byte(at + 2 + name.size());
    if (absl::StartsWithIgnoreCase(rest, name) &&
        (after == '>' || after == '/' || absl::ascii_isspace(after))) {
      at_ = at;
      return;
    }
  }
  at_ = source_.size();
}

bool HtmlTokenizer::Next(HtmlToken& token) {
  while (at_ < source_.size()) {
    if (source_[at_] != '<' || !IsMarkup(at_)) {
      size_t end = at_ + 1;
      for (end = source_.find('<', end); end != kNone && !IsMarkup(end); end = source_.find('<', end + 1)) {
      }
      token = HtmlToken();
      token.source = {static_cast<uint32_t>(at_), static_cast<uint32_t>(std::min(end, source_.size()))};
      at_ = token.source.end;
      return true;
    }
    const char next = Byte(at_ + 1);
    if (next == '!' || next == '?' || (next == '/' && Byte(at_ + 2) == '>')) {
      SkipMarkupDeclaration();
      continue;
    }
    ReadTag(token);
    const bool raw = token.tag == HtmlTag::kRawText && token.kind == HtmlToken::Kind::kStartTag;
    if (raw && !(token.self_closing && absl::StartsWith(source_, "<?xml"))) SkipRawText(token.name);
    return true;
  }
  return false;
}

}  // namespace treatywire::ingest
