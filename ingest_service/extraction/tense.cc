#include "ingest_service/extraction/tense.h"

#include "absl/strings/string_view.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/verb_group.h"

namespace treatywire::ingest {
namespace {

// Auxiliaries further left belong to another verb.
constexpr uint32_t kReachTokens = 6;
// How far before an infinitive what makes it one may stand.
constexpr uint32_t kWatchTokens = 12;

// The auxiliaries before a verb.
struct Auxiliaries {
  bool modal = false;  // will, may, to
  bool have = false;   // has, have
  bool had = false;
  bool present = false;  // is, are, does
  bool past = false;     // was, were, did
  bool being = false;
  bool any() const { return modal || have || had || present || past || being; }
};

Auxiliaries AuxiliariesBefore(const Annotation& a, const Sentence& sentence, uint32_t verb) {
  Auxiliaries found;
  uint32_t steps = 0;
  for (uint32_t t = verb; t-- > sentence.tokens.begin && steps < kReachTokens; ++steps) {
    const absl::string_view word = a.norm(t);
    if (IsOneOf(word, {"will", "shall", "would", "may", "might", "can", "could", "should", "must", "to",
                       "'ll", "'d", "cannot", "let"})) {
      found.modal = true;
      return found;
    }
    if (IsOneOf(word, {"has", "have", "'ve"})) {
      found.have = true;
    } else if (word == "had") {
      found.had = true;
    } else if (IsOneOf(word, {"is", "are", "am", "does", "do", "'re", "'m", "gets", "get"})) {
      found.present = true;
    } else if (IsOneOf(word, {"was", "were", "did", "got"})) {
      found.past = true;
    } else if (word == "being") {
      found.being = true;
    } else if (!IsOneOf(word, {"be", "been", "not", "n't", "also", "too"}) && !a.IsAdverb(t)) {
      return found;
    }
  }
  return found;
}

// "saw the pact come into force": a verb of seeing or making before the infinitive.
bool IsWatched(const Annotation& a, const Sentence& sentence, uint32_t verb) {
  const uint32_t from =
      verb - sentence.tokens.begin > kWatchTokens ? verb - kWatchTokens : sentence.tokens.begin;
  for (uint32_t t = from; t < verb; ++t) {
    if (IsOneOf(a.norm(t), {"saw", "watched", "made", "helped"})) return true;
  }
  return false;
}

}  // namespace

Tense TenseOf(const Annotation& a, const Sentence& sentence, TokenSpan words, VerbForm form, bool passive) {
  if (form == VerbForm::kNone) return Tense::kNone;
  const Auxiliaries before = AuxiliariesBefore(a, sentence, words.begin);
  if (before.modal) return Tense::kModal;
  if (before.had) return Tense::kPluperfect;
  if (before.have) return Tense::kPerfect;
  if (before.being) return Tense::kProgressive;
  switch (form) {
    case VerbForm::kIng:
      return before.present || before.past ? Tense::kProgressive : Tense::kNone;
    case VerbForm::kThird:
      return Tense::kPresent;
    case VerbForm::kBase:
      if (IsWatched(a, sentence, words.begin)) return Tense::kPast;
      // Verbs that are alike in present and past, which news uses in the past.
      if (!before.present && IsInvariantVerb(a.norm(words.begin))) return Tense::kPast;
      return before.past ? Tense::kPast : Tense::kPresent;
    case VerbForm::kParticiple:
      if (!before.any()) return Tense::kNone;
      break;
    case VerbForm::kPastOrParticiple:
      if (passive && !before.any()) return Tense::kNone;
      break;
    default:
      break;
  }
  return before.present ? Tense::kPresent : Tense::kPast;
}

}  // namespace treatywire::ingest
