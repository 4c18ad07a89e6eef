#include "ingest_service/temporal/date_resolution.h"

#include "ingest_service/temporal/offset_resolution.h"
#include "ingest_service/temporal/year_part_resolution.h"

namespace treatywire::ingest {
namespace {

using absl::CivilDay;
using absl::CivilMonth;
using PartKind = YearPart::Kind;

// In days and months, of the type that civil times are moved by.
constexpr absl::civil_diff_t kWeek = 7;
constexpr absl::civil_diff_t kQuarter = 3;

CivilDay MondayOf(CivilDay day) { return absl::PrevWeekday(day + 1, absl::Weekday::monday); }

absl::Weekday WeekdayOf(int index) { return static_cast<absl::Weekday>(index); }
static_assert(static_cast<int>(absl::Weekday::monday) == 0 && static_cast<int>(absl::Weekday::sunday) == 6);

UncertainDate WeekDate(CivilDay monday) { return IntervalDate(monday, monday + 6); }

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
  return IntervalDate(saturday + kWeek * weeks, saturday + kWeek * weeks + 1);
}

// The period of `unit` that is `shift` after the one that holds `day`.
UncertainDate PeriodAround(Unit unit, CivilDay day, int shift) {
  const int year = static_cast<int>(day.year());
  switch (unit) {
    case Unit::kDay:
      return DayDate(day + shift);
    case Unit::kWeek:
      return WeekDate(MondayOf(day) + kWeek * shift);
    case Unit::kWeekend:
      return IntervalDate(MondayOf(day) + kWeek * shift + 5, MondayOf(day) + kWeek * shift + 6);
    case Unit::kMonth:
      return MonthDate(CivilMonth(day) + shift);
    case Unit::kQuarter: {
      const CivilMonth month = CivilMonth(day) + kQuarter * shift;
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

// "at the turn of the century": about the last year of hundreds, or the next one.
UncertainDate TurnOfCentury(CivilDay day, Direction direction) {
  const int year = static_cast<int>(day.year() - day.year() % 100);
  return Approximately(YearDate(direction == Direction::kPast ? year : year + 100));
}

UncertainDate PeriodFromPublication(const DateExpression& expression, CivilDay day, Direction direction) {
  if (expression.unit == Unit::kWeekend) return WeekendFromPublication(expression.reference, day, direction);
  if (expression.unit == Unit::kDay) return DayDate(day + expression.days + Shift(expression.reference));
  if (expression.unit == Unit::kYear) return YearPortionFromPublication(expression, day, direction);
  if (expression.unit == Unit::kCentury) return TurnOfCentury(day, direction);
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
  if (expression.unit == Unit::kCentury) return date;
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
