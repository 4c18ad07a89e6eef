// Conflicts: claims about one act that cannot all be true.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_CONFLICTS_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_CONFLICTS_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "query_service/resolution/acts.h"

namespace treatywire::query {

// A value and who claims it.
struct Position {
  std::string value;  // an EDTF date, "happened", "did not happen", party ids joined by ", "
  std::vector<ActClaim> claims;
  int independent_sources = 0;
  bool preferred = false;
};

struct ActConflict {
  treatywire::v1::ConflictKind kind = treatywire::v1::CONFLICT_KIND_UNSPECIFIED;
  size_t act = 0;                   // index among the agreement's acts
  std::vector<Position> positions;  // the preferred one first, then those with more sources
  treatywire::v1::PreferenceRule rule = treatywire::v1::PREFERENCE_RULE_UNSPECIFIED;
  treatywire::v1::DateComparison comparison = treatywire::v1::DATE_COMPARISON_UNSPECIFIED;
  std::string id;  // "date-signed-1994-02-04"; unique within the agreement
};

// The conflicts of all acts, by id. What an article says of both values is no claim against either: it means
// two things by them, or tells of a dispute between those whom it quotes (OCCURRENCE and ACTOR: these count).
//   DATE        claims of one act with dates that contradict the preferred one
//   ORIGIN      from when the agreement dates, said without naming the act, other than the preferred date
//   OCCURRENCE  asserted by some, denied by others: a denial counts where it was published no earlier than
//   the
//               act is dated (or, undated, than it was first reported), for before that it was true
//   ACTOR       an agreement of two ended by one party according to some, by the other according to others
std::vector<ActConflict> FindConflicts(absl::Span<const Act> acts, const ActContext& context);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_CONFLICTS_H_
