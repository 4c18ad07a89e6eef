#include "ingest_service/temporal/period_expression.h"

#include "ingest_service/temporal/calendar_part.h"
#include "ingest_service/temporal/offset_expression.h"
#include "ingest_service/temporal/year_expression.h"

namespace treatywire::ingest {
namespace {

using K = WordKind;

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
      if (const uint32_t end = ReadDateOfWeekday(words, at, out)) return end;
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

// "the century", "the millennium"
bool IsTheCentury(const SentenceWords& words, uint32_t at) {
  if (words.Kind(at) != K::kThe || !words.IsInside(at + 1)) return false;
  return words.IsUnit(at + 1, Unit::kCentury) || words.At(at + 1).norm == "millennium";
}

}  // namespace

uint32_t SkipDayParts(const SentenceWords& words, uint32_t at) {
  return words.Kind(at) == K::kDayPart || words.Kind(at) == K::kNight ? at + 1 : at;
}

YearPart Holiday(int month, int day) {
  YearPart part;
  part.kind = YearPart::Kind::kDay;
  part.index = static_cast<uint8_t>(month);
  part.day = static_cast<uint8_t>(day);
  return part;
}

uint32_t ReadDateOfWeekday(const SentenceWords& words, uint32_t at, DateExpression& out) {
  const uint32_t i = SkipDayParts(words, at + 1);
  YearPart part;
  const uint32_t end = ReadCalendarPart(words, words.Kind(i) == K::kComma ? i + 1 : i, part);
  if (end == 0 || part.kind != YearPart::Kind::kDay) return 0;
  SetPart(part, out);
  return end;
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

uint32_t ReadPortion(const SentenceWords& words, uint32_t at, DateExpression& out) {
  const K kind = words.Kind(at);
  uint32_t i = at + 1;
  const K link = words.Kind(i);
  const bool linked = link == K::kOf || link == K::kIn || link == K::kOn;
  const bool noun = kind == K::kEnd || kind == K::kStart || kind == K::kTurn;
  if (noun && link != K::kOf && link != K::kHyphen) return 0;
  if (kind == K::kTurn && IsTheCentury(words, i + 1)) {
    out.kind = DateExpression::Kind::kPeriod;
    out.unit = Unit::kCentury;
    out.portion = Portion::kTurn;
    return i + 3;
  }
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

}  // namespace treatywire::ingest
