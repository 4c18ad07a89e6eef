#include "ingest_service/temporal/calendar_part.h"

#include <array>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "ingest_service/temporal/uncertain_date.h"

namespace treatywire::ingest {
namespace {

using K = WordKind;

YearPart DayPart(int month, int day) {
  YearPart part;
  part.kind = YearPart::Kind::kDay;
  part.index = static_cast<uint8_t>(month);
  part.day = static_cast<uint8_t>(day);
  return part;
}

YearPart MonthPart(int month) {
  YearPart part;
  part.kind = YearPart::Kind::kMonth;
  part.index = static_cast<uint8_t>(month);
  return part;
}

void SetYear(int year, YearPart& part) {
  part.year = static_cast<int16_t>(year);
  part.year_reference = Reference::kExplicit;
}

// The numbers of a numeric date and what stands between them.
struct NumericFields {
  std::array<int, 3> values = {};
  std::array<size_t, 3> widths = {};
  size_t count = 0;
  char separator = 0;
};

bool AddField(absl::string_view digits, NumericFields& fields) {
  if (fields.count == 3 || digits.size() > 4 || !absl::SimpleAtoi(digits, &fields.values[fields.count]))
    return false;
  fields.widths[fields.count++] = digits.size();
  return true;
}

// Splits "04.02.1994" at its one kind of separator; nullopt for all else.
std::optional<NumericFields> SplitNumeric(absl::string_view text) {
  NumericFields fields;
  size_t begin = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : fields.separator;
    if (c >= '0' && c <= '9') continue;
    if (fields.separator == 0) fields.separator = c;
    if (c != fields.separator || !AddField(text.substr(begin, i - begin), fields)) return std::nullopt;
    begin = i + 1;
  }
  return fields;
}

// The separated numbers "15", "/", "03", "/", "2022" from `at` on, without spaces; sets `end`.
std::optional<NumericFields> JoinNumeric(const SentenceWords& words, uint32_t at, uint32_t& end) {
  NumericFields fields;
  const K separator = words.Kind(at + 1);
  if (separator != K::kSlash && separator != K::kHyphen) return std::nullopt;
  if (words.KindBefore(at) == separator && words.IsTight(at)) return std::nullopt;
  fields.separator = separator == K::kSlash ? '/' : '-';
  uint32_t i = at;
  while (fields.count < 3 && (words.Kind(i) == K::kNumber || words.Kind(i) == K::kYear)) {
    if (!AddField(words.At(i).norm, fields)) return std::nullopt;
    end = i + 1;
    if (words.Kind(i + 1) != separator || !words.IsTight(i + 1) || !words.IsTight(i + 2)) break;
    i += 2;
  }
  return fields;
}

bool IsYearField(const NumericFields& fields, size_t i) {
  return fields.widths[i] == 4 && fields.values[i] >= kMinYear && fields.values[i] <= kMaxYear;
}

// Whether the numbers can be month and day; the number of days in February is looked at when it is resolved.
bool IsMonthAndDay(int month, int day) { return month >= 1 && month <= 12 && day >= 1 && day <= 31; }

// Day and month before the year. With dots the day comes first; else one above 12 tells which it is.
std::optional<YearPart> DayBeforeYear(const NumericFields& fields) {
  const int a = fields.values[0];
  const int b = fields.values[1];
  const bool day_first = IsMonthAndDay(b, a);
  const bool month_first = IsMonthAndDay(a, b);
  if (!day_first && !month_first) return std::nullopt;
  if (day_first && (fields.separator == '.' || !month_first || a == b)) return DayPart(b, a);
  if (!day_first) return DayPart(a, b);
  YearPart year;
  year.kind = YearPart::Kind::kYear;
  return year;
}

bool ReadFields(const NumericFields& fields, YearPart& part) {
  if (fields.count == 3 && IsYearField(fields, 0)) {
    if (!IsMonthAndDay(fields.values[1], fields.values[2])) return false;
    part = DayPart(fields.values[1], fields.values[2]);
    SetYear(fields.values[0], part);
    return true;
  }
  if (fields.count == 3 && IsYearField(fields, 2)) {
    const std::optional<YearPart> day = DayBeforeYear(fields);
    if (!day) return false;
    part = *day;
    SetYear(fields.values[2], part);
    return true;
  }
  if (fields.count == 2 && IsYearField(fields, 1) && fields.separator == '/' && fields.values[0] <= 12 &&
      fields.values[0] >= 1) {
    part = MonthPart(fields.values[0]);
    SetYear(fields.values[1], part);
    return true;
  }
  return false;
}

// "that year", "the same year", "the following year", "the next year", "last year"; at the reference word.
std::optional<Reference> YearReference(K kind, bool definite) {
  switch (kind) {
    case K::kThis:
      return Reference::kThis;
    case K::kLast:
      return definite ? std::nullopt : std::optional(Reference::kLast);
    case K::kNext:
      return definite ? Reference::kFollowing : Reference::kNext;
    case K::kThat:
    case K::kSame:
      return Reference::kSame;
    case K::kFollowing:
      return Reference::kFollowing;
    case K::kPreceding:
      return Reference::kPreceding;
    default:
      return std::nullopt;
  }
}

// "a year earlier", "the year before", "one year later"; at the "a". 0 where it is not.
uint32_t ReadYearStep(const SentenceWords& words, uint32_t at, YearPart& part) {
  const bool one = words.Kind(at) == K::kNumberWord && words.Value(at) == 1;
  if ((words.Kind(at) != K::kA && words.Kind(at) != K::kThe && !one) || !words.IsUnit(at + 1, Unit::kYear))
    return 0;
  switch (words.Kind(at + 2)) {
    case K::kEarlier:
    case K::kBefore:
      part.year_reference = Reference::kPreceding;
      break;
    case K::kLater:
    case K::kAfter:
      part.year_reference = Reference::kFollowing;
      break;
    case K::kAgo:
      part.year_reference = Reference::kLast;
      break;
    default:
      return 0;
  }
  // "in July, a year before it expired" counts from what follows.
  const bool counts_from_event = words.Kind(at + 2) == K::kBefore || words.Kind(at + 2) == K::kAfter;
  return counts_from_event && words.BeginsEvent(at + 3) ? 0 : at + 3;
}

// The second day of "4 and 5 December", "May 5-9": at the word between them. 0 where there is none.
uint32_t ReadLastDay(const SentenceWords& words, uint32_t at, YearPart& part) {
  const K between = words.Kind(at);
  if (between != K::kHyphen && between != K::kAnd && between != K::kTo && between != K::kOr) return 0;
  if (!words.IsDayNumber(at + 1) || words.Value(at + 1) <= part.day || words.IsCount(at + 1)) return 0;
  part.last_day = static_cast<uint8_t>(words.Value(at + 1));
  return at + 2;
}

}  // namespace

uint32_t ReadYearSuffix(const SentenceWords& words, uint32_t at, bool comma, YearPart& part) {
  uint32_t i = at;
  if (words.Kind(i) == K::kOf || (comma && words.Kind(i) == K::kComma)) ++i;
  if (words.Kind(i) == K::kYear && !words.IsCount(i) && !(i > at && words.IsPluralNoun(i + 1))) {
    SetYear(words.Value(i), part);
    return i + 1;
  }
  if (i > at && words.Kind(at) == K::kComma) return at;
  if (const uint32_t end = ReadYearStep(words, i, part)) return end;
  const bool definite = words.Kind(i) == K::kThe;
  if (definite) ++i;
  if (words.Kind(i) == K::kThat && words.Kind(i + 1) == K::kSame) ++i;
  const std::optional<Reference> reference = YearReference(words.Kind(i), definite);
  if (!reference || !words.IsUnit(i + 1, Unit::kYear)) return at;
  part.year_reference = *reference;
  return i + 2;
}

uint32_t ReadDayMonth(const SentenceWords& words, uint32_t at, YearPart& part) {
  const bool ordinal = words.Kind(at) == K::kOrdinal || words.Kind(at) == K::kOrdinalWord;
  if (!words.IsDayNumber(at) && !ordinal) return 0;
  if (words.KindBefore(at) == K::kCurrency) return 0;
  part = DayPart(1, words.Value(at));
  uint32_t i = at + 1;
  if (const uint32_t end = ReadLastDay(words, i, part)) i = end;
  const bool of = words.Kind(i) == K::kOf;
  if (of && !ordinal) return 0;
  if (!of && words.Kind(at) == K::kOrdinalWord) return 0;
  if (of) ++i;
  const bool hyphens = words.Kind(i) == K::kHyphen && words.IsTight(i) && words.IsMonth(i + 1);  // 4-Feb-1994
  if (hyphens) ++i;
  if (!words.IsMonth(i)) return 0;
  part.index = static_cast<uint8_t>(words.Value(i));
  ++i;
  if (hyphens && words.Kind(i) == K::kHyphen && words.Kind(i + 1) == K::kYear) ++i;
  return ReadYearSuffix(words, i, /*comma=*/true, part);
}

uint32_t ReadMonthDay(const SentenceWords& words, uint32_t at, YearPart& part) {
  if (!words.IsMonth(at)) return 0;
  part = MonthPart(words.Value(at));
  uint32_t i = at + 1;
  const bool in = words.KindBefore(at) == K::kIn;
  // "in March 15 countries": after "in" a number before a plural counts it.
  const bool counts = words.IsCount(i) || (in && words.Kind(i) == K::kNumber && words.IsPluralNoun(i + 1));
  if (words.IsDayNumber(i) && !counts) {
    part = DayPart(words.Value(at), words.Value(i));
    ++i;
    const uint32_t end = ReadLastDay(words, i, part);
    if (end != 0 && !words.IsMonth(end) && !words.IsPluralNoun(end)) {
      i = end;
    } else {
      part.last_day = 0;
    }
  }
  return ReadYearSuffix(words, i, /*comma=*/true, part);
}

uint32_t ReadNumericDate(const SentenceWords& words, uint32_t at, YearPart& part) {
  if (words.Kind(at) == K::kNumericDate) {
    const std::optional<NumericFields> fields = SplitNumeric(words.At(at).norm);
    return fields && ReadFields(*fields, part) ? at + 1 : 0;
  }
  uint32_t end = at;
  const std::optional<NumericFields> fields = JoinNumeric(words, at, end);
  return fields && ReadFields(*fields, part) ? end : 0;
}

uint32_t ReadCalendarPart(const SentenceWords& words, uint32_t at, YearPart& part) {
  if (words.Kind(at) == K::kThe) ++at;
  switch (words.Kind(at)) {
    case K::kMonth:
    case K::kMonthShort:
      return ReadMonthDay(words, at, part);
    case K::kNumericDate:
      return ReadNumericDate(words, at, part);
    case K::kNumber:
    case K::kOrdinal:
      if (const uint32_t end = ReadNumericDate(words, at, part)) return end;
      return ReadDayMonth(words, at, part);
    case K::kOrdinalWord:
      return ReadDayMonth(words, at, part);
    case K::kYear:
      if (const uint32_t end = ReadNumericDate(words, at, part)) return end;
      if (words.IsCount(at)) return 0;
      part = YearPart();
      part.kind = YearPart::Kind::kYear;
      SetYear(words.Value(at), part);
      return at + 1;
    default:
      return 0;
  }
}

}  // namespace treatywire::ingest
