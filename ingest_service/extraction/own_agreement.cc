#include "ingest_service/extraction/own_agreement.h"

#include <algorithm>

#include "ingest_service/extraction/noun_predicate.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

// "one" that no noun and no partner follows: "signed one in April", "refused to sign one, although".
bool IsBareOne(const Annotation& a, uint32_t t) {
  if (t + 1 >= a.at.size() || a.norm(t) != "one" || a.norm(t + 1) == "with" || a.norm(t + 1) == "of")
    return false;
  return !a.token(t + 1).is_word || a.IsFunctionWord(t + 1) || a.at[t + 1].date >= 0;
}

// "Talks with France …": with whom alone they are; empty where several or none are named.
PartyId PartnerInTalks(const SentenceView& view, TokenSpan talks) {
  const Annotation& a = view.annotation;
  const uint32_t end = view.sentence.tokens.end;
  uint32_t t = talks.begin;
  while (t < talks.end && !IsOneOf(a.norm(t), {"talks", "negotiations"})) ++t;
  if (t + 2 >= end || a.norm(t + 1) != "with") return PartyId();
  const PartyList partners = ReadPartyList(a, t + 2, end);
  return partners.ids.size() == 1 ? partners.ids.front() : PartyId();
}

}  // namespace

int OwnAgreement(PartyId owner, PartyId partner, TokenSpan words, Discourse* discourse) {
  const int model = discourse->Focus({});
  if (model < 0) return -1;
  const int own = discourse->SiblingOf(model, {owner, partner});
  discourse->Touch(own, words.begin);
  return own;
}

std::vector<int> OneOfTheSort(const SentenceView& view, const LexiconMatch& trigger,
                              const LexiconEntry& entry, const PartyIds& actors, Discourse* discourse) {
  const Annotation& a = view.annotation;
  const int model = discourse->Focus({});
  const bool signs =
      entry.event_type == treatywire::v1::EVENT_TYPE_SIGNED && entry.frame == TriggerFrame::kObject;
  if (signs && model >= 0 && actors.size() == 2 && IsBareOne(a, trigger.tokens.end)) {
    // "Chile and Fiji signed one on cattle": the two have one of their own.
    const int own = discourse->SiblingOf(model, actors);
    discourse->Touch(own, trigger.tokens.begin);
    return {own};
  }
  const bool home = !a.home_party().empty() && discourse->Focus({a.home_party()}) >= 0;
  PartyId about = a.standing_party();
  if (about.empty()) about = home ? a.home_party() : a.main_party();
  if (about.empty() || discourse->Focus({about}) < 0) return {};
  PartyId other;
  if (entry.frame == TriggerFrame::kObject && IsBareOne(a, trigger.tokens.end) && actors.size() == 1) {
    other = actors.front();
  } else if (entry.event_type == treatywire::v1::EVENT_TYPE_NEGOTIATED &&
             entry.frame == TriggerFrame::kNoun &&
             IsSubjectNoun(view, trigger.tokens.begin, view.ClauseOf(trigger.tokens.begin))) {
    other = PartnerInTalks(view, trigger.tokens);
  }
  if (other.empty() || other == about) return {};
  const int found = OwnAgreement(about, other, trigger.tokens, discourse);
  return found < 0 ? std::vector<int>{} : std::vector<int>{found};
}

}  // namespace treatywire::ingest
