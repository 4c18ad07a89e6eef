#include "ingest_service/temporal/uncertain_date.h"

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace treatywire::ingest {
namespace {

constexpr absl::string_view kOpen = "..";

bool IsQualifier(char c) { return c == '~' || c == '?' || c == '%'; }

// The value of `text`, which has to be digits only; -1 for all else.
int Digits(absl::string_view text) {
  int value = 0;
  for (char c : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return -1;
    value = value * 10 + (c - '0');
  }
  return text.empty() ? -1 : value;
}

bool IsInRange(absl::civil_year_t year) { return year >= kMinYear && year <= kMaxYear; }

// `value`, which is not negative, in two digits, and a year in four. Dates are written for every mention, and
// a format string costs more than the rest of resolving one.
inline void WriteTwoDigits(int value, char* out) {
  out[0] = static_cast<char>('0' + value / 10);
  out[1] = static_cast<char>('0' + value % 10);
}
inline void WriteYear(int year, char* out) {
  WriteTwoDigits(year / 100, out);
  WriteTwoDigits(year % 100, out + 2);
}

struct DaySpan {
  absl::CivilDay first;
  absl::CivilDay last;
  Granularity granularity;
};

DaySpan Months(int year, int first_month, int count, Granularity granularity) {
  const absl::CivilMonth first(year, first_month);
  return {absl::CivilDay(first), LastDayOf(first + (count - 1)), granularity};
}

std::optional<DaySpan> PartOfYear(int year, int part) {
  if (part >= 1 && part <= 12) return Months(year, part, 1, Granularity::kMonth);
  if (part >= 21 && part <= 24) return Months(year, 3 * (part - 20), 3, Granularity::kSeason);
  if (part >= 33 && part <= 36) return Months(year, 3 * (part - 33) + 1, 3, Granularity::kQuarter);
  return std::nullopt;
}

DaySpan Decade(int first_year) {
  return {absl::CivilDay(first_year, 1, 1), absl::CivilDay(first_year + 9, 12, 31), Granularity::kDecade};
}

// One date, not an interval, with or without a qualifier.
std::optional<DaySpan> ParseSingle(absl::string_view text) {
  if (!text.empty() && IsQualifier(text.back())) text.remove_suffix(1);
  if (text.size() == 4 && text[3] == 'X') {
    const int decade = Digits(text.substr(0, 3)) * 10;
    if (!IsInRange(decade)) return std::nullopt;
    return Decade(decade);
  }
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  const int year = Digits(text.substr(0, 4));
  if (!IsInRange(year)) return std::nullopt;
  if (text.size() == 4) return Months(year, 1, 12, Granularity::kYear);
  if (text[4] != '-') return std::nullopt;
  const int part = Digits(text.substr(5, 2));
  if (text.size() == 7) return PartOfYear(year, part);
  const int day = text[7] == '-' ? Digits(text.substr(8, 2)) : -1;
  if (part < 1 || part > 12 || day < 1) return std::nullopt;
  const absl::CivilDay civil(year, part, day);
  if (civil.month() != part || civil.day() != day) return std::nullopt;  // 30 February became a day of March
  return DaySpan{civil, civil, Granularity::kDay};
}

bool IsWeek(const DaySpan& first, const DaySpan& last) {
  return first.granularity == Granularity::kDay && last.granularity == Granularity::kDay &&
         last.first - first.first == 6 && absl::GetWeekday(first.first) == absl::Weekday::monday;
}

std::optional<UncertainDate> ParseInterval(absl::string_view before, absl::string_view after) {
  const bool open_start = before == kOpen;
  const bool open_end = after == kOpen;
  if (open_start && open_end) return std::nullopt;
  const std::optional<DaySpan> first = open_start ? std::nullopt : ParseSingle(before);
  const std::optional<DaySpan> last = open_end ? std::nullopt : ParseSingle(after);
  if ((!open_start && !first) || (!open_end && !last)) return std::nullopt;
  if (first && last && last->last < first->first) return std::nullopt;
  UncertainDate date;
  date.granularity = Granularity::kInterval;
  if (first) date.earliest = first->first;
  if (last) date.latest = last->last;
  if (first && last && IsWeek(*first, *last)) date.granularity = Granularity::kWeek;
  return date;
}

std::optional<UncertainDate> Parse(absl::string_view edtf) {
  std::optional<UncertainDate> date;
  if (edtf.size() > kMaxEdtfLength) return std::nullopt;
  const size_t slash = edtf.find('/');
  if (slash != absl::string_view::npos) {
    date = ParseInterval(edtf.substr(0, slash), edtf.substr(slash + 1));
  } else if (const std::optional<DaySpan> single = ParseSingle(edtf)) {
    date.emplace();
    date->earliest = single->first;
    date->latest = single->last;
    date->granularity = single->granularity;
  }
  if (date) date->edtf = EdtfText(edtf);
  return date;
}

// The date that `edtf` writes, empty where it writes none.
UncertainDate DateOrEmpty(absl::string_view edtf) { return Parse(edtf).value_or(UncertainDate()); }

// As parsing `edtf` would make it, where its days are known already.
UncertainDate DateOf(const DaySpan& days, absl::string_view edtf) {
  UncertainDate date;
  date.edtf = EdtfText(edtf);
  date.earliest = days.first;
  date.latest = days.last;
  date.granularity = days.granularity;
  return date;
}

// A month, season or quarter, by its number in EDTF.
UncertainDate PartDate(absl::civil_year_t year, int part) {
  if (!IsInRange(year)) return {};
  const std::optional<DaySpan> days = PartOfYear(static_cast<int>(year), part);
  if (!days) return {};
  char edtf[] = {'0', '0', '0', '0', '-', '0', '0'};
  WriteYear(static_cast<int>(year), edtf);
  WriteTwoDigits(part, edtf + 5);
  return DateOf(*days, absl::string_view(edtf, sizeof(edtf)));
}

bool IsInterval(const UncertainDate& date) { return absl::StrContains(date.edtf, '/'); }

UncertainDate SideOfInterval(const UncertainDate& date, bool start) {
  const absl::string_view edtf = date.edtf;
  const size_t slash = edtf.find('/');
  if (slash == absl::string_view::npos) return date;
  UncertainDate side = DateOrEmpty(start ? edtf.substr(0, slash) : edtf.substr(slash + 1));
  side.basis = date.basis;
  return side;
}

}  // namespace

absl::StatusOr<UncertainDate> ParseEdtf(absl::string_view edtf) {
  if (std::optional<UncertainDate> date = Parse(edtf)) return *date;
  return absl::InvalidArgumentError(absl::StrCat("not an EDTF date: \"",
                                                 absl::CHexEscape(edtf.substr(0, 2 * kMaxEdtfLength)),
                                                 edtf.size() > 2 * kMaxEdtfLength ? "..." : "", "\""));
}

absl::CivilDay LastDayOf(absl::CivilMonth month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const absl::civil_year_t year = month.year();
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  const int last = kDays[month.month() - 1] + (leap && month.month() == 2 ? 1 : 0);
  return absl::CivilDay(year, month.month(), last);
}

std::string DayText(absl::CivilDay day) {
  if (day.year() < 1000 || day.year() > 9999) return absl::FormatCivilTime(day);
  char text[10];
  WriteYear(static_cast<int>(day.year()), text);
  text[4] = text[7] = '-';
  WriteTwoDigits(day.month(), text + 5);
  WriteTwoDigits(day.day(), text + 8);
  return std::string(text, sizeof(text));
}

UncertainDate DayDate(absl::CivilDay day) {
  if (!IsInRange(day.year())) return {};
  return DateOf({day, day, Granularity::kDay}, DayText(day));
}

UncertainDate MonthDate(absl::CivilMonth month) { return PartDate(month.year(), month.month()); }

UncertainDate QuarterDate(int year, int quarter) { return PartDate(year, quarter + 32); }

UncertainDate SeasonDate(int year, int season) { return PartDate(year, season + 20); }

UncertainDate YearDate(int year) {
  if (!IsInRange(year)) return {};
  char edtf[4];
  WriteYear(year, edtf);
  return DateOf(Months(year, 1, 12, Granularity::kYear), absl::string_view(edtf, sizeof(edtf)));
}

UncertainDate DecadeDate(int first_year) {
  const int decade = first_year - first_year % 10;
  if (!IsInRange(decade)) return {};
  char edtf[4];
  WriteYear(decade, edtf);
  edtf[3] = 'X';
  return DateOf(Decade(decade), absl::string_view(edtf, sizeof(edtf)));
}

UncertainDate IntervalDate(absl::CivilDay first, absl::CivilDay last) {
  return IntervalDate(DayDate(first), DayDate(last));
}

UncertainDate IntervalDate(const UncertainDate& first, const UncertainDate& last) {
  if (first.empty() || last.empty() || IsInterval(first) || IsInterval(last)) return {};
  UncertainDate date =
      DateOrEmpty(absl::StrCat(absl::string_view(first.edtf), "/", absl::string_view(last.edtf)));
  date.basis = first.basis == DateBasis::kExplicit ? last.basis : first.basis;
  return date;
}

UncertainDate OpenEnded(const UncertainDate& start) {
  const UncertainDate first = IntervalStart(start);
  if (first.empty()) return {};
  UncertainDate date = DateOrEmpty(absl::StrCat(absl::string_view(first.edtf), "/", kOpen));
  date.basis = start.basis;
  return absl::EndsWith(start.edtf, "~") ? Approximately(date) : date;
}

UncertainDate IntervalStart(const UncertainDate& date) { return SideOfInterval(date, /*start=*/true); }

UncertainDate IntervalEnd(const UncertainDate& date) { return SideOfInterval(date, /*start=*/false); }

UncertainDate Approximately(UncertainDate date) {
  if (date.empty()) return date;
  std::string edtf(absl::string_view(date.edtf));
  const size_t end = absl::EndsWith(edtf, kOpen) ? edtf.find('/') : edtf.size();
  char& last = edtf[end - 1];
  if (last == '?') last = '%';
  if (!IsQualifier(last)) edtf.insert(end, 1, '~');
  date.edtf = EdtfText(edtf);
  return date;
}

}  // namespace treatywire::ingest
