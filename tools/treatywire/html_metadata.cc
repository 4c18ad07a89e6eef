#include "tools/treatywire/html_metadata.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "ingest_service/document/html_entities.h"
#include "ingest_service/document/html_tokenizer.h"

namespace treatywire::tools {
namespace {

using Attributes = std::map<std::string, std::string>;  // names in lower case

bool IsSpace(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }

// The reader's view of `text`: references decoded, runs of white space one space, none at the ends.
std::string Decode(absl::string_view text) {
  std::string decoded;
  while (!text.empty()) {
    const ingest::CharacterReference reference =
        text[0] == '&' ? ingest::DecodeCharacterReference(text) : ingest::CharacterReference{};
    if (reference.source_bytes > 0) {
      decoded.append(reference.decoded, reference.size);
    } else {
      decoded.push_back(text[0]);
    }
    text.remove_prefix(std::max<size_t>(reference.source_bytes, 1));
  }
  absl::RemoveExtraAsciiWhitespace(&decoded);
  return decoded;
}

absl::string_view TakeWhile(absl::string_view* text, bool (*belongs)(char)) {
  const auto* end = std::find_if_not(text->begin(), text->end(), belongs);
  const absl::string_view taken = text->substr(0, end - text->begin());
  text->remove_prefix(taken.size());
  return taken;
}

absl::string_view TakeValue(absl::string_view* text) {
  if (text->empty()) return "";
  const char quote = text->front();
  if (quote != '"' && quote != '\'') {
    return TakeWhile(text, [](char c) { return !IsSpace(c) && c != '>'; });
  }
  text->remove_prefix(1);
  const absl::string_view value = text->substr(0, text->find(quote));
  text->remove_prefix(std::min(value.size() + 1, text->size()));
  return value;
}

// The attributes of `tag`, the source of a start tag: "<meta name=date content='2019-08-03'>".
Attributes ReadAttributes(absl::string_view tag, size_t name_size) {
  Attributes attributes;
  tag.remove_prefix(std::min(tag.size(), name_size + 1));
  while (true) {
    TakeWhile(&tag, [](char c) { return IsSpace(c) || c == '/'; });
    const absl::string_view name =
        TakeWhile(&tag, [](char c) { return !IsSpace(c) && c != '=' && c != '>' && c != '/'; });
    TakeWhile(&tag, IsSpace);
    absl::string_view value;
    if (!tag.empty() && tag.front() == '=') {
      tag.remove_prefix(1);
      TakeWhile(&tag, IsSpace);
      value = TakeValue(&tag);
    } else if (name.empty()) {
      return attributes;  // ">", or the source ends here
    }
    attributes.emplace(absl::AsciiStrToLower(name), Decode(value));
  }
}

std::string Find(const Attributes& attributes, absl::string_view name) {
  const auto found = attributes.find(std::string(name));
  return found == attributes.end() ? "" : found->second;
}

// What pages call the same thing, the most reliable first.
constexpr std::array<absl::string_view, 1> kTitleNames = {"og:title"};
constexpr std::array<absl::string_view, 3> kPublisherNames = {"publisher", "og:site_name",
                                                              "application-name"};
constexpr std::array<absl::string_view, 7> kPublishTimeNames = {
    "article:published_time", "date",         "datepublished", "dc.date",
    "dc.date.issued",         "dcterms.date", "pubdate"};
constexpr std::array<absl::string_view, 1> kUriNames = {"og:url"};

class HeadReader {
 public:
  explicit HeadReader(absl::string_view html) : html_(html) {}

  HtmlMetadata Read() {
    ingest::HtmlTokenizer tokenizer(html_);
    ingest::HtmlToken token;
    while (tokenizer.Next(token)) {
      if (token.kind == ingest::HtmlToken::Kind::kText) continue;
      const std::string name = absl::AsciiStrToLower(token.name);
      if (name == "body") break;
      if (token.kind == ingest::HtmlToken::Kind::kStartTag) {
        ReadStartTag(name, token);
      } else if (name == "title" && title_begin_ > 0 && title_.empty()) {
        title_ = Decode(html_.substr(title_begin_, token.source.begin - title_begin_));
      }
    }
    return Chosen();
  }

 private:
  void ReadStartTag(absl::string_view name, const ingest::HtmlToken& token) {
    if (name == "title") {
      if (title_begin_ == 0) title_begin_ = token.source.end;
      return;
    }
    if (name != "meta" && name != "link" && name != "html") return;
    const Attributes attributes = ReadAttributes(
        html_.substr(token.source.begin, token.source.end - token.source.begin), token.name.size());
    if (name == "html") {
      if (language_.empty()) language_ = Find(attributes, "lang");
    } else if (name == "link") {
      if (canonical_.empty() && absl::EqualsIgnoreCase(Find(attributes, "rel"), "canonical")) {
        canonical_ = Find(attributes, "href");
      }
    } else {
      for (const absl::string_view key : {"property", "name", "itemprop"}) {
        if (const std::string said = Find(attributes, key); !said.empty()) {
          meta_.emplace(absl::AsciiStrToLower(said), Find(attributes, "content"));
        }
      }
    }
  }

  template <size_t kSize>
  std::string FirstOf(const std::array<absl::string_view, kSize>& names) const {
    for (const absl::string_view name : names) {
      if (std::string value = Find(meta_, name); !value.empty()) return value;
    }
    return "";
  }

  HtmlMetadata Chosen() const {
    HtmlMetadata metadata;
    metadata.title = FirstOf(kTitleNames);
    if (metadata.title.empty()) metadata.title = title_;
    metadata.publisher = FirstOf(kPublisherNames);
    metadata.publish_time = FirstOf(kPublishTimeNames);
    metadata.uri = canonical_.empty() ? FirstOf(kUriNames) : canonical_;
    metadata.language = language_;
    return metadata;
  }

  const absl::string_view html_;
  Attributes meta_;  // content by name or property
  std::string title_;
  size_t title_begin_ = 0;
  std::string canonical_;
  std::string language_;
};

}  // namespace

HtmlMetadata ReadHtmlMetadata(absl::string_view html) { return HeadReader(html).Read(); }

}  // namespace treatywire::tools
