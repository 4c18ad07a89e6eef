#include "ingest_service/temporal/offset_resolution.h"

#include <cmath>

#include "ingest_service/temporal/year_part_resolution.h"

namespace treatywire::ingest {
namespace {

using absl::CivilDay;
using absl::CivilMonth;

// The same day of another month; the last one where that month is shorter.
CivilDay AddMonths(CivilDay day, int months) {
  const CivilMonth month = CivilMonth(day) + months;
  const CivilDay last = LastDayOf(month);
  return day.day() > last.day() ? last : CivilDay(month) + (day.day() - 1);
}

int RoundToMonths(int days) { return static_cast<int>(std::lround(days / 30.44)); }

// A distance from a day: as precise as its smallest unit, or as the day itself where `exact`.
UncertainDate FromDay(CivilDay day, const DateExpression& distance, bool exact) {
  const int months = 12 * distance.years + distance.months;
  if (distance.days != 0 || exact) {
    const UncertainDate date = DayDate(AddMonths(day, months) + distance.days);
    return distance.approximate && distance.days != 0 ? Approximately(date) : date;
  }
  if (distance.months != 0) return MonthDate(CivilMonth(day) + months);
  return YearDate(static_cast<int>(day.year()) + distance.years);
}

UncertainDate FromMonth(CivilMonth month, const DateExpression& distance, bool exact) {
  const int months = 12 * distance.years + distance.months + RoundToMonths(distance.days);
  if (distance.days != 0 || distance.months != 0 || exact) return MonthDate(month + months);
  return YearDate(static_cast<int>(month.year()) + distance.years);
}

UncertainDate FromYear(int year, const DateExpression& distance) {
  const int months = distance.months + RoundToMonths(distance.days);
  return YearDate(year + distance.years + static_cast<int>(std::lround(months / 12.0)));
}

UncertainDate FromWeek(const UncertainDate& week, const DateExpression& distance) {
  if (distance.years == 0 && distance.months == 0) {
    return IntervalDate(*week.earliest + distance.days, *week.latest + distance.days);
  }
  return FromMonth(CivilMonth(*week.earliest), distance, /*exact=*/false);
}

// The date at a distance from another.
UncertainDate AtDistance(const UncertainDate& from, const DateExpression& distance, bool exact) {
  const bool later = distance.years > 0 || distance.months > 0 || distance.days > 0;
  UncertainDate point = from;
  if (from.granularity == Granularity::kInterval) {
    point = later && from.latest ? IntervalEnd(from) : IntervalStart(from);
  }
  if (!point.earliest || !point.latest) return {};
  switch (point.granularity) {
    case Granularity::kDay:
      return FromDay(*point.earliest, distance, exact);
    case Granularity::kWeek:
      return FromWeek(point, distance);
    case Granularity::kMonth:
      return FromMonth(CivilMonth(*point.earliest), distance, exact);
    case Granularity::kYear:
      return FromYear(static_cast<int>(point.earliest->year()), distance);
    case Granularity::kQuarter:
    case Granularity::kSeason:
      if (distance.months != 0 || distance.days != 0) return {};
      return YearDate(static_cast<int>(point.earliest->year()) + distance.years);
    default:
      return {};
  }
}

// A term of years that is announced runs to the month of its start: "takes effect a year after that".
UncertainDate TermAhead(const UncertainDate& from, const DateExpression& distance) {
  const UncertainDate exact = AtDistance(from, distance, /*exact=*/true);
  if (exact.granularity != Granularity::kDay || !exact.earliest || distance.days != 0) return exact;
  return MonthDate(CivilMonth(*exact.earliest));
}

}  // namespace

UncertainDate ResolveOffset(const DateExpression& expression, const DateAnchors& anchors,
                            Direction direction) {
  if (expression.vague) return {};
  const bool to_previous = IsToPrevious(expression.reference);
  UncertainDate from = anchors.previous;
  if (!to_previous) from = anchors.publish_day ? DayDate(*anchors.publish_day) : UncertainDate();
  if (from.empty()) return {};
  const bool term = direction == Direction::kFuture && expression.years > 0 && !expression.exact;
  UncertainDate date = term ? TermAhead(from, expression) : AtDistance(from, expression, expression.exact);
  if (expression.approximate) date = Approximately(date);
  return WithBasis(date, DateBasis::kRelative);
}

UncertainDate ResolveLength(const DateExpression& expression, const DateAnchors& anchors,
                            Direction direction) {
  if (!expression.ahead || direction == Direction::kPast || !anchors.publish_day) return {};
  // "in a year's time" tells the month; "in twenty years" does not.
  const bool soon = expression.years > 0 && expression.years <= 2;
  const UncertainDate from = DayDate(*anchors.publish_day);
  UncertainDate date = soon ? TermAhead(from, expression) : AtDistance(from, expression, /*exact=*/false);
  return WithBasis(date, DateBasis::kRelative);
}

}  // namespace treatywire::ingest
