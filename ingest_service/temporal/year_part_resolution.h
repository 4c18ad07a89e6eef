// When a year, or a part of one, was or will be: "July" to the July that is meant.
//
// Pure.
#ifndef TREATYWIRE_INGEST_SERVICE_TEMPORAL_YEAR_PART_RESOLUTION_H_
#define TREATYWIRE_INGEST_SERVICE_TEMPORAL_YEAR_PART_RESOLUTION_H_

#include <optional>

#include "absl/time/civil_time.h"
#include "ingest_service/temporal/calendar_part.h"
#include "ingest_service/temporal/date_resolution.h"
#include "ingest_service/temporal/uncertain_date.h"

namespace treatywire::ingest {

UncertainDate WithBasis(UncertainDate date, DateBasis basis);

// The year that "that year" is after `date`; nullopt where it spans several.
std::optional<int> YearOf(const UncertainDate& date);

// The last time that the part begins not after `day`, and the first time that it does not end before `day`;
// empty where the years around have no such day (29 February).
UncertainDate LastNotAfter(const YearPart& part, absl::CivilDay day);
UncertainDate FirstNotBefore(const YearPart& part, absl::CivilDay day);

// Empty where what the part counts from is missing or too imprecise.
UncertainDate ResolvePart(const YearPart& part, const DateAnchors& anchors, Direction direction);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_TEMPORAL_YEAR_PART_RESOLUTION_H_
