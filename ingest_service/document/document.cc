#include "ingest_service/document/document.h"

namespace treatywire::ingest {

absl::string_view Document::TextInPlace(TokenSpan span) const {
  if (span.empty()) return {};
  // Mostly the tokens view one text that has single spaces where it has any: what is wanted stands there
  // already.
  const absl::string_view first = tokens[span.begin].text;
  const char* end = first.data() + first.size();
  for (uint32_t next = span.begin + 1; next < span.end; ++next) {
    const Token& token = tokens[next];
    const bool space = token.space_before;
    if (token.text.data() != end + (space ? 1 : 0) || (space && *end != ' ')) return {};
    end = token.text.data() + token.text.size();
  }
  return {first.data(), static_cast<size_t>(end - first.data())};
}

std::string Document::Text(TokenSpan span) const {
  std::string text;
  CopyText(span, &text);
  return text;
}

void Document::CopyText(TokenSpan span, std::string* text) const {
  const absl::string_view in_place = TextInPlace(span);
  if (!in_place.empty()) {
    text->assign(in_place.data(), in_place.size());
    return;
  }
  text->clear();
  for (uint32_t t = span.begin; t < span.end; ++t) {
    if (tokens[t].space_before && t > span.begin) text->push_back(' ');
    text->append(tokens[t].text.data(), tokens[t].text.size());
  }
}

}  // namespace treatywire::ingest
