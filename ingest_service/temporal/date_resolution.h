// Resolves what a date expression says to dates.
//
// Pure. The precision of the result is never finer than that of the words and of what they count from.
#ifndef TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATE_RESOLUTION_H_
#define TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATE_RESOLUTION_H_

#include <optional>

#include "absl/time/civil_time.h"
#include "ingest_service/temporal/date_expression.h"
#include "ingest_service/temporal/uncertain_date.h"

namespace treatywire::ingest {

// What expressions count from.
struct DateAnchors {
  std::optional<absl::CivilDay> publish_day;
  UncertainDate previous;  // the date mentioned before; empty = none
};

enum class Direction { kPast, kFuture };

// Empty where what it counts from is missing or too imprecise. Lengths are empty, except one that lies ahead
// ("in 60 days") in Direction::kFuture.
UncertainDate Resolve(const DateExpression& expression, const DateAnchors& anchors, Direction direction);

// The first time of a month or day that says no year ("June 1") that does not end before `from` begins: how a
// narrative goes on. Empty where the expression is another, or `from` is open at its start.
UncertainDate ResolveFrom(const DateExpression& expression, const UncertainDate& from);

// Whether the expression is a day that says no month, or one like "this month": "the 15th".
bool IsDayOfMonth(const DateExpression& expression);

// Whether the expression is a month or day that says neither year nor reference.
bool IsYearless(const DateExpression& expression);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATE_RESOLUTION_H_
