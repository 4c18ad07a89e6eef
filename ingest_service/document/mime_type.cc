#include "ingest_service/document/mime_type.h"

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace treatywire::ingest {
namespace {

absl::Status CheckParameter(absl::string_view parameter) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(parameter, absl::MaxSplits('=', 1));
  if (!absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(parts.first), "charset")) return absl::OkStatus();
  absl::string_view charset = absl::StripAsciiWhitespace(parts.second);
  if (absl::ConsumePrefix(&charset, "\"")) absl::ConsumeSuffix(&charset, "\"");
  for (const absl::string_view known : {"utf-8", "utf8", "us-ascii", "ascii"}) {
    if (absl::EqualsIgnoreCase(charset, known)) return absl::OkStatus();
  }
  return absl::InvalidArgumentError("mime_type: the charset must be UTF-8 or US-ASCII");
}

}  // namespace

absl::StatusOr<MimeType> ParseMimeType(absl::string_view mime_type) {
  const std::vector<absl::string_view> parts = absl::StrSplit(mime_type, ';');
  for (size_t i = 1; i < parts.size(); ++i) {
    absl::Status checked = CheckParameter(parts[i]);
    if (!checked.ok()) return checked;
  }
  const absl::string_view essence = absl::StripAsciiWhitespace(parts[0]);
  if (essence.empty() || absl::EqualsIgnoreCase(essence, "text/plain")) return MimeType::kPlain;
  if (absl::EqualsIgnoreCase(essence, "text/html") ||
      absl::EqualsIgnoreCase(essence, "application/xhtml+xml")) {
    return MimeType::kHtml;
  }
  if (absl::EqualsIgnoreCase(essence, "text/markdown")) return MimeType::kMarkdown;
  return absl::InvalidArgumentError(
      "mime_type: must be text/plain, text/html, application/xhtml+xml or text/markdown");
}

}  // namespace treatywire::ingest
