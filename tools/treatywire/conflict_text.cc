#include <string>

#include "absl/strings/str_cat.h"
#include "tools/treatywire/claim_text.h"
#include "tools/treatywire/display_text.h"
#include "tools/treatywire/enum_words.h"
#include "tools/treatywire/record_text.h"

namespace treatywire::tools {
namespace {

// What the sources do not agree on.
std::string Question(const treatywire::v1::Conflict& conflict) {
  const std::string act = Word(conflict.event_type());
  switch (conflict.kind()) {
    case treatywire::v1::CONFLICT_KIND_DATE:
      return absl::StrCat("When was it ", act, "?");
    case treatywire::v1::CONFLICT_KIND_OCCURRENCE:
      return absl::StrCat("Did it happen: ", act, "?");
    case treatywire::v1::CONFLICT_KIND_ACTOR:
      return absl::StrCat("Who did it: ", act, "?");
    case treatywire::v1::CONFLICT_KIND_ORIGIN:
      return "From when does it date?";
    default:
      return Word(conflict.kind());
  }
}

}  // namespace

std::string ConflictPage(const treatywire::v1::Conflict& conflict, int width) {
  std::string page = IndentedText(conflict.name(), 0, 2, width);
  absl::StrAppend(&page, IndentedText(Question(conflict), 2, 4, width));
  for (const treatywire::v1::ConflictPosition& position : conflict.positions()) {
    std::string line =
        absl::StrCat(DateText(position.value()), "  (", SourceCount(position.independent_source_count()));
    if (position.preferred()) {
      const std::string rule = Word(conflict.rule());
      absl::StrAppend(&line, "; preferred", rule.empty() ? "" : ": ", rule);
    }
    absl::StrAppend(&page, IndentedText(absl::StrCat(line, ")"), 4, 6, width));
    for (const treatywire::v1::Claim& claim : position.claims())
      absl::StrAppend(&page, ClaimText(claim, 8, width));
  }
  return page;
}

}  // namespace treatywire::tools
