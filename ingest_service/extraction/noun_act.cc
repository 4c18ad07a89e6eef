#include "ingest_service/extraction/noun_act.h"

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
  if (view_.ClauseOf(act.cue.begin) != trigger.clause) return false;
  for (const AgreementPhrase& phrase : view_.phrases) {
    // Another subject came after the noun: "after its signing in May the treaty took effect".
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
    (*events_)[e].date = act.date;
    (*events_)[e].date_surface = act.date_surface;
    (*events_)[e].modality = act.modality;
  }
  return true;
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
  const absl::string_view word = a_.norm(verb - 1);
  if (pronoun && IsOneOf(word, {"it", "this", "that", "which"})) return !view_.InsidePhrase(verb - 1);
  return IsOneOf(word, {"notice", "decision", "move", "step", "letter", "measure", "notification", "note"});
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
  const uint32_t next = match.tokens.end;
  const bool in_vain =
      next < view_.sentence.tokens.end && IsOneOf(a_.norm(next), {"without", "inconclusively"});
  const bool failed = ends && (a_.norm(match.tokens.begin) != "ended" || in_vain);
  if (failed && talks->modality == v1::MODALITY_ASSERTED) talks->modality = v1::MODALITY_DENIED;
  return true;
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
