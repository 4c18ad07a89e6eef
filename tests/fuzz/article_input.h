// How the fuzz targets that read articles take one out of the bytes they are given.
#ifndef TREATYWIRE_TESTS_FUZZ_ARTICLE_INPUT_H_
#define TREATYWIRE_TESTS_FUZZ_ARTICLE_INPUT_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "ingest_service/document/mime_type.h"

namespace treatywire::ingest {

// A first line "h TITLE" (HTML), "m TITLE" (Markdown) or "p TITLE", the body below it.
struct ArticleInput {
  MimeType mime_type = MimeType::kPlain;
  absl::string_view mime_name = "text/plain";
  absl::string_view title;
  absl::string_view body;

  ArticleInput(const uint8_t* data, size_t size) : body(reinterpret_cast<const char*>(data), size) {
    const size_t line = body.find('\n');
    if (line == absl::string_view::npos) return;
    if (body[0] == 'h') {
      mime_type = MimeType::kHtml;
      mime_name = "text/html";
    } else if (body[0] == 'm') {
      mime_type = MimeType::kMarkdown;
      mime_name = "text/markdown";
    }
    if (line > 2) title = body.substr(2, line - 2);
    body.remove_prefix(line + 1);
  }
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_TESTS_FUZZ_ARTICLE_INPUT_H_
