#include "ingest_service/temporal/offset_expression.h"

#include "absl/strings/string_view.h"
#include "ingest_service/temporal/time_word.h"

namespace treatywire::ingest {
namespace {

using K = WordKind;

// More years than this are no distance between two dates that can be written.
constexpr int kMaxCount = 1000;

void AddUnits(Unit unit, int count, DateExpression& out) {
  const int n = count;
  switch (unit) {
    case Unit::kDay:
      out.days += n;
      break;
    case Unit::kWeek:
    case Unit::kWeekend:
      out.days += 7 * n;
      out.approximate |= n != 0;
      break;
    case Unit::kFortnight:
      out.days += 14 * n;
      out.approximate |= n != 0;
      break;
    case Unit::kMonth:
      out.months += n;
      break;
    case Unit::kQuarter:
      out.months += 3 * n;
      break;
    case Unit::kYear:
      out.years += n;
      break;
    case Unit::kDecade:
    case Unit::kCentury:
      out.years += (unit == Unit::kDecade ? 10 : 100) * n;
      out.approximate |= n != 0;
      break;
  }
}

void Negate(DateExpression& out) {
  out.years = -out.years;
  out.months = -out.months;
  out.days = -out.days;
}

bool IsUnitWord(K kind) { return kind == K::kUnit || kind == K::kUnits; }

// "twenty-five", "a hundred", "a few", "30"; returns the index after it.
uint32_t ReadCount(const SentenceWords& words, uint32_t at, int& count, DateExpression& out) {
  count = 1;
  uint32_t i = at;
  if (words.Kind(i) == K::kA) {
    ++i;
    if (words.Kind(i) != K::kNumberWord && words.Kind(i) != K::kVague) return i;
    if (words.Kind(i) == K::kNumberWord && words.Value(i) != 12 && words.Value(i) != 100) return 0;
  }
  switch (words.Kind(i)) {
    case K::kVague:
      out.vague = true;
      return words.Kind(i + 1) == K::kOf ? i + 2 : i + 1;
    case K::kNumber:
      count = words.Value(i);
      return i + 1;
    case K::kNumberWord: {
      count = words.Value(i);
      const bool compound = count >= 20 && count < 100 && words.Kind(i + 1) == K::kHyphen &&
                            words.Kind(i + 2) == K::kNumberWord && words.Value(i + 2) < 10;
      if (!compound) return i + 1;
      count += words.Value(i + 2);
      return i + 3;
    }
    default:
      return 0;
  }
}

// The units after a count: "years", "more years", "-day", "years and three months", "and a half years".
uint32_t ReadUnits(const SentenceWords& words, uint32_t at, int count, DateExpression& out) {
  uint32_t i = at;
  const bool hyphen = words.Kind(i) == K::kHyphen;
  if (hyphen) ++i;
  if (words.Kind(i) == K::kAnd && words.Kind(i + 1) == K::kA && words.Kind(i + 2) == K::kHalf &&
      words.Kind(i + 3) == K::kUnits) {  // "two and a half years"
    AddUnits(static_cast<Unit>(words.Value(i + 3)), count, out);
    out.approximate = true;
    return i + 4;
  }
  for (int fillers = 0; fillers < 2 && words.Kind(i) == K::kFiller; ++fillers) ++i;
  if (!IsUnitWord(words.Kind(i))) return 0;
  AddUnits(static_cast<Unit>(words.Value(i)), count, out);
  ++i;
  if (hyphen && words.Kind(i) == K::kHyphen && words.Kind(i + 1) == K::kOld) return i + 2;
  if (words.Kind(i) == K::kAnd && words.Kind(i + 1) == K::kA && words.Kind(i + 2) == K::kHalf) {
    if (out.years == 1 && out.months == 0 && out.days == 0) out.months = 6;  // "a year and a half"
    out.approximate = true;
    return i + 3;
  }
  int more = 0;
  DateExpression longer = out;
  if (!hyphen && words.Kind(i) == K::kAnd) {
    const uint32_t counted = ReadCount(words, i + 1, more, longer);
    if (counted != 0 && IsUnitWord(words.Kind(counted)) && words.Value(counted) < words.Value(i - 1)) {
      AddUnits(static_cast<Unit>(words.Value(counted)), more, longer);
      out = longer;
      return counted + 1;
    }
  }
  return i;
}

// "before" and "after" count from what follows; where nothing does, or "that", from the date before. `at` is
// behind the direction word.
uint32_t ReadCountedFrom(const SentenceWords& words, uint32_t at, DateExpression& out) {
  const K next = words.Kind(at);
  if ((next == K::kThat || next == K::kThis) && !words.IsNoun(at + 1)) return at + 1;
  uint32_t noun = at;
  if (words.Kind(noun) == K::kThe || words.Kind(noun) == K::kPossessor) ++noun;
  const absl::string_view norm = words.IsInside(noun) ? words.At(noun).norm : absl::string_view();
  const bool is_signing = norm == "signing" || norm == "signature" || norm == "conclusion";
  // "four years after signing it"
  const absl::string_view object = words.IsInside(noun + 1) ? words.At(noun + 1).norm : absl::string_view();
  const bool is_verb = norm == "signing" && (object == "it" || object == "them");
  out.of_event = is_verb || (!is_signing && words.BeginsEvent(at));
  return at;
}

// What an amount that ends before `at` counts from. 0 where it is only a length.
uint32_t ReadDirection(const SentenceWords& words, uint32_t at, DateExpression& out) {
  if (words.Kind(at) == K::kTo && words.Kind(at + 1) == K::kThe && words.IsUnit(at + 2, Unit::kDay)) {
    out.exact = true;  // "ten years to the day after"
    at += 3;
  }
  const K kind = words.Kind(at);
  out.kind = DateExpression::Kind::kOffset;
  switch (kind) {
    case K::kAgo:
      out.reference = Reference::kThis;
      Negate(out);
      return at + 1;
    case K::kHence:
      out.reference = Reference::kThis;
      return at + 1;
    case K::kFrom:
      if (words.Kind(at + 1) != K::kNow && words.Kind(at + 1) != K::kRelativeDay) return 0;
      out.reference = Reference::kThis;
      if (words.Kind(at + 1) == K::kRelativeDay) out.days += words.Value(at + 1) - 10;
      return at + 2;
    case K::kLater:
    case K::kEarlier:
      if (words.Kind(at + 1) == K::kThan) return 0;
      out.reference = Reference::kSame;
      if (kind == K::kEarlier) Negate(out);
      return at + 1;
    case K::kBefore:
    case K::kAfter:
      out.reference = Reference::kSame;
      // "for eight years before 2014" is a length and a date.
      if (words.Kind(at + 1) == K::kYear || words.IsMonth(at + 1)) return 0;
      if (kind == K::kBefore) Negate(out);
      return ReadCountedFrom(words, at + 1, out);
    default:
      return 0;
  }
}

// "six months' time", "a year to the day later".
uint32_t ReadAheadTime(const SentenceWords& words, uint32_t at) {
  if (words.Kind(at) == K::kPossessive && words.Kind(at + 1) == K::kTime) return at + 2;
  return 0;
}

// Whether "a year", "one day" after this word is a length and not a rate or a turn of phrase.
bool LeadsLength(K before) {
  return before == K::kFor || before == K::kWithin || before == K::kIn || before == K::kAfter ||
         before == K::kOver;
}

uint32_t ReadLength(const SentenceWords& words, uint32_t begin, uint32_t end, int count,
                    DateExpression& out) {
  const K before = words.KindBefore(begin);
  if (out.vague || before == K::kEvery) return 0;
  const bool hyphenated = words.Kind(begin + 1) == K::kHyphen;
  if (count == 1 && !hyphenated && !LeadsLength(before)) return 0;
  if (words.Kind(begin) == K::kA && words.IsNoun(end)) return 0;  // "for a day trip"
  out.kind = DateExpression::Kind::kLength;
  out.reference = Reference::kNone;
  if (before == K::kIn && words.KindBefore(begin, 2) != K::kTime) {  // not "the first time in 30 years"
    out.ahead = true;
    if (const uint32_t time = ReadAheadTime(words, end)) return time;
  }
  return end;
}

}  // namespace

uint32_t ReadAmount(const SentenceWords& words, uint32_t at, DateExpression& out) {
  int count = 0;
  const uint32_t units = ReadCount(words, at, count, out);
  if (units == 0 || count > kMaxCount || words.KindBefore(at) == K::kCurrency) return 0;
  const uint32_t end = ReadUnits(words, units, count, out);
  if (end == 0) return 0;
  const K before = words.KindBefore(at);
  if (before == K::kApproximate || before == K::kOver || before == K::kThan) out.approximate = true;
  // "two or three years later": the number is not known.
  if ((before == K::kOr || before == K::kTo) &&
      (words.KindBefore(at, 2) == K::kNumberWord || words.KindBefore(at, 2) == K::kNumber)) {
    out.vague = true;
  }
  const DateExpression amount = out;
  if (const uint32_t directed = ReadDirection(words, end, out)) return directed;
  out = amount;
  return ReadLength(words, at, end, count, out);
}

uint32_t ReadBareUnits(const SentenceWords& words, uint32_t at, DateExpression& out) {
  if (words.Kind(at) != K::kUnits || words.KindBefore(at) == K::kPossessor) return 0;
  AddUnits(static_cast<Unit>(words.Value(at)), 0, out);
  out.vague = true;
  const uint32_t end = ReadDirection(words, at + 1, out);
  return end != 0 && out.reference != Reference::kNone ? end : 0;
}

uint32_t ReadUnitStep(const SentenceWords& words, uint32_t at, DateExpression& out) {
  if (words.Kind(at) != K::kUnit) return 0;
  const auto unit = static_cast<Unit>(words.Value(at));
  const K direction = words.Kind(at + 1);
  if (direction != K::kBefore && direction != K::kAfter && direction != K::kEarlier) return 0;
  AddUnits(unit, 1, out);
  if (words.Kind(at + 2) == K::kRelativeDay && unit == Unit::kDay) {
    out.kind = DateExpression::Kind::kOffset;
    out.reference = Reference::kThis;
    out.days = (direction == K::kAfter ? 1 : -1) + words.Value(at + 2) - 10;
    return at + 3;
  }
  out.kind = DateExpression::Kind::kPeriod;
  out.unit = unit;
  out.reference = direction == K::kAfter ? Reference::kFollowing : Reference::kPreceding;
  DateExpression counted = out;
  const uint32_t end = ReadCountedFrom(words, at + 2, counted);
  if (!counted.of_event) return end;
  return ReadDirection(words, at + 1, out);
}

}  // namespace treatywire::ingest
