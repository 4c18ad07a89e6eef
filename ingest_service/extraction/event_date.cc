#include "ingest_service/extraction/event_date.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "ingest_service/extraction/one_of.h"

namespace treatywire::ingest {

bool EventDater::DateIsTaken(int date) const {
  return std::any_of(view_.phrases.begin(), view_.phrases.end(), [date](const AgreementPhrase& phrase) {
    return std::find(phrase.dates.begin(), phrase.dates.end(), date) != phrase.dates.end();
  });
}

bool EventDater::IsEventDate(int date) const {
  const DateMention& mention = a_.dates[date];
  if (mention.role == DateRole::kDuration || mention.role == DateRole::kModifier) return false;
  return !DateIsTaken(date);
}

// Another trigger's words between `from` and `to`.
bool EventDater::TriggerBetween(uint32_t from, uint32_t to) const {
  for (uint32_t t = from; t < to; ++t) {
    if (a_.at[t].trigger >= 0 && a_.triggers[a_.at[t].trigger].form != VerbForm::kNone &&
        !view_.InsideCore(t))
      return true;
  }
  return false;
}

int EventDater::DateFor(const LexiconMatch& trigger, size_t clause_index) const {
  const TokenSpan clause = view_.clauses[clause_index].tokens;
  int best = -1;
  int best_cost = 1000;
  const bool prolongs =
      !trigger.entries.empty() && trigger.entries.front()->event_type == treatywire::v1::EVENT_TYPE_EXTENDED;
  for (size_t d = 0; d < a_.dates.size(); ++d) {
    const DateMention& date = a_.dates[d];
    if (date.tokens.begin < view_.sentence.tokens.begin) continue;
    if (date.tokens.begin >= view_.sentence.tokens.end) break;
    if (!IsEventDate(static_cast<int>(d))) continue;
    const bool after = date.tokens.begin >= trigger.tokens.end;
    const bool same_clause = clause.Contains(date.tokens.begin);
    const uint32_t from = after ? trigger.tokens.end : date.tokens.end;
    const uint32_t to = after ? date.tokens.begin : trigger.tokens.begin;
    int cost = static_cast<int>(to > from ? to - from : 0) + (after ? 0 : 3);
    if (TriggerBetween(from, to)) cost += 25;
    if (!same_clause) cost += after ? 25 : 12;
    if (date.role == DateRole::kUntil) cost += 8;
    // "prolonged to 2050": how long, not when.
    if (prolongs && date.tokens.begin > 0 &&
        IsOneOf(a_.norm(date.tokens.begin - 1), {"to", "until", "till", "through", "by", "for"}))
      continue;
    if (std::find(claimed_.begin(), claimed_.end(), static_cast<int>(d)) != claimed_.end() && !same_clause)
      cost += 15;
    if (cost < best_cost) {
      best_cost = cost;
      best = static_cast<int>(d);
    }
  }
  if (best >= 0 && best_cost < 30) return best;
  return ItemDate();
}

// "- **Aug. 30, 1951** -- Manila and Washington sign …": the date at the head of the list item or block
// holds for all of it.
int EventDater::ItemDate() const {
  if (view_.block.kind != BlockKind::kListItem) return -1;
  const uint32_t first = a_.document.sentences[view_.block.first_sentence].tokens.begin;
  for (uint32_t t = first; t < std::min<uint32_t>(first + 2, view_.sentence.tokens.end); ++t) {
    if (a_.at[t].date >= 0) return a_.at[t].date;
  }
  return -1;
}

void EventDater::SetDate(const LexiconMatch& trigger, size_t clause_index, ReadEvent* event) {
  const int d = DateFor(trigger, clause_index);
  if (d >= 0) {
    claimed_.push_back(d);
    const DateMention& mention = a_.dates[d];
    const bool future = event->modality == treatywire::v1::MODALITY_PLANNED ||
                        event->modality == treatywire::v1::MODALITY_POSSIBLE;
    event->date = future ? mention.future_date : mention.date;
    if (event->date.empty()) event->date = mention.date;
    event->date_surface = a_.document.Text(mention.tokens);
    if (IsPointAct(event->type)) event->date = BeginningOf(event->date);
    if (event->modality == treatywire::v1::MODALITY_ASSERTED && publish_day_ && event->date.earliest &&
        *event->date.earliest > *publish_day_) {
      event->modality = treatywire::v1::MODALITY_PLANNED;
    }
    return;
  }
  if (event->modality == treatywire::v1::MODALITY_ASSERTED && publish_day_ && IsFresh(trigger)) {
    event->date = Approximately(DayDate(*publish_day_));
    event->date.basis = DateBasis::kPublication;
  }
}

// Acts of a moment: "in force since 1994" entered into force in 1994.
bool EventDater::IsPointAct(treatywire::v1::EventType type) {
  return type != treatywire::v1::EVENT_TYPE_NEGOTIATED && type != treatywire::v1::EVENT_TYPE_SUSPENDED &&
         type != treatywire::v1::EVENT_TYPE_PROVISIONALLY_APPLIED &&
         type != treatywire::v1::EVENT_TYPE_BREACH_ALLEGED;
}

// "1994-01-01/.." as "1994-01-01"; anything else as it is.
UncertainDate EventDater::BeginningOf(const UncertainDate& date) {
  if (!absl::EndsWith(date.edtf, "/..")) return date;
  absl::StatusOr<UncertainDate> begin = ParseEdtf(date.edtf.substr(0, date.edtf.size() - 3));
  if (!begin.ok()) return date;
  begin->basis = date.basis;
  return *std::move(begin);
}

// Told as news: in the title or the first paragraphs, in the perfect or the present.
bool EventDater::IsFresh(const LexiconMatch& trigger) const {
  if (view_.sentence.block > 3) return false;
  if (view_.block.kind == BlockKind::kTitle) return true;
  if (trigger.form == VerbForm::kIng && IsProgressive(trigger)) return true;
  for (uint32_t t = trigger.tokens.begin, steps = 0; t-- > view_.sentence.tokens.begin && steps < 5;
       ++steps) {
    if (IsOneOf(a_.norm(t), {"has", "have", "'ve"})) return true;
    if (!a_.IsAdverb(t) && !a_.IsAuxiliary(t)) break;
  }
  return false;
}

bool EventDater::IsProgressive(const LexiconMatch& trigger) const {
  const uint32_t t = trigger.tokens.begin;
  return t > view_.sentence.tokens.begin &&
         (IsOneOf(a_.norm(t - 1), {"is", "are"}) ||
          (t >= 2 && a_.IsAdverb(t - 1) && IsOneOf(a_.norm(t - 2), {"is", "are"})));
}

}  // namespace treatywire::ingest
