#include "ingest_service/document/document.h"

namespace treatywire::ingest {

std::string Document::Text(TokenSpan span) const {
  if (span.empty()) return "";
  // Mostly the tokens view one text that has single spaces where it has any: what is wanted stands there
  // already.
  const absl::string_view first = tokens[span.begin].text;
  const char* end = first.data() + first.size();
  uint32_t next = span.begin + 1;
  for (; next < span.end; ++next) {
    const Token& token = tokens[next];
    if (token.text.data() != end + (token.space_before ? 1 : 0) || (token.space_before && *end != ' ')) break;
    end = token.text.data() + token.text.size();
  }
  std::string text(first.data(), end);
  for (; next < span.end; ++next) {
    if (tokens[next].space_before) text.push_back(' ');
    text.append(tokens[next].text.data(), tokens[next].text.size());
  }
  return text;
}

}  // namespace treatywire::ingest
