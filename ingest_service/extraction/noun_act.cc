#include "ingest_service/extraction/noun_act.h"

#include <algorithm>
#include <utility>

#include "ingest_service/extraction/dated_act.h"
#include "ingest_service/extraction/modality.h"
#include "ingest_service/extraction/noun_predicate.h"
#include "ingest_service/extraction/one_of.h"

namespace treatywire::ingest {

namespace v1 = treatywire::v1;

bool NounAct::IsContinuedBy(const ClauseTrigger& trigger) {
  return TakesEffect(trigger) || EndsTalks(trigger);
}

// "Lithuania's withdrawal from the pact took effect on 6 March": says when the act told by the noun takes
// place, not that the pact came into force. Returns whether it did.
bool NounAct::TakesEffect(const ClauseTrigger& trigger) {
  const LexiconMatch& match = trigger.match;
  const LexiconEntry& entry = *match.entries.front();
  const bool effect = entry.event_type == v1::EVENT_TYPE_ENTERED_INTO_FORCE;
  const bool halt = entry.event_type == v1::EVENT_TYPE_SUSPENDED;
  if ((!effect && !halt) || entry.frame != TriggerFrame::kSubject) return false;
  if (effect && (NoticeTakesEffect(trigger) || LeavingTakesEffect(trigger))) return true;
  if (!told_) return false;
  ReadEvent& act = (*events_)[*told_];
  const bool after_aside = act.leave && FollowsAside(trigger);
  if (view_.ClauseOf(act.cue.begin) != trigger.clause && !after_aside) return false;
  for (const AgreementPhrase& phrase : view_.phrases) {
    // Another subject came after the noun: "after its signing in May the treaty took effect".
    if (phrase.pronoun && after_aside) continue;
    if (phrase.tokens.begin > act.cue.end + 2 && phrase.tokens.end <= match.tokens.begin) return false;
  }
  // "its withdrawal is on hold": it may come yet.
  if (halt) {
    act.modality = v1::MODALITY_POSSIBLE;
    return true;
  }
  act.modality = ReadModality(a_, view_.clauses, trigger.clause, {match.tokens, match.form, {}});
  SetDateOf(trigger, /*passive=*/false, &act);
  for (size_t e = *told_ + 1; e < events_->size(); ++e) {
    if ((*events_)[e].cue.begin != act.cue.begin) continue;  // of an aside
    (*events_)[e].date = act.date;
    (*events_)[e].date_surface = act.date_surface;
    (*events_)[e].modality = act.modality;
  }
  return true;
}

// "its withdrawal from the pact, notified in May, takes effect in June": whether the verb goes on behind a
// comma that closes an aside, in the sentence of the noun.
bool NounAct::FollowsAside(const ClauseTrigger& trigger) const {
  const Clause& clause = view_.clauses[trigger.clause];
  const uint32_t begin = clause.tokens.begin;
  return (*events_)[*told_].sentence == view_.index && clause.opener == ClauseOpener::kCoordinated &&
         trigger.group.begin == begin && begin > view_.sentence.tokens.begin && a_.norm(begin - 1) == ",";
}

// "a withdrawal takes effect after a year": said of any.
bool NounAct::LeavingTakesEffect(const ClauseTrigger& trigger) const {
  const uint32_t verb = trigger.group.begin;
  if (verb < view_.sentence.tokens.begin + 2 || a_.at[verb - 1].trigger < 0) return false;
  const LexiconMatch& noun = a_.triggers[a_.at[verb - 1].trigger];
  if (noun.tokens.begin <= view_.sentence.tokens.begin) return false;
  return noun.entries.front()->frame == TriggerFrame::kNoun &&
         noun.entries.front()->flags.Has(TriggerFlag::kLeave) &&
         IsOneOf(a_.norm(noun.tokens.begin - 1), {"a", "an", "any", "each", "every", "such"});
}

// "The notice was handed over in June. It becomes effective a year later": the leaving does, not the
// agreement that is left. Returns whether it was so.
bool NounAct::NoticeTakesEffect(const ClauseTrigger& trigger) {
  const LexiconMatch& match = trigger.match;
  const bool to_come = match.form == VerbForm::kThird || match.form == VerbForm::kBase;
  if (!IsOfNotice(trigger.group.begin, /*pronoun=*/to_come)) return false;
  const ReadEvent* told = LastTold();
  if (told == nullptr || (!told->leave && told->type != v1::EVENT_TYPE_NOTIFIED)) return false;
  ReadEvent leaving = *told;
  if (!leaving.leave) leaving.type = v1::EVENT_TYPE_WITHDRAWN;
  leaving.leave = true;
  leaving.cue = match.tokens;
  leaving.sentence = view_.index;
  leaving.modality = ReadModality(a_, view_.clauses, trigger.clause, {match.tokens, match.form, {}});
  SetDateOf(trigger, /*passive=*/false, &leaving);
  if (leaving.date.empty()) return true;
  events_->push_back(std::move(leaving));
  return true;
}

// The last event of this sentence or the one before it that is more than said in passing; null for none.
const ReadEvent* NounAct::LastTold() const {
  for (size_t e = events_->size(); e-- > 0;) {
    const ReadEvent& event = (*events_)[e];
    if (event.from_phrase) continue;
    return event.sentence + 1 < view_.index ? nullptr : &event;
  }
  return nullptr;
}

// Whether the subject before the verb that begins at `verb` is a notice, a decision or, with `pronoun`, "it".
bool NounAct::IsOfNotice(uint32_t verb, bool pronoun) const {
  if (verb <= view_.sentence.tokens.begin) return false;
  const uint32_t begin = view_.sentence.tokens.begin;
  while (verb > begin + 1 && (a_.at[verb - 1].date >= 0 || IsOneOf(a_.norm(verb - 1), {"of", "dated"})))
    --verb;  // "its decree of 20 March took effect"
  const absl::string_view word = a_.norm(verb - 1);
  if (pronoun && IsOneOf(word, {"it", "this", "that", "which"})) return !view_.InsidePhrase(verb - 1);
  return IsOneOf(
      word, {"notice", "decision", "move", "step", "letter", "measure", "notification", "note", "decree"});
}

// "Talks between Oslo and Bern on a treaty collapsed": it is the talks that ended. Returns whether it was so.
bool NounAct::EndsTalks(const ClauseTrigger& trigger) {
  if (!told_ || trigger.match.form == VerbForm::kNone) return false;
  const v1::EventType type = trigger.match.entries.front()->event_type;
  const bool ends = type == v1::EVENT_TYPE_TERMINATED || type == v1::EVENT_TYPE_WITHDRAWN ||
                    type == v1::EVENT_TYPE_SUSPENDED;
  ReadEvent& talks = (*events_)[*told_];
  // "The signing of the pact was called off": so is the signing, not the pact.
  const bool signing = ends && talks.type == v1::EVENT_TYPE_SIGNED && talks.modality == v1::MODALITY_DENIED &&
                       talks.sentence == view_.index;
  if (signing && PredicateOf(view_, talks.cue, trigger.clause) == trigger.group.begin) return true;
  if (talks.type != v1::EVENT_TYPE_NEGOTIATED || talks.sentence != view_.index) return false;
  if (!LeadsTo(PredicateOf(view_, talks.cue, trigger.clause), trigger.group.begin)) return false;
  // "The talks had begun in 2018 and broke down twice" tells both.
  if (HasOwnVerb(a_, talks.cue)) return ends;
  return TellsOf(&talks, trigger, ends);
}

// As EndsTalks, of `talks` that do or undergo what the trigger tells. `ends`: that they are over.
bool NounAct::TellsOf(ReadEvent* talks, const ClauseTrigger& trigger, bool ends) {
  const LexiconMatch& match = trigger.match;
  const v1::EventType type = match.entries.front()->event_type;
  // "Talks with Oslo were concluded in May": the talks, not yet the treaty.
  if (type == v1::EVENT_TYPE_SIGNED && IsOneOf(a_.norm(match.tokens.begin), {"concluded", "wrapped"})) {
    SetDateOf(trigger, trigger.group.passive, talks);
    return true;
  }
  // "Talks on a treaty are due to start in March": not its application.
  const bool goes_on = type == v1::EVENT_TYPE_RESUMED || type == v1::EVENT_TYPE_ENTERED_INTO_FORCE;
  if (!ends && !goes_on) return false;
  talks->modality = ReadModality(a_, view_.clauses, trigger.clause, {match.tokens, match.form, {}});
  SetDateOf(trigger, trigger.group.passive, talks);
  const bool failed = ends && (a_.norm(match.tokens.begin) != "ended" || IsInVain(match.tokens.end));
  if (failed && talks->modality == v1::MODALITY_ASSERTED) talks->modality = v1::MODALITY_DENIED;
  return true;
}

// "ended without agreement", "ended on Friday without a deal"
bool NounAct::IsInVain(uint32_t from) const {
  const uint32_t end = view_.sentence.tokens.end;
  if (from < end && IsOneOf(a_.norm(from), {"without", "inconclusively"})) return true;
  for (uint32_t t = from; t + 1 < end; ++t) {
    if (a_.norm(t) != "without") continue;
    for (uint32_t word = t + 1; word < std::min(end, t + 4); ++word) {
      if (IsOneOf(a_.norm(word), {"agreement", "result", "results", "deal", "breakthrough", "progress",
                                  "accord", "success", "outcome"}))
        return true;
    }
  }
  return false;
}

// "are due to start": whether the verb at `verb` is what the predicate that begins at `predicate` says.
bool NounAct::LeadsTo(uint32_t predicate, uint32_t verb) const {
  while (predicate < verb && (a_.IsAuxiliary(predicate) || a_.IsAdverb(predicate) ||
                              IsOneOf(a_.norm(predicate), {"due", "set", "expected", "scheduled", "planned",
                                                           "likely", "about", "to"})))
    ++predicate;
  return predicate == verb;
}

void NounAct::SetDateOf(const ClauseTrigger& trigger, bool passive, ReadEvent* act) {
  const LexiconMatch& match = trigger.match;
  SetDate(dater_->DatesOf({match.tokens, match.form, passive, act->type, act->modality}).front(), act);
}

}  // namespace treatywire::ingest
