#include "query_service/edtf.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/status_macros.h"

namespace treatywire::query {
namespace {

using absl::CivilDay;
using absl::CivilMonth;

constexpr int kMinYear = 1000;
constexpr int kMaxYear = 2999;
constexpr absl::civil_diff_t kQuarter = 3;  // in months
constexpr size_t kMaxEdtfBytes = 32;        // "YYYY-MM-DD~/YYYY-MM-DD~" has 23

absl::Status NotEdtfError(absl::string_view edtf) {
  return absl::InvalidArgumentError(absl::StrCat("\"", edtf.substr(0, kMaxEdtfBytes),
                                                 "\" is no EDTF date of years ", kMinYear, " to ", kMaxYear));
}

// A number of just `text.size()` digits; -1 where one is none.
int Digits(absl::string_view text) {
  int number = 0;
  for (const char c : text) {
    if (!absl::ascii_isdigit(c)) return -1;
    number = 10 * number + (c - '0');
  }
  return number;
}

// The first and last day of `months` months.
EdtfDays Months(CivilMonth first, absl::civil_diff_t months) {
  return {CivilDay(first), CivilDay(first + months) - 1};
}

// The part after the year: a month, a season or a quarter.
std::optional<EdtfDays> PartOfYear(int year, int part) {
  if (part >= 1 && part <= 12) return Months(CivilMonth(year, part), 1);
  if (part >= 21 && part <= 24) return Months(CivilMonth(year, 3) + kQuarter * (part - 21), kQuarter);
  if (part >= 33 && part <= 36) return Months(CivilMonth(year, 1) + kQuarter * (part - 33), kQuarter);
  return std::nullopt;
}

std::optional<EdtfDays> SingleDate(absl::string_view text) {
  if (!text.empty() && (text.back() == '~' || text.back() == '?' || text.back() == '%')) {
    text.remove_suffix(1);
  }
  if (text.size() == 10) {
    const std::optional<CivilDay> day = ParseCivilDay(text);
    return day.has_value() ? std::optional<EdtfDays>({*day, *day}) : std::nullopt;
  }
  if (text.size() == 4 && text.back() == 'X') {
    const int decade = Digits(text.substr(0, 3));
    if (decade < kMinYear / 10 || decade > kMaxYear / 10) return std::nullopt;
    return Months(CivilMonth(absl::civil_year_t{10} * decade, 1), 120);
  }
  if (text.size() != 4 && (text.size() != 7 || text[4] != '-')) return std::nullopt;
  const int year = Digits(text.substr(0, 4));
  if (year < kMinYear || year > kMaxYear) return std::nullopt;
  if (text.size() == 4) return Months(CivilMonth(year, 1), 12);
  return PartOfYear(year, Digits(text.substr(5)));
}

}  // namespace

absl::StatusOr<EdtfDays> DaysOfEdtf(absl::string_view edtf) {
  if (edtf.size() > kMaxEdtfBytes) return NotEdtfError(edtf);
  const size_t slash = edtf.find('/');
  if (slash == absl::string_view::npos) {
    const std::optional<EdtfDays> date = SingleDate(edtf);
    if (!date.has_value()) return NotEdtfError(edtf);
    return *date;
  }
  const absl::string_view from = edtf.substr(0, slash);
  const absl::string_view to = edtf.substr(slash + 1);
  EdtfDays span;
  if (from != "..") {
    const std::optional<EdtfDays> first = SingleDate(from);
    if (!first.has_value()) return NotEdtfError(edtf);
    span.earliest = first->earliest;
  }
  if (to != "..") {
    const std::optional<EdtfDays> last = SingleDate(to);
    if (!last.has_value()) return NotEdtfError(edtf);
    span.latest = last->latest;
  }
  const bool open = !span.earliest.has_value() || !span.latest.has_value();
  if (!span.earliest.has_value() && !span.latest.has_value()) return NotEdtfError(edtf);
  if (!open && *span.earliest > *span.latest) return NotEdtfError(edtf);
  return span;
}

std::optional<CivilDay> ParseCivilDay(absl::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = Digits(text.substr(0, 4));
  const int month = Digits(text.substr(5, 2));
  const int day = Digits(text.substr(8, 2));
  if (year < kMinYear || year > kMaxYear || month < 1 || day < 1) return std::nullopt;
  // CivilDay normalises: 30 February becomes 2 March.
  const CivilDay civil(year, month, day);
  if (civil.month() != month || civil.day() != day) return std::nullopt;
  return civil;
}

std::string FormatCivilDay(const std::optional<CivilDay>& day) {
  if (!day.has_value()) return "";
  return absl::StrCat(absl::Dec(day->year(), absl::kZeroPad4), "-", absl::Dec(day->month(), absl::kZeroPad2),
                      "-", absl::Dec(day->day(), absl::kZeroPad2));
}

}  // namespace treatywire::query
