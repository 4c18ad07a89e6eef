#include "ingest_service/extraction/undated_act.h"

#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/tense.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

class UndatedAct {
 public:
  UndatedAct(const SentenceView& view, const NewsDay& news, const std::vector<ReadEvent>& told,
             const ActWords& act)
      : view_(view), a_(view.annotation), news_(news), told_(told), act_(act) {}

  EventDate Day() const {
    EventDate found;
    if (RefersBack()) {
      found.date = DayReferredTo();
    } else if (IsFresh()) {
      found = DayOfNews();
    }
    return found;
  }

 private:
  bool RefersBack() const;
  bool IsPastAct() const;
  bool FollowsRecentAct() const;
  UncertainDate DayReferredTo() const;
  const ReadEvent* LastDated() const;
  bool FollowsUpon(const Clause& clause) const;
  bool IsOfNow(Tense tense) const;
  bool Recurs() const;
  bool IsFresh() const;
  EventDate DayOfNews() const;

  const SentenceView& view_;
  const Annotation& a_;
  const NewsDay& news_;
  const std::vector<ReadEvent>& told_;
  const ActWords& act_;
};

// "signed at the same ceremony": on the day of what was told before.
bool UndatedAct::RefersBack() const {
  const TokenSpan clause = view_.clauses[view_.ClauseOf(act_.tokens.begin)].tokens;
  for (uint32_t t = clause.begin; t < clause.end; ++t) {
    if (IsOneOf(a_.norm(t), {"margins", "sidelines", "fringes"})) return true;
    // "Oslo also handed over its instrument"
    if (a_.norm(t) == "also" && t < act_.tokens.begin && IsPastAct() && FollowsRecentAct()) return true;
    if (a_.norm(t) != "same" || t + 1 >= clause.end || t < act_.tokens.end) continue;
    if (IsOneOf(a_.norm(t + 1), {"ceremony", "occasion", "meeting", "summit", "session", "time", "visit",
                                 "event", "conference"}))
      return true;
  }
  return false;
}

bool UndatedAct::IsPastAct() const {
  return act_.modality == v1::MODALITY_ASSERTED &&
         TenseOf(a_, view_.sentence, act_.tokens, act_.form, act_.passive) == Tense::kPast;
}

// Whether what was told last is news, in the same paragraph or the one before.
bool UndatedAct::FollowsRecentAct() const {
  const ReadEvent* last = LastDated();
  if (last == nullptr || !news_.written || !IsRecent(last->date, *news_.written)) return false;
  return view_.sentence.block <= a_.document.sentences[last->sentence].block + 1;
}

// "at the same ceremony": the day of what was told last, if that is news, else the day of the news.
UncertainDate UndatedAct::DayReferredTo() const {
  const ReadEvent* last = LastDated();
  const bool recent = last != nullptr && news_.written && IsRecent(last->date, *news_.written);
  return recent ? last->date : news_.date;
}

const ReadEvent* UndatedAct::LastDated() const {
  for (size_t e = told_.size(); e-- > 0;) {
    if (told_[e].from_phrase || told_[e].modality != v1::MODALITY_ASSERTED) continue;
    if (!told_[e].date.empty()) return &told_[e];
  }
  return nullptr;
}

// "upon which the treaty entered into force"
bool UndatedAct::FollowsUpon(const Clause& clause) const {
  const uint32_t t = clause.tokens.begin;
  return clause.opener == ClauseOpener::kRelative && t > view_.sentence.tokens.begin &&
         IsOneOf(a_.norm(t - 1), {"upon", "whereupon"});
}

// Told as going on or done while the article was written, wherever it stands: "are now talking"; "is
// prolonged" in a note that is about today.
bool UndatedAct::IsOfNow(Tense tense) const {
  if (tense == Tense::kPresent) return news_.of_today;
  // "has just been renewed"
  const uint32_t before = act_.tokens.begin > 4 ? act_.tokens.begin - 4 : 0;
  for (uint32_t t = std::max(before, view_.sentence.tokens.begin); t < act_.tokens.end; ++t) {
    if (tense == Tense::kPerfect && a_.norm(t) == "just") return true;
  }
  if (tense != Tense::kProgressive) return false;
  for (uint32_t t = act_.tokens.begin, steps = 0; t-- > view_.sentence.tokens.begin && steps < 3; ++steps) {
    if (IsOneOf(a_.norm(t), {"now", "currently", "presently"})) return true;
  }
  return false;
}

// "has been extended every year since", "has twice been renewed": not once, and not now.
bool UndatedAct::Recurs() const {
  const TokenSpan clause = view_.clauses[view_.ClauseOf(act_.tokens.begin)].tokens;
  for (uint32_t t = clause.begin; t < clause.end; ++t) {
    if (IsOneOf(a_.norm(t),
                {"every", "twice", "repeatedly", "times", "often", "since", "usually", "always", "ever"}))
      return true;
  }
  return false;
}

// Told as news: in the title or the first paragraphs, in the perfect, the present, or the past of a main
// clause.
bool UndatedAct::IsFresh() const {
  if (act_.modality != v1::MODALITY_ASSERTED || Recurs()) return false;
  if (act_.type == v1::EVENT_TYPE_BREACH_ALLEGED) return false;  // nobody says when
  if (view_.block.kind == BlockKind::kTitle) return true;
  if (act_.type == v1::EVENT_TYPE_REJECTED) return false;  // "refuses to sign" has no day
  const Tense tense = TenseOf(a_, view_.sentence, act_.tokens, act_.form, act_.passive);
  if (view_.sentence.tokens.begin >= news_.lead_end) return IsOfNow(tense);
  const Clause& clause = view_.clauses[view_.ClauseOf(act_.tokens.begin)];
  switch (tense) {
    case Tense::kPerfect:
    case Tense::kProgressive:
    case Tense::kPresent:
      return true;
    case Tense::kPast:
      return clause.opener == ClauseOpener::kStart || FollowsUpon(clause);
    default:
      return false;
  }
}

// The day of the decree that ends or suspends it, or else that of the news.
EventDate UndatedAct::DayOfNews() const {
  const bool ends = act_.type == v1::EVENT_TYPE_TERMINATED || act_.type == v1::EVENT_TYPE_WITHDRAWN ||
                    act_.type == v1::EVENT_TYPE_SUSPENDED || act_.type == v1::EVENT_TYPE_CONSENT_REVOKED;
  EventDate found;
  found.date = news_.date;
  if (!ends || news_.act.date.empty()) return found;
  found.date = news_.act.date;
  found.surface = news_.act.surface;
  found.instrument = news_.act.instrument;
  return found;
}

}  // namespace

EventDate DayOfUndated(const SentenceView& view, const NewsDay& news, const std::vector<ReadEvent>& told,
                       const ActWords& act) {
  return UndatedAct(view, news, told, act).Day();
}

}  // namespace treatywire::ingest
