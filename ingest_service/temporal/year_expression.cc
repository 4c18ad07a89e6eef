#include "ingest_service/temporal/year_expression.h"

#include "absl/strings/string_view.h"
#include "ingest_service/temporal/calendar_part.h"

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
  // "1999 – a new text is signed"
  if (at == words.sentence().begin && words.Kind(at + 1) == K::kHyphen && !words.IsTight(at + 1)) return true;
  return IsYearAfterWord(words, at);
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

}  // namespace

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

bool ContinuesList(const SentenceWords& words, uint32_t at, uint32_t previous_end) {
  const K before = words.KindBefore(at);
  if (before != K::kComma && before != K::kAnd && before != K::kOr && before != K::kSlash) return false;
  return previous_end != 0 && (previous_end + 1 == at || (previous_end + 2 == at && before == K::kAnd));
}

void SetPart(const YearPart& part, DateExpression& out) {
  out.kind = DateExpression::Kind::kYearPart;
  out.part = part;
}

void SetDecade(int decade, DateExpression& out) {
  out.kind = DateExpression::Kind::kDecade;
  out.decade = static_cast<int16_t>(decade);
}

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

uint32_t ReadSplitDecade(const SentenceWords& words, uint32_t at, DateExpression& out) {
  if (words.Value(at) % 10 != 0 || !words.IsInside(at + 1) || !words.IsTight(at + 1)) return 0;
  const K before = words.KindBefore(at);
  const bool decade_leads =
      before == K::kThe || before == K::kEarly || before == K::kLate || before == K::kHyphen;
  const bool apostrophe =
      words.At(at + 1).norm == "'s" && decade_leads && words.Kind(at + 2) != K::kInstrument;
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

}  // namespace treatywire::ingest
