// What the head of a web page says about the article on it.
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_HTML_METADATA_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_HTML_METADATA_H_

#include <string>

#include "absl/strings/string_view.h"

namespace treatywire::tools {

// Values as written, their character references decoded and their spaces single; empty where the page has
// none.
struct HtmlMetadata {
  std::string title;         // og:title, else <title>
  std::string publisher;     // publisher, og:site_name, else application-name
  std::string publish_time;  // article:published_time, date, datePublished, dc.date, pubdate
  std::string uri;           // <link rel="canonical">, else og:url
  std::string language;      // <html lang>
};

// Reads the tags of `html` before its <body>. Of two tags that say the same thing the first counts. Time is
// linear in the size of `html`, whatever it holds.
HtmlMetadata ReadHtmlMetadata(absl::string_view html);

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_HTML_METADATA_H_
