#include "ingest_service/extraction/act_reader.h"

#include <algorithm>
#include <utility>

#include "ingest_service/extraction/doer_list.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/own_agreement.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {

namespace v1 = treatywire::v1;

std::optional<ActReading> ActReader::Read(const ClauseTrigger& trigger, bool strict) {
  for (const LexiconEntry* entry : trigger.match.entries) {
    if (!MayTell(trigger, *entry, strict)) continue;
    if (std::optional<ActReading> act = ReadAs(*entry, trigger)) return act;
  }
  return std::nullopt;
}

// Whether the words may be meant as the line `entry` has them, whoever does it to whatever.
bool ActReader::MayTell(const ClauseTrigger& trigger, const LexiconEntry& entry, bool strict) const {
  const LexiconMatch& match = trigger.match;
  if (trigger.nominal && entry.frame != TriggerFrame::kNoun) return false;
  if (strict && entry.flags.Has(TriggerFlag::kWeak)) return false;
  // "nothing is left to sell", "troops were withdrawn": what is left or withdrawn is no party.
  const bool label = match.tokens.end < view_.sentence.tokens.end && a_.norm(match.tokens.end) == ":";
  if (trigger.group.passive && entry.frame == TriggerFrame::kActor && match.gap.empty() && !label)
    return false;
  // "pulled its troops out": nobody left.
  return !entry.flags.Has(TriggerFlag::kParty) || HoldsParty(match.gap);
}

std::optional<ActReading> ActReader::ReadAs(const LexiconEntry& entry, const ClauseTrigger& trigger) {
  ActReading act;
  act.entry = &entry;
  act.actors = actors_.ByFrame(trigger.match, entry, trigger.group, trigger.clause);
  if (act.actors.many || (act.actors.ids.empty() && !act.actors.all_parties) ||
      IsOfThose(view_, trigger.clause)) {
    Actors listed = DoersListedAfter(view_, trigger.match);
    if (listed.empty() && entry.flags.Has(TriggerFlag::kListed)) return std::nullopt;
    if (!listed.empty()) act.actors = std::move(listed);
  }
  act.agreements = AgreementsOf(trigger, entry, act.actors);
  act.understood = objects_.understood();
  if (act.agreements.empty() || IsOfOther(trigger, act)) return std::nullopt;
  act.actors = DoersOf(trigger, act);
  return act;
}

std::vector<int> ActReader::AgreementsOf(const ClauseTrigger& trigger, const LexiconEntry& entry,
                                         const Actors& actors) {
  const LexiconMatch& match = trigger.match;
  const bool passive =
      trigger.group.passive && (entry.frame == TriggerFrame::kObject || entry.frame == TriggerFrame::kNotice);
  std::vector<int> agreements = entry.frame == TriggerFrame::kNotice
                                    ? objects_.Notified(match, entry, trigger.clause)
                                    : objects_.ByFrame(match, entry, trigger.clause, passive, actors);
  if (agreements.empty() || objects_.understood()) {
    std::vector<int> own = OneOfTheSort(view_, match, entry, actors.ids, discourse_);
    if (!own.empty()) agreements = std::move(own);
  }
  return InBeing(entry, agreements);
}

// "It replaces a pact that ran out in 2020. Parliament has yet to give its consent": of what is understood,
// the one that has not ended comes into being.
std::vector<int> ActReader::InBeing(const LexiconEntry& entry, const std::vector<int>& agreements) {
  const v1::EventType type = entry.event_type;
  const bool begins = type == v1::EVENT_TYPE_RATIFIED || type == v1::EVENT_TYPE_APPROVED ||
                      type == v1::EVENT_TYPE_DEPOSITED || type == v1::EVENT_TYPE_ENTERED_INTO_FORCE;
  if (!begins || agreements.size() != 1 || !discourse_->entities()[agreements.front()].ended)
    return agreements;
  for (size_t p = 0; p < view_.phrases.size(); ++p) {
    if (view_.phrases[p].pronoun) continue;
    const std::vector<int>& meant = meanings_->Of(p);
    if (std::find(meant.begin(), meant.end(), agreements.front()) != meant.end()) return agreements;
  }
  const int other = discourse_->FocusInBeing(agreements.front());
  return other < 0 ? agreements : std::vector<int>{other};
}

// Whether it is said of something else than agreements of states, or of nobody who could do it.
bool ActReader::IsOfOther(const ClauseTrigger& trigger, const ActReading& act) const {
  if (IsTalkWithOthers(trigger.match, act) || !IsForOrgan(trigger.match, act) || IsDepartureOfPerson(act))
    return true;
  // "What is left": somebody leaves, or nothing is said.
  return act.entry->frame == TriggerFrame::kActor && act.entry->flags.Has(TriggerFlag::kWeak) &&
         act.actors.empty();
}

bool ActReader::HoldsParty(TokenSpan words) const {
  for (uint32_t t = words.begin; t < words.end; ++t) {
    if (a_.at[t].party >= 0 && !a_.parties[a_.at[t].party].ids.empty()) return true;
  }
  return false;
}

// "the minister quit in May": his office, where no agreement is named.
bool ActReader::IsDepartureOfPerson(const ActReading& act) const {
  if (act.entry->frame != TriggerFrame::kActor || !act.entry->flags.Has(TriggerFlag::kWeak) ||
      !act.understood)
    return false;
  return !act.actors.mentions.empty() &&
         std::all_of(act.actors.mentions.begin(), act.actors.mentions.end(),
                     [this](int m) { return a_.parties[m].role == PartyRole::kPerson; });
}

// "goes to the Senate", "must still vote on it": said of an organ of state, or of something else than the
// agreement.
bool ActReader::IsForOrgan(const LexiconMatch& match, const ActReading& act) const {
  if (!act.entry->flags.Has(TriggerFlag::kOrgan) && !act.entry->flags.Has(TriggerFlag::kOpen)) return true;
  const bool seat = a_.norm(match.tokens.end - 1) == "in";  // "is stuck in Rome"
  return act.actors.all_parties ||
         std::any_of(act.actors.mentions.begin(), act.actors.mentions.end(), [this, seat](int m) {
           return a_.parties[m].role == PartyRole::kBody || (seat && a_.parties[m].place);
         });
}

// "struck a deal after talks with Iceland broke down": of talks with others than the two who have it.
bool ActReader::IsTalkWithOthers(const LexiconMatch& match, const ActReading& act) const {
  if (act.entry->event_type != v1::EVENT_TYPE_NEGOTIATED || act.agreements.size() != 1) return false;
  if (act.entry->frame != TriggerFrame::kNoun && act.entry->frame != TriggerFrame::kSubject) return false;
  const int agreement = act.agreements.front();
  const AgreementEntity& entity = discourse_->entities()[agreement];
  if (entity.multilateral || entity.parties.size() != 2) return false;
  for (uint32_t t = match.tokens.begin; t + 1 < std::min(match.tokens.end + 2, view_.sentence.tokens.end);
       ++t) {
    if (a_.norm(t) != "with" || view_.InsidePhrase(t)) continue;
    const PartyList others = ReadPartyList(a_, t + 1, view_.sentence.tokens.end);
    return !others.ids.empty() && std::none_of(others.ids.begin(), others.ids.end(), [&](PartyId id) {
      return discourse_->HasParty(agreement, id);
    });
  }
  return false;
}

// Where those who were read are the ones whom it is done to, the other party: "Pyongyang will be informed",
// "Warsaw says that the pact has been breached".
Actors ActReader::DoersOf(const ClauseTrigger& trigger, const ActReading& act) const {
  const int agreement = act.agreements.front();
  if (GetNotice(trigger, *act.entry)) return OtherThan(act.actors, agreement);
  if (act.entry->event_type != v1::EVENT_TYPE_BREACH_ALLEGED) return act.actors;
  if (act.entry->frame != TriggerFrame::kNoun && !trigger.group.passive && !IsAccusation(trigger.match))
    return act.actors;
  const Actors accuser = actors_.AccuserBefore(trigger.match.tokens.begin);
  const bool of_another = !accuser.ids.empty() && (act.actors.ids.empty() || act.actors.ids == accuser.ids);
  return of_another ? OtherThan(accuser, agreement) : act.actors;
}

// "Pyongyang will be informed", "Spain had its notice in June": the subject gets it.
bool ActReader::GetNotice(const ClauseTrigger& trigger, const LexiconEntry& entry) const {
  if (entry.frame != TriggerFrame::kNotice) return false;
  const absl::string_view word = a_.norm(trigger.match.tokens.begin);
  return trigger.group.passive || word == "be" ||
         IsOneOf(word, {"was", "were", "is", "are", "been", "being", "had", "has", "have", "got", "received",
                        "receives"});
}

// "Sofia accused its neighbour of breaking it": who stands before is not who breaks it.
bool ActReader::IsAccusation(const LexiconMatch& match) const {
  const CueRange cues = a_.CuesIn({view_.sentence.tokens.begin, match.tokens.begin});
  return match.form == VerbForm::kIng && std::any_of(cues.begin(), cues.end(), [](const Cue* cue) {
           return cue->cue_class == CueClass::kAccuse && cue->form != VerbForm::kNone;
         });
}

// The one party to the agreement besides these; nobody where there are more.
Actors ActReader::OtherThan(const Actors& actors, int agreement) const {
  Actors others;
  for (PartyId id : discourse_->entities()[agreement].parties) {
    if (!actors.ids.Contains(id)) others.ids.push_back(id);
  }
  return others.ids.size() == 1 ? others : Actors{};
}

}  // namespace treatywire::ingest
