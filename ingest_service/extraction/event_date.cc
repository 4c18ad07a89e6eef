#include "ingest_service/extraction/event_date.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/tense.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

// Costs are distances in tokens plus what makes a date less likely the act's own. One that costs kTooFar or
// more is another's.
constexpr int kTooFar = 30;
constexpr int kBeforeAct = 3;      // dates follow their verb more often than they precede it
constexpr int kPastAct = 25;       // another act stands between
constexpr int kTerm = 8;           // "until 2030", "by May"
constexpr int kClaimed = 15;       // another act of another clause has it
constexpr int kFrontedDate = 4;    // "In March it gave notice that …": distance says nothing
constexpr int kOpeningDate = 2;    // "on 13 March, when they signed"
constexpr int kSharedDay = 12;     // that of a clause before
constexpr int kStatementDay = 16;  // "…, the ministry said on Tuesday"
constexpr int kLaterClause = 25;
constexpr int kImpossible = 1000;

// Acts of a moment: "in force since 1994" entered into force in 1994.
bool IsPointAct(v1::EventType type) {
  return type != v1::EVENT_TYPE_NEGOTIATED && type != v1::EVENT_TYPE_SUSPENDED &&
         type != v1::EVENT_TYPE_PROVISIONALLY_APPLIED && type != v1::EVENT_TYPE_BREACH_ALLEGED;
}

bool IsToCome(v1::Modality modality) {
  return modality == v1::MODALITY_PLANNED || modality == v1::MODALITY_POSSIBLE;
}

// "1994-01-01/.." as "1994-01-01"; anything else as it is.
UncertainDate BeginningOf(const UncertainDate& date) {
  return absl::EndsWith(date.edtf, "/..") ? IntervalStart(date) : date;
}

}  // namespace

EventDater::EventDater(const SentenceView& view, const NewsDay& news)
    : view_(view), a_(view.annotation), news_(news) {
  const auto first = std::lower_bound(
      a_.dates.begin(), a_.dates.end(), view_.sentence.tokens.begin,
      [](const DateMention& mention, uint32_t token) { return mention.tokens.begin < token; });
  for (auto it = first; it != a_.dates.end() && it->tokens.begin < view_.sentence.tokens.end; ++it) {
    const auto index = static_cast<int>(it - a_.dates.begin());
    if (IsEventDate(index)) mentions_.push_back(index);
  }
}

bool EventDater::IsEventDate(int mention) const {
  const DateRole role = a_.dates[mention].role;
  if (role == DateRole::kDuration || role == DateRole::kModifier) return false;
  return std::none_of(view_.phrases.begin(), view_.phrases.end(), [mention](const AgreementPhrase& phrase) {
    return std::find(phrase.dates.begin(), phrase.dates.end(), mention) != phrase.dates.end();
  });
}

EventDate EventDater::DateOf(const ActWords& act) {
  int mention = OwnDate(act);
  if (mention < 0) mention = ContextDate();
  if (mention >= 0) {
    claimed_.push_back(mention);
    return Read(mention, act);
  }
  EventDate found;
  if (IsFresh(act)) found.date = news_.date;
  return found;
}

int EventDater::OwnDate(const ActWords& act) const {
  int best = -1;
  int best_cost = kTooFar;
  for (const int mention : mentions_) {
    const int cost = CostOf(mention, act);
    if (cost >= best_cost) continue;
    best_cost = cost;
    best = mention;
  }
  return best;
}

int EventDater::CostOf(int mention, const ActWords& act) const {
  const DateMention& date = a_.dates[mention];
  const size_t date_clause = view_.ClauseOf(date.tokens.begin);
  const size_t act_clause = view_.ClauseOf(act.tokens.begin);
  // "prolonged to 2050": how long, not when.
  const bool after_preposition = date.tokens.begin > view_.sentence.tokens.begin;
  if (act.type == v1::EVENT_TYPE_EXTENDED && after_preposition &&
      IsOneOf(a_.norm(date.tokens.begin - 1), {"to", "until", "till", "through", "by", "for"})) {
    return kImpossible;
  }
  const int cost = date_clause == act_clause ? CostInOwnClause(date, act)
                                             : CostAcrossClauses(mention, date_clause, act_clause, act);
  return cost + (date.role == DateRole::kUntil ? kTerm : 0);
}

int EventDater::CostInOwnClause(const DateMention& date, const ActWords& act) const {
  const bool after = date.tokens.begin >= act.tokens.end;
  const uint32_t from = after ? act.tokens.end : date.tokens.end;
  const uint32_t to = after ? date.tokens.begin : act.tokens.begin;
  int cost = static_cast<int>(to > from ? to - from : 0) + (after ? 0 : kBeforeAct);
  if (ActBetween(from, to)) return cost + kPastAct;
  if (!after && IsFronted(date, view_.ClauseOf(date.tokens.begin))) cost = std::min(cost, kFrontedDate);
  return cost;
}

int EventDater::CostAcrossClauses(int mention, size_t date_clause, size_t act_clause,
                                  const ActWords& act) const {
  const DateMention& date = a_.dates[mention];
  int cost = kImpossible;
  if (date_clause < act_clause) {
    cost = CostOfEarlierClause(date, act_clause, act);
  } else {
    const auto gap = static_cast<int>(date.tokens.begin - act.tokens.end);
    if (Reports(view_.clauses[date_clause]) && IsRecentMention(date) && !IsToCome(act.modality))
      return kStatementDay;
    cost = gap + kLaterClause;
  }
  const bool claimed = std::find(claimed_.begin(), claimed_.end(), mention) != claimed_.end();
  return cost + (claimed ? kClaimed : 0);
}

int EventDater::CostOfEarlierClause(const DateMention& date, size_t act_clause, const ActWords& act) const {
  const Clause& clause = view_.clauses[act_clause];
  if (OpensClause(date, clause)) return kOpeningDate;
  const auto gap = static_cast<int>(act.tokens.begin - date.tokens.end);
  return gap + kBeforeAct + kSharedDay + (ActBetween(date.tokens.end, act.tokens.begin) ? kPastAct : 0);
}

// "on 13 March, when they signed": the date right before the clause is that of the clause.
bool EventDater::OpensClause(const DateMention& date, const Clause& clause) const {
  if (clause.opener != ClauseOpener::kTime || !IsOneOf(a_.norm(clause.tokens.begin), {"when", "while", "as"}))
    return false;
  const uint32_t gap = clause.tokens.begin - date.tokens.end;
  return gap == 0 || (gap == 1 && a_.norm(date.tokens.end) == ",");
}

bool EventDater::IsRecentMention(const DateMention& date) const {
  return news_.written && IsRecent(date.date, *news_.written);
}

// Whether only a preposition stands before the date in its clause: "In March it gave notice".
bool EventDater::IsFronted(const DateMention& date, size_t clause) const {
  uint32_t t = view_.clauses[clause].tokens.begin;
  while (t < date.tokens.begin && (a_.IsFunctionWord(t) || !a_.token(t).is_word || a_.norm(t) == "the")) ++t;
  return t == date.tokens.begin;
}

bool EventDater::Reports(const Clause& clause) const {
  for (const Cue* cue : a_.CuesIn(clause.tokens)) {
    if (cue->cue_class == CueClass::kReport) return true;
  }
  return false;
}

// Whether another act is told between `from` and `to`.
bool EventDater::ActBetween(uint32_t from, uint32_t to) const {
  for (uint32_t t = from; t < to; ++t) {
    const int32_t trigger = a_.at[t].trigger;
    if (trigger >= 0 && a_.triggers[trigger].form != VerbForm::kNone && !view_.InsideCore(t)) return true;
  }
  return false;
}

// "- **Aug. 30, 1951** -- Manila and Washington sign …": the date at the head of a list item holds for all of
// it.
int EventDater::ContextDate() const {
  return view_.block.kind == BlockKind::kListItem ? DateAtHead(view_.block) : -1;
}

int EventDater::DateAtHead(const Block& block) const {
  const uint32_t first = a_.document.sentences[block.first_sentence].tokens.begin;
  const uint32_t end = a_.document.sentences[block.first_sentence].tokens.end;
  for (uint32_t t = first; t < std::min(first + 2, end); ++t) {
    if (a_.at[t].date >= 0) return a_.at[t].date;
  }
  return -1;
}

EventDate EventDater::Read(int index, const ActWords& act) const {
  const DateMention& mention = a_.dates[index];
  EventDate found;
  found.date = IsToCome(act.modality) ? mention.future_date : mention.date;
  if (found.date.empty()) found.date = mention.date;
  if (IsPointAct(act.type)) found.date = BeginningOf(found.date);
  found.surface = a_.document.Text(mention.tokens);
  found.ahead = news_.written && found.date.earliest && *found.date.earliest > *news_.written;
  return found;
}

// Told as news: in the title or the first paragraphs, in the perfect or the present.
bool EventDater::IsFresh(const ActWords& act) const {
  if (act.modality != v1::MODALITY_ASSERTED || view_.sentence.tokens.begin >= news_.lead_end) return false;
  if (view_.block.kind == BlockKind::kTitle) return true;
  const Tense tense = TenseOf(a_, view_.sentence, act.tokens, act.form);
  return tense == Tense::kPerfect || tense == Tense::kProgressive;
}

}  // namespace treatywire::ingest
