#include "ingest_service/extraction/gapped_object.h"

#include <algorithm>
#include <utility>

#include "ingest_service/extraction/dated_act.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

// Most words between an agreement and its date: "the treaty with Spain only in 2003".
constexpr uint32_t kMaxWordsBeforeDate = 3;

class GapReader {
 public:
  GapReader(const SentenceView& view, EventDater* dater, PhraseMeanings* meanings, Discourse* discourse,
            std::vector<ReadEvent>* events)
      : view_(view),
        a_(view.annotation),
        dater_(dater),
        meanings_(meanings),
        discourse_(discourse),
        events_(events) {}

  void Read(size_t first) {
    const size_t told = events_->size();
    for (size_t e = first; e < told; ++e) {
      const ReadEvent& act = (*events_)[e];
      if (act.from_phrase || act.sentence != view_.index || act.date_surface.empty()) continue;
      ReadAfter(e, act.cue);
    }
  }

 private:
  // The phrases after the date of the act number `e`, up to the next verb.
  void ReadAfter(size_t e, TokenSpan cue) {
    bool dated = false;
    for (uint32_t t = view_.Behind(cue); t < view_.sentence.tokens.end; ++t) {
      if (BeginsPredicate(t)) return;
      const int32_t d = a_.at[t].date;
      if (d >= 0 && dater_->IsEventDate(d)) dated = true;
      const int p = PhraseAt(t);
      if (p < 0) continue;
      if (dated && Follows(p)) Add(e, p);
      t = std::max(t, view_.phrases[p].tokens.end - 1);
    }
  }

  bool BeginsPredicate(uint32_t t) const {
    if (a_.at[t].date >= 0 || view_.InsidePhrase(t)) return false;
    if (a_.IsAuxiliary(t) && a_.norm(t) != "'s") return true;
    const int32_t trigger = a_.at[t].trigger;
    return trigger >= 0 && a_.triggers[trigger].form != VerbForm::kNone;
  }

  int PhraseAt(uint32_t t) const {
    for (size_t p = 0; p < view_.phrases.size(); ++p) {
      if (view_.phrases[p].core.begin == t && !view_.phrases[p].pronoun) return static_cast<int>(p);
    }
    return -1;
  }

  // Whether "and", a comma or the like leads to the phrase, and to those before it whose it is: "Fiji and
  // Samoa signed a pact in 2001 and Fiji and Tonga a treaty in 2003".
  bool Follows(int phrase) const {
    const uint32_t t = BeginOfOwners(phrase);
    return t > view_.sentence.tokens.begin && IsOneOf(a_.norm(t - 1), {"and", ",", ";", "then"});
  }

  // Where the parties right before the phrase begin; where the phrase does if there are none.
  uint32_t BeginOfOwners(int phrase) const {
    const uint32_t end = view_.phrases[phrase].core.begin;
    uint32_t begin = end;
    for (uint32_t t = end; t > view_.sentence.tokens.begin;) {
      const int32_t p = a_.at[t - 1].party;
      if (p >= 0 && !a_.parties[p].place && !a_.parties[p].possessive) {
        begin = t = a_.parties[p].tokens.begin;
        continue;
      }
      if (begin == end || a_.norm(t - 1) != "and" || t < 2 || a_.at[t - 2].party < 0) break;
      --t;
    }
    return begin;
  }

  void Add(size_t e, int p) {
    const int date = DateAfter(view_.phrases[p].tokens.end);
    if (date < 0) return;
    const ReadEvent act = (*events_)[e];  // what comes may move the events
    const std::vector<int>& agreements = meanings_->Of(p);
    if (agreements.size() != 1 || IsTold(act, agreements.front())) return;
    ReadEvent own = act;
    own.agreement = agreements.front();
    const uint32_t owners = BeginOfOwners(p);
    if (owners < view_.phrases[p].core.begin) {
      const PartyList list = ReadPartyList(a_, owners, view_.phrases[p].core.begin);
      own.actors = list.ids;
      own.actor_mentions = list.mentions;
      if (own.joint) discourse_->AddParties(own.agreement, list.ids);
    }
    SetDate(dater_->Read(date, {act.cue, VerbForm::kNone, /*passive=*/false, act.type, act.modality}), &own);
    own.confidence = act.confidence * 0.9;
    events_->push_back(std::move(own));
  }

  bool IsTold(const ReadEvent& act, int agreement) const {
    return std::any_of(events_->begin(), events_->end(), [&](const ReadEvent& event) {
      return event.sentence == act.sentence && event.cue.begin == act.cue.begin &&
             event.agreement == agreement;
    });
  }

  int DateAfter(uint32_t from) const {
    for (uint32_t t = from; t < std::min(from + kMaxWordsBeforeDate, view_.sentence.tokens.end); ++t) {
      const int32_t d = a_.at[t].date;
      if (d >= 0) return dater_->IsEventDate(d) && !a_.dates[d].date.empty() ? d : -1;
      if (!IsOneOf(a_.norm(t), {"in", "on", "(", "only", "since", "just"})) return -1;
    }
    return -1;
  }

  const SentenceView& view_;
  const Annotation& a_;
  EventDater* dater_;
  PhraseMeanings* meanings_;
  Discourse* discourse_;
  std::vector<ReadEvent>* events_;
};

}  // namespace

void ReadGappedObjects(const SentenceView& view, size_t first, EventDater* dater, PhraseMeanings* meanings,
                       Discourse* discourse, std::vector<ReadEvent>* events) {
  GapReader(view, dater, meanings, discourse, events).Read(first);
}

}  // namespace treatywire::ingest
