// Which of several dates of one act the record prefers, and how the others relate to it.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_DATE_PREFERENCE_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_DATE_PREFERENCE_H_

#include <optional>

#include "absl/types/span.h"
#include "query_service/resolution/acts.h"

namespace treatywire::query {

struct PreferredDate {
  ClaimedDate date;
  treatywire::v1::UncertainDate stated;
  treatywire::v1::PreferenceRule rule = treatywire::v1::PREFERENCE_RULE_UNSPECIFIED;
  treatywire::v1::Modality modality =
      treatywire::v1::MODALITY_UNSPECIFIED;  // of the claims it was chosen from
  bool names_act = false;                    // for an origin: whether a signature's claim gives it
};

// Chooses among the claims of one act by the rules of PreferenceRule, in their order, of which the one that
// put the last contradicting date aside (or else the last date at all) is reported. Claims of the strongest
// modality go before others (a denied one only where all are denied), and a date that only the publication's
// day stands in for is chosen where there is no other. nullopt where no claim is dated.
std::optional<PreferredDate> PreferDate(absl::Span<const ActClaim> claims);

// How the claim's date relates to the preferred one. INCOMPARABLE, rather than CONTRADICTS, where the two are
// not said of one act: a signature against a bare origin, a plan against what happened, a publication's day
// that stands in for the date of an older act, or for another such day.
treatywire::v1::DateComparison CompareWithPreferred(const ActClaim& claim, const PreferredDate& preferred);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_DATE_PREFERENCE_H_
