#include "ingest_service/temporal/date_expression.h"

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "ingest_service/temporal/offset_expression.h"
#include "ingest_service/temporal/period_expression.h"
#include "ingest_service/temporal/year_expression.h"

namespace treatywire::ingest {
namespace {

using K = WordKind;

// Whether a month without day and year is meant as one. "May" and "March" are other words too, and "April"
// and "June" are people.
bool IsMonthAlone(const SentenceWords& words, uint32_t at, uint32_t end, uint32_t previous_end) {
  const K before = words.KindBefore(at);
  const bool is_short = words.Kind(at) == K::kMonthShort;
  const int month = words.Value(at);
  const bool is_other_word = is_short || (month >= 3 && month <= 8 && month != 7);
  const bool person = words.IsCapitalized(end) && words.Kind(end) == K::kOther && words.IsWord(end);
  if (is_other_word && (person || words.Kind(end) == K::kPossessive)) return false;
  if (ContinuesList(words, at, previous_end)) return true;
  switch (before) {
    case K::kIn:
    case K::kSince:
    case K::kUntil:
    case K::kBetween:
    case K::kDuring:
    case K::kFrom:
    case K::kThrough:
    case K::kEarly:
    case K::kLate:
    case K::kMid:
    case K::kOver:
    case K::kTo:
    case K::kFor:
    case K::kBefore:
    case K::kAfter:
    case K::kAs:
      return true;
    case K::kBy:
    case K::kOf:
    case K::kLeast:
    case K::kApproximate:
      return month != 5;
    case K::kThe:
    case K::kPossessor:
    case K::kPossessive:
    case K::kA:
      return (!is_other_word || words.Kind(end) == K::kInstrument) && words.IsNoun(end);
    default:
      return !is_other_word && !words.IsNoun(end);
  }
}

uint32_t ReadMonth(const SentenceWords& words, uint32_t at, uint32_t previous_end, DateExpression& out) {
  YearPart part;
  const uint32_t end = ReadMonthDay(words, at, part);
  if (end == 0) return 0;
  SetPart(part, out);
  const uint32_t interval = ExtendToInterval(words, at, end, out);
  if (interval != end) return interval;
  if (end == at + 1 && !IsMonthAlone(words, at, end, previous_end)) return 0;
  return end;
}

// "the 15th", "the 15th of this month"; at the ordinal.
uint32_t ReadDayOfMonth(const SentenceWords& words, uint32_t at, DateExpression& out) {
  if (words.Kind(at) != K::kOrdinal || words.KindBefore(at) != K::kThe) return 0;
  out.kind = DateExpression::Kind::kPeriod;
  out.unit = Unit::kMonth;
  out.days = words.Value(at);
  if (words.Kind(at + 1) != K::kOf || !words.IsUnit(at + 3, Unit::kMonth)) {
    const K led = words.KindBefore(at, 2);
    const bool is_day =
        IsDatePreposition(led) ? led != K::kIn && led != K::kOf && led != K::kFor : led == K::kAnd;
    return is_day && words.Kind(at + 1) != K::kHyphen && !words.IsNoun(at + 1) ? at + 1 : 0;
  }
  const K reference = words.Kind(at + 2);
  if (reference == K::kThis || reference == K::kThe) out.reference = Reference::kThis;
  if (reference == K::kLast) out.reference = Reference::kLast;
  if (reference == K::kNext) out.reference = Reference::kNext;
  return out.reference == Reference::kNone ? 0 : at + 4;
}

uint32_t ReadNumberFirst(const SentenceWords& words, uint32_t at, DateExpression& out) {
  if (words.IsTight(at) && words.KindBefore(at) == K::kHyphen) return 0;  // the end of something hyphenated
  YearPart part;
  uint32_t end = ReadNumericDate(words, at, part);
  if (end == 0) end = ReadDayMonth(words, at, part);
  if (end != 0) {
    SetPart(part, out);
    return ExtendToInterval(words, at, end, out);
  }
  if (const uint32_t day = ReadDayOfMonth(words, at, out)) return day;
  return ReadAmount(words, at, out);
}

// "Friday", "Friday evening", "Friday, 5 December 2025", "Tuesday last week".
uint32_t ReadWeekday(const SentenceWords& words, uint32_t at, DateExpression& out) {
  if (words.KindBefore(at) == K::kNamedDay) return 0;
  if (const uint32_t end = ReadDateOfWeekday(words, at, out)) return end;
  const uint32_t i = SkipDayParts(words, at + 1);
  if (words.Kind(at) == K::kWeekdayShort && words.KindBefore(at) != K::kOn) return 0;
  if (words.IsCapitalized(i) && (words.Kind(i) == K::kOther) && absl::EndsWith(words.At(i).norm, "s") &&
      i == at + 1 && words.KindBefore(at) == K::kThe) {
    return 0;  // the Sunday Times
  }
  out.kind = DateExpression::Kind::kWeekday;
  out.weekday = static_cast<uint8_t>(words.Value(at));
  const uint32_t week = words.Kind(i) == K::kOf || words.Kind(i) == K::kComma ? i + 1 : i;
  DateExpression period;
  if (words.Kind(week) == K::kThe || week == i || words.Kind(i) == K::kOf) {
    const uint32_t end = ReadTarget(words, week, period);
    if (end != 0 && period.kind == DateExpression::Kind::kPeriod && period.unit == Unit::kWeek) {
      out.week = period.reference == Reference::kNone ? Reference::kThis : period.reference;
      return end;
    }
  }
  return i;
}

// Whether a season without a year is one: "in the fall", "since the spring", not "the fall of the city".
bool IsSeasonAlone(const SentenceWords& words, uint32_t at) {
  const bool definite = words.KindBefore(at) == K::kThe;
  const K before = words.KindBefore(at, definite ? 2 : 1);
  const bool led = before == K::kIn || before == K::kSince || before == K::kUntil || before == K::kBy ||
                   before == K::kDuring || before == K::kOver || before == K::kEarly || before == K::kLate ||
                   before == K::kThrough || before == K::kFrom || before == K::kOf || before == K::kBefore;
  if (!led || words.Kind(at + 1) == K::kOf || words.Kind(at + 1) == K::kHyphen) return false;
  const bool fall = words.At(at).norm == "fall";
  if (fall && (!definite || before == K::kOf || before == K::kBefore)) return false;
  return !words.IsPluralNoun(at + 1) && words.Kind(at + 1) != K::kInstrument;
}

uint32_t ReadSeason(const SentenceWords& words, uint32_t at, DateExpression& out) {
  YearPart part;
  part.kind = YearPart::Kind::kSeason;
  part.index = static_cast<uint8_t>(words.Value(at));
  const uint32_t end = ReadYearSuffix(words, at + 1, /*comma=*/false, part);
  if (end == at + 1 && !IsSeasonAlone(words, at)) return 0;
  SetPart(part, out);
  // The winter of 1994-95 began in 1994.
  const bool range = part.year_reference == Reference::kExplicit && words.IsTight(end + 1) &&
                     (words.Kind(end) == K::kHyphen || words.Kind(end) == K::kSlash) &&
                     (words.Kind(end + 1) == K::kNumber || words.Kind(end + 1) == K::kYear);
  return range ? end + 2 : end;
}

// "Q1 2024", "H2 of last year".
uint32_t ReadCode(const SentenceWords& words, uint32_t at, DateExpression& out) {
  YearPart part;
  const bool quarter = words.Kind(at) == K::kQuarterCode;
  part.kind = quarter ? YearPart::Kind::kQuarter : YearPart::Kind::kYear;
  part.index = static_cast<uint8_t>(quarter ? words.Value(at) : 0);
  const uint32_t end = ReadYearSuffix(words, at + 1, /*comma=*/true, part);
  if (end == at + 1 && (!quarter || words.KindBefore(at) != K::kIn)) return 0;
  SetPart(part, out);
  if (!quarter) out.portion = words.Value(at) == 1 ? Portion::kFirstHalf : Portion::kSecondHalf;
  return end;
}

// "New Year's Day 1994", "Christmas Eve", "by Christmas", "in the new year".
uint32_t ReadHoliday(const SentenceWords& words, uint32_t at, DateExpression& out) {
  const bool christmas = words.Kind(at) == K::kChristmas;
  if (!christmas && !words.IsUnit(at + 1, Unit::kYear)) return 0;
  uint32_t i = christmas ? at + 1 : at + 2;
  if (words.Kind(i) == K::kPossessive) ++i;
  const bool eve = words.Kind(i) == K::kEve;
  const bool day = words.IsUnit(i, Unit::kDay);
  const bool definite = words.KindBefore(at) == K::kThe;
  const K before = words.KindBefore(at, definite ? 2 : 1);
  if (!christmas && !eve && !day && definite && before == K::kIn) {  // a plan for the year that comes
    out.kind = DateExpression::Kind::kPeriod;
    out.unit = Unit::kYear;
    out.portion = Portion::kEarly;
    return at + 2;
  }
  YearPart part = christmas ? Holiday(12, eve ? 24 : 25) : Holiday(eve ? 12 : 1, eve ? 31 : 1);
  if (eve || day) ++i;
  const uint32_t end = ReadYearSuffix(words, i, /*comma=*/true, part);
  const bool led = before == K::kBy || before == K::kBefore || before == K::kUntil || before == K::kSince ||
                   (christmas && (before == K::kAt || before == K::kAfter || before == K::kOn));
  if (!eve && !day && end == i && !led) return 0;
  SetPart(part, out);
  return end;
}

uint32_t ReadRelativeDay(const SentenceWords& words, uint32_t at, DateExpression& out) {
  out.kind = DateExpression::Kind::kPeriod;
  out.unit = Unit::kDay;
  out.reference = Reference::kThis;
  out.days = words.Value(at) - 10;
  return SkipDayParts(words, at + 1);
}

// Whether what begins at `at` comes again and again: "every Monday", "each January and July".
bool Recurs(const SentenceWords& words, uint32_t at) {
  if (words.KindBefore(at) == K::kEvery) return true;
  return words.KindBefore(at) == K::kAnd && words.KindBefore(at, 3) == K::kEvery;
}

uint32_t Dispatch(const SentenceWords& words, uint32_t at, uint32_t previous_end, DateExpression& out) {
  if (Recurs(words, at)) return 0;
  switch (words.Kind(at)) {
    case K::kWeekday:
    case K::kWeekdayShort:
      return ReadWeekday(words, at, out);
    case K::kMonth:
    case K::kMonthShort:
      return ReadMonth(words, at, previous_end, out);
    case K::kYear:
      return ReadYear(words, at, previous_end, out);
    case K::kNumericDate:
    case K::kNumber:
    case K::kOrdinal:
      return ReadNumberFirst(words, at, out);
    case K::kOrdinalWord:
      if (const uint32_t end = ReadNumberedPart(words, at, words.Value(at), out)) return end;
      out = DateExpression();
      return ReadNumberFirst(words, at, out);
    case K::kNumberWord:
    case K::kA:
    case K::kVague:
      return ReadAmount(words, at, out);
    case K::kDecade:
    case K::kShortDecade:
    case K::kDecadeName:
      return ReadDecade(words, at, out);
    case K::kSeason:
      return ReadSeason(words, at, out);
    case K::kQuarterCode:
    case K::kHalfCode:
      return ReadCode(words, at, out);
    case K::kChristmas:
    case K::kNew:
      return ReadHoliday(words, at, out);
    case K::kRelativeDay:
      return ReadRelativeDay(words, at, out);
    case K::kLast:
      if (const uint32_t end = ReadNumberedPart(words, at, 0, out)) return end;
      out = DateExpression();
      return ReadReference(words, at, out);
    case K::kThis:
    case K::kNext:
    case K::kThat:
    case K::kSame:
    case K::kFollowing:
    case K::kPreceding:
    case K::kComing:
      return ReadReference(words, at, out);
    case K::kEarly:
    case K::kLate:
    case K::kMid:
    case K::kEnd:
    case K::kStart:
    case K::kTurn:
    case K::kLater:
    case K::kEarlier:
      return ReadPortion(words, at, out);
    case K::kUnit:
      return ReadDefiniteUnit(words, at, out);
    case K::kUnits:
      return ReadBareUnits(words, at, out);
    default:
      return 0;
  }
}

}  // namespace

bool DateExpression::NeedsPrevious() const {
  return IsToPrevious(reference) || IsToPrevious(week) || IsToPrevious(part.reference) ||
         IsToPrevious(part.year_reference) || IsToPrevious(last.year_reference);
}

std::optional<DateExpression> ReadDateExpression(const SentenceWords& words, uint32_t at,
                                                 uint32_t previous_end) {
  if (!CanBeginDate(words.Kind(at))) return std::nullopt;
  DateExpression expression;
  const uint32_t end = Dispatch(words, at, previous_end, expression);
  if (end == 0 || end - at > kMaxDateTokens) return std::nullopt;
  expression.tokens = {at, end};
  return expression;
}

}  // namespace treatywire::ingest
