// The days that an EDTF date covers, for checking what other services send.
//
// EDTF (ISO 8601-2:2019), the part that treatywire.v1.UncertainDate names: YYYY, YYYY-MM, YYYY-MM-DD, seasons
// YYYY-21 (spring, from 1 March) to YYYY-24 (winter, to the end of February of the next year), quarters
// YYYY-33 to YYYY-36, decades 199X, one qualifier ~ ? % at the end of a date, intervals A/B, and ".." for an
// open end.
#ifndef TREATYWIRE_QUERY_SERVICE_EDTF_H_
#define TREATYWIRE_QUERY_SERVICE_EDTF_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace treatywire::query {

// From `earliest` to `latest`, both inclusive; nullopt: open on that side.
struct EdtfDays {
  std::optional<absl::CivilDay> earliest;
  std::optional<absl::CivilDay> latest;
  friend bool operator==(const EdtfDays&, const EdtfDays&) = default;
};

// INVALID_ARGUMENT where `edtf` is none of the forms above, has a year outside 1000 to 2999, a day that no
// calendar has, or an interval whose end lies before its start.
absl::StatusOr<EdtfDays> DaysOfEdtf(absl::string_view edtf);

// A real day written YYYY-MM-DD, year 1000 to 2999; nullopt for all else.
std::optional<absl::CivilDay> ParseCivilDay(absl::string_view text);

// YYYY-MM-DD; empty for nullopt.
std::string FormatCivilDay(const std::optional<absl::CivilDay>& day);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_EDTF_H_
