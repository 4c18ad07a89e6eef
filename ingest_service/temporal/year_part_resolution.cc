#include "ingest_service/temporal/year_part_resolution.h"

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

bool IsValidDay(int year, int month, int day) {
  const CivilDay civil(year, month, day);
  return civil.month() == month && civil.day() == day;
}

// The days of a part in one year; nullopt where the year has none (29 February).
std::optional<DaySpan> SpanOf(const YearPart& part, int year) {
  switch (part.kind) {
    case PartKind::kQuarter: {
      const CivilMonth first(year, absl::civil_diff_t{3} * part.index - 2);
      return DaySpan{CivilDay(first), LastDayOf(first + 2)};
    }
    case PartKind::kSeason: {
      const CivilMonth first(year, absl::civil_diff_t{3} * part.index);
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

// The last time that the part ends before `day`.
UncertainDate LastBefore(const YearPart& part, CivilDay day) {
  for (int year = static_cast<int>(day.year()); year > day.year() - kMaxYearsToLook; --year) {
    const std::optional<DaySpan> span = SpanOf(part, year);
    if (span && span->last < day) return DateIn(part, year);
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

}  // namespace

UncertainDate WithBasis(UncertainDate date, DateBasis basis) {
  date.basis = basis;
  return date;
}

std::optional<int> YearOf(const UncertainDate& date) {
  if (!date.earliest) return std::nullopt;
  const int year = static_cast<int>(date.earliest->year());
  // A winter and an open interval are of the year in which they begin.
  const bool one_year =
      !date.latest || date.latest->year() == year || date.granularity == Granularity::kSeason;
  return one_year ? std::optional(year) : std::nullopt;
}

UncertainDate LastNotAfter(const YearPart& part, CivilDay day) {
  for (int year = static_cast<int>(day.year()); year > day.year() - kMaxYearsToLook; --year) {
    const std::optional<DaySpan> span = SpanOf(part, year);
    if (span && span->first <= day) return DateIn(part, year);
  }
  return {};
}

UncertainDate FirstNotBefore(const YearPart& part, CivilDay day) {
  for (int year = static_cast<int>(day.year()) - 1; year < day.year() + kMaxYearsToLook; ++year) {
    const std::optional<DaySpan> span = SpanOf(part, year);
    if (span && span->last >= day) return DateIn(part, year);
  }
  return {};
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

}  // namespace treatywire::ingest
