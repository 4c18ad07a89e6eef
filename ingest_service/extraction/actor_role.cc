// Actors that are no subject: behind "by", in a possessive, accused or accusing, an organ that consents,
// whose instruments they are.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "ingest_service/extraction/actor_finder.h"
#include "ingest_service/extraction/list_context.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

// "now goes to the lower house of the Chilean Congress": so far an organ stands behind the words.
constexpr uint32_t kOrganReach = 6;

bool IsNameOrSeat(PartyRole role) { return role == PartyRole::kName || role == PartyRole::kCapital; }

}  // namespace

// "by Chile and Peru", "by both parliaments", "by its president": close after the words, before another act.
Actors ActorFinder::ByPhrase(uint32_t from, size_t clause_index) const {
  const uint32_t end =
      std::min<uint32_t>(view_.sentence.tokens.end, view_.clauses[clause_index].tokens.end + 2);
  for (uint32_t t = from; t < end; ++t) {
    const int32_t trigger = a_.at[t].trigger;
    if (trigger >= 0 && a_.triggers[trigger].form != VerbForm::kNone && !view_.InsideCore(t)) return {};
    if (a_.norm(t) != "by") continue;
    // "Chile's ratification was followed by that of Peru"
    if (t > from && IsOneOf(a_.norm(t - 1), {"followed", "joined", "preceded"})) return {};
    for (uint32_t group = t + 1; group < std::min(view_.sentence.tokens.end, t + 6); ++group) {
      if (Actors found = GroupEndingAt(group); !found.empty()) return found;
    }
    if (view_.PairSpokenOf(t, std::min(end, t + 4))) return SpokenOf(t + 1);
    for (uint32_t many = t + 1; many < std::min(view_.sentence.tokens.end, t + 6); ++many) {
      if (Actors found = ManyAt(many); found.many) return found;
    }
    for (uint32_t p = t + 1; p < std::min(view_.sentence.tokens.end, t + 6); ++p) {
      if (a_.at[p].party < 0) continue;
      const PartyMention& mention = a_.parties[a_.at[p].party];
      if (mention.place) continue;  // "brokered by Qatar"
      // "by ministers from Chile, Peru and Fiji": whom the list behind tells.
      if (Actors senders = SendersOf(mention); !senders.empty()) return senders;
      Actors found = ActorsOf(a_.at[p].party);
      const PartyList list = ReadPartyList(a_, mention.tokens.begin, view_.sentence.tokens.end);
      AddIds(list.ids, &found.ids);
      AddSecondAgent(std::max(mention.tokens.end, list.next), &found);
      return found;
    }
  }
  return {};
}

// "ministers from Chile, Peru and Fiji", "envoys of Chile and Peru": for whom those act whose state the words
// for them do not tell.
Actors ActorFinder::SendersOf(const PartyMention& mention) const {
  const uint32_t end = view_.sentence.tokens.end;
  const uint32_t from = mention.tokens.end;
  if (!mention.ids.empty() || from + 1 >= end || !IsOneOf(a_.norm(from), {"from", "of"})) return {};
  const PartyList list = ReadPartyList(a_, from + 1, end);
  return {list.ids, list.mentions, false};
}

// "by the Folketing and by the Canadian Parliament": the agent after another "by".
void ActorFinder::AddSecondAgent(uint32_t from, Actors* agents) const {
  const uint32_t end = view_.sentence.tokens.end;
  uint32_t by = from;
  while (by < end && IsOneOf(a_.norm(by), {",", "and", "then", "finally", "later", "lastly"})) ++by;
  if (by == from || by >= end || a_.norm(by) != "by") return;
  for (uint32_t t = by + 1; t < std::min(end, by + 4); ++t) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    const Actors second = ActorsOf(p);
    AddIds(second.ids, &agents->ids);
    agents->mentions.Append(second.mentions);
    AddSecondAgent(a_.parties[p].tokens.end, agents);
    return;
  }
}

PartyIds ActorFinder::OwnersOf(const AgreementPhrase& phrase) const {
  if (!phrase.parties.empty()) return phrase.parties;
  Actors found = SubjectBefore(phrase.tokens.begin, view_.sentence.tokens.begin);
  // "Oslo told Lima and Quito that it would end its pacts with them": not those whom it is with.
  const auto is_partner = [&](PartyId id) { return phrase.partners.Contains(id); };
  while (!found.mentions.empty() && std::all_of(found.ids.begin(), found.ids.end(), is_partner)) {
    uint32_t begin = phrase.tokens.begin;
    for (const int m : found.mentions) begin = std::min(begin, a_.parties[m].tokens.begin);
    found = SubjectBefore(begin, view_.sentence.tokens.begin);
  }
  if (found.empty()) found = PartiesAfter(phrase.tokens.end);
  found.ids.EraseIf([&](PartyId id) { return phrase.partners.Contains(id); });
  if (!found.ids.empty()) {
    // "Angola and Zambia signed their agreement" owns it together; "its treaty with France" is one party's.
    const bool together =
        phrase.plural || (phrase.partners.empty() && phrase.determiner == Determiner::kPossessive);
    return together ? found.ids : PartyIds{found.ids.front()};
  }
  // "Treaty with Chile" in a list of "Peru's treaties".
  if (phrase.determiner == Determiner::kNone) {
    if (const std::optional<AgreementPhrase> above = PluralAboveList(view_)) return above->parties;
  }
  // "Its treaty" is of those who acted last; "treaties with Ireland" are of the party that the article is
  // about.
  std::array<PartyIds, 2> fallbacks{last_actors_.ids, PartyIds{a_.main_party()}};
  // "It hopes to conclude one with Ukraine"
  bool it = IsOneOf(a_.norm(view_.sentence.tokens.begin), {"it", "he", "she"});
  for (uint32_t t = view_.sentence.tokens.begin; t < phrase.tokens.begin; ++t) it = it && a_.at[t].party < 0;
  if (phrase.determiner != Determiner::kPossessive && !it) std::swap(fallbacks[0], fallbacks[1]);
  for (const PartyIds& fallback : fallbacks) {
    for (PartyId id : fallback) {
      if (!id.empty() && !phrase.partners.Contains(id)) return {id};
    }
  }
  return {};
}

// "Lithuania's withdrawal", "the Russian exit", "its withdrawal".
Actors ActorFinder::OwnerBefore(uint32_t begin) const {
  uint32_t steps = 0;
  if (begin > view_.sentence.tokens.begin && IsOneOf(a_.norm(begin - 1), {"its", "their", "his", "her"})) {
    Actors owner = SubjectBefore(begin - 1, view_.sentence.tokens.begin);
    return owner.empty() ? last_actors_ : owner;
  }
  for (uint32_t t = begin; t-- > view_.sentence.tokens.begin && steps < 5; ++steps) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    const PartyMention& mention = a_.parties[p];
    if (mention.possessive) return OwnersJoinedTo(p);
    if (mention.role == PartyRole::kAdjective) return ActorsOf(p);
    return {};
  }
  return {};
}

// "Chile's and Peru's withdrawals"
Actors ActorFinder::OwnersJoinedTo(int mention_index) const {
  Actors owners = ActorsOf(mention_index);
  const uint32_t begin = view_.sentence.tokens.begin;
  for (uint32_t t = a_.parties[mention_index].tokens.begin; t > begin + 1;) {
    if (!IsOneOf(a_.norm(t - 1), {"and", ",", "the"})) break;
    const int32_t p = a_.norm(t - 2) == "'s" || a_.norm(t - 2) == "'"
                          ? (t > begin + 2 ? a_.at[t - 3].party : -1)
                          : a_.at[t - 2].party;
    if (p < 0 || !a_.parties[p].possessive) break;
    AddIds(a_.parties[p].ids, &owners.ids);
    owners.mentions.push_back(p);
    t = a_.parties[p].tokens.begin;
  }
  return owners;
}

// "Warsaw says that the pact has been breached", "Oslo called it a violation": who says so of another.
Actors ActorFinder::AccuserBefore(uint32_t token) const {
  const TokenSpan sentence = view_.sentence.tokens;
  uint32_t verb = sentence.begin;
  for (const Cue* cue : a_.CuesIn({sentence.begin, token})) {
    const bool says = cue->cue_class == CueClass::kReport || cue->cue_class == CueClass::kAccuse;
    if (says && cue->form != VerbForm::kNone) verb = std::max(verb, cue->tokens.begin);
  }
  for (uint32_t t = verb; t < token; ++t) {
    if (IsOneOf(a_.norm(t), {"calling", "called", "calls", "condemned", "denounced", "protested", "considers",
                             "considered", "sees", "saw", "decried", "deplored"}))
      verb = t;
  }
  return verb > sentence.begin ? SubjectBefore(verb, sentence.begin) : Actors{};
}

// "filed a case against Peru over violations of the treaty"
Actors ActorFinder::AccusedBefore(uint32_t begin) const {
  for (uint32_t t = begin, steps = 0; t-- > view_.sentence.tokens.begin && steps < kOrganReach; ++steps) {
    if (a_.norm(t) != "against") continue;
    const PartyList accused = ReadPartyList(a_, t + 1, begin);
    return {accused.ids, accused.mentions, false};
  }
  return {};
}

// "has taken Peru to court for breaching it", "accused Peru on Monday of breaching it"
Actors ActorFinder::BlamedBefore(uint32_t verb) const {
  if (verb < view_.sentence.tokens.begin + 2 || !IsOneOf(a_.norm(verb - 1), {"for", "of", "over"})) return {};
  for (uint32_t t = verb - 1, steps = 0; t-- > view_.sentence.tokens.begin + 1 && steps < kOrganReach;
       ++steps) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    const PartyMention& mention = a_.parties[p];
    // A subject has no verb before it: "Chile spoke of breaking it".
    if (mention.place || mention.tokens.begin == view_.clauses[view_.ClauseOf(t)].tokens.begin) return {};
    Actors found = ActorsOf(p);
    CollectJoined(mention.tokens.begin, view_.sentence.tokens.begin, &found);
    return found;
  }
  return {};
}

// "was withdrawn from the Senate and never ratified": the organ whose consent it is that the sentence spoke
// of.
Actors ActorFinder::ConsentingOrgan(const LexiconMatch& trigger, const LexiconEntry& entry) const {
  const bool consent = entry.event_type == treatywire::v1::EVENT_TYPE_RATIFIED ||
                       entry.event_type == treatywire::v1::EVENT_TYPE_REJECTED;
  // "Juba's instrument was deposited"
  for (uint32_t t = trigger.tokens.begin; t-- > view_.sentence.tokens.begin;) {
    const bool deposited = entry.event_type == treatywire::v1::EVENT_TYPE_DEPOSITED;
    if (deposited && IsOneOf(a_.norm(t), {"instrument", "instruments"})) return OwnerBefore(t);
  }
  for (uint32_t t = trigger.tokens.begin; consent && t-- > view_.sentence.tokens.begin;) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    if (a_.parties[p].role == PartyRole::kBody) return ActorsOf(p);
    t = a_.parties[p].tokens.begin;
  }
  return {};
}

// "awaits the Senate's nod", "was defeated in the Norwegian parliament", "goes to both parliaments": the
// organ in the words or right after them.
Actors ActorFinder::OrganIn(const LexiconMatch& trigger) const {
  const uint32_t end = std::min(view_.sentence.tokens.end, trigger.tokens.end + kOrganReach);
  for (uint32_t t = trigger.tokens.begin; t < end; ++t) {
    if (view_.PairSpokenOfAt(t)) return SpokenOf(t);
    if (t >= trigger.tokens.end && a_.at[t].date >= 0) break;
    const int32_t p = a_.at[t].party;
    if (p >= 0 && a_.parties[p].role == PartyRole::kBody) return ActorsOf(p);
    // "awaits Malaysian ratification"
    const bool owner = p >= 0 && (a_.parties[p].role == PartyRole::kAdjective || a_.parties[p].possessive);
    if (owner && trigger.tokens.Contains(t)) return ActorsOf(p);
    // "is stuck in Rome"
    if (p >= 0 && t == trigger.tokens.end && a_.parties[p].place && a_.parties[p].ids.size() == 1)
      return ActorsOf(p);
  }
  return {};
}

// "the instruments of Austria and Cyprus", "ratifications from Austria": whose they are.
Actors ActorFinder::GiversOfInstruments(TokenSpan words, size_t clause_index) const {
  const TokenSpan clause = view_.clauses[clause_index].tokens;
  bool instruments = false;
  for (uint32_t t = clause.begin; t + 1 < clause.end; ++t) {
    const absl::string_view word = a_.norm(t);
    instruments = instruments || IsOneOf(word, {"instrument", "instruments", "ratifications", "accessions",
                                                "notices", "notifications", "withdrawals"});
    const bool links = word == "from" || (word == "of" && t < words.end);
    if (!instruments || !links) continue;
    const PartyList list = ReadPartyList(a_, t + 1, clause.end);
    if (!list.ids.empty() && (!view_.InsidePhrase(t + 1) || IsOfInstruments(t)))
      return {list.ids, list.mentions, false};
  }
  return {};
}

// "the instruments of Austria": whether the phrase that holds the token is one of instruments.
bool ActorFinder::IsOfInstruments(uint32_t t) const {
  return std::any_of(view_.phrases.begin(), view_.phrases.end(), [&](const AgreementPhrase& phrase) {
    return phrase.tokens.Contains(t) && IsOneOf(a_.norm(phrase.head), {"instrument", "instruments"});
  });
}

// "has been ratified in Austria, Belgium and Cyprus", "in Vienna, Brussels and Nicosia": states, and seats of
// their organs, that are listed as places; one alone is a place.
Actors ActorFinder::StatesAfterIn(uint32_t from) const {
  Actors found;
  const uint32_t end = view_.sentence.tokens.end;
  if (from >= end || a_.norm(from) != "in") return found;
  for (uint32_t t = from + 1; t < end; ++t) {
    const int32_t p = a_.at[t].party;
    if (p >= 0 && IsNameOrSeat(a_.parties[p].role)) {
      AddIds(a_.parties[p].ids, &found.ids);
      found.mentions.push_back(p);
      t = a_.parties[p].tokens.end - 1;
    } else if (!IsOneOf(a_.norm(t), {",", "and", "the"})) {
      break;
    }
  }
  return found.ids.size() > 1 ? found : Actors{};
}

// "for Latvia the convention took effect"
Actors ActorFinder::ForPhrase(size_t clause_index) const {
  const TokenSpan clause = view_.clauses[clause_index].tokens;
  for (uint32_t t = clause.begin; t + 1 < clause.end; ++t) {
    if (a_.norm(t) != "for") continue;
    // "took effect for ten states"
    for (uint32_t many = t + 1; many < std::min(clause.end, t + 5); ++many) {
      if (Actors found = ManyAt(many); found.many) return found;
    }
    const PartyList list = ReadPartyList(a_, t + 1, std::min(clause.end, t + 8));
    if (!list.ids.empty()) return {list.ids, list.mentions, false};
  }
  return {};
}

Actors ActorFinder::PartiesAfter(uint32_t t) const {
  for (; t < view_.sentence.tokens.end; ++t) {
    if (a_.norm(t) != "by") continue;
    const PartyList list = ReadPartyList(a_, t + 1, view_.sentence.tokens.end);
    if (!list.ids.empty()) return {list.ids, list.mentions, false};
  }
  return {};
}

void ActorFinder::AddPartners(const LexiconMatch& trigger, size_t clause_index, Actors* actors) const {
  const uint32_t end = view_.clauses[clause_index].tokens.end;
  for (uint32_t t = trigger.tokens.end; t + 1 < end && t < trigger.tokens.end + 8; ++t) {
    if (a_.norm(t) != "with" || view_.InsidePhrase(t)) continue;
    const PartyList list = ReadPartyList(a_, t + 1, end);
    AddIds(list.ids, &actors->ids);
    return;
  }
}

}  // namespace treatywire::ingest
