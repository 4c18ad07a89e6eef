#include "ingest_service/extraction/event_set.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "ingest_service/extraction/act_type.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_completion.h"

namespace treatywire::ingest {
namespace {

using treatywire::v1::EventType;

bool DatesMeet(const UncertainDate& a, const UncertainDate& b) {
  if (a.empty() || b.empty()) return true;
  if (a.basis == DateBasis::kPublication || b.basis == DateBasis::kPublication) return true;
  if (a.latest && b.earliest && *a.latest < *b.earliest) return false;
  return !(b.latest && a.earliest && *b.latest < *a.earliest);
}

bool IsMorePrecise(const UncertainDate& a, const UncertainDate& b) {
  if (a.empty()) return false;
  if (b.empty()) return true;
  if ((a.basis == DateBasis::kPublication) != (b.basis == DateBasis::kPublication))
    return b.basis == DateBasis::kPublication;
  auto days = [](const UncertainDate& d) {
    return d.earliest && d.latest ? *d.latest - *d.earliest : absl::civil_diff_t{1000000};
  };
  return days(a) < days(b);
}

bool ShareActor(const PartyIds& a, const PartyIds& b) {
  if (a.empty() || b.empty()) return true;
  return std::any_of(a.begin(), a.end(), [&](PartyId id) { return b.Contains(id); });
}

// How far around an act words of its sentence count as near it.
constexpr uint32_t kMaxNear = 60;

class EventJoiner {
 public:
  EventJoiner(const Annotation& annotation, Discourse* discourse) : a_(annotation), discourse_(discourse) {}

  std::vector<ReadEvent> Join(std::vector<ReadEvent> events) {
    GiveOthersTheirOwn(&events);
    const std::vector<int> target = discourse_->Unify();
    for (ReadEvent& event : events) event.agreement = target[event.agreement];
    CompleteParties(a_, events, discourse_);
    for (ReadEvent& event : events) Complete(&event);
    FillActors(&events);
    ReadReturns(&events);
    std::vector<ReadEvent> joined;
    joined.reserve(events.size());
    for (ReadEvent& event : events) {
      if (!Qualifies(event)) continue;
      Add(std::move(event), &joined);
    }
    DropPlansCarriedOut(&joined);
    DropDemandsRefused(&joined);
    DropHeadlinesOfPlans(&joined);
    AddActorsToParties(joined);
    return InOrder(std::move(joined));
  }

 private:
  AgreementEntity& EntityOf(const ReadEvent& event) { return discourse_->entities()[event.agreement]; }

  // By where they are told. Moves each event once, which sorting would do many times.
  static std::vector<ReadEvent> InOrder(std::vector<ReadEvent> events) {
    const auto in_order = [](const ReadEvent& a, const ReadEvent& b) { return a.cue.begin < b.cue.begin; };
    if (std::is_sorted(events.begin(), events.end(), in_order)) return events;
    std::vector<std::pair<uint32_t, uint32_t>> order;
    order.reserve(events.size());
    for (const ReadEvent& event : events)
      order.emplace_back(event.cue.begin, static_cast<uint32_t>(order.size()));
    std::sort(order.begin(), order.end());
    std::vector<ReadEvent> ordered;
    ordered.reserve(events.size());
    for (const auto& [token, index] : order) ordered.push_back(std::move(events[index]));
    return ordered;
  }

  // "Guatemala signed in July" after a pact of Washington's with Asunción: not a party to that one, it has
  // its own with the side that the others share.
  void GiveOthersTheirOwn(std::vector<ReadEvent>* events) {
    const size_t told = events->size();
    for (size_t e = 0; e < told; ++e) {
      if (!IsOfOthers((*events)[e])) continue;
      const PartyId shared = SharedSide((*events)[e], *events);
      if (shared.empty()) continue;
      const ReadEvent act = (*events)[e];
      for (size_t actor = 0; actor < act.actors.size(); ++actor) {
        ReadEvent own = act;
        own.actors = {act.actors[actor]};
        own.agreement = discourse_->SiblingOf(act.agreement, {act.actors[actor], shared});
        if (actor == 0) {
          (*events)[e] = std::move(own);
        } else if (events->size() < kMaxEvents) {
          events->push_back(std::move(own));
        }
      }
    }
  }

  // Whether only states that are no parties do it, to an agreement of two states that is understood.
  bool IsOfOthers(const ReadEvent& event) const {
    const AgreementEntity& entity = discourse_->entities()[event.agreement];
    if (entity.multilateral || entity.parties.size() != 2 || event.actors.empty()) return false;
    if (!event.understood || event.from_phrase || event.all_parties || !MayHaveItsOwn(event.type))
      return false;
    // Two who sign have one of their own, without either side.
    if (event.actors.size() > 1 && (!IsUnilateral(event.type))) return false;
    // A member of an organisation acts for it.
    if (!entity.parties[0].is_state() || !entity.parties[1].is_state()) return false;
    return std::all_of(event.actors.begin(), event.actors.end(), [&](PartyId id) {
      return id.is_state() && !discourse_->HasParty(event.agreement, id);
    });
  }

  static bool MayHaveItsOwn(EventType type) {
    return ActOf(type) == treatywire::v1::EVENT_TYPE_SIGNED || type == treatywire::v1::EVENT_TYPE_REJECTED ||
           (IsUnilateral(type) && !AllowsOutsider(type) &&
            type != treatywire::v1::EVENT_TYPE_BREACH_ALLEGED && type != treatywire::v1::EVENT_TYPE_PROPOSED);
  }

  // Of the two parties the one that others have such agreements with: it has more of those of the sort that
  // the article tells of, the agreement is told to be "with" it, the sentence names it, or the other one did
  // what is told.
  PartyId SharedSide(const ReadEvent& event, const std::vector<ReadEvent>& events) const {
    const AgreementEntity& model = discourse_->entities()[event.agreement];
    const PartyIds& pair = model.parties;
    int score[2] = {0, 0};
    for (int side = 0; side < 2; ++side) score[side] += pair[side] == model.partner ? 3 : 0;
    for (const AgreementEntity& entity : discourse_->entities()) {
      if (entity.multilateral || entity.parties.size() != 2) continue;
      for (int side = 0; side < 2; ++side)
        score[side] += !entity.parties.Contains(pair[side]) ? 0 : SubjectsMeet(entity, model) ? 4 : 1;
    }
    const TokenSpan sentence = a_.document.sentences[event.sentence].tokens;
    const uint32_t begin = std::max(sentence.begin, event.cue.begin - std::min(event.cue.begin, kMaxNear));
    for (uint32_t t = begin; t < std::min(sentence.end, event.cue.end + kMaxNear); ++t) {
      const int32_t p = a_.at[t].party;
      if (p < 0 || a_.parties[p].tokens.begin != t) continue;
      // "three days after Finland", "like Finland": whose agreement this one is like, not with whom it is.
      const bool like = t > sentence.begin && IsOneOf(a_.norm(t - 1), {"after", "before", "like", "than"});
      for (int side = 0; side < 2; ++side)
        score[like ? 1 - side : side] += a_.parties[p].ids.Contains(pair[side]) ? 2 : 0;
    }
    for (const ReadEvent& other : events) {
      if (other.agreement != event.agreement || other.actors.size() != 1) continue;
      for (int side = 0; side < 2; ++side) score[side] += other.actors.front() == pair[1 - side] ? 1 : 0;
    }
    if (score[0] == score[1]) return PartyId();
    return score[0] > score[1] ? pair[0] : pair[1];
  }

  void Complete(ReadEvent* event) {
    const AgreementEntity& entity = EntityOf(*event);
    if (event->leave) {
      if (event->type == treatywire::v1::EVENT_TYPE_TERMINATED && entity.multilateral &&
          !event->actors.empty()) {
        event->type = treatywire::v1::EVENT_TYPE_WITHDRAWN;
      }
      if (event->type == treatywire::v1::EVENT_TYPE_WITHDRAWN && !entity.multilateral) {
        event->type = treatywire::v1::EVENT_TYPE_TERMINATED;
      }
    }
    if (event->all_parties && event->actors.empty()) event->actors = entity.parties;
    // What a conference adopts is no act of the states that met there.
    if (event->type == treatywire::v1::EVENT_TYPE_ADOPTED && entity.multilateral)
      event->actors.EraseIf([](PartyId id) { return id.is_state(); });
    KeepActorsOfPair(entity, event);
    if (!entity.multilateral && !IsUnilateral(event->type)) {
      event->actors = entity.parties;
      event->actor_mentions.clear();
    }
  }

  // "Canada, Australia and Britain suspended theirs": each its own. Others than the two sides do nothing to a
  // pair's agreement, unless they join it.
  void KeepActorsOfPair(const AgreementEntity& entity, ReadEvent* event) const {
    if (entity.multilateral || entity.parties.size() != 2 || AllowsOutsider(event->type)) return;
    auto outside = [&](PartyId id) { return !discourse_->HasParty(event->agreement, id); };
    if (!std::all_of(event->actors.begin(), event->actors.end(), outside)) event->actors.EraseIf(outside);
  }

  // Another event of the act that tells who does it: of the same modality if there is one; nullptr for none.
  static const ReadEvent* SameActByOthers(const ReadEvent& event, const std::vector<ReadEvent>& events) {
    const ReadEvent* found = nullptr;
    for (const ReadEvent& other : events) {
      if (other.agreement != event.agreement || ActOf(other.type) != ActOf(event.type) ||
          other.actors.empty())
        continue;
      if (other.modality == event.modality) return &other;
      if (found == nullptr) found = &other;
    }
    return found;
  }

  // "Its parliament voted to leave in May, and the notice was handed over in June": who leaves is told in the
  // same sentence or the one before; nullptr where it is not.
  const ReadEvent* ToldJustBefore(const ReadEvent& event, const std::vector<ReadEvent>& events) const {
    if (event.type != treatywire::v1::EVENT_TYPE_NOTIFIED) return nullptr;
    const ReadEvent* found = nullptr;
    for (const ReadEvent& other : events) {
      const bool near = other.sentence <= event.sentence && other.sentence + 1 >= event.sentence &&
                        other.cue.begin < event.cue.begin;
      if (!near || other.agreement != event.agreement || other.actors.empty()) continue;
      if (ActOf(other.type) != treatywire::v1::EVENT_TYPE_TERMINATED) continue;
      if (found == nullptr || found->cue.begin < other.cue.begin) found = &other;
    }
    return found;
  }

  // A one-sided act without actor: who else does that to it, else the party that the article is about.
  void FillActors(std::vector<ReadEvent>* events) {
    for (ReadEvent& event : *events) {
      if (!event.actors.empty() || event.many_actors || !IsUnilateral(event.type)) continue;
      const AgreementEntity& entity = EntityOf(event);
      // "The instruments were exchanged": by both.
      if (event.joint && !entity.multilateral) {
        event.actors = entity.parties;
        continue;
      }
      if (const ReadEvent* before = ToldJustBefore(event, *events)) {
        event.actors = before->actors;
        continue;
      }
      if (const ReadEvent* other = SameActByOthers(event, *events)) event.actors = other->actors;
      // Notice is given by those who leave.
      for (const ReadEvent& other : *events) {
        if (!event.actors.empty() || event.type != treatywire::v1::EVENT_TYPE_NOTIFIED) break;
        if (other.agreement == event.agreement && ActOf(other.type) == treatywire::v1::EVENT_TYPE_TERMINATED)
          event.actors = other.actors;
      }
      if (!event.actors.empty() || entity.multilateral) continue;
      if (event.type == treatywire::v1::EVENT_TYPE_RATIFIED ||
          event.type == treatywire::v1::EVENT_TYPE_RESUMED ||
          event.type == treatywire::v1::EVENT_TYPE_DEPOSITED) {
        event.actors = entity.parties;
      } else if (discourse_->HasParty(event.agreement, a_.home_party())) {
        event.actors = {a_.home_party()};
      }
    }
  }

  // "Russia returns to the grain deal": it had suspended it, not left it. Of a pair's agreement nothing else
  // is possible.
  void ReadReturns(std::vector<ReadEvent>* events) {
    for (ReadEvent& event : *events) {
      if (!event.back || event.type != treatywire::v1::EVENT_TYPE_ACCEDED) continue;
      const bool suspended = std::any_of(events->begin(), events->end(), [&](const ReadEvent& other) {
        return other.agreement == event.agreement && other.type == treatywire::v1::EVENT_TYPE_SUSPENDED &&
               other.modality == treatywire::v1::MODALITY_ASSERTED && ShareActor(other.actors, event.actors);
      });
      if (suspended || !EntityOf(event).multilateral) event.type = treatywire::v1::EVENT_TYPE_RESUMED;
    }
  }

  // "Ratifications:" stands above a list; its items tell who did it.
  bool IsListHead(const ReadEvent& event) const {
    const TokenSpan sentence = a_.document.sentences[event.sentence].tokens;
    return event.actors.empty() && event.date.empty() && !sentence.empty() && sentence.size() <= 3 &&
           a_.norm(sentence.end - 1) == ":";
  }

  // In an article about firms or clubs, "the agreement" is theirs, unless its parties are told or an organ or
  // holder of office acts on it.
  bool IsPrivateAffair(const ReadEvent& event, const AgreementEntity& entity) const {
    if (!a_.is_of_private_affairs() || entity.told_parties) return false;
    // "the Lisbon Treaty", not "the Costa deal".
    const size_t last_word = entity.title.rfind(' ') + 1;  // npos + 1 = 0: a title of one word
    if (last_word < entity.title.size() && !absl::ascii_islower(entity.title[last_word])) return false;
    return std::none_of(event.actor_mentions.begin(), event.actor_mentions.end(), [this](int m) {
      return a_.parties[m].role == PartyRole::kBody || a_.parties[m].role == PartyRole::kPerson;
    });
  }

  // Nobody joins what is only between him and another.
  bool JoinsItsOwn(const ReadEvent& event, const AgreementEntity& entity) const {
    const bool weighed = event.type == treatywire::v1::EVENT_TYPE_ACCEDED &&
                         event.modality != treatywire::v1::MODALITY_ASSERTED;
    if (!weighed || !entity.told_parties || entity.multilateral || entity.parties.size() != 2) return false;
    return !event.actors.empty() && std::all_of(event.actors.begin(), event.actors.end(), [&](PartyId id) {
      return discourse_->HasParty(event.agreement, id);
    });
  }

  // "Uruguay ratified the Union's agreement with the bloc": a member consents on its organisation's side.
  static bool IsOfMember(const ReadEvent& event, const AgreementEntity& entity) {
    const EventType act = ActOf(event.type);
    if (act != treatywire::v1::EVENT_TYPE_RATIFIED && act != treatywire::v1::EVENT_TYPE_DEPOSITED)
      return false;
    return std::any_of(entity.parties.begin(), entity.parties.end(),
                       [](PartyId id) { return !id.is_state(); });
  }

  bool Qualifies(const ReadEvent& event) {
    const AgreementEntity& entity = EntityOf(event);
    if (event.type == treatywire::v1::EVENT_TYPE_UNSPECIFIED || entity.is_private || IsListHead(event))
      return false;
    if (IsPrivateAffair(event, entity)) return false;
    if (entity.multilateral ? !(entity.strong || entity.parties.size() >= 2) : entity.parties.size() < 2)
      return false;
    if (JoinsItsOwn(event, entity)) return false;
    if (entity.multilateral || !IsUnilateral(event.type) || AllowsOutsider(event.type)) return true;
    if (event.actors.empty() || IsOfMember(event, entity)) return true;
    return std::any_of(event.actors.begin(), event.actors.end(),
                       [&](PartyId id) { return discourse_->HasParty(event.agreement, id); });
  }

  // Of a convention, what many did ("opened for signature") is not what one of them did.
  bool BothTellWho(const ReadEvent& a, const ReadEvent& b) const {
    if (!discourse_->entities()[a.agreement].multilateral || a.from_phrase || b.from_phrase) return true;
    if (a.from_title || b.from_title || a.date.empty() || b.date.empty() || a.date == b.date) return true;
    return a.actors.empty() == b.actors.empty();
  }

  bool SameAct(const ReadEvent& a, const ReadEvent& b) const {
    return a.agreement == b.agreement && a.modality == b.modality && ActOf(a.type) == ActOf(b.type) &&
           BothTellWho(a, b) && ShareActor(a.actors, b.actors) && DatesMeet(a.date, b.date);
  }

  void Add(ReadEvent event, std::vector<ReadEvent>* joined) const {
    for (ReadEvent& known : *joined) {
      if (!SameAct(known, event)) continue;
      // The fuller report keeps its words: the one with the better date, a named act over one said in
      // passing.
      const bool better = IsMorePrecise(event.date, known.date) ||
                          (known.from_phrase && !event.from_phrase) ||
                          (known.from_title && !event.from_title);
      if (better) std::swap(known, event);
      if (IsMorePrecise(event.date, known.date)) {
        known.date = event.date;
        known.date_surface = event.date_surface;
      }
      if (known.type == treatywire::v1::EVENT_TYPE_CONCLUDED) known.type = event.type;
      for (PartyId id : event.actors) {
        if (!known.actors.Contains(id)) known.actors.push_back(id);
      }
      known.actor_mentions.Append(event.actor_mentions);
      known.confidence = std::min(0.98, std::max(known.confidence, event.confidence) + 0.05);
      return;
    }
    joined->push_back(std::move(event));
  }

  // "moves to suspend", "is suspended": a plan whose execution the same article reports is one event with it.
  static void DropPlansCarriedOut(std::vector<ReadEvent>* events) {
    std::erase_if(*events, [&](const ReadEvent& plan) {
      if (plan.modality != treatywire::v1::MODALITY_PLANNED) return false;
      return std::any_of(events->begin(), events->end(), [&](const ReadEvent& done) {
        return done.modality == treatywire::v1::MODALITY_ASSERTED && done.agreement == plan.agreement &&
               ActOf(done.type) == ActOf(plan.type) && ShareActor(done.actors, plan.actors) &&
               plan.date.empty() && done.type != treatywire::v1::EVENT_TYPE_EXTENDED;
      });
    });
  }

  // "Farmers want Peru to end it; Lima has no plans to do so": who decides has refused what others ask for.
  static void DropDemandsRefused(std::vector<ReadEvent>* events) {
    std::erase_if(*events, [&](const ReadEvent& demand) {
      if (demand.modality != treatywire::v1::MODALITY_POSSIBLE || !demand.date.empty()) return false;
      return std::any_of(events->begin(), events->end(), [&](const ReadEvent& refusal) {
        return refusal.modality == treatywire::v1::MODALITY_DENIED && refusal.agreement == demand.agreement &&
               ActOf(refusal.type) == ActOf(demand.type) && refusal.actors == demand.actors && demand.leave &&
               refusal.cue.begin > demand.cue.begin && refusal.sentence <= demand.sentence + 1;
      });
    });
  }

  // "Oslo out of the pact" above a text that says when it will leave: the headline speaks of the plan.
  static void DropHeadlinesOfPlans(std::vector<ReadEvent>* events) {
    const auto same_act = [](const ReadEvent& a, const ReadEvent& b) {
      return a.agreement == b.agreement && ActOf(a.type) == ActOf(b.type) && ShareActor(a.actors, b.actors);
    };
    std::erase_if(*events, [&](const ReadEvent& headline) {
      if (!headline.from_title || headline.modality != treatywire::v1::MODALITY_ASSERTED) return false;
      if (headline.date.basis != DateBasis::kPublication) return false;
      return std::any_of(events->begin(), events->end(), [&](const ReadEvent& plan) {
        return plan.modality == treatywire::v1::MODALITY_PLANNED && !plan.from_title &&
               same_act(headline, plan);
      });
    });
  }

  void AddActorsToParties(const std::vector<ReadEvent>& events) {
    for (const ReadEvent& event : events) {
      // Who is not to leave is a party.
      const bool stays = event.modality == treatywire::v1::MODALITY_DENIED &&
                         (event.type == treatywire::v1::EVENT_TYPE_WITHDRAWN ||
                          event.type == treatywire::v1::EVENT_TYPE_SUSPENDED);
      if ((event.modality == treatywire::v1::MODALITY_DENIED && !stays) ||
          event.type == treatywire::v1::EVENT_TYPE_REJECTED ||
          event.type == treatywire::v1::EVENT_TYPE_ADOPTED) {
        continue;
      }
      if (EntityOf(event).multilateral) discourse_->AddParties(event.agreement, event.actors);
    }
  }

  const Annotation& a_;
  Discourse* discourse_;
};

}  // namespace

std::vector<ReadEvent> JoinEvents(const Annotation& annotation, std::vector<ReadEvent> events,
                                  Discourse* discourse) {
  return EventJoiner(annotation, discourse).Join(std::move(events));
}

}  // namespace treatywire::ingest
