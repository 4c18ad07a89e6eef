#include "ingest_service/temporal/sentence_words.h"

#include "absl/strings/match.h"

namespace treatywire::ingest {

using K = WordKind;

bool SentenceWords::IsMonth(uint32_t at) const { return Kind(at) == K::kMonth || Kind(at) == K::kMonthShort; }

bool SentenceWords::IsDayNumber(uint32_t at) const {
  return Kind(at) == K::kOrdinal || (Kind(at) == K::kNumber && Value(at) <= 31);
}

bool SentenceWords::IsWord(uint32_t at) const { return IsInside(at) && At(at).is_word; }

bool SentenceWords::IsCapitalized(uint32_t at) const { return IsInside(at) && At(at).capitalized; }

bool SentenceWords::IsNoun(uint32_t at) const {
  if (!IsWord(at)) return false;
  switch (Kind(at)) {
    case K::kOther:
      return !absl::EndsWith(At(at).norm, "ly");  // "in 1994 and 1996 respectively"
    case K::kInstrument:
    case K::kNumbered:
    case K::kOrdinalWord:
    case K::kVague:
    case K::kSeason:
    case K::kTurn:
    case K::kHalf:
    case K::kNew:
      return true;
    default:
      return false;
  }
}

bool SentenceWords::IsPluralNoun(uint32_t at) const {
  return Kind(at) == K::kOther && IsWord(at) && !IsCapitalized(at) && At(at).norm.size() > 3 &&
         absl::EndsWith(At(at).norm, "s") && !absl::EndsWith(At(at).norm, "ss");
}

bool SentenceWords::BeginsEvent(uint32_t at) const {
  switch (Kind(at)) {
    case K::kThe:
    case K::kA:
    case K::kPossessor:
    case K::kPronoun:
    case K::kParticiple:
    case K::kNumber:
    case K::kNumberWord:
      return true;
    case K::kThis:
    case K::kThat:
      return IsNoun(at + 1);
    default:
      return IsNoun(at);
  }
}

bool SentenceWords::IsUnit(uint32_t at, Unit unit) const {
  return (Kind(at) == K::kUnit || Kind(at) == K::kQuarterWord) && Value(at) == static_cast<int>(unit);
}

bool SentenceWords::IsCount(uint32_t at) const {
  const K next = Kind(at + 1);
  return next == K::kCounted || (next == K::kEvery && At(at + 1).norm == "per") ||
         KindBefore(at) == K::kCurrency;
}

bool SentenceWords::IsTight(uint32_t at) const { return IsInside(at) && !At(at).space_before; }

}  // namespace treatywire::ingest
