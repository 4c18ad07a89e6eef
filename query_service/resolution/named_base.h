// The agreement that a protocol's or an amendment's own name says it belongs to.
//
//   BaseNamedIn("Kigali Amendment to the Montreal Protocol") is {"montreal protocol", amends}
//   BaseNamedIn("Protocol to the Treaty on Open Skies") is {"treaty on open skies"}
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_NAMED_BASE_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_NAMED_BASE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace treatywire::query {

struct NamedBase {
  // What follows in the name, in folded words, first as it stands and then without one word more of its end
  // each time, as long as an instrument noun stays: names run on ("… on the accession of Sweden").
  std::vector<std::string> names;
  bool amends = false;  // an amendment, not a supplement
};

// Reads one name. Nothing where it names no base. Linear; at most 16 names.
std::optional<NamedBase> BaseNamedIn(absl::string_view title);

// Whether a name is an amendment's: "Kigali Amendment", "Amending Protocol".
bool NamesAmendment(absl::string_view title);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_NAMED_BASE_H_
