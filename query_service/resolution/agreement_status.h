// What an agreement, and each party's part in it, is on a day.
//
// The record does not guess: an act counts from the last day that it may have happened on (for an act dated
// by the month, the month's end; never later than its first report), an agreement does not exist yet only
// before the first day of its origin, and between the two the status is unspecified.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_AGREEMENT_STATUS_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_AGREEMENT_STATUS_H_

#include <vector>

#include "absl/types/span.h"
#include "query_service/resolution/acts.h"

namespace treatywire::query {

struct Standing {
  treatywire::v1::Status status = treatywire::v1::STATUS_UNSPECIFIED;
  treatywire::v1::UncertainDate since;  // of the act that brought it; unset where unknown
  bool exit_decided = false;
  bool exit_notified = false;
  bool exit_effective = false;
};

// The agreement's standing on `day`.
//
// ENDING: an end is asserted but the notice is still planned or its effect lies ahead; or notice was given;
// or the end is announced. ENDED: an end is asserted and nothing is reported to be outstanding. What is said
// to have ended or suspended an agreement of two before it was there does not count: another is meant.
Standing StandingOn(Day day, absl::Span<const Act> acts, const ActContext& context);

// The standing of one party. In an agreement of two it is the agreement's, with the party's own part in
// ending it; in one of many it follows the party's own acts. Who joins one that is to come into force later
// is SIGNED until then, and so is who signed and is reported never to have ratified.
Standing PartyStandingOn(Day day, const std::string& party, absl::Span<const Act> acts,
                         const ActContext& context);

// Steps that are not reported by `day`, in the order of the enum.
std::vector<treatywire::v1::MissingStep> MissingStepsOn(Day day, absl::Span<const Act> acts,
                                                        const ActContext& context);

// Whether the act belongs to what a record of `day` shows: not those dated later, nor plans published later.
bool IsShownOn(Day day, const Act& act);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_AGREEMENT_STATUS_H_
