#include "ingest_service/temporal/date_resolution.h"

#include <cmath>
#include <utility>

namespace treatywire::ingest {
namespace {

using absl::CivilDay;
using absl::CivilMonth;
using PartKind = YearPart::Kind;

// 29 February comes again after eight years where a century is no leap year.
constexpr int kMaxYearsToLook = 9;

struct DaySpan {
  CivilDay first;
  CivilDay last;
};

CivilDay LastDayOf(CivilMonth month) { return CivilDay(month + 1) - 1; }

bool IsValidDay(int year, int month, int day) {
  const CivilDay civil(year, month, day);
  return civil.month() == month && civil.day() == day;
}

CivilDay MondayOf(CivilDay day) { return absl::PrevWeekday(day + 1, absl::Weekday::monday); }

absl::Weekday WeekdayOf(int index) { return static_cast<absl::Weekday>(index); }
static_assert(static_cast<int>(absl::Weekday::monday) == 0 && static_cast<int>(absl::Weekday::sunday) == 6);

UncertainDate WeekDate(CivilDay monday) { return IntervalDate(monday, monday + 6); }

UncertainDate WithBasis(UncertainDate date, DateBasis basis) {
  date.basis = basis;
  return date;
}

// The days of a part in one year; nullopt where the year has none (29 February).
std::optional<DaySpan> SpanOf(const YearPart& part, int year) {
  switch (part.kind) {
    case PartKind::kQuarter: {
      const CivilMonth first(year, 3 * part.index - 2);
      return DaySpan{CivilDay(first), LastDayOf(first + 2)};
    }
    case PartKind::kSeason: {
      const CivilMonth first(year, 3 * part.index);
      return DaySpan{CivilDay(first), LastDayOf(first + 2)};
    }
    case PartKind::kMonth: {
      const CivilMonth month(year, part.index);
      return DaySpan{CivilDay(month), LastDayOf(month)};
    }
    case PartKind::kDay: {
      if (!IsValidDay(year, part.index, part.day)) return std::nullopt;
      const CivilDay first(year, part.index, part.day);
      return DaySpan{first, first};
    }
    default:
      return DaySpan{CivilDay(year, 1, 1), CivilDay(year, 12, 31)};
  }
}

UncertainDate DayOrDays(const YearPart& part, int year) {
  // A day that the month has not leaves the month.
  if (!IsValidDay(year, part.index, part.day)) return MonthDate(CivilMonth(year, part.index));
  const CivilDay first(year, part.index, part.day);
  if (part.last_day == 0 || !IsValidDay(year, part.index, part.last_day)) return DayDate(first);
  return IntervalDate(first, CivilDay(year, part.index, part.last_day));
}

UncertainDate DateIn(const YearPart& part, int year) {
  switch (part.kind) {
    case PartKind::kQuarter:
      return QuarterDate(year, part.index);
    case PartKind::kSeason:
      return SeasonDate(year, part.index);
    case PartKind::kMonth:
      return MonthDate(CivilMonth(year, part.index));
    case PartKind::kDay:
      return DayOrDays(part, year);
    default:
      return YearDate(year);
  }
}

// The last time that the part begins not after `day`.
UncertainDate LastNotAfter(const YearPart& part, CivilDay day) {
  for (int year = static_cast<int>(day.year()); year > day.year() - kMaxYearsToLook; --year) {
    const std::optional<DaySpan> span = SpanOf(part, year);
    if (span && span->first <= day) return DateIn(part, year);
  }
  return {};
}

// The last time that the part ends before `day`.
UncertainDate LastBefore(const YearPart& part, CivilDay day) {
  for (int year = static_cast<int>(day.year()); year > day.year() - kMaxYearsToLook; --year) {
    const std::optional<DaySpan> span = SpanOf(part, year);
    if (span && span->last < day) return DateIn(part, year);
  }
  return {};
}

// The first time that the part does not end before `day`.
UncertainDate FirstNotBefore(const YearPart& part, CivilDay day) {
  for (int year = static_cast<int>(day.year()) - 1; year < day.year() + kMaxYearsToLook; ++year) {
    const std::optional<DaySpan> span = SpanOf(part, year);
    if (span && span->last >= day) return DateIn(part, year);
  }
  return {};
}

// The first time that the part begins after `day`.
UncertainDate FirstAfter(const YearPart& part, CivilDay day) {
  for (int year = static_cast<int>(day.year()); year < day.year() + kMaxYearsToLook; ++year) {
    const std::optional<DaySpan> span = SpanOf(part, year);
    if (span && span->first > day) return DateIn(part, year);
  }
  return {};
}

// The year that "that year" is after `date`; nullopt where it spans several.
std::optional<int> YearOf(const UncertainDate& date) {
  if (!date.earliest) return std::nullopt;
  const int year = static_cast<int>(date.earliest->year());
  // A winter and an open interval are of the year in which they begin.
  const bool one_year =
      !date.latest || date.latest->year() == year || date.granularity == Granularity::kSeason;
  return one_year ? std::optional(year) : std::nullopt;
}

// The year that a reference to publication or to the date before names.
std::optional<int> ReferredYear(Reference reference, const DateAnchors& anchors) {
  if (IsToPrevious(reference)) {
    const std::optional<int> year = YearOf(anchors.previous);
    if (!year) return std::nullopt;
    return *year + (reference == Reference::kFollowing ? 1 : reference == Reference::kPreceding ? -1 : 0);
  }
  if (!anchors.publish_day) return std::nullopt;
  const int year = static_cast<int>(anchors.publish_day->year());
  return year + (reference == Reference::kNext ? 1 : reference == Reference::kLast ? -1 : 0);
}

UncertainDate PartFromPublication(const YearPart& part, CivilDay day, Direction direction) {
  switch (part.reference) {
    case Reference::kThis: {
      // Winter is named by the year in which it begins.
      const bool winter = part.kind == PartKind::kSeason && part.index == 4 && day.month() <= 2;
      return DateIn(part, static_cast<int>(day.year()) - (winter ? 1 : 0));
    }
    case Reference::kLast:
      return LastBefore(part, day);
    case Reference::kNext:
      return FirstAfter(part, day);
    default:
      return direction == Direction::kPast ? LastNotAfter(part, day) : FirstNotBefore(part, day);
  }
}

UncertainDate PartFromPrevious(const YearPart& part, const UncertainDate& previous) {
  if (part.reference == Reference::kFollowing) {
    return previous.latest ? FirstAfter(part, *previous.latest) : UncertainDate();
  }
  if (!previous.earliest) return {};
  if (part.reference == Reference::kPreceding) return LastBefore(part, *previous.earliest);
  return FirstNotBefore(part, *previous.earliest);
}

UncertainDate ResolvePart(const YearPart& part, const DateAnchors& anchors, Direction direction) {
  if (part.year_reference == Reference::kExplicit) return DateIn(part, part.year);
  if (part.year_reference != Reference::kNone) {
    const std::optional<int> year = ReferredYear(part.year_reference, anchors);
    if (!year) return {};
    return WithBasis(DateIn(part, *year), DateBasis::kRelative);
  }
  if (IsToPrevious(part.reference))
    return WithBasis(PartFromPrevious(part, anchors.previous), DateBasis::kRelative);
  if (!anchors.publish_day) return {};
  return WithBasis(PartFromPublication(part, *anchors.publish_day, direction), DateBasis::kRelative);
}

// The first or second half of a year, a month or a quarter of them: the months of it, or the whole of a
// month.
UncertainDate HalfOf(const UncertainDate& date, bool second) {
  if (date.granularity != Granularity::kYear || !date.earliest) return date;
  const CivilMonth first = CivilMonth(*date.earliest) + (second ? 6 : 0);
  return WithBasis(IntervalDate(MonthDate(first), MonthDate(first + 5)), date.basis);
}

UncertainDate TurnOf(const UncertainDate& date, Direction direction) {
  if (date.granularity != Granularity::kYear || !date.earliest) return date;
  const CivilMonth january = CivilMonth(*date.earliest) + (direction == Direction::kFuture ? 12 : 0);
  return WithBasis(IntervalDate(MonthDate(january - 1), MonthDate(january)), date.basis);
}

UncertainDate PortionOf(const UncertainDate& date, Portion portion, Direction direction) {
  if (date.empty() || !date.earliest || !date.latest) return date;
  switch (portion) {
    case Portion::kFirstHalf:
    case Portion::kSecondHalf:
      return HalfOf(date, portion == Portion::kSecondHalf);
    case Portion::kTurn:
      return TurnOf(date, direction);
    case Portion::kFirstDay:
      return WithBasis(DayDate(*date.earliest), date.basis);
    case Portion::kLastDay:
      return WithBasis(DayDate(*date.latest), date.basis);
    case Portion::kWeekOf:
      return WithBasis(WeekDate(MondayOf(*date.earliest)), date.basis);
    default:
      return date;  // "early 2024" is no more than 2024
  }
}

// "the nineties": the last ones that had begun.
int FirstYearOfDecade(int decade, const DateAnchors& anchors) {
  if (decade >= 100) return decade;
  const int now = anchors.publish_day ? static_cast<int>(anchors.publish_day->year()) : 1999;
  const int century = now - now % 100;
  return century + decade <= now ? century + decade : century - 100 + decade;
}

UncertainDate ResolveDecade(const DateExpression& expression, const DateAnchors& anchors) {
  const int first = FirstYearOfDecade(expression.decade, anchors);
  const auto years = [first](int from, int to) {
    return IntervalDate(YearDate(first + from), YearDate(first + to));
  };
  switch (expression.portion) {
    case Portion::kEarly:
      return Approximately(years(0, 3));
    case Portion::kMiddle:
      return Approximately(years(4, 6));
    case Portion::kLate:
      return Approximately(years(7, 9));
    case Portion::kFirstHalf:
      return years(0, 4);
    case Portion::kSecondHalf:
      return years(5, 9);
    default:
      return DecadeDate(first);
  }
}

// The weekday that "last Thursday" or "next Monday" means where it is near: that of the week before or after.
UncertainDate WeekdayFromPublication(const DateExpression& expression, CivilDay day, Direction direction) {
  const absl::Weekday weekday = WeekdayOf(expression.weekday);
  const CivilDay past = absl::PrevWeekday(day + 1, weekday);
  const CivilDay future = absl::NextWeekday(day - 1, weekday);
  switch (expression.reference) {
    case Reference::kThis: {
      const CivilDay of_week = MondayOf(day) + expression.weekday;
      return DayDate(direction == Direction::kFuture && of_week < day ? of_week + 7 : of_week);
    }
    case Reference::kLast: {
      const CivilDay before = absl::PrevWeekday(day, weekday);
      return DayDate(day - before < 2 ? before - 7 : before);  // yesterday is not called "last Thursday"
    }
    case Reference::kNext: {
      const CivilDay after = absl::NextWeekday(day, weekday);
      return DayDate(after - day < 4 && MondayOf(after) == MondayOf(day) ? after + 7 : after);
    }
    default:
      return DayDate(direction == Direction::kPast ? past : future);
  }
}

UncertainDate WeekdayFromPrevious(const DateExpression& expression, const UncertainDate& previous) {
  const bool near = previous.granularity == Granularity::kDay || previous.granularity == Granularity::kWeek;
  if (!near || !previous.earliest || !previous.latest) return {};
  const absl::Weekday weekday = WeekdayOf(expression.weekday);
  switch (expression.reference) {
    case Reference::kFollowing:
      return DayDate(absl::NextWeekday(*previous.latest, weekday));
    case Reference::kPreceding:
      return DayDate(absl::PrevWeekday(*previous.earliest, weekday));
    default:
      return DayDate(absl::NextWeekday(*previous.earliest - 1, weekday));
  }
}

int Shift(Reference reference) {
  switch (reference) {
    case Reference::kLast:
    case Reference::kPreceding:
      return -1;
    case Reference::kNext:
    case Reference::kFollowing:
      return 1;
    default:
      return 0;
  }
}

UncertainDate WeekendFromPublication(Reference reference, CivilDay day, Direction direction) {
  const CivilDay saturday = MondayOf(day) + 5;
  const bool has_begun = day >= saturday;
  int weeks = Shift(reference);
  if (reference == Reference::kLast && !has_begun) weeks = -1;
  if (reference == Reference::kNone || reference == Reference::kThis) {
    weeks = has_begun || direction == Direction::kFuture ? 0 : -1;
  }
  return IntervalDate(saturday + 7 * weeks, saturday + 7 * weeks + 1);
}

// The period of `unit` that is `shift` after the one that holds `day`.
UncertainDate PeriodAround(Unit unit, CivilDay day, int shift) {
  const int year = static_cast<int>(day.year());
  switch (unit) {
    case Unit::kDay:
      return DayDate(day + shift);
    case Unit::kWeek:
      return WeekDate(MondayOf(day) + 7 * shift);
    case Unit::kWeekend:
      return IntervalDate(MondayOf(day) + 7 * shift + 5, MondayOf(day) + 7 * shift + 6);
    case Unit::kMonth:
      return MonthDate(CivilMonth(day) + shift);
    case Unit::kQuarter: {
      const CivilMonth month = CivilMonth(day) + 3 * shift;
      return QuarterDate(static_cast<int>(month.year()), (month.month() + 2) / 3);
    }
    case Unit::kYear:
      return YearDate(year + shift);
    case Unit::kDecade:
      return DecadeDate(year - year % 10 + 10 * shift);
    default:
      return {};
  }
}

// Whether a date is precise enough to say which period of `unit` it is in.
bool IsWithin(const UncertainDate& date, Unit unit) {
  if (!date.earliest) return false;
  if (!date.latest) return unit >= Unit::kMonth;  // what is open began somewhere
  const CivilDay first = *date.earliest;
  const CivilDay last = *date.latest;
  switch (unit) {
    case Unit::kDay:
      return first == last;
    case Unit::kWeek:
    case Unit::kWeekend:
      return MondayOf(first) == MondayOf(last);
    case Unit::kMonth:
      return CivilMonth(first) == CivilMonth(last);
    case Unit::kQuarter:
      return first.year() == last.year() && (first.month() - 1) / 3 == (last.month() - 1) / 3;
    case Unit::kYear:
      return YearOf(date).has_value();
    default:
      return first.year() / 10 == last.year() / 10;
  }
}

UncertainDate PeriodFromPrevious(const DateExpression& expression, const UncertainDate& previous) {
  const int shift = Shift(expression.reference);
  if (!IsWithin(previous, expression.unit)) {
    // "The next day" after a date that is only a month is still about that month; "the same day" is the date.
    const bool day_of_month = expression.unit == Unit::kDay && IsWithin(previous, Unit::kMonth);
    const bool same_day = shift == 0 && expression.unit == Unit::kDay;
    return same_day || day_of_month ? previous : UncertainDate();
  }
  if (shift == 0 && expression.unit == Unit::kDay) return previous;
  return PeriodAround(expression.unit, *previous.earliest, shift);
}

// "By the end of the year" in December is this month; "at the beginning of the year" as a plan is of the
// next.
UncertainDate YearPortionFromPublication(const DateExpression& expression, CivilDay day,
                                         Direction direction) {
  const int year = static_cast<int>(day.year()) + Shift(expression.reference);
  const bool is_this = Shift(expression.reference) == 0;
  if (is_this && expression.portion == Portion::kLate && day.month() == 12) return MonthDate(CivilMonth(day));
  const bool has_passed = is_this && expression.reference == Reference::kNone && day.month() > 3;
  if (expression.portion == Portion::kEarly && has_passed && direction == Direction::kFuture) {
    return YearDate(year + 1);
  }
  return YearDate(year);
}

UncertainDate PeriodFromPublication(const DateExpression& expression, CivilDay day, Direction direction) {
  if (expression.unit == Unit::kWeekend) return WeekendFromPublication(expression.reference, day, direction);
  if (expression.unit == Unit::kDay) return DayDate(day + expression.days + Shift(expression.reference));
  if (expression.unit == Unit::kYear) return YearPortionFromPublication(expression, day, direction);
  return PeriodAround(expression.unit, day, Shift(expression.reference));
}

// "the 15th of this month"
UncertainDate DayOfMonth(const UncertainDate& month, int day) {
  if (!month.earliest || !month.latest || *month.earliest + (day - 1) > *month.latest) return month;
  return WithBasis(DayDate(*month.earliest + (day - 1)), month.basis);
}

// "on the 15th": of this month, or of the one before or after it where the direction asks for that.
UncertainDate NearestDayOfMonth(int day, CivilDay publish_day, Direction direction) {
  int months = 0;
  if (direction == Direction::kPast && publish_day.day() < day) months = -1;
  if (direction == Direction::kFuture && publish_day.day() > day) months = 1;
  return DayOfMonth(MonthDate(CivilMonth(publish_day) + months), day);
}

UncertainDate ResolvePeriod(const DateExpression& expression, const DateAnchors& anchors,
                            Direction direction) {
  UncertainDate date;
  if (IsToPrevious(expression.reference)) {
    date = WithBasis(PeriodFromPrevious(expression, anchors.previous), DateBasis::kRelative);
  } else if (anchors.publish_day) {
    date =
        WithBasis(PeriodFromPublication(expression, *anchors.publish_day, direction), DateBasis::kRelative);
  }
  if (expression.reference == Reference::kNone && IsDayOfMonth(expression) && anchors.publish_day) {
    return WithBasis(NearestDayOfMonth(expression.days, *anchors.publish_day, direction),
                     DateBasis::kRelative);
  }
  if (IsDayOfMonth(expression)) return DayOfMonth(date, expression.days);
  if (expression.unit == Unit::kDecade && date.earliest && expression.portion == Portion::kLate) return date;
  return PortionOf(date, expression.portion, direction);
}

UncertainDate ResolveWeekday(const DateExpression& expression, const DateAnchors& anchors,
                             Direction direction) {
  if (expression.week != Reference::kNone) {
    DateExpression week;
    week.kind = DateExpression::Kind::kPeriod;
    week.unit = Unit::kWeek;
    week.reference = expression.week;
    const UncertainDate date = ResolvePeriod(week, anchors, direction);
    if (date.granularity != Granularity::kWeek || !date.earliest) return {};
    return WithBasis(DayDate(*date.earliest + expression.weekday), date.basis);
  }
  if (IsToPrevious(expression.reference)) {
    return WithBasis(WeekdayFromPrevious(expression, anchors.previous), DateBasis::kRelative);
  }
  if (!anchors.publish_day) return {};
  return WithBasis(WeekdayFromPublication(expression, *anchors.publish_day, direction), DateBasis::kRelative);
}

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

UncertainDate ResolveOffset(const DateExpression& expression, const DateAnchors& anchors,
                            Direction direction) {
  if (expression.vague) return {};
  const bool to_previous = IsToPrevious(expression.reference);
  UncertainDate from = anchors.previous;
  if (!to_previous) from = anchors.publish_day ? DayDate(*anchors.publish_day) : UncertainDate();
  if (from.empty()) return {};
  const bool term = direction == Direction::kFuture && expression.years > 0 && !expression.exact;
  UncertainDate date = term ? TermAhead(from, expression) : AtDistance(from, expression, expression.exact);
  if (expression.approximate) date = Approximately(std::move(date));
  return WithBasis(std::move(date), DateBasis::kRelative);
}

UncertainDate ResolveLength(const DateExpression& expression, const DateAnchors& anchors,
                            Direction direction) {
  if (!expression.ahead || direction == Direction::kPast || !anchors.publish_day) return {};
  UncertainDate date = AtDistance(DayDate(*anchors.publish_day), expression, /*exact=*/false);
  return WithBasis(std::move(date), DateBasis::kRelative);
}

// "from June to September 2023", "from 3 March 2020 to 4 April": what one side lacks it has from the other.
UncertainDate ResolveInterval(const DateExpression& expression, const DateAnchors& anchors,
                              Direction direction) {
  YearPart first = expression.part;
  YearPart last = expression.last;
  const bool first_yearless = first.year_reference == Reference::kNone && first.kind != PartKind::kYear;
  const bool last_yearless = last.year_reference == Reference::kNone && last.kind != PartKind::kYear;
  if (last_yearless && !first_yearless) {
    const UncertainDate start = ResolvePart(first, anchors, direction);
    return start.earliest ? IntervalDate(start, FirstNotBefore(last, *start.earliest)) : UncertainDate();
  }
  const UncertainDate end = ResolvePart(last, anchors, direction);
  if (!end.latest) return {};
  const UncertainDate start =
      first_yearless ? LastNotAfter(first, *end.latest) : ResolvePart(first, anchors, direction);
  return WithBasis(IntervalDate(start, end), end.basis);
}

}  // namespace

UncertainDate Resolve(const DateExpression& expression, const DateAnchors& anchors, Direction direction) {
  switch (expression.kind) {
    case DateExpression::Kind::kYearPart:
      return PortionOf(ResolvePart(expression.part, anchors, direction), expression.portion, direction);
    case DateExpression::Kind::kInterval:
      return ResolveInterval(expression, anchors, direction);
    case DateExpression::Kind::kDecade:
      return ResolveDecade(expression, anchors);
    case DateExpression::Kind::kWeekday:
      return ResolveWeekday(expression, anchors, direction);
    case DateExpression::Kind::kPeriod:
      return ResolvePeriod(expression, anchors, direction);
    case DateExpression::Kind::kOffset:
      return ResolveOffset(expression, anchors, direction);
    case DateExpression::Kind::kLength:
      return ResolveLength(expression, anchors, direction);
  }
  return {};
}

bool IsDayOfMonth(const DateExpression& expression) {
  return expression.kind == DateExpression::Kind::kPeriod && expression.unit == Unit::kMonth &&
         expression.days > 0;
}

bool IsYearless(const DateExpression& expression) {
  return expression.kind == DateExpression::Kind::kYearPart &&
         expression.part.year_reference == Reference::kNone &&
         expression.part.reference == Reference::kNone &&
         (expression.part.kind == PartKind::kMonth || expression.part.kind == PartKind::kDay);
}

UncertainDate ResolveFrom(const DateExpression& expression, const UncertainDate& from) {
  if (!IsYearless(expression) || !from.earliest) return {};
  const UncertainDate date = FirstNotBefore(expression.part, *from.earliest);
  return WithBasis(PortionOf(date, expression.portion, Direction::kPast), DateBasis::kRelative);
}

}  // namespace treatywire::ingest
