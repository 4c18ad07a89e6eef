#include "query_service/resolution/day_span.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

Day Widened(Day day, int64_t by) {
  if (day == kEarliestDay || day == kLatestDay) return day;
  return static_cast<Day>(std::clamp<int64_t>(day + by, kEarliestDay + 1, kLatestDay - 1));
}

bool IsApproximate(absl::string_view edtf) { return edtf.find_first_of("~?%") != absl::string_view::npos; }

}  // namespace

std::optional<Day> ParseDay(absl::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i != 4 && i != 7 && !absl::ascii_isdigit(static_cast<unsigned char>(text[i]))) return std::nullopt;
  }
  int year = 0, month = 0, day = 0;
  if (!absl::SimpleAtoi(text.substr(0, 4), &year) || !absl::SimpleAtoi(text.substr(5, 2), &month) ||
      !absl::SimpleAtoi(text.substr(8, 2), &day)) {
    return std::nullopt;
  }
  const absl::CivilDay civil(year, month, day);
  if (civil.month() != month || civil.day() != day) return std::nullopt;  // 30 February
  return static_cast<Day>(civil - absl::CivilDay(1970, 1, 1));
}

Day DayOfSeconds(int64_t seconds) {
  constexpr int64_t kDaySeconds = 86'400;
  const int64_t day = seconds / kDaySeconds - (seconds % kDaySeconds < 0 ? 1 : 0);
  return static_cast<Day>(std::clamp<int64_t>(day, kEarliestDay + 1, kLatestDay - 1));
}

Day LastDayOfYear(Day day) {
  if (day <= kEarliestDay || day >= kLatestDay) return day;
  const absl::CivilYear year(absl::CivilDay(1970, 1, 1) + day);
  return static_cast<Day>(absl::CivilDay(year + 1) - 1 - absl::CivilDay(1970, 1, 1));
}

std::string FormatDay(Day day) {
  if (day == kEarliestDay || day == kLatestDay) return "";
  const absl::CivilDay civil = absl::CivilDay(1970, 1, 1) + day;
  return absl::StrFormat("%04d-%02d-%02d", civil.year(), civil.month(), civil.day());
}

DaySpan SpanOf(const v1::DayRange& range) {
  return {ParseDay(range.from()).value_or(kEarliestDay), ParseDay(range.to()).value_or(kLatestDay)};
}

std::optional<ClaimedDate> ClaimedDateOf(const v1::UncertainDate& date) {
  const std::optional<Day> earliest = ParseDay(date.earliest());
  const std::optional<Day> latest = ParseDay(date.latest());
  if (!earliest && !latest) return std::nullopt;
  ClaimedDate claimed;
  claimed.days = {earliest.value_or(kEarliestDay), latest.value_or(kLatestDay)};
  if (claimed.days.first > claimed.days.last) return std::nullopt;
  claimed.edtf = date.edtf();
  claimed.stands_in = date.basis() == v1::DATE_BASIS_PUBLICATION;
  claimed.possible = claimed.days;
  int64_t slack = 0;
  if (claimed.stands_in) {
    slack = kStandInDays;
  } else if (IsApproximate(date.edtf()) && earliest && latest) {
    slack = claimed.days.width() + 1;
  }
  claimed.possible = {Widened(claimed.days.first, -slack), Widened(claimed.days.last, slack)};
  return claimed;
}

v1::DateComparison CompareDates(const ClaimedDate& a, const ClaimedDate& b) {
  if (a.days == b.days) return v1::DATE_COMPARISON_SAME;
  if (a.days.Contains(b.days) || b.days.Contains(a.days)) return v1::DATE_COMPARISON_REFINES;
  if (a.days.Intersects(b.days) || a.possible.Intersects(b.days) || b.possible.Intersects(a.days)) {
    return v1::DATE_COMPARISON_OVERLAPS;
  }
  return v1::DATE_COMPARISON_CONTRADICTS;
}

bool DatesAgree(const ClaimedDate& a, const ClaimedDate& b) {
  return CompareDates(a, b) != v1::DATE_COMPARISON_CONTRADICTS;
}

}  // namespace treatywire::query
