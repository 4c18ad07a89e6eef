// Days that a date may mean, and how two such dates relate.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_DAY_SPAN_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_DAY_SPAN_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "treatywire/v1/date.pb.h"
#include "treatywire/v1/record.pb.h"

namespace treatywire::query {

// A day as the number of days since 1970-01-01 (proleptic Gregorian).
using Day = int32_t;
inline constexpr Day kEarliestDay = INT32_MIN / 4;  // stands for "open" at the beginning
inline constexpr Day kLatestDay = INT32_MAX / 4;    // stands for "open" at the end

// The day of "YYYY-MM-DD"; nullopt for anything else.
std::optional<Day> ParseDay(absl::string_view text);
// The day (UTC) of a time since 1970; times out of range are the first or last day that is not open.
Day DayOfSeconds(int64_t seconds);
// 31 December of the day's year.
Day LastDayOfYear(Day day);
// "YYYY-MM-DD"; empty for the open days.
std::string FormatDay(Day day);

// Days first..last, both included.
struct DaySpan {
  Day first = kEarliestDay;
  Day last = kLatestDay;

  bool Contains(const DaySpan& other) const { return first <= other.first && other.last <= last; }
  bool Intersects(const DaySpan& other) const { return first <= other.last && other.first <= last; }
  int64_t width() const { return static_cast<int64_t>(last) - first; }
  friend bool operator==(const DaySpan&, const DaySpan&) = default;
};

// The span of a request's range; an unset end is open. Ends that are no days are open too: requests are
// validated before they come here.
DaySpan SpanOf(const treatywire::v1::DayRange& range);

// A date as one source gives it.
struct ClaimedDate {
  DaySpan days;            // as stated
  DaySpan possible;        // widened where the source calls the date approximate
  std::string edtf;        // the value shown to readers
  bool stands_in = false;  // the publication's day stands in for a date that the text does not give

  bool has_day() const { return days.first == days.last; }
  friend bool operator==(const ClaimedDate&, const ClaimedDate&) = default;
};

// nullopt where the date is unset or open at both ends.
//
// Approximate dates ("1996~") are possible for one more of their own width on both sides; a publication's day
// that stands in for a date is possible for kStandInDays on both sides.
std::optional<ClaimedDate> ClaimedDateOf(const treatywire::v1::UncertainDate& date);

// News is reported within days of the act, and an announcement precedes it by as little.
inline constexpr int kStandInDays = 3;

// SAME, REFINES, OVERLAPS or CONTRADICTS: by the days as stated, except that dates which only an
// approximation brings together OVERLAP.
treatywire::v1::DateComparison CompareDates(const ClaimedDate& a, const ClaimedDate& b);

// Whether both can be true of one act: anything but CONTRADICTS.
bool DatesAgree(const ClaimedDate& a, const ClaimedDate& b);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_DAY_SPAN_H_
