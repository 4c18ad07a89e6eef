#include "tools/treatywire/error_text.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status.h"
#include "tools/treatywire/display_text.h"

namespace treatywire::tools {

std::string ErrorText(const absl::Status& status) {
  std::string text = absl::StrCat(status.message().empty() ? "no message" : PrintableText(status.message()),
                                  " (", absl::StatusCodeToString(status.code()), ")");
  if (const auto bad_request = GetBadRequest(status)) {
    for (const auto& violation : bad_request->field_violations()) {
      // Most messages say this already: "article.body is empty".
      if (absl::StrContains(status.message(), violation.field())) continue;
      absl::StrAppend(&text, "\n  field ", PrintableText(violation.field()), ": ",
                      PrintableText(violation.description()));
    }
  }
  if (const auto resource = GetResourceInfo(status)) {
    if (!absl::StrContains(status.message(), resource->resource_name())) {
      absl::StrAppend(&text, "\n  resource: ", PrintableText(resource->resource_name()));
    }
  }
  if (const auto delay = GetRetryDelay(status)) {
    absl::StrAppend(&text, "\n  try again in ", absl::FormatDuration(*delay));
  }
  return text;
}

ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return ExitCode::kDone;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kUnimplemented:  // something answered that is no such service
      return ExitCode::kUnreachable;
    default:
      return ExitCode::kRefused;
  }
}

}  // namespace treatywire::tools
