#include "ingest_service/temporal/date_expression.h"

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "ingest_service/temporal/offset_expression.h"

namespace treatywire::ingest {
namespace {

using K = WordKind;

// Years that a bare number is taken for; others need a preposition before and no noun after.
constexpr int kFirstPlainYear = 1800;
constexpr int kLastPlainYear = 2100;
// Before a plural a multiple of this is a count ("in 2000 villages"), any other a year ("the pact of 1953
// stands").
constexpr int kRound = 50;

// How far before its year a copyright sign may stand.
constexpr uint32_t kMaxCopyrightTokens = 5;

uint32_t ReadTarget(const SentenceWords& words, uint32_t at, DateExpression& out);

bool IsDatePreposition(K kind) {
  switch (kind) {
    case K::kIn:
    case K::kOn:
    case K::kOf:
    case K::kSince:
    case K::kUntil:
    case K::kBy:
    case K::kThrough:
    case K::kTo:
    case K::kFrom:
    case K::kBetween:
    case K::kDuring:
    case K::kBefore:
    case K::kAfter:
    case K::kFor:
      return true;
    default:
      return false;
  }
}

// Whether the token before `at` joins it to the expression that ends at `previous_end`: "1991, 1995 and
// 2001".
bool ContinuesList(const SentenceWords& words, uint32_t at, uint32_t previous_end) {
  const K before = words.KindBefore(at);
  if (before != K::kComma && before != K::kAnd && before != K::kOr && before != K::kSlash) return false;
  return previous_end != 0 && (previous_end + 1 == at || (previous_end + 2 == at && before == K::kAnd));
}

bool EndsClause(const SentenceWords& words, uint32_t at) {
  return !words.IsWord(at) && words.Kind(at) != K::kNumber && words.Kind(at) != K::kYear &&
         words.Kind(at) != K::kHyphen;
}

bool IsDeterminer(K kind) {
  return kind == K::kThe || kind == K::kA || kind == K::kPossessor || kind == K::kPossessive ||
         kind == K::kThis || kind == K::kThat;
}

// Whether a year after a word that is no preposition is one: "the 1994 treaty", "Paris, 1994", "signed 1994".
bool IsYearAfterWord(const SentenceWords& words, uint32_t at) {
  const K before = words.KindBefore(at);
  const bool round = words.Value(at) % kRound == 0;
  if (words.Kind(at + 1) == K::kInstrument || words.Kind(at + 1) == K::kPossessive) return true;
  if (round && words.IsPluralNoun(at + 1)) return false;
  if (IsDeterminer(before)) return words.IsNoun(at + 1) || words.IsWord(at + 1);
  if (EndsClause(words, at + 1)) return true;
  if (before == K::kParticiple || before == K::kBack || before == K::kUnder) return true;
  return words.IsWord(at + 1) && !words.IsPluralNoun(at + 1) && before != K::kVerb;
}

// Whether the year is that of a copyright line: "(c) 2023", "Copyright Example Press 2023".
bool IsCopyright(const SentenceWords& words, uint32_t at) {
  for (uint32_t back = 1; back <= kMaxCopyrightTokens; ++back) {
    if (at < words.sentence().begin + back) return false;
    const absl::string_view norm = words.At(at - back).norm;
    if (norm == "\xc2\xa9" || norm == "copyright") return true;
    if (norm == "c" && words.KindBefore(at - back) == K::kOpen) return true;
  }
  return false;
}

// Whether the number at `at` is a year of its own.
bool IsYearAlone(const SentenceWords& words, uint32_t at, uint32_t previous_end) {
  const K before = words.KindBefore(at);
  const bool compared =
      before == K::kThan && words.KindBefore(at, 2) != K::kLater;  // but "no later than 2026"
  if (words.IsCount(at) || before == K::kNumbered || before == K::kAt || before == K::kOver || compared ||
      before == K::kFullStop || IsCopyright(words, at)) {
    return false;
  }
  if (words.IsTight(at) && (before == K::kHyphen || before == K::kSlash || before == K::kColon)) return false;
  const bool plain = words.Value(at) >= kFirstPlainYear && words.Value(at) <= kLastPlainYear;
  const bool noun = words.IsNoun(at + 1) && !words.IsCapitalized(at + 1);
  if (IsDatePreposition(before)) {
    if (words.Kind(at + 1) == K::kInstrument) return true;
    if (!plain) return !noun;
    return !words.IsPluralNoun(at + 1) || words.Value(at) % kRound != 0;
  }
  if (!plain) return words.Kind(at + 1) == K::kInstrument || words.IsUnit(at - 1, Unit::kYear);
  if (ContinuesList(words, at, previous_end)) return true;
  return IsYearAfterWord(words, at);
}

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
      return true;
    case K::kBy:
    case K::kOf:
    case K::kTo:
    case K::kFor:
    case K::kBefore:
    case K::kAfter:
    case K::kLeast:
    case K::kApproximate:
    case K::kAs:
      return month != 5 || before == K::kBefore;
    case K::kThe:
    case K::kPossessor:
    case K::kPossessive:
    case K::kA:
      return (!is_other_word || words.Kind(end) == K::kInstrument) && words.IsNoun(end);
    default:
      return !is_other_word && !words.IsNoun(end);
  }
}

uint32_t SkipDayParts(const SentenceWords& words, uint32_t at) {
  return words.Kind(at) == K::kDayPart || words.Kind(at) == K::kNight ? at + 1 : at;
}

void SetPart(const YearPart& part, DateExpression& out) {
  out.kind = DateExpression::Kind::kYearPart;
  out.part = part;
}

// What joins two dates to an interval.
bool IsIntervalWord(const SentenceWords& words, uint32_t at, uint32_t begin) {
  switch (words.Kind(at)) {
    case K::kHyphen:
    case K::kTo:
    case K::kUntil:
    case K::kThrough:
      return true;
    case K::kAnd:
      return words.KindBefore(begin) == K::kBetween ||
             (words.KindBefore(begin) == K::kThe && words.KindBefore(begin, 2) == K::kBetween);
    default:
      return false;
  }
}

// Extends out.part, which is [begin, end), to an interval where one follows. Returns its end, or `end`.
uint32_t ExtendToInterval(const SentenceWords& words, uint32_t begin, uint32_t end, DateExpression& out) {
  if (!IsIntervalWord(words, end, begin) || out.part.last_day != 0) return end;
  YearPart last;
  const uint32_t last_end = ReadCalendarPart(words, end + 1, last);
  if (last_end == 0 || last_end - begin > kMaxDateTokens || last.last_day != 0) return end;
  const bool both_explicit =
      out.part.year_reference == Reference::kExplicit && last.year_reference == Reference::kExplicit;
  if (out.part.kind != last.kind && !both_explicit) return end;
  if (both_explicit && last.year < out.part.year) return end;
  if (last.year_reference == Reference::kNone && words.Kind(end) == K::kHyphen && !words.IsTight(end))
    return end;
  out.kind = DateExpression::Kind::kInterval;
  out.last = last;
  return last_end;
}

// "1946-58", "2014/15", "2025-12" (a month); at the year. 0 where it is none of them.
uint32_t ReadShortRange(const SentenceWords& words, uint32_t at, DateExpression& out) {
  const K between = words.Kind(at + 1);
  if ((between != K::kHyphen && between != K::kSlash) || words.Kind(at + 2) != K::kNumber) return 0;
  if (words.At(at + 2).norm.size() != 2 || !words.IsTight(at + 1) || !words.IsTight(at + 2)) return 0;
  const int year = words.Value(at);
  const int last = words.Value(at + 2);
  YearPart part;
  part.year = static_cast<int16_t>(year);
  part.year_reference = Reference::kExplicit;
  if (last > year % 100 && (last == year % 100 + 1 || last > 12)) {
    part.kind = YearPart::Kind::kYear;
    out.kind = DateExpression::Kind::kInterval;
    out.part = out.last = part;
    out.last.year = static_cast<int16_t>(year - year % 100 + last);
    return at + 3;
  }
  if (between != K::kHyphen || last > 12) return 0;
  part.kind = YearPart::Kind::kMonth;
  part.index = static_cast<uint8_t>(last);
  SetPart(part, out);
  return at + 3;
}

void SetDecade(int decade, DateExpression& out) {
  out.kind = DateExpression::Kind::kDecade;
  out.decade = static_cast<int16_t>(decade);
}

// "1990" "s" in two tokens, and "the 1990's"; at the year.
uint32_t ReadSplitDecade(const SentenceWords& words, uint32_t at, DateExpression& out) {
  if (words.Value(at) % 10 != 0 || !words.IsInside(at + 1) || !words.IsTight(at + 1)) return 0;
  const K before = words.KindBefore(at);
  const bool decade_leads =
      before == K::kThe || before == K::kEarly || before == K::kLate || before == K::kHyphen;
  const bool apostrophe = words.At(at + 1).norm == "'s" && decade_leads && !words.IsNoun(at + 2);
  if (words.At(at + 1).norm != "s" && !apostrophe) return 0;
  SetDecade(words.Value(at), out);
  return at + 2;
}

uint32_t ReadYear(const SentenceWords& words, uint32_t at, uint32_t previous_end, DateExpression& out) {
  YearPart part;
  if (const uint32_t end = ReadNumericDate(words, at, part)) {
    SetPart(part, out);
    return end;
  }
  if (const uint32_t end = ReadSplitDecade(words, at, out)) return end;
  if (words.KindBefore(at) == K::kNumbered || words.KindBefore(at) == K::kCurrency) return 0;
  if (const uint32_t end = ReadShortRange(words, at, out)) return end;
  part.kind = YearPart::Kind::kYear;
  part.year = static_cast<int16_t>(words.Value(at));
  part.year_reference = Reference::kExplicit;
  SetPart(part, out);
  const uint32_t end = ExtendToInterval(words, at, at + 1, out);
  if (end > at + 1 && out.last.year > part.year) return end;
  SetPart(part, out);
  return IsYearAlone(words, at, previous_end) ? at + 1 : 0;
}

// "1990s", "the nineties", "the 90s"; at the number or name.
uint32_t ReadDecade(const SentenceWords& words, uint32_t at, DateExpression& out) {
  if (words.Kind(at) != K::kDecade) {
    const K before = words.KindBefore(at);
    const bool quoted = before == K::kPossessive;  // '90s
    const bool leads = before == K::kThe || before == K::kEarly || before == K::kLate || before == K::kMid ||
                       before == K::kHyphen || quoted;
    if (!leads) return 0;
  }
  SetDecade(words.Value(at), out);
  return at + 1;
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
  uint32_t i = SkipDayParts(words, at + 1);
  uint32_t date = words.Kind(i) == K::kComma ? i + 1 : i;
  YearPart part;
  const uint32_t date_end = ReadCalendarPart(words, date, part);
  if (date_end != 0 && part.kind == YearPart::Kind::kDay) {
    SetPart(part, out);
    return date_end;
  }
  if (words.Kind(at) == K::kWeekdayShort && words.KindBefore(at) != K::kOn) return 0;
  if (words.IsCapitalized(i) && (words.Kind(i) == K::kOther) && absl::EndsWith(words.At(i).norm, "s") &&
      i == at + 1 && words.KindBefore(at) == K::kThe) {
    return 0;  // the Sunday Times
  }
  out.kind = DateExpression::Kind::kWeekday;
  out.weekday = static_cast<uint8_t>(words.Value(at));
  uint32_t week = words.Kind(i) == K::kOf || words.Kind(i) == K::kComma ? i + 1 : i;
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

YearPart Holiday(int month, int day) {
  YearPart part;
  part.kind = YearPart::Kind::kDay;
  part.index = static_cast<uint8_t>(month);
  part.day = static_cast<uint8_t>(day);
  return part;
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

// The reference that a word makes before a period. `definite`: after "the".
Reference ReferenceOf(K kind, bool definite, bool is_day) {
  switch (kind) {
    case K::kThis:
    case K::kComing:
      return kind == K::kThis ? Reference::kThis : Reference::kNext;
    case K::kLast:
      return Reference::kLast;
    case K::kNext:
      return definite || is_day ? Reference::kFollowing : Reference::kNext;
    case K::kThat:
    case K::kSame:
      return Reference::kSame;
    case K::kFollowing:
      return Reference::kFollowing;
    case K::kPreceding:
      return Reference::kPreceding;
    default:
      return Reference::kNone;
  }
}

// "on the same day one year later": the later year, as precise as the date it counts from. At the amount.
uint32_t ReadExactOffset(const SentenceWords& words, uint32_t at, DateExpression& out) {
  DateExpression offset;
  const uint32_t end = ReadAmount(words, at, offset);
  if (end == 0 || offset.kind != DateExpression::Kind::kOffset || offset.reference != Reference::kSame ||
      offset.of_event || offset.vague) {
    return 0;
  }
  out = offset;
  out.exact = true;
  return end;
}

// The unit after a reference: "week", "same month", "day one year later".
uint32_t ReadReferredUnit(const SentenceWords& words, uint32_t at, Reference reference, DateExpression& out) {
  const auto unit = static_cast<Unit>(words.Value(at));
  if (unit == Unit::kFortnight || unit == Unit::kCentury) return 0;
  if (unit == Unit::kDay) {
    // "this day" is no date without "on", "last day" none without what it is the last of.
    if (reference == Reference::kLast || reference == Reference::kNext) return 0;
    if (reference == Reference::kThis && words.KindBefore(at, 2) != K::kOn) return 0;
  }
  if (reference == Reference::kSame) {
    if (const uint32_t end = ReadExactOffset(words, at + 1, out)) return end;
  }
  out.kind = DateExpression::Kind::kPeriod;
  out.unit = unit;
  out.reference = reference;
  return at + 1;
}

// The month, season or weekday after a reference: "last July", "that spring", "next Monday".
uint32_t ReadReferredName(const SentenceWords& words, uint32_t at, Reference reference, DateExpression& out) {
  YearPart part;
  switch (words.Kind(at)) {
    case K::kMonth:
    case K::kMonthShort: {
      const uint32_t end = ReadMonthDay(words, at, part);
      part.reference = reference;
      SetPart(part, out);
      return end;
    }
    case K::kSeason: {
      part.kind = YearPart::Kind::kSeason;
      part.index = static_cast<uint8_t>(words.Value(at));
      part.reference = reference;
      SetPart(part, out);
      return at + 1;
    }
    case K::kWeekday:
    case K::kWeekdayShort:
      out.kind = DateExpression::Kind::kWeekday;
      out.weekday = static_cast<uint8_t>(words.Value(at));
      out.reference = reference;
      return SkipDayParts(words, at + 1);
    case K::kChristmas:
      part = Holiday(12, 25);
      part.reference = reference;
      SetPart(part, out);
      return at + 1;
    default:
      return 0;
  }
}

// The part of a day after a reference: "last night", "this morning", "the same evening".
uint32_t ReadReferredDayPart(uint32_t at, bool night, Reference reference, DateExpression& out) {
  if (reference == Reference::kNext || (reference == Reference::kLast && !night)) return 0;
  out.kind = DateExpression::Kind::kPeriod;
  out.unit = Unit::kDay;
  out.days = reference == Reference::kLast ? -1 : 0;
  out.reference = reference == Reference::kLast ? Reference::kThis : reference;
  return at + 1;
}

uint32_t ReadReference(const SentenceWords& words, uint32_t at, DateExpression& out) {
  const bool definite = words.KindBefore(at) == K::kThe || words.KindBefore(at) == K::kPossessor;
  uint32_t i = at + 1;
  if ((words.Kind(at) == K::kThat || words.Kind(at) == K::kThis) && words.Kind(i) == K::kSame) ++i;
  const K kind = words.Kind(i - 1);
  const bool is_day = words.IsUnit(i, Unit::kDay);
  const Reference reference = ReferenceOf(kind, definite, is_day);
  if (words.Kind(i) == K::kUnit || words.Kind(i) == K::kQuarterWord) {
    if (kind == K::kLast && definite) return 0;  // "over the last year" has no calendar's bounds
    const K before = words.KindBefore(at, definite ? 2 : 1);
    if (kind == K::kNext && definite && (before == K::kOver || before == K::kWithin || before == K::kFor))
      return 0;
    return ReadReferredUnit(words, i, reference, out);
  }
  if (words.Kind(i) == K::kDayPart || words.Kind(i) == K::kNight) {
    return ReadReferredDayPart(i, words.Kind(i) == K::kNight, reference, out);
  }
  return ReadReferredName(words, i, reference, out);
}

// What a portion is of: "2024", "the 1990s", "last year", "March", "the year", "Tuesday", "5 May".
uint32_t ReadTarget(const SentenceWords& words, uint32_t at, DateExpression& out) {
  const bool definite = words.Kind(at) == K::kThe;
  const uint32_t i = definite ? at + 1 : at;
  YearPart part;
  switch (words.Kind(i)) {
    case K::kDecade:
    case K::kShortDecade:
    case K::kDecadeName:
      SetDecade(words.Value(i), out);
      return i + 1;
    case K::kYear:
      if (const uint32_t end = ReadSplitDecade(words, i, out)) return end;
      [[fallthrough]];
    case K::kMonth:
    case K::kMonthShort:
    case K::kNumber:
    case K::kOrdinal: {
      const uint32_t end = ReadCalendarPart(words, i, part);
      if (end != 0) SetPart(part, out);
      return end;
    }
    case K::kSeason: {
      part.kind = YearPart::Kind::kSeason;
      part.index = static_cast<uint8_t>(words.Value(i));
      SetPart(part, out);
      return ReadYearSuffix(words, i + 1, /*comma=*/false, out.part);
    }
    case K::kWeekday:
      out.kind = DateExpression::Kind::kWeekday;
      out.weekday = static_cast<uint8_t>(words.Value(i));
      return SkipDayParts(words, i + 1);
    case K::kThis:
    case K::kLast:
    case K::kNext:
    case K::kThat:
    case K::kSame:
    case K::kFollowing:
    case K::kPreceding:
      return ReadReference(words, i, out);
    case K::kUnit:
      if (!definite || words.IsUnit(i, Unit::kFortnight) || words.IsUnit(i, Unit::kCentury)) return 0;
      out.kind = DateExpression::Kind::kPeriod;
      out.unit = static_cast<Unit>(words.Value(i));
      out.reference = out.unit == Unit::kDay ? Reference::kSame : Reference::kNone;
      return i + 1;
    default:
      return 0;
  }
}

Portion PortionOf(K kind) {
  switch (kind) {
    case K::kEarly:
    case K::kStart:
      return Portion::kEarly;
    case K::kMid:
      return Portion::kMiddle;
    case K::kLate:
    case K::kEnd:
      return Portion::kLate;
    case K::kTurn:
      return Portion::kTurn;
    default:
      return Portion::kWhole;
  }
}

// "early 2000s", "mid-July", "late last year", "the end of the year", "later this week", "early on Tuesday".
uint32_t ReadPortion(const SentenceWords& words, uint32_t at, DateExpression& out) {
  const K kind = words.Kind(at);
  uint32_t i = at + 1;
  const K link = words.Kind(i);
  const bool linked = link == K::kOf || link == K::kIn || link == K::kOn;
  const bool noun = kind == K::kEnd || kind == K::kStart || kind == K::kTurn;
  if (noun && link != K::kOf && link != K::kHyphen) return 0;
  if (linked || link == K::kHyphen) ++i;
  if (link == K::kOf && !noun && kind != K::kMid) return 0;
  if ((kind == K::kLater || kind == K::kEarlier) && !linked) {
    const K reference = words.Kind(words.Kind(i) == K::kThe ? i + 1 : i);
    if (reference != K::kThis && reference != K::kThat && reference != K::kSame) return 0;
  }
  const uint32_t end = ReadTarget(words, i, out);
  if (end == 0 || out.kind == DateExpression::Kind::kOffset) return 0;
  const bool day = out.kind == DateExpression::Kind::kPeriod && out.unit == Unit::kDay;
  if (day && (noun || !linked) && out.reference != Reference::kSame) return 0;
  if (day && noun) return 0;  // "at the end of the day"
  out.portion = PortionOf(kind);
  return end;
}

// "third quarter of 2023", "fourth quarter", "third quarter of last year"; at "quarter".
uint32_t ReadOrdinalQuarter(const SentenceWords& words, uint32_t at, int quarter, DateExpression& out) {
  if (quarter > 4) return 0;
  YearPart part;
  part.kind = YearPart::Kind::kQuarter;
  part.index = static_cast<uint8_t>(quarter);
  uint32_t end = ReadYearSuffix(words, at + 1, /*comma=*/false, part);
  if (end == at + 1) {
    const bool of_year =
        words.Kind(at + 1) == K::kOf && words.Kind(at + 2) == K::kThe && words.IsUnit(at + 3, Unit::kYear);
    const K led = words.KindBefore(at, 3);
    const bool alone =
        words.KindBefore(at, 2) == K::kThe && words.Kind(at + 1) != K::kOf &&
        (led == K::kIn || led == K::kBy || led == K::kFor || led == K::kDuring || led == K::kOf);
    if (!of_year && !alone) return 0;
    if (of_year) {
      part.year_reference = Reference::kThis;
      end = at + 4;
    }
  }
  SetPart(part, out);
  return end;
}

// "first half of 2023", "first day of 1994", "last week of May", "last quarter of 2020"; `number` is 0 for
// "last".
uint32_t ReadNumberedPart(const SentenceWords& words, uint32_t at, int number, DateExpression& out) {
  const K kind = words.Kind(at + 1);
  if (kind == K::kQuarterWord && (number != 0 || words.Kind(at + 2) == K::kOf)) {
    return ReadOrdinalQuarter(words, at + 1, number == 0 ? 4 : number, out);
  }
  const bool unit = kind == K::kUnit || kind == K::kUnits;
  const bool half = kind == K::kHalf && number <= 2;
  if ((!unit && !half) || words.Kind(at + 2) != K::kOf) return 0;
  const uint32_t end = ReadTarget(words, at + 3, out);
  const bool period = out.kind == DateExpression::Kind::kPeriod;
  if (end == 0 ||
      (out.kind != DateExpression::Kind::kYearPart && out.kind != DateExpression::Kind::kDecade && !period)) {
    return 0;
  }
  if (out.kind == DateExpression::Kind::kYearPart && out.part.kind == YearPart::Kind::kDay) return 0;
  if (period && (out.unit == Unit::kDay || (unit && words.Value(at + 1) >= static_cast<int>(out.unit))))
    return 0;
  if (half) {
    out.portion = number == 1 ? Portion::kFirstHalf : Portion::kSecondHalf;
  } else if (words.IsUnit(at + 1, Unit::kDay) && number <= 1) {
    out.portion = number == 1 ? Portion::kFirstDay : Portion::kLastDay;
  } else {
    out.portion = number == 0 ? Portion::kLate : Portion::kEarly;
  }
  return end;
}

// A unit after "the": "year before", "week of 3 March", "weekend", "year-end", "before the year is out".
uint32_t ReadDefiniteUnit(const SentenceWords& words, uint32_t at, DateExpression& out) {
  const bool definite = words.KindBefore(at) == K::kThe;
  out.kind = DateExpression::Kind::kPeriod;
  out.unit = static_cast<Unit>(words.Value(at));
  if (out.unit == Unit::kYear) {
    uint32_t i = at + 1;
    if (words.Kind(i) == K::kHyphen || words.Kind(i) == K::kPossessive) ++i;
    out.portion = Portion::kLate;
    if (words.Kind(i) == K::kEnd) return i + 1;
    if (words.Kind(i) == K::kVerb) ++i;
    const bool over = words.Kind(i) == K::kOut || words.Kind(i) == K::kOver;
    if (definite && words.KindBefore(at, 2) == K::kBefore && over) return at + 1;
    out.portion = Portion::kWhole;
  }
  const K led = words.KindBefore(at, definite ? 2 : 1);
  if (out.unit == Unit::kWeekend &&
      (led == K::kOver || led == K::kAt || led == K::kOn || led == K::kDuring)) {
    return at + 1;
  }
  if (out.unit == Unit::kWeek && words.Kind(at + 1) == K::kOf && definite) {
    YearPart part;
    const uint32_t end = ReadCalendarPart(words, at + 2, part);
    if (end == 0 || part.kind != YearPart::Kind::kDay) return 0;
    SetPart(part, out);
    out.portion = Portion::kWeekOf;
    return end;
  }
  if (!definite) return 0;
  out = DateExpression();
  return ReadUnitStep(words, at, out);
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
