#include "ingest_service/extraction/noun_predicate.h"

#include <algorithm>

#include "ingest_service/extraction/modality.h"
#include "ingest_service/extraction/object_finder.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/verb_group.h"

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

// "suspended the termination", "averted an exit": the end does not come.
bool IsStopped(const SentenceView& view, const LexiconMatch& noun, const LexiconEntry& entry) {
  const Annotation& a = view.annotation;
  uint32_t t = noun.tokens.begin;
  if (!entry.flags.Has(TriggerFlag::kLeave)) return false;
  while (t > view.sentence.tokens.begin &&
         IsOneOf(a.norm(t - 1), {"the", "its", "their", "a", "this", "own"}))
    --t;
  return t > view.sentence.tokens.begin &&
         IsOneOf(a.norm(t - 1),
                 {"suspended", "suspends",  "suspend",   "halted",   "halts",   "halt",    "reversed",
                  "reverses",  "reverse",   "cancelled", "canceled", "revoked", "revokes", "stopped",
                  "averted",   "prevented", "blocked",   "froze",    "frozen",  "paused",  "shelved",
                  "avert",     "prevent",   "avoid",     "avoided"});
}

// "the signing has been called off", "was put off": but for a new day ("to January") it is not coming.
bool IsCalledOff(const SentenceView& view, const LexiconMatch& noun, TokenSpan predicate) {
  const Annotation& a = view.annotation;
  const v1::EventType type = noun.entries.front()->event_type;
  if (type != v1::EVENT_TYPE_SIGNED && type != v1::EVENT_TYPE_RATIFIED) return false;
  for (uint32_t t = predicate.begin; t < predicate.end; ++t) {
    if (IsOneOf(a.norm(t), {"to", "until", "till", "for"})) return false;
  }
  for (uint32_t t = predicate.begin; t < predicate.end; ++t) {
    if (IsOneOf(a.norm(t), {"postponed", "cancelled", "canceled", "called", "put", "scrapped", "deferred",
                            "abandoned", "delayed", "shelved", "adjourned"}))
      return true;
  }
  return false;
}

// "an extension of the pact is unrealistic", "its ratification is on the agenda": what is not coming, or may
// come; UNSPECIFIED where the predicate says neither.
v1::Modality ModalityOfPredicate(const SentenceView& view, TokenSpan predicate) {
  const Annotation& a = view.annotation;
  if (predicate.empty() || !a.IsAuxiliary(predicate.begin)) return v1::MODALITY_UNSPECIFIED;
  for (uint32_t t = predicate.begin; t < predicate.end; ++t) {
    if (IsOneOf(a.norm(t), {"unrealistic", "impossible", "unthinkable", "pointless", "dead"}))
      return v1::MODALITY_DENIED;
    if (IsOneOf(a.norm(t), {"agenda", "discussed", "debated", "considered", "examined", "mooted", "unlikely",
                            "possible", "likely", "desirable", "conceivable", "urgent"}))
      return v1::MODALITY_POSSIBLE;
    if (IsOneOf(a.norm(t), {"sought", "underway", "awaited", "pending", "imminent", "foreseen"}))
      return v1::MODALITY_PLANNED;
  }
  return v1::MODALITY_UNSPECIFIED;
}

// "the pact, signed in 1994", "the pact signed in 1994": where the noun ends that the bare participle
// describes; 0 where something else is said of it ("wants the pact signed").
uint32_t DescribedEnd(const SentenceView& view, const VerbGroup& group, uint32_t end) {
  const Annotation& a = view.annotation;
  const uint32_t begin = view.sentence.tokens.begin;
  if (group.begin <= begin + 1) return 0;
  const bool apart = IsOneOf(a.norm(group.begin - 1), {",", "("});
  const uint32_t before = apart ? group.begin - 1 : group.begin;
  for (const AgreementPhrase& phrase : view.phrases) {
    if (phrase.pronoun || (phrase.tokens.end != before && phrase.core.end != before)) continue;
    if (apart) return before;
    const bool told = end < view.sentence.tokens.end &&
                      (a.at[end].date >= 0 || IsOneOf(a.norm(end), {"in", "on", "at", "between", "with"}));
    const bool wished =
        phrase.core.begin > begin &&
        IsOneOf(a.norm(phrase.core.begin - 1), {"want", "wants", "wanted", "see", "have", "get", "like"});
    return told && !wished ? before : 0;
  }
  return 0;
}

// "a programme agreement, to be signed in November, …"
bool IsToBeDone(const SentenceView& view, const VerbGroup& group) {
  const Annotation& a = view.annotation;
  const uint32_t t = group.begin;
  if (group.shape != VerbShape::kInfinitive || !group.passive || t + 1 >= view.sentence.tokens.end)
    return false;
  if (a.norm(t + 1) != "be" || t <= view.sentence.tokens.begin) return false;
  const uint32_t end = a.norm(t - 1) == "," ? t - 1 : t;
  return std::any_of(view.phrases.begin(), view.phrases.end(), [end](const AgreementPhrase& phrase) {
    return !phrase.pronoun && (phrase.core.end == end || phrase.tokens.end == end);
  });
}

// "a bill on quitting the convention", "the plan of leaving it": what it would do if it passes.
bool IsOfBill(const SentenceView& view, const VerbGroup& group) {
  const Annotation& a = view.annotation;
  const uint32_t t = group.begin;
  if (group.shape != VerbShape::kGerund || t < view.sentence.tokens.begin + 2) return false;
  return IsOneOf(a.norm(t - 1), {"on", "of", "for", "about"}) &&
         IsOneOf(a.norm(t - 2), {"bill", "law", "decree", "motion", "plan", "plans", "decision", "proposal",
                                 "resolution", "referendum", "talk", "idea", "intention"});
}

// "Oslo to quit pact", "Gas treaty to lapse": in a headline, and where a line of news is one, what is to come
// needs no "is".
bool IsOfHeadlinePlan(const SentenceView& view, const VerbGroup& group) {
  const Annotation& a = view.annotation;
  const uint32_t t = group.begin;
  if (group.shape != VerbShape::kInfinitive || t <= view.sentence.tokens.begin) return false;
  const bool title = view.block.kind == BlockKind::kTitle;
  if (!title && !IsSubjectNoun(view, t, view.ClauseOf(t))) return false;
  if (a.at[t - 1].party >= 0 && !view.InsidePhrase(t - 1)) return true;
  return std::any_of(view.phrases.begin(), view.phrases.end(), [t](const AgreementPhrase& phrase) {
    return !phrase.pronoun && (phrase.core.end == t || phrase.tokens.end == t);
  });
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
  const uint32_t begin = view.clauses[clause_index].tokens.begin;
  // "a planned signing"
  const bool described = noun > begin + 1 &&
                         IsOneOf(a.norm(noun - 1), {"planned", "expected", "scheduled"}) &&
                         IsOneOf(a.norm(noun - 2), {"a", "the", "its", "their", "'s", "this"});
  if (described) --noun;
  for (uint32_t t = begin; t < noun; ++t) {
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
  if (entry.frame == TriggerFrame::kNoun && IsStopped(view, trigger, entry)) return v1::MODALITY_DENIED;
  v1::Modality said = v1::MODALITY_UNSPECIFIED;
  // "The signing of the pact is planned for May": the predicate follows the noun.
  if (entry.frame == TriggerFrame::kNoun && IsSubjectNoun(view, words.begin, clause_index)) {
    const uint32_t end = view.clauses[clause_index].tokens.end;
    uint32_t object_end = words.end;
    for (const AgreementPhrase& phrase : view.phrases) {
      if (!phrase.pronoun && phrase.tokens.begin <= words.end + 1 && phrase.tokens.end > words.end)
        object_end = phrase.tokens.end;
    }
    const uint32_t predicate = PredicateOf(view, trigger.tokens, clause_index);
    if (predicate < end) object_end = std::max(object_end, predicate);
    words.begin = words.end = std::min(end, object_end + kPredicateTokens);
    const TokenSpan told{object_end, words.end};
    if (IsDeniedNoun(view, trigger, told) || IsCalledOff(view, trigger, told)) return v1::MODALITY_DENIED;
    if (entry.event_type != v1::EVENT_TYPE_NEGOTIATED && !HasOwnVerb(a, trigger.tokens))
      said = ModalityOfPredicate(view, told);
  }
  // "would return": the words hold their own cue.
  while (words.begin < words.end && trigger.form == VerbForm::kNone &&
         IsOneOf(a.norm(words.begin), {"would", "will", "may", "might", "could", "must"}))
    ++words.begin;
  const VerbGroup group = ReadVerbGroup(view, trigger);
  const uint32_t described = group.shape == VerbShape::kParticiple ? DescribedEnd(view, group, words.end) : 0;
  const v1::Modality modality = ReadModality(view.annotation, view.clauses, clause_index,
                                             {words, trigger.form, entry.flags, described});
  // "Had Britain not left in 1998, it would …": it did.
  const bool inverted = a.norm(view.sentence.tokens.begin) == "had" && clause_index == 0;
  if (inverted && modality == v1::MODALITY_DENIED) return v1::MODALITY_ASSERTED;
  if (modality != v1::MODALITY_ASSERTED) return modality;
  if (said != v1::MODALITY_UNSPECIFIED) return said;
  const bool plan = IsOfHeadlinePlan(view, group) || IsToBeDone(view, group) || IsOfBill(view, group);
  return plan ? v1::MODALITY_PLANNED : modality;
}

}  // namespace treatywire::ingest
