#include "ingest_service/document/document.h"

namespace treatywire::ingest {

std::string Document::Text(TokenSpan span) const {
  std::string text;
  for (uint32_t i = span.begin; i < span.end; ++i) {
    if (i > span.begin && tokens[i].space_before) text.push_back(' ');
    text.append(tokens[i].text.data(), tokens[i].text.size());
  }
  return text;
}

}  // namespace treatywire::ingest
