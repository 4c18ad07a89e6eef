#include "ingest_service/extraction/event_date.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/tense.h"
#include "ingest_service/extraction/undated_act.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

// Costs are distances in tokens plus what makes a date less likely the act's own. One that costs kTooFar or
// more is another's.
constexpr int kTooFar = 30;
constexpr int kBeforeAct = 3;      // dates follow their verb more often than they precede it
constexpr int kPastAct = 25;       // another act stands between
constexpr int kOfOther = 6;        // it follows another act
constexpr int kTerm = 8;           // "until 2030", "by May"
constexpr int kClaimed = 15;       // another act of another clause has it
constexpr int kFrontedDate = 4;    // "In March it gave notice that …": distance says nothing
constexpr int kOpeningDate = 2;    // "on 13 March, when they signed"
constexpr int kSharedDay = 12;     // that of a clause before
constexpr int kStatementDay = 16;  // "…, the ministry said on Tuesday"
constexpr int kLaterClause = 25;
constexpr int kImpossible = 1000;

// How far before a date the verb may stand that it is of.
constexpr uint32_t kDecisionTokens = 4;
// Most tokens of a dateline before its date.
constexpr uint32_t kDatelineTokens = 8;
// A plan that was decided longer ago is dated by its decision.
constexpr int kLongPastDays = 60;
// Most dates that one act is given, and most tokens between two of them.
constexpr int kMaxListedDates = 8;
constexpr uint32_t kMaxListJoint = 4;

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

EventDater::EventDater(const SentenceView& view, const NewsDay& news, const std::vector<ReadEvent>& told)
    : view_(view), a_(view.annotation), news_(news), told_(told) {
  const auto first = std::lower_bound(
      a_.dates.begin(), a_.dates.end(), view_.sentence.tokens.begin,
      [](const DateMention& mention, uint32_t token) { return mention.tokens.begin < token; });
  for (auto it = first; it != a_.dates.end() && it->tokens.begin < view_.sentence.tokens.end; ++it) {
    const auto index = static_cast<int>(it - a_.dates.begin());
    if (IsEventDate(index)) mentions_.push_back(index);
  }
}

bool EventDater::IsEventDate(int mention) const {
  const DateMention& date = a_.dates[mention];
  if (date.role == DateRole::kDuration && !IsTermAhead(date)) return false;
  if (date.role == DateRole::kModifier && !NamesDayOfSubject(date)) return false;
  if (IsDateline(date) || IsPeriodOfAgreement(date)) return false;
  return std::none_of(view_.phrases.begin(), view_.phrases.end(), [&](const AgreementPhrase& phrase) {
    return std::find(phrase.dates.begin(), phrase.dates.end(), mention) != phrase.dates.end() &&
           !IsMeans(phrase);
  });
}

// "in six months", "in a year's time": when it will be, of what is yet to come.
bool EventDater::IsTermAhead(const DateMention& date) {
  return date.role == DateRole::kDuration && date.expression.ahead && !date.future_date.empty();
}

// "Monday's walkout marked the start of talks": the day of the act that the noun is the subject of.
bool EventDater::NamesDayOfSubject(const DateMention& date) const {
  const uint32_t end = date.tokens.end;
  if (date.date.granularity != Granularity::kDay || end >= view_.sentence.tokens.end) return false;
  return a_.norm(end) == "'s" && date.tokens.begin <= view_.sentence.tokens.begin + 1;
}

// "MOSCOW, Oct 28 (Wire) -": says when the report was written, not when what it tells happened.
bool EventDater::IsDateline(const DateMention& date) const {
  if (!news_.written || date.date.earliest != news_.written || date.anchor == DateAnchor::kPrevious)
    return false;
  const uint32_t next = date.tokens.end;
  if (date.tokens.begin - view_.sentence.tokens.begin > kDatelineTokens || next >= view_.sentence.tokens.end)
    return false;
  return IsOneOf(a_.norm(next), {"(", "-", ":"}) && date.expression.kind == DateExpression::Kind::kYearPart;
}

// "a mackerel deal for this year": the time for which it is made.
bool EventDater::IsPeriodOfAgreement(const DateMention& date) const {
  const uint32_t t = date.tokens.begin;
  if (t < view_.sentence.tokens.begin + 2 || a_.norm(t - 1) != "for") return false;
  return std::any_of(view_.phrases.begin(), view_.phrases.end(), [t](const AgreementPhrase& phrase) {
    return !phrase.pronoun && (phrase.core.end == t - 1 || phrase.tokens.end == t - 1);
  });
}

// "renewed by an exchange of letters of 20 June": how and when it was done.
bool EventDater::IsMeans(const AgreementPhrase& phrase) const {
  const bool notes = phrase.instrument != nullptr &&
                     phrase.instrument->agreement_kind == v1::AGREEMENT_KIND_EXCHANGE_OF_NOTES;
  const uint32_t t = phrase.core.begin;
  return notes && t > view_.sentence.tokens.begin && IsOneOf(a_.norm(t - 1), {"by", "through", "via"});
}

std::vector<EventDate> EventDater::DatesOf(const ActWords& act) {
  int mention = OwnDate(act);
  const bool own = mention >= 0;
  if (!own) mention = ContextDate();
  std::vector<EventDate> found;
  if (mention < 0) {
    found.push_back(DayOfUndated(view_, news_, told_, act));
    return found;
  }
  mention = Refined(mention);
  claimed_.push_back(mention);
  found.push_back(Read(mention, act));
  if (!own) return found;
  const int last = EndOfList(mention);
  for (int next = mention + 1; next <= last; ++next) {
    claimed_.push_back(next);
    found.push_back(Read(next, act));
  }
  return found;
}

// The last mention of the list that `first` begins: "in 1995 and in 2001", "on 3, 9 and 20 July"; `first`
// where it begins none.
int EventDater::EndOfList(int first) const {
  int last = first;
  while (last - first < kMaxListedDates && IsJoined(last, last + 1)) {
    ++last;
    const uint32_t before = a_.dates[last].tokens.begin;
    const bool closes = a_.norm(before - 1) == "and" || a_.norm(before - 2) == "and";
    if (closes) return EndsList(last) ? last : first;
  }
  return first;
}

// Whether only commas, "and" and prepositions stand between two mentions of one clause.
bool EventDater::IsJoined(int mention, int next) const {
  if (std::find(mentions_.begin(), mentions_.end(), next) == mentions_.end()) return false;
  const uint32_t from = a_.dates[mention].tokens.end;
  const uint32_t to = a_.dates[next].tokens.begin;
  if (to - from > kMaxListJoint || view_.ClauseOf(from) != view_.ClauseOf(to)) return false;
  for (uint32_t t = from; t < to; ++t) {
    if (!IsOneOf(a_.norm(t), {"and", ",", "in", "on", "the", "again", "then"})) return false;
    // "signed it on 3 May and, two years later, ratified it"
    if (t > from && a_.norm(t - 1) == "and" && a_.norm(t) == ",") return false;
  }
  return true;
}

// Whether the list ends with the mention: nothing follows that it could be the date of, as in "in 1995, and
// in 2001 it was revoked".
bool EventDater::EndsList(int mention) const {
  const uint32_t next = a_.dates[mention].tokens.end;
  if (next >= view_.sentence.tokens.end || !a_.token(next).is_word) return true;
  return IsOneOf(a_.norm(next), {"and", "respectively", "but", "by", "in", "at", "after", "before", "when"});
}

int EventDater::OwnDate(const ActWords& act) const {
  int best = -1;
  int best_cost = kTooFar;
  for (const int mention : mentions_) {
    if (a_.dates[mention].date.empty() && a_.dates[mention].future_date.empty()) continue;
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
  if (IsTermAhead(date) && !LooksAhead(date, act)) return kImpossible;
  // "handed it over, three days after ratifying": that of what follows.
  if (date.of_event && date.tokens.begin >= act.tokens.end) return kImpossible;
  // "has been asking for it since May"
  if (IsToCome(act.modality) && absl::EndsWith(date.date.edtf, "/..")) return kImpossible;
  if (IsOfDecision(date, act) && !IsDatedByDecision(date, act)) return kImpossible;
  // "a treaty signed in 2024 awaits ratification"
  const bool past = news_.written && date.date.latest && *date.date.latest < *news_.written;
  if (act.modality == v1::MODALITY_PLANNED && past && IsClaimed(mention)) return kImpossible;
  const int cost = date_clause == act_clause ? CostInOwnClause(mention, act)
                                             : CostAcrossClauses(mention, date_clause, act_clause, act);
  return cost + (date.role == DateRole::kUntil || IsTermAhead(date) ? kTerm : 0);
}

int EventDater::CostInOwnClause(int mention, const ActWords& act) const {
  const DateMention& date = a_.dates[mention];
  const bool after = date.tokens.begin >= act.tokens.end;
  const uint32_t from = after ? act.tokens.end : date.tokens.end;
  const uint32_t to = after ? date.tokens.begin : act.tokens.begin;
  const int cost = static_cast<int>(to > from ? to - from : 0) + (after ? 0 : kBeforeAct);
  // "gave notice to end the pact in May": the day of the notice.
  const bool purpose = act.type == v1::EVENT_TYPE_NOTIFIED && after && IsInfinitive(FirstAct(from, to));
  if (!purpose && ActBetween(from, to)) return cost + kPastAct;
  // "agreed on Monday to extend it and to meet again on 21 November"
  for (uint32_t t = from; after && t + 2 < to; ++t) {
    if (a_.norm(t) == "and" && a_.norm(t + 1) == "to" && a_.token(t + 2).is_word && a_.at[t + 2].party < 0)
      return cost + kPastAct;
  }
  if (after) return cost + (LeadsOthers(date) ? kPastAct : 0);
  if (IsFronted(date, view_.ClauseOf(date.tokens.begin))) return std::min(cost, kFrontedDate);
  // "amended in 1972 and prolonged in 2016": the date after a verb is that verb's.
  const bool follows_act = ActBetween(view_.sentence.tokens.begin, date.tokens.begin);
  // "which joined in 1952, left"
  return cost + (follows_act ? kOfOther : 0) + (IsClaimed(mention) ? kClaimed : 0);
}

// "In 2004 Fiji ratified it, in 2005 Samoa": the date of those who follow it.
bool EventDater::LeadsOthers(const DateMention& date) const {
  const uint32_t next = date.tokens.end;
  if (next >= view_.sentence.tokens.end || a_.at[next].party < 0) return false;
  const PartyMention& mention = a_.parties[a_.at[next].party];
  if (mention.place || mention.possessive || mention.role == PartyRole::kAdjective) return false;
  uint32_t t = date.tokens.begin;
  while (t > view_.sentence.tokens.begin && IsOneOf(a_.norm(t - 1), {"in", "on", "the"})) --t;
  return t > view_.sentence.tokens.begin && IsOneOf(a_.norm(t - 1), {",", ";", "and"});
}

int EventDater::CostAcrossClauses(int mention, size_t date_clause, size_t act_clause,
                                  const ActWords& act) const {
  const int cost = date_clause < act_clause ? CostOfEarlierClause(mention, date_clause, act_clause, act)
                                            : CostOfLaterClause(mention, date_clause, act);
  return cost + (IsClaimed(mention) ? kClaimed : 0);
}

int EventDater::CostOfEarlierClause(int mention, size_t date_clause, size_t act_clause,
                                    const ActWords& act) const {
  const DateMention& date = a_.dates[mention];
  const Clause& clause = view_.clauses[act_clause];
  if (OpensClause(date, clause)) return kOpeningDate;
  const bool act_between = ActBetween(date.tokens.end, act.tokens.begin);
  if (!act_between && date_clause == 0 && IsFronted(date, 0)) return 2 * kFrontedDate;
  const bool told = clause.opener == ClauseOpener::kThat && date_clause + 1 == act_clause &&
                    GivesNotice(view_.clauses[date_clause]);
  if ((told || IsRecentMention(date)) && SharesDay(act_clause, act))
    return kSharedDay - (IsClaimed(mention) ? kClaimed : 0);
  const auto gap = static_cast<int>(act.tokens.begin - date.tokens.end);
  return gap + kBeforeAct + kSharedDay + (act_between ? kPastAct : 0);
}

int EventDater::CostOfLaterClause(int mention, size_t date_clause, const ActWords& act) const {
  const DateMention& date = a_.dates[mention];
  if (Reports(view_.clauses[date_clause]) && IsRecentMention(date)) return kStatementDay;
  const auto gap = static_cast<int>(date.tokens.begin - act.tokens.end);
  if (FollowsAside(mention, date_clause)) return kBeforeAct;
  // "must be approved by the Senate, where a vote is expected in the spring"
  const Clause& clause = view_.clauses[date_clause];
  const bool of_step = IsToCome(act.modality) && a_.norm(clause.tokens.begin) == "where" &&
                       date_clause == view_.ClauseOf(act.tokens.begin) + 1;
  if (of_step) return kSharedDay;
  // "the notice which it sent on 19 May": the clause tells of the noun.
  const bool of_noun = act.form == VerbForm::kNone &&
                       view_.clauses[date_clause].opener == ClauseOpener::kRelative &&
                       date_clause == view_.ClauseOf(act.tokens.begin) + 1;
  return gap + (of_noun ? kBeforeAct : kLaterClause);
}

// "ratified its agreement with Oslo, which dates back to 2013, only last month": after the comma that closes
// a relative clause with a date of its own the date is that of the clause around it.
bool EventDater::FollowsAside(int mention, size_t date_clause) const {
  const Clause& clause = view_.clauses[date_clause];
  if (clause.opener != ClauseOpener::kRelative) return false;
  const auto at = std::find(mentions_.begin(), mentions_.end(), mention);
  if (at == mentions_.begin() || !clause.tokens.Contains(a_.dates[*(at - 1)].tokens.begin)) return false;
  uint32_t t = a_.dates[mention].tokens.begin;
  const uint32_t before = a_.dates[*(at - 1)].tokens.end;
  while (t > before + 1 && IsOneOf(a_.norm(t - 1), {"on", "in", "the", "only", "just", "last"})) --t;
  return t == before + 1 && a_.norm(before) == "," && !ActBetween(t, clause.tokens.end);
}

// Whether what a clause tells in this tense happened on the day that the clause before it names: "signed a
// protocol on Friday that extends it", "said on Friday that it was leaving", "hours after its exit became
// final".
bool EventDater::SharesDay(size_t act_clause, const ActWords& act) const {
  size_t c = act_clause;
  while (c > 0 && view_.clauses[c].opener == ClauseOpener::kCoordinated) --c;
  const Clause& clause = view_.clauses[c];
  const Tense tense = TenseOf(a_, view_.sentence, act.tokens, act.form, act.passive);
  switch (clause.opener) {
    case ClauseOpener::kRelative:
      return tense == Tense::kPresent || tense == Tense::kProgressive;
    case ClauseOpener::kThat:
      return tense != Tense::kModal;
    case ClauseOpener::kTime: {
      const uint32_t t = clause.tokens.begin;
      return t > view_.sentence.tokens.begin &&
             IsOneOf(a_.norm(t - 1),
                     {"hours", "minutes", "moments", "shortly", "immediately", "just", "right"});
    }
    case ClauseOpener::kStart:
      return tense != Tense::kPluperfect && tense != Tense::kNone;
    default:
      return false;
  }
}

bool EventDater::IsClaimed(int mention) const {
  return std::find(claimed_.begin(), claimed_.end(), mention) != claimed_.end();
}

// "on 13 March, when they signed": the date right before the clause is that of the clause.
bool EventDater::OpensClause(const DateMention& date, const Clause& clause) const {
  if (clause.opener != ClauseOpener::kTime || !IsOneOf(a_.norm(clause.tokens.begin), {"when", "while", "as"}))
    return false;
  const uint32_t gap = clause.tokens.begin - date.tokens.end;
  return gap == 0 || (gap == 1 && a_.norm(date.tokens.end) == ",");
}

// A date that says when something was said, decided or asked for, not when it will be done: "ordered on
// Monday that it be ended".
bool EventDater::IsOfDecision(const DateMention& date, const ActWords& act) const {
  if (!IsToCome(act.modality) || IsTermAhead(date)) return false;
  if (date.anchor == DateAnchor::kNone && news_.written && date.date.earliest &&
      *date.date.earliest > *news_.written)
    return false;
  const uint32_t begin = date.tokens.begin;
  const uint32_t from =
      std::max(view_.sentence.tokens.begin, begin < kDecisionTokens ? 0 : begin - kDecisionTokens);
  const uint32_t to = std::min(view_.sentence.tokens.end, date.tokens.end + kDecisionTokens);
  for (const Cue* cue : a_.CuesIn({from, to})) {
    // "a vote is expected in the spring" says when it will be.
    const bool of_now =
        cue->tokens.begin > from && IsOneOf(a_.norm(cue->tokens.begin - 1), {"is", "are", "'s"});
    const bool past = !of_now && (cue->form == VerbForm::kPast || cue->form == VerbForm::kPastOrParticiple);
    const bool decides = cue->cue_class == CueClass::kReport || cue->cue_class == CueClass::kPlanned ||
                         cue->cue_class == CueClass::kPossible;
    if (past && decides && IsNextTo(date, cue->tokens, act)) return true;
  }
  return false;
}

// Whether a verb of saying and a date belong together: not "would sign in October, she said", nor "said it
// would sign in October".
bool EventDater::IsNextTo(const DateMention& date, TokenSpan verb, const ActWords& act) const {
  if (verb.end <= date.tokens.begin) {
    const bool act_between = act.tokens.begin >= verb.end && act.tokens.end <= date.tokens.begin;
    return !act_between || a_.at[act.tokens.begin].date >= 0;
  }
  if (act.tokens.begin > date.tokens.begin || IsFronted(date, view_.ClauseOf(date.tokens.begin))) return true;
  for (uint32_t t = date.tokens.end; t < verb.begin; ++t) {
    if (a_.norm(t) == ",") return false;
  }
  return true;
}

// Whether the day of a decision is all that can be said of what it is about: a threat, what two sides agreed
// to do, a plan of long ago.
bool EventDater::IsDatedByDecision(const DateMention& date, const ActWords& act) const {
  if (act.modality == v1::MODALITY_POSSIBLE)
    return view_.ClauseOf(date.tokens.begin) == view_.ClauseOf(act.tokens.begin);
  if (news_.written && date.date.latest && *news_.written - *date.date.latest > kLongPastDays) return true;
  for (uint32_t t = date.tokens.end; t < act.tokens.begin; ++t) {
    if (a_.norm(t) == "agreed") return true;
  }
  return false;
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

// "informed Oslo on 3 May that …"
bool EventDater::GivesNotice(const Clause& clause) const {
  for (uint32_t t = clause.tokens.begin; t < clause.tokens.end; ++t) {
    const int32_t trigger = a_.at[t].trigger;
    if (trigger >= 0 && a_.triggers[trigger].entries.front()->frame == TriggerFrame::kNotice) return true;
  }
  return false;
}

bool EventDater::Reports(const Clause& clause) const {
  for (const Cue* cue : a_.CuesIn(clause.tokens)) {
    if (cue->cue_class == CueClass::kReport) return true;
  }
  return false;
}

// The token at which the first act between `from` and `to` begins; `to` where there is none.
uint32_t EventDater::FirstAct(uint32_t from, uint32_t to) const {
  while (from < to && !ActBetween(from, from + 1)) ++from;
  return from;
}

bool EventDater::IsInfinitive(uint32_t verb) const {
  return verb > view_.sentence.tokens.begin && a_.norm(verb - 1) == "to";
}

// Whether another act is told between `from` and `to`.
bool EventDater::ActBetween(uint32_t from, uint32_t to) const {
  for (uint32_t t = from; t < to; ++t) {
    const int32_t trigger = a_.at[t].trigger;
    if (trigger < 0 || a_.triggers[trigger].form == VerbForm::kNone || view_.InsideCore(t)) continue;
    // "adopted without a vote on 24 December": a vote alone is no act.
    if (!a_.triggers[trigger].entries.front()->flags.Has(TriggerFlag::kOpen)) return true;
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

// "one year later, on 5 January 2024": a date right after another that it lies in says the same more
// precisely.
int EventDater::Refined(int index) const {
  if (index + 1 >= static_cast<int>(a_.dates.size())) return index;
  const DateMention& rough = a_.dates[index];
  const DateMention& fine = a_.dates[index + 1];
  const uint32_t begin = rough.tokens.end;
  if (!view_.sentence.tokens.Contains(fine.tokens.begin) || a_.norm(begin) != ",") return index;
  for (uint32_t t = begin + 1; t < fine.tokens.begin; ++t) {
    if (!IsOneOf(a_.norm(t), {"on", "in", "the"})) return index;
  }
  const UncertainDate& outer = rough.date;
  const UncertainDate& inner = fine.date;
  const bool lies_in = outer.earliest && outer.latest && inner.earliest && inner.latest &&
                       *outer.earliest <= *inner.earliest && *inner.latest <= *outer.latest;
  return lies_in ? index + 1 : index;
}

// "declared it ended as of May 25": a day from which something holds is the next of that name, if that is
// nearer than the last.
bool EventDater::TakesEffectSoon(const DateMention& mention) const {
  const uint32_t t = mention.tokens.begin;
  if (t < view_.sentence.tokens.begin + 2 || !news_.written) return false;
  const bool as_of = a_.norm(t - 1) == "of" && a_.norm(t - 2) == "as";
  const bool with_effect = IsOneOf(a_.norm(t - 1), {"from", "on"}) && a_.norm(t - 2) == "effect";
  if ((!as_of && !with_effect) || !mention.future_date.earliest || !mention.date.latest) return false;
  return *mention.future_date.earliest - *news_.written < *news_.written - *mention.date.latest;
}

// Whether the words look ahead: "takes effect on Dec. 7", "its departure will follow on June 30".
bool EventDater::LooksAhead(const DateMention& mention, const ActWords& act) const {
  // "ends on 30 June": words that hold no verb for the lexicon.
  const bool ends = act.form == VerbForm::kNone && a_.norm(act.tokens.begin) == "ends";
  const Tense tense = ends ? Tense::kPresent : TenseOf(a_, view_.sentence, act.tokens, act.form, act.passive);
  if (IsToCome(act.modality))
    return mention.date.empty() || (tense != Tense::kPast && !IsOfDecision(mention, act));
  if (act.modality != v1::MODALITY_ASSERTED) return false;
  // "was signed in 1998 and lapses on 9 August": the present is of today, whatever date stood before.
  if (act.type == v1::EVENT_TYPE_EXPIRED && tense == Tense::kPresent && !mention.future_date.empty() &&
      news_.written && mention.date.latest && *mention.date.latest < *news_.written - kLongPastDays)
    return true;
  if (mention.anchor != DateAnchor::kPublication && !IsTermAhead(mention)) return false;
  if (TakesEffectSoon(mention)) return true;
  if (act.form == VerbForm::kNone && !ends) {
    for (uint32_t t = act.tokens.end; t < mention.tokens.begin; ++t) {
      if (IsOneOf(a_.norm(t), {"will", "would", "shall"})) return true;
    }
    return false;
  }
  if (view_.block.kind == BlockKind::kTitle || act.type == v1::EVENT_TYPE_SIGNED ||
      act.type == v1::EVENT_TYPE_NEGOTIATED)
    return false;
  // "In December the treaty expires"
  const bool runs = act.type == v1::EVENT_TYPE_EXPIRED || act.type == v1::EVENT_TYPE_ENTERED_INTO_FORCE;
  return (mention.tokens.begin >= act.tokens.end || runs) && tense == Tense::kPresent;
}

EventDate EventDater::Read(int index, const ActWords& act) const {
  const DateMention& mention = a_.dates[index];
  EventDate found;
  found.date = LooksAhead(mention, act) ? mention.future_date : mention.date;
  if (found.date.empty()) found.date = mention.date;
  if (IsPointAct(act.type)) found.date = BeginningOf(found.date);
  found.surface = mention.surface;
  found.ahead = news_.written && found.date.earliest && *found.date.earliest > *news_.written;
  return found;
}

}  // namespace treatywire::ingest
