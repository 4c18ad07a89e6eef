#include "ingest_service/extraction/repeated_act.h"

#include <algorithm>
#include <utility>

#include "ingest_service/extraction/modality.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/verb_group.h"

namespace treatywire::ingest {
namespace {

// "El Salvador (on the day after)": words between a party and its date.
constexpr uint32_t kMaxWordsBeforeDate = 3;

// "Slovenia followed in April": what it followed stands this many sentences before at most.
constexpr uint32_t kMaxSentencesBetween = 2;

class RepeatReader {
 public:
  RepeatReader(const SentenceView& view, const ActorFinder& actors, EventDater* dater,
               std::vector<ReadEvent>* events)
      : view_(view), a_(view.annotation), actors_(actors), dater_(dater), events_(events) {}

  void ReadGaps(size_t first) {
    const size_t end = events_->size();
    for (size_t e = first; e < end; ++e) {
      const ReadEvent& event = (*events_)[e];
      if (!event.from_phrase && !event.actors.empty() && !event.date.empty()) ReadGapsOf(e);
    }
  }

  void ReadRepeats() {
    for (const Cue* cue : a_.CuesIn(view_.sentence.tokens)) {
      if (cue->cue_class == CueClass::kRepeat && !view_.InsidePhrase(cue->tokens.begin)) ReadRepeat(*cue);
    }
  }

 private:
  // A party and a date without a verb between them, after the act's own date or its own actor.
  void ReadGapsOf(size_t model) {
    const uint32_t cue_end = (*events_)[model].cue.end;
    bool told = false;  // the act's own date or actors have come
    int pending = -1;
    for (uint32_t t = cue_end; t < view_.sentence.tokens.end; ++t) {
      if (EndsList(t)) return;
      const int32_t d = a_.at[t].date;
      if (d >= 0 && a_.dates[d].tokens.begin == t && dater_->IsEventDate(d)) {
        if (pending >= 0 && t - a_.parties[pending].tokens.end <= kMaxWordsBeforeDate)
          AddGap(model, pending, d);
        pending = -1;
        told = true;
      }
      const int32_t p = a_.at[t].party;
      if (p < 0 || a_.parties[p].tokens.begin != t || view_.InsidePhrase(t)) continue;
      pending = told && StandsInList(a_.parties[p]) ? p : -1;
    }
  }

  bool EndsList(uint32_t t) const {
    if (a_.IsAuxiliary(t) && a_.norm(t) != "'s") return true;
    const int32_t trigger = a_.at[t].trigger;
    return trigger >= 0 && a_.triggers[trigger].tokens.begin == t &&
           a_.triggers[trigger].form != VerbForm::kNone && !view_.InsideCore(t);
  }

  bool StandsInList(const PartyMention& mention) const {
    if (mention.place || mention.possessive || mention.role == PartyRole::kAdjective || mention.ids.empty())
      return false;
    uint32_t t = mention.tokens.begin;
    if (t > view_.sentence.tokens.begin && a_.norm(t - 1) == "the") --t;
    return t > view_.sentence.tokens.begin && IsOneOf(a_.norm(t - 1), {",", "and", ";", "by", "then", "-"});
  }

  void AddGap(size_t model, int mention, int date) {
    ReadEvent repeated = (*events_)[model];
    repeated.actors = a_.parties[mention].ids;
    repeated.actor_mentions = {mention};
    repeated.date = a_.dates[date].date;
    repeated.date_surface = a_.document.Text(a_.dates[date].tokens);
    repeated.confidence *= 0.9;
    events_->push_back(std::move(repeated));
  }

  void ReadRepeat(const Cue& cue) {
    const ReadEvent* model = LastAct(cue.tokens.begin);
    if (model == nullptr) return;
    LexiconMatch words;
    words.tokens = cue.tokens;
    words.form = cue.form;
    const size_t clause = view_.ClauseOf(cue.tokens.begin);
    if (view_.clauses[clause].opener == ClauseOpener::kCondition) return;
    const Actors actors = actors_.SubjectIn(clause, ReadVerbGroup(view_, words).begin);
    if (actors.ids.empty() || actors.ids == model->actors) return;
    ReadEvent event = *model;
    event.actors = actors.ids;
    event.actor_mentions = actors.mentions;
    event.all_parties = false;
    event.cue = cue.tokens;
    event.sentence = view_.index;
    event.confidence = model->confidence * 0.85;
    event.modality = ReadModality(a_, view_.clauses, clause, {cue.tokens, cue.form, ""});
    EventDate found =
        dater_->DatesOf({cue.tokens, cue.form, /*passive=*/false, event.type, event.modality}).front();
    event.date = std::move(found.date);
    event.date_surface = std::move(found.surface);
    if (found.ahead && event.modality == treatywire::v1::MODALITY_ASSERTED)
      event.modality = treatywire::v1::MODALITY_PLANNED;
    events_->push_back(std::move(event));
  }

  // The act of one party told last before `token`: not one said in passing.
  const ReadEvent* LastAct(uint32_t token) const {
    for (size_t e = events_->size(); e-- > 0;) {
      const ReadEvent& event = (*events_)[e];
      if (event.from_phrase || event.cue.begin >= token) continue;
      return event.sentence + kMaxSentencesBetween >= view_.index ? &event : nullptr;
    }
    return nullptr;
  }

  const SentenceView& view_;
  const Annotation& a_;
  const ActorFinder& actors_;
  EventDater* dater_;
  std::vector<ReadEvent>* events_;
};

}  // namespace

void ReadRepeatedActs(const SentenceView& view, const ActorFinder& actors, size_t first, EventDater* dater,
                      std::vector<ReadEvent>* events) {
  RepeatReader reader(view, actors, dater, events);
  reader.ReadGaps(first);
  reader.ReadRepeats();
}

}  // namespace treatywire::ingest
