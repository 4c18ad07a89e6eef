#include "ingest_service/temporal/date_role.h"

#include "absl/strings/match.h"

namespace treatywire::ingest {
namespace {

using K = WordKind;
using Kind = DateExpression::Kind;
using PartKind = YearPart::Kind;

// Words between a role word and its date: "since about the", "until at least".
constexpr uint32_t kMaxWordsBetween = 4;
// How far an aside may reach back to its comma, and a date stand from the front of its sentence.
constexpr uint32_t kMaxAsideTokens = 14;
constexpr uint32_t kMaxFrontTokens = 4;
// How far a narrative goes on without a new date.
constexpr uint32_t kMaxNarrativeTokens = 60;

bool IsSkippedBeforeDate(const SentenceWords& words, uint32_t at) {
  const K kind = words.Kind(at);
  if (kind == K::kOn) return words.KindBefore(at) == K::kDayPart;  // "as of midnight on Sunday"
  return kind == K::kThe || kind == K::kApproximate || kind == K::kLeast || kind == K::kAt ||
         kind == K::kDayPart;
}

// The index of the word before the date that can give it a role; the sentence's begin where there is none.
uint32_t RoleWord(const SentenceWords& words, uint32_t begin) {
  uint32_t i = begin;
  for (uint32_t n = 0; n < kMaxWordsBetween && i > words.sentence().begin; ++n) {
    --i;
    if (!IsSkippedBeforeDate(words, i)) return i;
  }
  return words.sentence().begin;
}

DateRole RoleOfWord(const SentenceWords& words, uint32_t at) {
  const K before = words.KindBefore(at);
  switch (words.Kind(at)) {
    case K::kSince:
    case K::kAfter:
      return DateRole::kSince;
    case K::kFrom:
      return before == K::kBack ? DateRole::kAt : DateRole::kSince;  // "dates from 1994"
    case K::kOf:
      return before == K::kAs ? DateRole::kSince : DateRole::kAt;
    case K::kUntil:
    case K::kBy:
    case K::kThrough:
    case K::kBefore:
      return DateRole::kUntil;
    case K::kTo:
      return before == K::kBack ? DateRole::kAt : DateRole::kUntil;  // "dates back to 1997"
    case K::kThan:
      return before == K::kLater ? DateRole::kUntil : DateRole::kAt;  // "no later than"
    default:
      return DateRole::kAt;
  }
}

bool IsWholeAndPlain(const DateExpression& expression) {
  if (expression.portion != Portion::kWhole || expression.NeedsPrevious()) return false;
  if (expression.reference != Reference::kNone || expression.week != Reference::kNone) return false;
  return expression.kind == Kind::kYearPart || expression.kind == Kind::kInterval ||
         expression.kind == Kind::kDecade || expression.kind == Kind::kWeekday;
}

// "the 1994 treaty", "its December 2019 protocol", "landmark 1972 deal".
bool IsAdjective(const SentenceWords& words, const DateExpression& expression) {
  const uint32_t begin = expression.tokens.begin;
  const uint32_t end = expression.tokens.end;
  const K before = words.KindBefore(begin);
  const bool instrument = words.Kind(end) == K::kInstrument;
  if (!IsWholeAndPlain(expression) || !words.IsNoun(end)) return false;
  const PartKind part = expression.part.kind;
  const bool takes_nouns =
      expression.kind != Kind::kDecade && part != PartKind::kSeason && part != PartKind::kQuarter;
  const bool ordinal = words.Kind(begin) == K::kOrdinal || words.Kind(begin) == K::kOrdinalWord;
  if (before == K::kPossessor || before == K::kA || before == K::kPossessive)
    return instrument || takes_nouns;
  if (before == K::kThe) {
    const K preposition = words.KindBefore(begin, 2);
    if (ordinal && (preposition == K::kOn || preposition == K::kSince || preposition == K::kUntil))
      return instrument;
    return instrument || takes_nouns;
  }
  const bool led = before == K::kIn || before == K::kOn || before == K::kSince || before == K::kUntil ||
                   before == K::kBy || before == K::kFrom || before == K::kOf || before == K::kTo;
  if (led) return false;
  const bool year = expression.kind == Kind::kYearPart && part == PartKind::kYear;
  const bool before_word = words.IsWord(begin - 1) && begin > words.sentence().begin;
  return instrument || (year && before_word && !words.IsCapitalized(end));
}

bool IsParticiple(const SentenceWords& words, uint32_t at) {
  if (words.Kind(at) == K::kParticiple) return true;
  return words.Kind(at) == K::kOther && words.IsWord(at) && absl::EndsWith(words.At(at).norm, "ed");
}

bool OpensAside(K kind) { return kind == K::kComma || kind == K::kOpen || kind == K::kHyphen; }

}  // namespace

DateRole RoleOf(const SentenceWords& words, const DateExpression& expression) {
  if (expression.kind == Kind::kLength) return DateRole::kDuration;
  if (words.Kind(expression.tokens.end) == K::kPossessive) return DateRole::kModifier;
  if (IsAdjective(words, expression)) return DateRole::kModifier;
  const bool several_days = expression.kind == Kind::kYearPart && expression.part.last_day != 0;
  if (expression.kind == Kind::kInterval || several_days) return DateRole::kAt;
  if (expression.tokens.begin == words.sentence().begin) return DateRole::kAt;
  return RoleOfWord(words, RoleWord(words, expression.tokens.begin));
}

bool IsOpenEnded(const SentenceWords& words, const DateExpression& expression) {
  if (expression.tokens.begin == words.sentence().begin) return false;
  return words.Kind(RoleWord(words, expression.tokens.begin)) == K::kSince;
}

bool IsPlanned(const SentenceWords& words, const DateExpression& expression) {
  uint32_t i = expression.tokens.begin;
  for (uint32_t n = 0; n < kMaxAsideTokens && i > words.sentence().begin; ++n) {
    --i;
    if (words.Kind(i) == K::kWill) return true;
    if (words.Kind(i) == K::kTo && words.KindBefore(i) == K::kVerb) return true;  // "is to", "are to"
  }
  return words.Kind(expression.tokens.end) == K::kWill;
}

bool IsFronted(const SentenceWords& words, const DateExpression& expression) {
  const uint32_t begin = words.sentence().begin;
  if (expression.tokens.begin - begin > kMaxFrontTokens) return false;
  if (expression.tokens.begin == begin) return true;
  switch (words.Kind(begin)) {
    case K::kIn:
    case K::kOn:
    case K::kBy:
    case K::kAfter:
    case K::kWithin:
    case K::kDuring:
    case K::kThe:
      return true;
    default:
      return words.Kind(begin) == K::kAnd || words.Kind(begin) == K::kFunction || !words.IsWord(begin);
  }
}

bool IsAside(const SentenceWords& words, const DateExpression& expression) {
  const uint32_t begin = expression.tokens.begin;
  const uint32_t end = expression.tokens.end;
  const bool year = expression.kind == Kind::kYearPart && expression.part.kind == PartKind::kYear;
  if (year && words.KindBefore(begin) == K::kOf) return true;
  if (words.Kind(end) == K::kVerb || words.Kind(end) == K::kWill || IsParticiple(words, end)) return true;
  const bool closes =
      words.Kind(end) == K::kComma || words.Kind(end) == K::kClose || words.Kind(end) == K::kHyphen;
  if (!closes) return false;
  uint32_t i = begin;
  for (uint32_t n = 0; n < kMaxAsideTokens && i > words.sentence().begin; ++n) {
    --i;
    if (!OpensAside(words.Kind(i)) && i > words.sentence().begin) continue;
    const uint32_t first = OpensAside(words.Kind(i)) ? i + 1 : i;
    return IsParticiple(words, first) || words.Kind(first) == K::kFunction;
  }
  return false;
}

bool GoesOn(const SentenceWords& words, uint32_t begin, uint32_t end, bool fronted) {
  if (end - begin > kMaxNarrativeTokens) return false;
  // "three years later, on 5 July"
  const bool adjacent = end - begin <= 2 && words.Kind(begin) == K::kComma;
  bool joined = fronted || adjacent;
  for (uint32_t i = begin; i < end; ++i) {
    switch (words.Kind(i)) {
      case K::kAnd:
      case K::kSemicolon:
      case K::kColon:
        joined = true;
        break;
      case K::kFunction:
        joined |= words.At(i).norm == "then" || words.At(i).norm == "but";
        break;
      case K::kReprise:
      case K::kSince:
      case K::kNow:
      case K::kEvery:
        return false;
      default:
        break;
    }
  }
  return joined;
}

}  // namespace treatywire::ingest
