// Articles as people keep them in files: text or Markdown under a front matter, or web pages.
//
//   ---
//   publisher: Harbour Wire
//   published: 2019-02-02
//   uri: https://harbourwire.example/2019/02/02/inf
//   title: Washington and Moscow both suspend the INF Treaty
//   ---
//   WASHINGTON, Feb 2 - The United States suspended ...
//
// Keys: id, publisher, published, uri, title, language; each once, all of them optional. The body begins
// after the second "---" line. A .json file is an Article as proto3 JSON. Web pages say the same in their
// head (html_metadata.h); their body is the whole file, so that evidence can be found in it by byte.
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_ARTICLE_FILE_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_ARTICLE_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/timestamp.pb.h"
#include "treatywire/v1/article.pb.h"

namespace treatywire::tools {

// A longer file is refused: the service takes bodies of 4 MiB, and the front matter takes a little.
inline constexpr size_t kMaxArticleFileBytes = (4 << 20) + (64 << 10);

// "text/html" for .html, .htm; "application/xhtml+xml" for .xhtml; "text/markdown" for .md, .markdown;
// "text/plain" for .txt. Other names, in any letter case, give "": the text must say.
std::string MimeTypeOfFileName(absl::string_view path);

// The article that a file of that name and content holds. `mime_type` where the caller knows it; else it is
// told by the name, and for other names by whether the content begins as HTML does.
// Returns INVALID_ARGUMENT, with the line where one is at fault, for text that is not UTF-8, a front matter
// that is not closed, has an unknown or repeated key or a time that is none, and for more than
// kMaxArticleFileBytes.
absl::StatusOr<treatywire::v1::Article> ReadArticleFile(absl::string_view path, absl::string_view content,
                                                        absl::string_view mime_type = "");

// An Article as proto3 JSON, as a line of JSON lines is. INVALID_ARGUMENT where it is none.
absl::StatusOr<treatywire::v1::Article> ReadArticleJson(absl::string_view json);

// "2019-02-02" (its noon UTC, which is the same day nearly everywhere) or RFC 3339 with a zone
// ("2019-02-02T08:30:00Z", seconds optional). INVALID_ARGUMENT for anything else, also without a zone.
absl::StatusOr<google::protobuf::Timestamp> ParsePublishTime(absl::string_view text);

// Fills what `article` leaves empty from `defaults`: publisher, publish_time, uri, language.
void FillFrom(const treatywire::v1::Article& defaults, treatywire::v1::Article* article);

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_ARTICLE_FILE_H_
