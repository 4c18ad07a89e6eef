#include "ingest_service/extraction/act_manner.h"

#include <algorithm>

#include "absl/strings/string_view.h"
#include "ingest_service/extraction/noun_predicate.h"
#include "ingest_service/extraction/object_finder.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/told_act.h"
#include "ingest_service/extraction/verb_group.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

// "notified the Secretary-General of its intention to leave": so far a notice stands before what it is for.
constexpr uint32_t kPurposeReach = 9;

// "agreed in May to extend it", "agreed to amend their treaties": with both agreed it is done.
bool IsAgreedChange(const SentenceView& view, const LexiconMatch& trigger, v1::EventType type) {
  const Annotation& a = view.annotation;
  if (type != v1::EVENT_TYPE_EXTENDED && type != v1::EVENT_TYPE_AMENDED) return false;
  uint32_t t = ReadVerbGroup(view, trigger).begin;
  if (a.norm(t) != "to") return false;
  while (t > view.sentence.tokens.begin && (a.at[t - 1].date >= 0 || IsOneOf(a.norm(t - 1), {"on", "in"})))
    --t;
  return t > view.sentence.tokens.begin && a.norm(t - 1) == "agreed";
}

// "announced its decision to end the pact with immediate effect"
bool IsAtOnce(const SentenceView& view, const LexiconMatch& trigger, size_t clause_index) {
  const Annotation& a = view.annotation;
  for (uint32_t t = trigger.tokens.end; t + 1 < view.clauses[clause_index].tokens.end; ++t) {
    if (a.norm(t) == "immediate" && a.norm(t + 1) == "effect") return true;
    if (a.norm(t) == "effective" && a.norm(t + 1) == "immediately") return true;
  }
  return false;
}

// "adopted by the parliaments of Austria and Belgium": a state's organ consents to what a conference
// adopts.
bool IsOfParliament(const SentenceView& view, const Actors& actors) {
  const Annotation& a = view.annotation;
  return std::any_of(actors.mentions.begin(), actors.mentions.end(), [&a](int m) {
    const PartyMention& mention = a.parties[m];
    // "the Assembly of the Union"
    const absl::string_view last = a.norm(mention.tokens.end - 1);
    bool assembly = last == "assembly" && mention.tokens.size() <= 1;
    for (uint32_t t = mention.tokens.begin; t < mention.tokens.end; ++t)
      assembly = assembly || a.norm(t) == "union";
    return mention.role == PartyRole::kBody && !assembly && !mention.ids.empty() &&
           mention.ids.front().is_state();
  });
}

bool HasDate(const SentenceView& view, size_t clause_index) {
  const Annotation& a = view.annotation;
  const TokenSpan clause = view.clauses[clause_index].tokens;
  for (uint32_t t = clause.begin; t < clause.end; ++t) {
    if (a.at[t].date >= 0) return true;
  }
  return false;
}

// "gave notice to end the pact", "notified Oslo of its intention to leave it": what the notice is for.
bool IsPurposeOfNotice(const SentenceView& view, const VerbGroup& group) {
  const Annotation& a = view.annotation;
  if (group.shape != VerbShape::kInfinitive) return false;
  for (uint32_t t = group.begin, steps = 0; t-- > view.sentence.tokens.begin && steps < kPurposeReach;
       ++steps) {
    const int32_t notice = a.at[t].trigger;
    if (notice >= 0) return a.triggers[notice].entries.front()->frame == TriggerFrame::kNotice;
    if (!a.token(t).is_word) return false;
  }
  return false;
}

// "gave notice that they are leaving": the notice says what will be.
bool IsOfNotice(const SentenceView& view, const LexiconMatch& trigger, size_t clause_index) {
  const Annotation& a = view.annotation;
  if (IsPurposeOfNotice(view, ReadVerbGroup(view, trigger))) return true;
  if (clause_index == 0 || view.clauses[clause_index].opener != ClauseOpener::kThat) return false;
  if (trigger.form != VerbForm::kIng || ReadVerbGroup(view, trigger).shape != VerbShape::kFinite)
    return false;
  for (uint32_t t = view.sentence.tokens.begin; t < view.clauses[clause_index].tokens.begin; ++t) {
    const int32_t notice = a.at[t].trigger;
    if (notice >= 0 && a.triggers[notice].entries.front()->frame == TriggerFrame::kNotice) return true;
  }
  return false;
}

// "struck an agreement in principle", "the text of the pact was agreed": nothing is signed yet.
bool IsOnlyAgreed(const SentenceView& view, const LexiconMatch& trigger, size_t clause_index) {
  const Annotation& a = view.annotation;
  const bool agreed = IsOneOf(a.norm(trigger.tokens.begin), {"agreed", "agree", "reached"});
  for (uint32_t t = view.clauses[clause_index].tokens.begin; agreed && t < trigger.tokens.begin; ++t) {
    if (IsOneOf(a.norm(t), {"text", "wording", "draft"})) return true;
  }
  return std::any_of(view.phrases.begin(), view.phrases.end(), [&](const AgreementPhrase& phrase) {
    const uint32_t end = phrase.core.end;
    return !phrase.pronoun && end + 1 < view.sentence.tokens.end && a.norm(end) == "in" &&
           a.norm(end + 1) == "principle";
  });
}

// "the two signed no new accord"
bool HasNoObject(const SentenceView& view, const LexiconMatch& trigger, const LexiconEntry& entry) {
  const uint32_t end = trigger.tokens.end;
  if (entry.frame != TriggerFrame::kObject || trigger.form == VerbForm::kNone ||
      end >= view.sentence.tokens.end)
    return false;
  return view.annotation.norm(end) == "no" && view.PhraseAfter(end, end + 2, false) >= 0;
}

bool IsDrafting(const SentenceView& view, const LexiconMatch& trigger) {
  return IsOneOf(view.annotation.norm(trigger.tokens.begin), {"draw", "drawn", "drew", "drawing"}) ||
         (trigger.tokens.size() > 1 &&
          IsOneOf(view.annotation.norm(trigger.tokens.begin + 1), {"drafted", "drawn"}));
}

// "the Senate torpedoes the pact": a parliament refuses its consent so.
bool IsSinking(const SentenceView& view, const LexiconMatch& trigger) {
  return IsOneOf(view.annotation.norm(trigger.tokens.begin),
                 {"torpedo", "torpedoes", "torpedoed", "sink", "sinks", "sank", "sunk", "kill", "kills",
                  "killed", "bury", "buries", "buried", "wreck", "wrecks", "wrecked"});
}

// "the committee shelved the treaty": those whose consent it needs refuse it so; a government only waits.
bool IsShelvedByLegislature(const SentenceView& view, const LexiconMatch& trigger, const Actors& actors) {
  const Annotation& a = view.annotation;
  if (!IsOneOf(a.norm(trigger.tokens.begin), {"shelve", "shelves", "shelved", "shelving"})) return false;
  return std::any_of(actors.mentions.begin(), actors.mentions.end(), [&a](int m) {
    return a.parties[m].role == PartyRole::kBody &&
           IsOneOf(a.norm(a.parties[m].tokens.end - 1),
                   {"parliament", "senate", "congress", "committee", "assembly", "chamber", "house",
                    "deputies", "lawmakers", "legislature", "senators", "representatives"});
  });
}

// The type that the words around a trigger make of its own.
v1::EventType TypeOf(const SentenceView& view, const LexiconMatch& trigger, const LexiconEntry& entry,
                     size_t clause_index, const Actors& actors) {
  switch (entry.event_type) {
    case v1::EVENT_TYPE_NOTICE_REVOKED:
      return v1::EVENT_TYPE_TERMINATED;
    case v1::EVENT_TYPE_ADOPTED:
      return IsOfParliament(view, actors) ? v1::EVENT_TYPE_RATIFIED : entry.event_type;
    case v1::EVENT_TYPE_TERMINATED:
      return IsSinking(view, trigger) && IsOfParliament(view, actors) ? v1::EVENT_TYPE_REJECTED
                                                                      : entry.event_type;
    case v1::EVENT_TYPE_SUSPENDED:
      return IsShelvedByLegislature(view, trigger, actors) ? v1::EVENT_TYPE_REJECTED : entry.event_type;
    case v1::EVENT_TYPE_SIGNED:
      return IsOnlyAgreed(view, trigger, clause_index) ? v1::EVENT_TYPE_NEGOTIATED : entry.event_type;
    default:
      return entry.event_type;
  }
}

}  // namespace

ActManner MannerOf(const SentenceView& view, const LexiconMatch& trigger, const LexiconEntry& entry,
                   size_t clause_index, const Actors& actors, bool multilateral) {
  ActManner manner;
  manner.type = TypeOf(view, trigger, entry, clause_index, actors);
  manner.modality = ReadModalityOf(view, trigger, entry, clause_index);
  // The end that had been decided is not coming.
  if (entry.event_type == v1::EVENT_TYPE_NOTICE_REVOKED) manner.modality = v1::MODALITY_DENIED;
  if (entry.flags.Has(TriggerFlag::kReject)) manner.modality = v1::MODALITY_ASSERTED;
  if (IsAwaitedStep(view, trigger, clause_index)) {
    // "once each has informed the other" awaits no notice of an end.
    const bool nobody = actors.many || (actors.empty() && multilateral);
    manner.told = !nobody && !IsCounted(view, trigger.tokens) && entry.frame != TriggerFrame::kNotice;
    manner.modality = v1::MODALITY_PLANNED;
    manner.undated = true;
    return manner;
  }
  if (manner.modality == v1::MODALITY_ASSERTED && HasNoObject(view, trigger, entry))
    manner.modality = v1::MODALITY_DENIED;
  const bool asserted = manner.modality == v1::MODALITY_ASSERTED;
  // What is only proposed may be.
  if (asserted && manner.type == v1::EVENT_TYPE_PROPOSED) manner.modality = v1::MODALITY_POSSIBLE;
  // "a treaty is to be drawn up", "a draft has been drawn up" between two: nothing is adopted by that.
  if ((!asserted || (!multilateral && actors.ids.size() <= 2)) && manner.type == v1::EVENT_TYPE_ADOPTED &&
      IsDrafting(view, trigger))
    manner.type = v1::EVENT_TYPE_NEGOTIATED;
  if (asserted && entry.flags.Has(TriggerFlag::kLeave) && IsOfNotice(view, trigger, clause_index)) {
    manner.modality = v1::MODALITY_PLANNED;
    manner.undated = !HasDate(view, clause_index) || IsPurposeOfNotice(view, ReadVerbGroup(view, trigger));
    return manner;
  }
  // "They voted on it": how is not said.
  manner.told =
      !asserted || (!IsTimeToCome(view, trigger, clause_index) && !entry.flags.Has(TriggerFlag::kOpen));
  if (manner.modality == v1::MODALITY_PLANNED &&
      (IsAgreedChange(view, trigger, manner.type) || IsAtOnce(view, trigger, clause_index)))
    manner.modality = v1::MODALITY_ASSERTED;
  return manner;
}

}  // namespace treatywire::ingest
