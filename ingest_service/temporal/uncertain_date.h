// Dates as precise as the text makes them: an EDTF string with the earliest and the latest day it covers.
//
// EDTF (ISO 8601-2:2019), the part that is used: YYYY, YYYY-MM, YYYY-MM-DD, seasons YYYY-21 (spring) to
// YYYY-24 (winter, to the end of February of the next year), quarters YYYY-33 to YYYY-36, decades 199X,
// qualifiers ~ ? % at the end, intervals A/B, open ends ".." .
#ifndef TREATYWIRE_INGEST_SERVICE_TEMPORAL_UNCERTAIN_DATE_H_
#define TREATYWIRE_INGEST_SERVICE_TEMPORAL_UNCERTAIN_DATE_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace treatywire::ingest {

// How precise a date is.
enum class Granularity { kDay, kWeek, kMonth, kQuarter, kSeason, kYear, kDecade, kInterval };

// Where a date came from: the words themselves, the words and another date, or only the day of publication.
enum class DateBasis { kExplicit, kRelative, kPublication };

struct UncertainDate {
  std::string edtf;                        // empty = no date
  std::optional<absl::CivilDay> earliest;  // nullopt = open
  std::optional<absl::CivilDay> latest;    // inclusive; nullopt = open
  Granularity granularity = Granularity::kDay;
  DateBasis basis = DateBasis::kExplicit;
  bool empty() const { return edtf.empty(); }
  friend bool operator==(const UncertainDate&, const UncertainDate&) = default;
};

// Parses EDTF as listed above. Years are 1000 to 2999. Returns INVALID_ARGUMENT that quotes the input for all
// else.
absl::StatusOr<UncertainDate> ParseEdtf(absl::string_view edtf);

// A date of one granularity.
UncertainDate DayDate(absl::CivilDay day);                              // 2025-12-05
UncertainDate MonthDate(absl::CivilMonth month);                        // 2025-12
UncertainDate YearDate(int year);                                       // 2025
UncertainDate IntervalDate(absl::CivilDay first, absl::CivilDay last);  // 2025-11-24/2025-11-30
// The same date marked approximate: "~" appended once.
UncertainDate Approximately(UncertainDate date);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_TEMPORAL_UNCERTAIN_DATE_H_
