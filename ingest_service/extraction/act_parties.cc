#include "ingest_service/extraction/act_parties.h"

#include <algorithm>

#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

// What more than so many make is a conference's: its members are not told by "with the two".
constexpr size_t kMostTogether = 5;

// Whether it makes the agreement rather than changes or ends it.
bool Makes(v1::EventType type) {
  return type == v1::EVENT_TYPE_SIGNED || type == v1::EVENT_TYPE_INITIALLED || type == v1::EVENT_TYPE_ADOPTED;
}

// "Sixty states have signed it", "was opened for signature": no pair's.
void TellOpenness(const Annotation& a, const ReadEvent& event, bool alone, AgreementEntity* entity) {
  const bool open = a.norm(event.cue.end - 1) == "signature" && a.norm(event.cue.end - 2) == "for" &&
                    event.modality == v1::MODALITY_ASSERTED;
  if (alone && !entity->fixed_parties && (event.many_actors || open)) entity->multilateral = true;
  if (alone && open) entity->strong = true;
  // What a conference adopts is open to many.
  if (event.type == v1::EVENT_TYPE_ADOPTED && entity->strong && entity->parties.size() < 2)
    entity->multilateral = true;
}

// Whether the sentence names the party before the token.
bool IsNamedBefore(const SentenceView& view, PartyId id, uint32_t token) {
  const Annotation& a = view.annotation;
  for (uint32_t t = view.sentence.tokens.begin; t < token; ++t) {
    const int32_t p = a.at[t].party;
    if (p >= 0 && a.parties[p].ids.size() == 1 && a.parties[p].ids.front() == id) return true;
  }
  return false;
}

// Those whom the sentence names besides the parties that the agreement has.
PartyIds NamedIn(const SentenceView& view, const AgreementEntity& entity) {
  const Annotation& a = view.annotation;
  PartyIds named = entity.parties;
  for (uint32_t t = view.sentence.tokens.begin; t < view.sentence.tokens.end; ++t) {
    // "They signed the treaty; Washington looked on": what follows tells of others.
    if (a.norm(t) == ";" && t > entity.first_token && !named.empty()) break;
    const int32_t p = a.at[t].party;
    // "… may end it if Moscow does": who is only in a condition is no party.
    const bool condition = p >= 0 && view.clauses[view.ClauseOf(t)].opener == ClauseOpener::kCondition;
    if (p >= 0 && !a.parties[p].place && !condition) AddIds(a.parties[p].ids, &named);
  }
  return named;
}

// "The Portuguese frigate comes under an accord that dates back to 1978": with the one who has the others.
void AddSharedParty(const SentenceView& view, const AgreementEntity& entity, const Discourse& discourse,
                    PartyIds* named) {
  const PartyIds& around = entity.context_pair;
  if (named->size() != 1 || around.size() != 2 || !entity.title.empty() || entity.presupposed ||
      !IsNamedBefore(view, named->front(), entity.first_token) || around.Contains(named->front()))
    return;
  const PartyId hub = discourse.SharedParty(*named);
  if (!hub.empty()) named->push_back(hub);
}

// "Chile, Peru and Fiji set up a bank by a treaty": whether those named are one list at the head of the
// sentence.
bool AreListedFirst(const SentenceView& view, const AgreementEntity& entity, const PartyIds& named) {
  constexpr size_t kMostFounders = 8;
  const TokenSpan tokens = view.sentence.tokens;
  const PartyList list = ReadPartyList(view.annotation, tokens.begin, tokens.end);
  return named.size() <= kMostFounders && list.ids.size() == named.size() && list.next < entity.first_token;
}

}  // namespace

void AddPartiesOfAct(const Annotation& annotation, const ReadEvent& event, const PartyIds& actors, bool alone,
                     Discourse* discourse) {
  AgreementEntity& entity = discourse->entities()[event.agreement];
  const bool makes_as_many = Makes(event.type) && actors.size() > 2;
  // "Chile, Peru, Bolivia and Ecuador signed both"
  if (makes_as_many && !entity.fixed_parties && entity.parties.size() < 2) entity.multilateral = true;
  const bool negotiated = event.type == v1::EVENT_TYPE_NEGOTIATED;
  if (event.joint && !negotiated) discourse->AddParties(event.agreement, actors);
  if (event.type == v1::EVENT_TYPE_SIGNED) {
    for (PartyId id : actors) discourse->NameFormer(event.agreement, id);
  }
  if (event.joint && negotiated && actors.size() >= 2) discourse->AddParties(event.agreement, actors);
  const bool for_many =
      event.type == v1::EVENT_TYPE_ENTERED_INTO_FORCE && (actors.size() > 2 || event.many_actors);
  if (for_many && alone && !entity.fixed_parties) {
    entity.multilateral = true;
    discourse->AddParties(event.agreement, actors);
  }
  TellOpenness(annotation, event, alone, &entity);
  if (makes_as_many && alone && !entity.fixed_parties) {
    entity.multilateral = true;
    discourse->AddParties(event.agreement, actors);
  }
}

void AddPartiesOfSentence(const SentenceView& view, const Actors& last_actors, size_t known,
                          Discourse* discourse) {
  for (size_t e = known; e < discourse->entities().size(); ++e) {
    const AgreementEntity& entity = discourse->entities()[e];
    // "A tripartite agreement will be signed": by those of the sentence before.
    if (entity.multilateral && entity.title.empty() && entity.parties.empty() && last_actors.ids.size() > 2)
      discourse->AddParties(static_cast<int>(e), last_actors.ids);
    if (entity.multilateral || entity.parties.size() >= 2) continue;
    PartyIds named = NamedIn(view, entity);
    // "The two have drawn a line of their own, in an agreement of 2020": those of the sentence before.
    const bool pair = view.PairSpokenOf(view.sentence.tokens.begin, view.sentence.tokens.end);
    if (named.size() < 2 && pair && last_actors.ids.size() == 2) named = last_actors.ids;
    AddSharedParty(view, entity, *discourse, &named);
    if (named.size() == 2) discourse->AddParties(static_cast<int>(e), named);
    if (named.size() > 2 && entity.parties.empty() && entity.strong && AreListedFirst(view, entity, named)) {
      discourse->entities()[e].multilateral = true;
      discourse->AddParties(static_cast<int>(e), named);
    }
  }
}

void AddPartnersOfObject(const SentenceView& view, uint32_t verb_end, size_t clause_index,
                         const Discourse& discourse, ReadEvent* event) {
  const AgreementEntity& entity = discourse.entities()[event->agreement];
  if (!entity.multilateral || entity.parties.size() < 3 || entity.parties.size() > kMostTogether) return;
  const int p = view.PhraseAfter(verb_end, view.clauses[clause_index].tokens.end, false);
  if (p < 0 || (view.phrases[p].partners.empty() && view.phrases[p].with_group == 0)) return;
  AddIds(entity.parties, &event->actors);
}

PartyIds StateOfOrgan(const Annotation& annotation, const Discourse& discourse, const Actors& organ,
                      int agreement, uint32_t token) {
  const Annotation& a = annotation;
  const AgreementEntity& entity = discourse.entities()[agreement];
  if (entity.multilateral || entity.parties.size() < 2) return organ.ids;
  const bool fits = std::any_of(organ.ids.begin(), organ.ids.end(),
                                [&](PartyId id) { return discourse.HasParty(agreement, id); });
  for (uint32_t t = token; !fits && t-- > 0;) {
    const int32_t p = a.at[t].party;
    if (p < 0 || a.parties[p].ids.size() != 1 || !discourse.HasParty(agreement, a.parties[p].ids.front()))
      continue;
    return a.parties[p].ids;
  }
  return organ.ids;
}

}  // namespace treatywire::ingest
