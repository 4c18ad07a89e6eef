#include "ingest_service/extraction/other_doers.h"

#include <algorithm>
#include <utility>

#include "ingest_service/extraction/dated_act.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

// How those others stand to the act.
enum class Relation { kNone, kTogether, kBefore, kSameWay, kNext };

// The words that lead to them, and where their list begins.
struct Lead {
  Relation relation = Relation::kNone;
  uint32_t list = 0;
};

class OtherDoers {
 public:
  OtherDoers(const SentenceView& view, const Discourse& discourse, EventDater* dater,
             std::vector<ReadEvent>* events)
      : view_(view), a_(view.annotation), discourse_(discourse), dater_(dater), events_(events) {}

  void Read(size_t first) {
    const size_t told = events_->size();
    for (size_t e = first; e < told; ++e) {
      const ReadEvent act = (*events_)[e];
      const bool one_of_many = !act.from_phrase && act.sentence == view_.index && !act.actors.empty() &&
                               discourse_.entities()[act.agreement].multilateral;
      if (!one_of_many) continue;
      ReadBefore(act);
      ReadAfter(act);
    }
  }

 private:
  // "Chile followed Peru and Fiji in ratifying it"
  void ReadBefore(const ReadEvent& act) {
    const uint32_t begin = view_.sentence.tokens.begin;
    const uint32_t act_begin = act.cue.begin;
    if (act_begin < begin + 3 || a_.norm(act_begin - 1) != "in" || a_.at[act_begin - 2].party < 0) return;
    const uint32_t end = act_begin - 1;
    const uint32_t list = BeginOfPartyList(a_, begin, end);
    if (IsListOfFollowed(a_, begin, list)) Add(act, ReadPartyList(a_, list, end), Relation::kBefore);
  }

  void ReadAfter(const ReadEvent& act) {
    for (uint32_t t = view_.Behind(act.cue); t + 1 < view_.sentence.tokens.end; ++t) {
      if (view_.InsidePhrase(t)) continue;
      const Lead lead = LeadAt(t);
      if (lead.relation != Relation::kNone) {
        const PartyList list = ReadPartyList(a_, lead.list, view_.sentence.tokens.end);
        if (!list.ids.empty() && !view_.InsidePhrase(lead.list) && Fits(lead.relation, t, list))
          return Add(act, list, lead.relation);
      }
      if (EndsAct(t)) return;
    }
  }

  Lead LeadAt(uint32_t t) const {
    const uint32_t end = view_.sentence.tokens.end;
    const absl::string_view word = a_.norm(t);
    const absl::string_view next = a_.norm(t + 1);
    if (IsOneOf(word, {"together", "along"}) && next == "with") return {Relation::kTogether, t + 2};
    if (word == "alongside") return {Relation::kTogether, t + 1};
    if (word == "ahead" && next == "of") return {Relation::kBefore, t + 2};
    // "after those of Peru and Fiji"
    if (IsOneOf(word, {"after", "following"}))
      return {Relation::kBefore, t + 2 < end && next == "those" ? t + 3 : t + 1};
    // "ratified it, joining Peru and Fiji"
    if (word == "joining") return {Relation::kBefore, t + 1};
    if (IsOneOf(word, {"like", "as"})) return {Relation::kSameWay, t + 1};
    if (IsOneOf(word, {"then", "lastly", "finally"})) return {Relation::kNext, t + 1};
    return {};
  }

  // Whether the list stands there as one of doers: behind it the sentence, an aside or a date goes on.
  bool Fits(Relation relation, uint32_t lead, const PartyList& list) const {
    const uint32_t end = view_.sentence.tokens.end;
    const uint32_t next = list.next;
    if (relation == Relation::kSameWay && a_.norm(lead) == "as")
      return next < end && IsOneOf(a_.norm(next), {"did", "had", "have", "has", "does", "do"});
    const bool ends = next >= end || !a_.token(next).is_word || a_.at[next].date >= 0 ||
                      IsOneOf(a_.norm(next), {"in", "on", "before", "last", "and"});
    if (!ends || relation != Relation::kBefore || a_.norm(lead) == "ahead") return ends;
    // "left it after Peru" may be said of anything that Peru did.
    return list.ids.size() > 1 || a_.norm(lead - 1) == ",";
  }

  bool EndsAct(uint32_t t) const {
    if (a_.at[t].date >= 0) return false;
    if (a_.norm(t) == ";" || a_.IsAuxiliary(t)) return true;
    const int32_t trigger = a_.at[t].trigger;
    return trigger >= 0 && a_.triggers[trigger].form != VerbForm::kNone && !view_.InsideCore(t);
  }

  void Add(const ReadEvent& act, const PartyList& list, Relation relation) {
    ReadEvent own = act;
    own.actors = list.ids;
    own.actor_mentions = list.mentions;
    own.actors.EraseIf([&](PartyId id) { return IsTold(act, id); });
    if (own.actors.empty()) return;
    own.many_actors = false;
    own.confidence *= 0.9;
    const int date = DateAfter(list.next);
    if (relation != Relation::kTogether) SetDate(EventDate(), &own);
    const bool told = relation == Relation::kBefore || relation == Relation::kSameWay;
    if (told) own.modality = treatywire::v1::MODALITY_ASSERTED;
    if (date >= 0 && relation != Relation::kTogether)
      SetDate(dater_->Read(date, {act.cue, VerbForm::kNone, /*passive=*/false, act.type, own.modality}),
              &own);
    events_->push_back(std::move(own));
  }

  // Whether an event of the sentence tells the act of the party.
  bool IsTold(const ReadEvent& act, PartyId id) const {
    return std::any_of(events_->begin(), events_->end(), [&](const ReadEvent& event) {
      return event.sentence == act.sentence && event.agreement == act.agreement && event.type == act.type &&
             event.actors.Contains(id);
    });
  }

  // "(2019)", "in 2019", "had done in 2019"; -1 for none.
  int DateAfter(uint32_t from) const {
    const uint32_t end = view_.sentence.tokens.end;
    for (uint32_t t = from; t < end; ++t) {
      const int32_t d = a_.at[t].date;
      if (d >= 0) return dater_->IsEventDate(d) ? d : -1;
      if (!IsOneOf(a_.norm(t), {"in", "on", "(", "did", "had", "have", "has", "done", "already", "before"}))
        return -1;
    }
    return -1;
  }

  const SentenceView& view_;
  const Annotation& a_;
  const Discourse& discourse_;
  EventDater* dater_;
  std::vector<ReadEvent>* events_;
};

}  // namespace

void ReadOtherDoers(const SentenceView& view, size_t first, const Discourse& discourse, EventDater* dater,
                    std::vector<ReadEvent>* events) {
  OtherDoers(view, discourse, dater, events).Read(first);
}

}  // namespace treatywire::ingest
