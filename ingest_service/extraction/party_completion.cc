#include "ingest_service/extraction/party_completion.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ingest_service/extraction/act_type.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"
#include "ingest_service/extraction/spoken_pair.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

// The events of one agreement, in their order.
using AgreementEvents = absl::Span<const ReadEvent* const>;

// All events, by agreement.
class EventsByAgreement {
 public:
  // `events` outlive this.
  EventsByAgreement(const std::vector<ReadEvent>& events, size_t agreements)
      : ends_(agreements + 1), events_(events.size()) {
    for (const ReadEvent& event : events) ++ends_[event.agreement + 1];
    for (size_t a = 0; a < agreements; ++a) ends_[a + 1] += ends_[a];
    // Each begins where the one before it ends, and is moved there.
    for (const ReadEvent& event : events) events_[ends_[event.agreement]++] = &event;
  }

  AgreementEvents Of(size_t agreement) const {
    const uint32_t begin = agreement == 0 ? 0 : ends_[agreement - 1];
    return absl::MakeConstSpan(events_).subspan(begin, ends_[agreement] - begin);
  }

 private:
  std::vector<uint32_t> ends_;  // of each agreement's in events_
  std::vector<const ReadEvent*> events_;
};

// "Treaty of Palma", "Convention on …": what many states may be party to.
bool IsOpenKind(const AgreementEntity& entity) {
  return !entity.title.empty() &&
         (entity.kind == v1::AGREEMENT_KIND_TREATY || entity.kind == v1::AGREEMENT_KIND_CONVENTION ||
          entity.kind == v1::AGREEMENT_KIND_PROTOCOL);
}

// "Merkel received Putin in Sochi. A gas agreement was signed after the talks": by whom nobody tells.
bool IsSigned(AgreementEvents events) {
  return std::any_of(events.begin(), events.end(), [](const ReadEvent* event) {
    return event->actors.empty() && !event->from_phrase && ActOf(event->type) == v1::EVENT_TYPE_SIGNED &&
           event->modality == v1::MODALITY_ASSERTED;
  });
}

// Whether more is told of it than that it is wished for, or talked about.
bool IsDone(AgreementEvents events) {
  return std::any_of(events.begin(), events.end(), [](const ReadEvent* event) {
    return event->type != v1::EVENT_TYPE_NEGOTIATED && event->type != v1::EVENT_TYPE_PROPOSED &&
           event->modality == v1::MODALITY_ASSERTED;
  });
}

// "France and Turkey have asked to join a revised convention": what is joined has members.
bool IsJoined(const AgreementEntity& entity, AgreementEvents events) {
  if (entity.kind != v1::AGREEMENT_KIND_CONVENTION && entity.kind != v1::AGREEMENT_KIND_TREATY) return false;
  return std::any_of(events.begin(), events.end(), [](const ReadEvent* event) {
    return event->type == v1::EVENT_TYPE_ACCEDED && !event->actors.empty() && !event->understood;
  });
}

// How many have ratified, joined or left the agreement, or are to.
size_t MembersOf(AgreementEvents events) {
  PartyIds members;
  for (const ReadEvent* event : events) {
    if (event->modality == v1::MODALITY_DENIED) continue;
    const v1::EventType act = ActOf(event->type);
    // "the three left it"
    if (act == v1::EVENT_TYPE_TERMINATED && event->actors.size() > 2) return event->actors.size();
    if (act != v1::EVENT_TYPE_RATIFIED && act != v1::EVENT_TYPE_DEPOSITED && act != v1::EVENT_TYPE_ACCEDED &&
        act != v1::EVENT_TYPE_TERMINATED) {
      continue;
    }
    AddIds(event->actors, &members);
  }
  return members.size();
}

// "60th", "third": past the second.
bool IsOrdinalOfMany(absl::string_view norm) {
  if (IsOneOf(norm, {"third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
                     "twelfth", "fifteenth", "twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth"}))
    return true;
  const bool digits = norm.size() > 2 && norm[0] >= '1' && norm[0] <= '9';
  return digits && norm != "1st" && norm != "2nd" &&
         IsOneOf(norm.substr(norm.size() - 2), {"st", "nd", "rd", "th"});
}

class PartyCompleter {
 public:
  PartyCompleter(const Annotation& annotation, const std::vector<ReadEvent>& events, Discourse* discourse)
      : a_(annotation), discourse_(discourse), events_(events, discourse->entities().size()) {}

  void Complete() {
    const std::vector<int> later = MostSpokenOfFrom();
    int before = -1;  // the pair's agreement spoken of most, of those completed
    for (size_t e = 0; e < discourse_->entities().size(); ++e) {
      CompletePartiesOf(static_cast<int>(e), MoreSpokenOf(before, later[e + 1]));
      before = MoreSpokenOf(before, IsOfPair(e) ? static_cast<int>(e) : -1);
    }
  }

 private:
  AgreementEntity& EntityOf(int e) { return discourse_->entities()[e]; }

  bool IsOfPair(size_t e) const {
    const AgreementEntity& entity = discourse_->entities()[e];
    return !entity.multilateral && entity.parties.size() == 2;
  }

  // Which of two agreements is spoken of more, the first of equals; -1 stands for none.
  int MoreSpokenOf(int first, int second) const {
    if (first < 0 || second < 0) return std::max(first, second);
    const std::vector<AgreementEntity>& entities = discourse_->entities();
    return entities[second].mentions > entities[first].mentions ? second : first;
  }

  // For each agreement, of it and those after it the pair's that is spoken of most; -1 for none. One more at
  // the end.
  std::vector<int> MostSpokenOfFrom() const {
    std::vector<int> most(discourse_->entities().size() + 1, -1);
    for (size_t e = most.size() - 1; e-- > 0;)
      most[e] = MoreSpokenOf(IsOfPair(e) ? static_cast<int>(e) : -1, most[e + 1]);
    return most;
  }

  // A bilateral agreement of which the text names one party: the other is who acts on it, else whom the
  // article is about. `main`: of the other agreements of pairs the one spoken of most; -1 for none.
  void CompletePartiesOf(int e, int main) {
    const AgreementEvents events = events_.Of(e);
    TellOpenness(e, events);
    AgreementEntity& entity = EntityOf(e);
    if (entity.multilateral && entity.parties.empty() && entity.known != nullptr) CompleteFromList(e);
    if (entity.multilateral || entity.parties.size() >= 2) return;
    AddStandingParty(e, events);
    CompleteFromContext(e, events);
    if (entity.parties.empty() && !entity.strong && IsSigned(events))
      discourse_->AddParties(e, PairBroughtTogether(a_, entity.first_token));
    const bool one_known = entity.parties.size() == 1;
    if (!one_known && !entity.strong && IsDone(events)) discourse_->AddParties(e, MainPair(main));
    if (!one_known && !entity.strong) return;
    for (PartyId id : a_.frequent_parties()) {
      if (entity.parties.size() >= 2) break;
      if (a_.IsProminent(id)) discourse_->AddParties(e, {id});
    }
    // A name, and one party at most in all of the text: others take part in it.
    if (entity.parties.size() == 1 && entity.parties.front().is_state() && IsOpenKind(entity))
      entity.multilateral = true;
  }

  // Whether more than two take part in it, by what is done to it.
  void TellOpenness(int e, AgreementEvents events) {
    AgreementEntity& entity = EntityOf(e);
    if (!entity.multilateral && !entity.fixed_parties && entity.strong) {
      const bool convention =
          entity.kind == v1::AGREEMENT_KIND_CONVENTION && !entity.title.empty() && entity.parties.size() < 2;
      if (convention || MembersOf(events) > 2) entity.multilateral = true;
    }
    if (!entity.multilateral && !entity.told_parties && IsOfMany(events)) entity.multilateral = true;
    if (!entity.multilateral && entity.parties.empty() && IsJoined(entity, events))
      entity.multilateral = true;
    // "Cape Verde ratified it, followed by …": whose names are told.
    if (entity.multilateral && !entity.strong && MembersOf(events) > 2) entity.strong = true;
  }

  // "Morocco handed in the 60th ratification", "Chad was the tenth state to ratify": a pair has two.
  bool IsOfMany(AgreementEvents events) const {
    return std::any_of(events.begin(), events.end(), [this](const ReadEvent* event) {
      const v1::EventType act = ActOf(event->type);
      const bool consents =
          act == v1::EVENT_TYPE_RATIFIED || act == v1::EVENT_TYPE_DEPOSITED || act == v1::EVENT_TYPE_ACCEDED;
      return consents && !event->actors.empty() && CountsConsent(*event);
    });
  }

  // Whether the words around it tell the how manieth consent it is.
  bool CountsConsent(const ReadEvent& event) const {
    constexpr uint32_t kReach = 24;
    const TokenSpan sentence = a_.document.sentences[event.sentence].tokens;
    const uint32_t begin = std::max(sentence.begin, event.cue.begin - std::min(event.cue.begin, kReach));
    const uint32_t end = std::min(sentence.end, event.cue.end + kReach);
    for (uint32_t t = begin; t + 1 < end; ++t) {
      if (IsOrdinalOfMany(a_.norm(t)) &&
          IsOneOf(a_.norm(t + 1), {"ratification", "accession", "instrument", "signatory", "party", "state",
                                   "country", "nation", "member"}))
        return true;
    }
    return false;
  }

  // The two who have the agreement that is spoken of most, if no others are named as often as they.
  PartyIds MainPair(int main) const {
    const PartyIds& named = a_.frequent_parties();
    if (main < 0 || named.size() < 2) return {};
    const PartyIds& pair = discourse_->entities()[main].parties;
    return pair.Contains(named[0]) && pair.Contains(named[1]) ? pair : PartyIds{};
  }

  // A short closed list of parties, if the article names them all.
  void CompleteFromList(int e) {
    constexpr size_t kMaxClosedList = 4;
    const PartyIds& list = EntityOf(e).known->parties;
    const PartyIds& named = a_.frequent_parties();
    const bool all = std::all_of(list.begin(), list.end(), [&](PartyId id) { return named.Contains(id); });
    if (list.size() <= kMaxClosedList && all) discourse_->AddParties(e, list);
  }

  // "Mexico's ran out", "Peru signed one": of the side whose agreements the article surveys, if just one
  // other has to do with it.
  void AddStandingParty(int e, AgreementEvents events) {
    const PartyId standing = a_.standing_party();
    if (standing.empty()) return;
    PartyIds others = EntityOf(e).parties;
    for (const ReadEvent* event : events) AddIds(event->actors, &others);
    PartyId other;
    for (const PartyId id : others) {
      if (id == standing) continue;
      if (!other.empty()) return;
      other = id;
    }
    if (!other.empty()) discourse_->AddParties(e, {other, standing});
  }

  // The parties of the agreement spoken of when this one came up, unless others act on it; else who acts on
  // it.
  void CompleteFromContext(int e, AgreementEvents events) {
    const AgreementEntity& entity = EntityOf(e);
    PartyIds actors;
    for (const ReadEvent* event : events) actors.Append(event->actors);
    const PartyIds& pair = entity.context_pair;
    const bool fits = actors.empty() || std::any_of(actors.begin(), actors.end(),
                                                    [&](PartyId id) { return pair.Contains(id); });
    const bool told = !entity.signed_date.empty() || entity.is_new || IsDistinctKind(entity.kind);
    if (fits && told) discourse_->AddParties(e, pair);
    discourse_->AddParties(e, actors);
    if (told) discourse_->AddParties(e, pair);
  }

  const Annotation& a_;
  Discourse* discourse_;
  const EventsByAgreement events_;
};

}  // namespace

void CompleteParties(const Annotation& annotation, const std::vector<ReadEvent>& events,
                     Discourse* discourse) {
  PartyCompleter(annotation, events, discourse).Complete();
}

}  // namespace treatywire::ingest
