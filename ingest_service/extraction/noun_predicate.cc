#include "ingest_service/extraction/noun_predicate.h"

#include <algorithm>

#include "ingest_service/extraction/modality.h"
#include "ingest_service/extraction/one_of.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

// "is planned for May", "has been put off": so far a predicate reaches.
constexpr uint32_t kPredicateTokens = 5;

// "no talks on it are planned", "talks on it have stalled"
bool IsDeniedNoun(const SentenceView& view, const LexiconMatch& noun, TokenSpan predicate) {
  const Annotation& a = view.annotation;
  const uint32_t begin = noun.tokens.begin;
  if (begin > view.sentence.tokens.begin && a.norm(begin - 1) == "no") return true;
  if (HasOwnVerb(a, noun.tokens)) return false;
  const v1::EventType type = noun.entries.front()->event_type;
  for (uint32_t t = predicate.begin; t < predicate.end && type == v1::EVENT_TYPE_RATIFIED; ++t) {
    if (IsOneOf(a.norm(t), {"outstanding", "missing", "lacking"})) return true;
  }
  if (type != v1::EVENT_TYPE_NEGOTIATED) return false;
  for (uint32_t t = predicate.begin; t < predicate.end; ++t) {
    if (IsOneOf(a.norm(t), {"collapsed", "failed", "stalled", "foundered", "paused", "suspended", "frozen",
                            "halted", "deadlocked", "abandoned", "broken", "broke", "deadlock", "standstill",
                            "impasse", "halt", "without", "fruitless", "fruitlessly"}))
      return true;
  }
  return false;
}

}  // namespace

uint32_t PredicateOf(const SentenceView& view, TokenSpan noun, size_t clause_index) {
  const Annotation& a = view.annotation;
  const uint32_t end = view.clauses[clause_index].tokens.end;
  for (uint32_t t = noun.end; t < end; ++t) {
    if (view.InsidePhrase(t) || a.at[t].date >= 0) continue;
    if (a.IsAuxiliary(t) && a.norm(t) != "'s") return t;
    const int32_t trigger = a.at[t].trigger;
    if (trigger >= 0 && a.triggers[trigger].form != VerbForm::kNone) return t;
  }
  return end;
}

bool IsSubjectNoun(const SentenceView& view, uint32_t noun, size_t clause_index) {
  const Annotation& a = view.annotation;
  for (uint32_t t = view.clauses[clause_index].tokens.begin; t < noun; ++t) {
    if (a.IsAuxiliary(t) && a.norm(t) != "'s") return false;
    const int32_t trigger = a.at[t].trigger;
    if (trigger >= 0 && a.triggers[trigger].form != VerbForm::kNone) return false;
    for (const Cue* cue : a.CuesIn({t, t + 1})) {
      if (cue->form != VerbForm::kNone) return false;
    }
  }
  return true;
}

bool HasOwnVerb(const Annotation& a, TokenSpan noun) {
  return noun.size() > 1 && a.at[noun.end - 1].party < 0 && !a.IsFunctionWord(noun.end - 1) &&
         !IsOneOf(a.norm(noun.end - 1), {"talks", "negotiations"});
}

v1::Modality ReadModalityOf(const SentenceView& view, const LexiconMatch& trigger, const LexiconEntry& entry,
                            size_t clause_index) {
  const Annotation& a = view.annotation;
  TokenSpan words = trigger.tokens;
  // "The signing of the pact is planned for May": the predicate follows the noun.
  if (entry.frame == "noun" && IsSubjectNoun(view, words.begin, clause_index)) {
    const uint32_t end = view.clauses[clause_index].tokens.end;
    uint32_t object_end = words.end;
    for (const AgreementPhrase& phrase : view.phrases) {
      if (!phrase.pronoun && phrase.tokens.begin <= words.end + 1 && phrase.tokens.end > words.end)
        object_end = phrase.tokens.end;
    }
    const uint32_t predicate = PredicateOf(view, trigger.tokens, clause_index);
    if (predicate < end) object_end = std::max(object_end, predicate);
    words.begin = words.end = std::min(end, object_end + kPredicateTokens);
    if (IsDeniedNoun(view, trigger, {object_end, words.end})) return v1::MODALITY_DENIED;
  }
  // "would return": the words hold their own cue.
  while (words.begin < words.end && trigger.form == VerbForm::kNone &&
         IsOneOf(a.norm(words.begin), {"would", "will", "may", "might", "could", "must"}))
    ++words.begin;
  return ReadModality(view.annotation, view.clauses, clause_index, {words, trigger.form, entry.value});
}

}  // namespace treatywire::ingest
