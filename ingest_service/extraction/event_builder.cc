#include "ingest_service/extraction/event_builder.h"

#include <utility>

#include "ingest_service/extraction/act_parties.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/signed_date.h"
#include "ingest_service/extraction/spoken_pair.h"
#include "ingest_service/extraction/told_act.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

// How far to trust what was read. The factors are set by hand, so that precision falls with confidence on
// annotated news; they are no probabilities.
double ConfidenceIn(const ActReading& act, const ReadEvent& event) {
  const LexiconEntry& entry = *act.entry;
  double confidence = 0.9;
  if (entry.flags.Has(TriggerFlag::kWeak)) confidence *= 0.8;
  if (entry.frame == TriggerFrame::kNoun || entry.frame == TriggerFrame::kNotice) confidence *= 0.85;
  if (act.understood) confidence *= 0.8;
  if (event.from_title) confidence *= 0.85;
  if (act.actors.empty() && entry.frame != TriggerFrame::kSubject && !event.joint) confidence *= 0.9;
  if (event.modality != v1::MODALITY_ASSERTED) confidence *= 0.9;
  // What may be is read from the most cues, and talks have the loosest words.
  if (event.modality == v1::MODALITY_POSSIBLE) confidence *= 0.85;
  if (event.type == v1::EVENT_TYPE_NEGOTIATED) confidence *= 0.85;
  return confidence;
}

// "three agreements signed between 1989 and 2000": says when none of them was.
bool IsRangeOverSeveral(v1::EventType type, size_t agreements, const EventDate& date) {
  return IsSigning(type) && agreements > 1 && date.date.granularity == Granularity::kInterval;
}

// The event that follows from another: of the same agreement and words, of nobody and no day.
ReadEvent FollowingFrom(const ReadEvent& event, v1::Modality modality, double trust) {
  ReadEvent follows = event;
  follows.modality = modality;
  follows.actors.clear();
  follows.actor_mentions.clear();
  follows.date = UncertainDate();
  follows.date_surface = {};
  follows.confidence *= trust;
  return follows;
}

// "All but Chile have ratified it": Chile has not.
ReadEvent DeniedOf(const ReadEvent& done, const Actors& excepted) {
  ReadEvent denied = FollowingFrom(done, v1::MODALITY_DENIED, 0.9);
  denied.actors = excepted.ids;
  denied.actor_mentions = excepted.mentions;
  denied.many_actors = false;
  return denied;
}

// "will not be renewed": the agreement then runs out.
ReadEvent EndOf(const ReadEvent& refusal) {
  ReadEvent end = FollowingFrom(refusal, v1::MODALITY_PLANNED, 0.8);
  end.type = v1::EVENT_TYPE_EXPIRED;
  return end;
}

}  // namespace

std::optional<size_t> EventBuilder::Add(const ClauseTrigger& trigger, ActReading act) {
  if (act.entry->flags.Has(TriggerFlag::kJoint)) {
    actors_.AddPartners(trigger.match, trigger.clause, &act.actors);
    AddOther(trigger, &act.actors);
  }
  const bool many = discourse_->entities()[act.agreements.front()].multilateral;
  const ActManner manner = MannerOf(view_, trigger.match, *act.entry, trigger.clause, act.actors, many);
  if (!manner.told) return std::nullopt;
  ReadEvent event = EventOf(trigger, manner, &act);
  const Actors excepted = ExceptedFrom(trigger, act, event);
  event.many_actors = act.actors.many || !excepted.ids.empty();
  const std::vector<EventDate> dates = DatesOf(trigger, manner.undated, &event);
  if (IsAllowance(trigger, event)) return std::nullopt;
  if (IsRangeOverSeveral(event.type, act.agreements.size(), dates.front())) return std::nullopt;
  const size_t first = AddForEachAgreement(trigger, dates, excepted, &act, &event);
  if (act.agreements.size() > 1) {
    discourse_->TouchGroup(act.agreements, trigger.match.tokens.begin);
  } else {
    discourse_->Touch(act.agreements.front(), trigger.match.tokens.begin);
  }
  return first;
}

// The event as far as it is the same for all agreements and dates.
ReadEvent EventBuilder::EventOf(const ClauseTrigger& trigger, const ActManner& manner, ActReading* act) {
  const LexiconEntry& entry = *act->entry;
  ReadEvent event;
  event.type = manner.type;
  event.modality = manner.modality;
  if (event.type == v1::EVENT_TYPE_NOTIFIED && IsOfRatification(trigger.match, act->agreements.front()))
    event.type = v1::EVENT_TYPE_DEPOSITED;
  if (IsOfSuccessor(trigger, *act)) {
    event.type = v1::EVENT_TYPE_SUPERSEDED;
    act->actors = Actors{};
  }
  event.actor_mentions = act->actors.mentions;
  event.all_parties = act->actors.all_parties;
  if (event.type != v1::EVENT_TYPE_ENTERED_INTO_FORCE || entry.frame != TriggerFrame::kObject)
    event.actors = act->actors.ids;
  event.cue = trigger.match.tokens;
  event.sentence = view_.index;
  event.joint = entry.flags.Has(TriggerFlag::kJoint);
  event.leave = entry.flags.Has(TriggerFlag::kLeave);
  event.back = entry.flags.Has(TriggerFlag::kBack);
  event.from_title = view_.block.kind == BlockKind::kTitle;
  event.understood = act->understood;
  event.confidence = ConfidenceIn(*act, event);
  return event;
}

// Those who did not do what all others did: "all but Chile have ratified it".
Actors EventBuilder::ExceptedFrom(const ClauseTrigger& trigger, const ActReading& act,
                                  const ReadEvent& event) const {
  const bool joins = event.type == v1::EVENT_TYPE_RATIFIED || event.type == v1::EVENT_TYPE_SIGNED ||
                     event.type == v1::EVENT_TYPE_ACCEDED || event.type == v1::EVENT_TYPE_DEPOSITED;
  if (!joins || event.modality != v1::MODALITY_ASSERTED || !act.actors.ids.empty()) return Actors{};
  return actors_.ExceptedIn(trigger.clause, trigger.match.tokens.begin);
}

// The dates of the act, at least one, which may be empty; what waits for a step that nobody can date becomes
// possible.
std::vector<EventDate> EventBuilder::DatesOf(const ClauseTrigger& trigger, bool undated, ReadEvent* event) {
  const LexiconMatch& match = trigger.match;
  const ActWords words{match.tokens, match.form, trigger.group.passive, event->type, event->modality};
  std::vector<EventDate> dates = dater_->DatesOf(words);
  if (const int day = DateOfMeans(match, *event); day >= 0) dates = {dater_->Read(day, words)};
  if (undated) dates = {EventDate()};
  if (IsConditional(trigger, *event, dates.front())) {
    event->modality = v1::MODALITY_POSSIBLE;
    dates = {EventDate()};
  }
  return dates;
}

// Returns as Add does.
size_t EventBuilder::AddForEachAgreement(const ClauseTrigger& trigger, const std::vector<EventDate>& dates,
                                         const Actors& excepted, ActReading* act, ReadEvent* event) {
  size_t first = events_->size();
  for (size_t i = 0; i < act->agreements.size(); ++i) {
    event->agreement = act->agreements[i];
    TellActors(trigger, act, event);
    first = events_->size();
    per_date_.Add(trigger.match, *event, dates, i, act->agreements.size());
    if (EndsByRefusal(trigger.match, *event)) events_->push_back(EndOf(events_->back()));
    if (!excepted.ids.empty()) events_->push_back(DeniedOf(events_->back(), excepted));
  }
  return first;
}

// Who does it to the event's agreement, and what that tells of its parties.
void EventBuilder::TellActors(const ClauseTrigger& trigger, ActReading* act, ReadEvent* event) {
  const LexiconEntry& entry = *act->entry;
  if (event->joint && entry.frame == TriggerFrame::kObject && !trigger.group.passive &&
      !event->actors.empty())
    AddPartnersOfObject(view_, trigger.match.tokens.end, trigger.clause, *discourse_, event);
  Actors& actors = act->actors;
  if (actors.unnamed)
    event->actors = actors.ids =
        StateOfOrgan(a_, *discourse_, actors, event->agreement, trigger.match.tokens.begin);
  // "the three left": of a convention it is those three, not all its parties.
  const AgreementEntity& entity = discourse_->entities()[event->agreement];
  PartyIds group;
  if (actors.all_parties && (entity.multilateral || entity.parties.size() < 2))
    group = actors_.GroupOf(actors);
  if (!group.empty()) event->actors = group;
  // "Oslo welcomed the signing": who does so is no party.
  if (entry.frame != TriggerFrame::kNoun || !event->understood) {
    AddPartiesOfAct(a_, *event, group.size() > 2 ? group : actors.ids, act->agreements.size() == 1,
                    discourse_);
  }
  // Who is only asked to join is no party.
  if (event->type != v1::EVENT_TYPE_ACCEDED || event->modality == v1::MODALITY_ASSERTED)
    discourse_->AddDoers(event->agreement, event->actors);
}

// "The new treaty scraps that of 1998": an agreement that ends another replaces it.
bool EventBuilder::IsOfSuccessor(const ClauseTrigger& trigger, const ActReading& act) {
  const VerbGroup& group = trigger.group;
  if (act.entry->event_type != v1::EVENT_TYPE_TERMINATED || group.passive || act.agreements.size() != 1 ||
      act.entry->frame != TriggerFrame::kObject || group.shape != VerbShape::kFinite)
    return false;
  for (size_t p = 0; p < view_.phrases.size(); ++p) {
    const AgreementPhrase& phrase = view_.phrases[p];
    if (phrase.tokens.end != group.begin && phrase.core.end != group.begin) continue;
    // "It" may be the state that acted last.
    if (phrase.pronoun && actors_.last_actors().ids.size() == 1) return false;
    const std::vector<int>& subject = meanings_->Of(p);
    return subject.size() == 1 && subject.front() != act.agreements.front();
  }
  return false;
}

// "Chile ratified it in May; Peru had handed in its papers": papers of the act that the text speaks of.
bool EventBuilder::IsOfRatification(const LexiconMatch& match, int agreement) const {
  if (a_.norm(match.tokens.end - 1) != "papers") return false;
  for (size_t e = events_->size(); e-- > 0;) {
    const ReadEvent& event = (*events_)[e];
    if (event.agreement != agreement || event.from_phrase) continue;
    return event.type == v1::EVENT_TYPE_RATIFIED || event.type == v1::EVENT_TYPE_APPROVED ||
           event.type == v1::EVENT_TYPE_DEPOSITED;
  }
  return false;
}

// "Lavrov received his Chilean colleague. They signed …": they are two.
void EventBuilder::AddOther(const ClauseTrigger& trigger, Actors* actors) const {
  const uint32_t verb = trigger.group.begin;
  if (actors->ids.size() != 1 || verb == view_.sentence.tokens.begin || a_.norm(verb - 1) != "they") return;
  PartyIds pair = PairBroughtTogether(a_, verb);
  if (pair.Contains(actors->ids.front())) actors->ids = std::move(pair);
}

// "was replaced by a treaty of 1963": the date of what did it; -1 where that has none.
int EventBuilder::DateOfMeans(const LexiconMatch& match, const ReadEvent& event) const {
  if (event.type != v1::EVENT_TYPE_SUPERSEDED && event.type != v1::EVENT_TYPE_AMENDED) return -1;
  const uint32_t end = match.tokens.end;
  const uint32_t by = a_.norm(end - 1) == "by" ? end - 1 : end;
  if (by >= view_.sentence.tokens.end || a_.norm(by) != "by") return -1;
  const int p = view_.PhraseAfter(by, by + 3, false);
  if (p < 0 || view_.phrases[p].dates.size() != 1 || view_.phrases[p].core.begin > by + 2) return -1;
  return view_.phrases[p].dates.front();
}

// "will take effect when both have ratified it", "30 days after the 40th ratification": who knows when.
bool EventBuilder::IsConditional(const ClauseTrigger& trigger, const ReadEvent& event,
                                 const EventDate& date) const {
  if (event.type != v1::EVENT_TYPE_ENTERED_INTO_FORCE) return false;
  if (!date.date.empty() && date.date.basis != DateBasis::kPublication) return false;
  const bool present = trigger.match.form == VerbForm::kBase || trigger.match.form == VerbForm::kThird;
  if (event.modality == v1::MODALITY_ASSERTED && !present) return false;
  return WaitsForStep(view_, trigger.match, trigger.group, trigger.clause);
}

// "Either side can cancel it": what the text of the agreement allows, no event.
bool EventBuilder::IsAllowance(const ClauseTrigger& trigger, const ReadEvent& event) const {
  return event.modality == v1::MODALITY_POSSIBLE && event.leave &&
         view_.PairSpokenOf(view_.clauses[trigger.clause].tokens.begin, trigger.match.tokens.begin);
}

// "will not be renewed", where a refusal to go on ends it.
bool EventBuilder::EndsByRefusal(const LexiconMatch& match, const ReadEvent& event) const {
  if (event.type != v1::EVENT_TYPE_REJECTED || a_.norm(match.tokens.begin) != "will") return false;
  return IsOneOf(a_.norm(match.tokens.end - 1),
                 {"renew", "renewed", "extend", "extended", "prolong", "prolonged"});
}

}  // namespace treatywire::ingest
