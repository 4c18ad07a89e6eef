#include "ingest_service/extraction/told_act.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "ingest_service/extraction/object_finder.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"
#include "ingest_service/extraction/tense.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

// "30 days after the 40th state has deposited its ratification": so far the step stands from "after".
constexpr uint32_t kStepReach = 14;
// "needs the support of forty states …": so far a number stands before what it counts.
constexpr uint32_t kCountReach = 3;
// "would require all of its members to notify": so far such a verb stands before what it asks for.
constexpr uint32_t kContentReach = 8;

// "unless the parties renew it": a condition of something else, no event of its own; "should the
// Netherlands follow", "whether to leave" weigh one.
bool IsMereCondition(const SentenceView& view, const ActorFinder& finder, const VerbGroup& group,
                     size_t clause_index) {
  const Annotation& a = view.annotation;
  const Clause& clause = view.clauses[clause_index];
  if (clause.opener != ClauseOpener::kCondition) return false;
  const absl::string_view word = a.norm(clause.tokens.begin);
  if (word == "whether") return false;
  if (word == "unless") return true;
  const Actors subject = finder.SubjectIn(clause_index, group.begin);
  return subject.mentions.empty() || a.parties[subject.mentions.front()].tokens.begin < clause.tokens.begin;
}

// "agreed to extend the pact": the act is what they agreed to.
bool GovernsVerb(const SentenceView& view, const LexiconMatch& trigger) {
  const Annotation& a = view.annotation;
  const uint32_t end = trigger.tokens.end;
  const bool to_before = a.norm(end - 1) == "to";
  if (!to_before && (end >= view.sentence.tokens.end || a.norm(end) != "to")) return false;
  const uint32_t next = to_before ? end : end + 1;
  if (next >= view.sentence.tokens.end || trigger.entries.front()->flags.Has(TriggerFlag::kReject))
    return false;
  if (trigger.entries.front()->event_type != v1::EVENT_TYPE_SIGNED) return false;
  const int32_t verb = a.at[next].trigger;
  return verb >= 0 && a.triggers[verb].tokens.begin == next && a.triggers[verb].form == VerbForm::kBase;
}

// "ratified it in May, joining Austria and Malta": they had done so before.
bool JoinsDoers(const SentenceView& view, const LexiconMatch& trigger, const PartyList& others) {
  const Annotation& a = view.annotation;
  if (trigger.form != VerbForm::kIng || a.norm(trigger.tokens.begin) != "joining") return false;
  const bool states =
      std::all_of(others.ids.begin(), others.ids.end(), [](PartyId id) { return id.is_state(); });
  const bool ends = others.next >= view.sentence.tokens.end || !a.token(others.next).is_word;
  for (uint32_t t = view.sentence.tokens.begin; states && ends && t < trigger.tokens.begin; ++t) {
    const int32_t act = a.at[t].trigger;
    if (act >= 0 && a.triggers[act].form != VerbForm::kNone && a.triggers[act].tokens.begin == t) return true;
  }
  return false;
}

// "joined Austria and Malta in ratifying it": the act is the other one.
bool JoinsOthersInAct(const SentenceView& view, const LexiconMatch& trigger) {
  const Annotation& a = view.annotation;
  if (trigger.entries.front()->event_type != v1::EVENT_TYPE_ACCEDED) return false;
  const uint32_t end = view.sentence.tokens.end;
  const PartyList others = ReadPartyList(a, trigger.tokens.end, end);
  if (others.ids.empty()) return false;
  const bool in_act =
      others.next + 1 < end && a.norm(others.next) == "in" && absl::EndsWith(a.norm(others.next + 1), "ing");
  return in_act || JoinsDoers(view, trigger, others);
}

// "notified Oslo of the termination": whether a verb of giving notice stands a few words before `token`.
bool IsTold(const SentenceView& view, uint32_t token) {
  const Annotation& a = view.annotation;
  for (uint32_t t = token, steps = 0; t-- > view.sentence.tokens.begin && steps < 8; ++steps) {
    const int32_t trigger = a.at[t].trigger;
    if (trigger < 0) continue;
    return a.triggers[trigger].entries.front()->frame == TriggerFrame::kNotice;
  }
  return false;
}

// "serves notice of termination", "the withdrawal period": the noun says what the notice or period is of,
// not that it happened.
bool IsNounOfNotice(const SentenceView& view, const LexiconMatch& trigger) {
  const Annotation& a = view.annotation;
  if (trigger.entries.front()->frame != TriggerFrame::kNoun) return false;
  const uint32_t begin = view.sentence.tokens.begin;
  const uint32_t t = trigger.tokens.begin;
  const uint32_t end = trigger.tokens.end;
  // "Under its rules a withdrawal takes effect after a year": any one's.
  if (trigger.entries.front()->flags.Has(TriggerFlag::kLeave) && t > begin &&
      IsOneOf(a.norm(t - 1), {"a", "an", "any", "each"}))
    return true;
  if (end < view.sentence.tokens.end &&
      IsOneOf(a.norm(end), {"notice", "notices", "letter", "period", "clause", "clauses", "talks", "process",
                            "board", "boards", "gate", "gates", "hall", "lounge", "poll", "polls"}))
    return true;
  uint32_t of = t;
  while (of > begin && IsOneOf(a.norm(of - 1), {"its", "their", "the", "his", "a", "'s"})) --of;
  if (of > begin && a.norm(of - 1) == "of" && IsTold(view, of)) return true;
  return of >= begin + 2 && a.norm(of - 1) == "of" &&
         IsOneOf(a.norm(of - 2), {"notice", "notices", "letter", "notification", "notifications",
                                  "instrument", "note", "right", "period", "day", "date"});
}

bool IsStepType(v1::EventType type) {
  return type == v1::EVENT_TYPE_RATIFIED || type == v1::EVENT_TYPE_APPROVED ||
         type == v1::EVENT_TYPE_DEPOSITED || type == v1::EVENT_TYPE_NOTIFIED;
}

// Words after which what is waited for stands.
bool IsWait(absl::string_view word) {
  return IsOneOf(word, {"after", "once", "when", "until", "till", "upon", "following", "if", "unless"});
}

// Whether [begin, end) tells of a step by which parties bind themselves.
bool TellsStep(const SentenceView& view, uint32_t begin, uint32_t end) {
  const Annotation& a = view.annotation;
  for (uint32_t t = begin; t < end; ++t) {
    if (IsOneOf(a.norm(t), {"ratification", "ratifications", "ratified", "instruments", "procedures",
                            "formalities", "accessions", "exchanged"}))
      return true;
    const int32_t trigger = a.at[t].trigger;
    if (trigger >= 0 && IsStepType(a.triggers[trigger].entries.front()->event_type)) return true;
  }
  return false;
}

// Whether the clause opens with words like "once" or "only when" and tells of such a step.
bool IsClauseOfStep(const SentenceView& view, const Clause& clause) {
  const uint32_t begin = clause.tokens.begin;
  for (uint32_t t = begin; t < std::min(begin + 3, clause.tokens.end); ++t) {
    if (IsWait(view.annotation.norm(t))) return TellsStep(view, t + 1, clause.tokens.end);
  }
  return view.annotation.norm(begin) == "as" && TellsStep(view, begin, clause.tokens.end);
}

// Whether an entry into force that is yet to come is told in [begin, end).
bool TellsForceToCome(const SentenceView& view, uint32_t begin, uint32_t end) {
  const Annotation& a = view.annotation;
  for (uint32_t t = begin; t < end; ++t) {
    if (a.at[t].trigger < 0) continue;
    const LexiconMatch& trigger = a.triggers[a.at[t].trigger];
    const v1::EventType type = trigger.entries.front()->event_type;
    if (type == v1::EVENT_TYPE_ENTERED_INTO_FORCE || type == v1::EVENT_TYPE_PROVISIONALLY_APPLIED)
      return trigger.form == VerbForm::kBase || trigger.form == VerbForm::kThird;
  }
  return false;
}

// "needs 40 ratifications", "the last ratification": how many there are, unless it says whose.
bool IsNumberOfSteps(const SentenceView& view, const LexiconMatch& trigger) {
  const uint32_t end = trigger.tokens.end;
  return trigger.form == VerbForm::kNone && IsStepType(trigger.entries.front()->event_type) &&
         absl::StartsWith(view.annotation.norm(trigger.tokens.begin), "ratification") &&
         IsCounted(view, trigger.tokens) &&
         (end >= view.sentence.tokens.end || !IsOneOf(view.annotation.norm(end), {"by", ",", "from"}));
}

// "leases the island back to London", "gave it back": no approval.
bool IsParticleBack(const SentenceView& view, const LexiconMatch& trigger) {
  const Annotation& a = view.annotation;
  const uint32_t end = trigger.tokens.end;
  if (a.norm(trigger.tokens.begin) != "back" || trigger.tokens.size() != 1) return false;
  return end >= view.sentence.tokens.end || !a.token(end).is_word || a.IsFunctionWord(end);
}

// "sovereignty passes to Fiji": nothing is approved.
bool IsPassingOn(const SentenceView& view, const LexiconMatch& trigger) {
  const Annotation& a = view.annotation;
  const uint32_t end = trigger.tokens.end;
  return trigger.tokens.size() == 1 && end < view.sentence.tokens.end &&
         IsOneOf(a.norm(end), {"to", "from", "on", "over", "away", "off"}) && a.at[end].date < 0 &&
         IsOneOf(a.norm(trigger.tokens.begin), {"pass", "passes", "passed", "passing"}) &&
         (end + 1 >= view.sentence.tokens.end || a.at[end + 1].date < 0);
}

// "its name was struck from the list"
bool IsStrikingOff(const SentenceView& view, const LexiconMatch& trigger) {
  const uint32_t end = trigger.tokens.end;
  return trigger.tokens.size() == 1 && end < view.sentence.tokens.end &&
         IsOneOf(view.annotation.norm(trigger.tokens.begin), {"strike", "strikes", "struck", "striking"}) &&
         IsOneOf(view.annotation.norm(end), {"from", "off", "at", "out"});
}

// "lodged an objection and withdrew it": what is taken back is no membership.
bool IsTakingBack(const SentenceView& view, const LexiconMatch& trigger, const VerbGroup& group) {
  const Annotation& a = view.annotation;
  const uint32_t next = trigger.tokens.end;
  if (trigger.tokens.size() != 1 || group.passive || next + 1 >= view.sentence.tokens.end) return false;
  if (!IsOneOf(a.norm(trigger.tokens.begin), {"withdraw", "withdraws", "withdrew", "withdrawing"}))
    return false;
  if (a.norm(next) == "it") return !view.InsidePhrase(next) || a.norm(next + 1) != "from";
  return IsOneOf(a.norm(next), {"its", "their", "his", "her", "the", "a", "an", "these", "those"}) &&
         IsOneOf(a.norm(next + 1),
                 {"objection", "objections", "reservation", "reservations", "claim", "claims", "complaint",
                  "bid", "demand", "demands", "request", "offer", "proposal", "bill", "threat", "application",
                  "case", "lawsuit", "declaration"});
}

// "The following documents were signed:" above a list of them: each item is what is signed (list_reader.h).
bool IsAboveDocuments(const SentenceView& view, const LexiconMatch& trigger) {
  constexpr uint32_t kLeadTokens = 3;
  const Annotation& a = view.annotation;
  if (trigger.entries.front()->event_type != v1::EVENT_TYPE_SIGNED || trigger.form == VerbForm::kNone ||
      a.norm(view.sentence.tokens.end - 1) != ":")
    return false;
  const uint32_t next = view.sentence.block + 1;
  if (next >= a.document.blocks.size() || a.document.blocks[next].kind != BlockKind::kListItem) return false;
  const bool named = std::any_of(view.phrases.begin(), view.phrases.end(), [](const AgreementPhrase& phrase) {
    return !phrase.plural || !IsWeak(phrase);
  });
  const Block& item = a.document.blocks[next];
  if (named || item.first_sentence >= item.last_sentence) return false;
  const TokenSpan words = a.document.sentences[item.first_sentence].tokens;
  for (uint32_t t = words.begin; t < std::min(words.end, words.begin + kLeadTokens); ++t) {
    if (a.at[t].instrument >= 0) return true;
  }
  return false;
}

// "the ferry stays in operation": nobody stays in an agreement.
bool IsStayingInUse(const SentenceView& view, const LexiconMatch& trigger) {
  const uint32_t end = trigger.tokens.end;
  return end < view.sentence.tokens.end && view.annotation.norm(end - 1) == "in" &&
         IsOneOf(view.annotation.norm(trigger.tokens.begin),
                 {"stay", "stays", "stayed", "staying", "remain", "remains", "remained", "remaining"}) &&
         IsOneOf(view.annotation.norm(end), {"operation", "place", "office", "power", "charge", "contact",
                                             "touch", "use", "session", "prison", "custody", "hospital"});
}

// "does not recognise the termination": what others think of an act that has been told.
bool IsNotRecognised(const SentenceView& view, const LexiconMatch& trigger) {
  const Annotation& a = view.annotation;
  if (trigger.entries.front()->frame != TriggerFrame::kNoun) return false;
  bool recognised = false;
  for (uint32_t t = trigger.tokens.begin, steps = 0; t-- > view.sentence.tokens.begin && steps < 7; ++steps) {
    const absl::string_view word = a.norm(t);
    recognised =
        recognised || IsOneOf(word, {"recognise", "recognize", "accept", "acknowledge", "understand"});
    if (recognised && IsOneOf(word, {"not", "n't", "never", "nor", "neither", "refused", "refuses"}))
      return true;
  }
  return false;
}

// "The treaty would require its members to notify each other": what its text says, not what happens.
bool IsContent(const SentenceView& view, const VerbGroup& group, size_t clause_index) {
  const Annotation& a = view.annotation;
  if (group.shape != VerbShape::kInfinitive) return false;
  const uint32_t begin = view.clauses[clause_index].tokens.begin;
  uint32_t verb = group.begin;
  for (uint32_t steps = 0; verb > begin && steps < kContentReach; ++steps) {
    --verb;
    if (IsOneOf(a.norm(verb),
                {"require",  "requires", "required", "oblige",    "obliges", "obliged", "allow",   "allows",
                 "allowed",  "permit",   "permits",  "permitted", "enable",  "enables", "entitle", "entitles",
                 "entitled", "forbid",   "forbids",  "bind",      "binds",   "commits"}))
      break;
    if (verb == begin) return false;
  }
  if (verb == group.begin) return false;
  // The subject: the agreement, or what an "and" shares with it.
  for (uint32_t t = verb; t-- > begin;) {
    if (a.IsAuxiliary(t) || a.IsAdverb(t)) continue;
    for (const AgreementPhrase& phrase : view.phrases) {
      if (phrase.tokens.end == t + 1) return true;
    }
    return clause_index > 0 && IsOneOf(a.norm(t), {"and", "or", "but", ","}) && t <= begin + 1;
  }
  return false;
}

// "Had Chile left, it would have had to pay", "would have run out in 2014": what did not come about.
bool IsCounterfactual(const SentenceView& view, const LexiconMatch& trigger, const VerbGroup& group,
                      size_t clause_index) {
  const Annotation& a = view.annotation;
  // "would have run out in 2036": when it was to end.
  if (trigger.entries.front()->event_type == v1::EVENT_TYPE_EXPIRED) return false;
  if (clause_index == 0 && a.norm(view.sentence.tokens.begin) == "had" && view.clauses.size() > 1) {
    for (uint32_t t = view.sentence.tokens.begin; t < trigger.tokens.begin; ++t) {
      if (IsOneOf(a.norm(t), {"not", "n't", "never"})) return false;
    }
    return true;
  }
  for (uint32_t t = group.begin, steps = 0; t > view.clauses[clause_index].tokens.begin && steps < 5;
       ++steps) {
    --t;
    if (a.norm(t) == "have" && t > 0 && IsOneOf(a.norm(t - 1), {"would", "could", "might"})) return true;
    if (!a.IsAuxiliary(t) && !a.IsAdverb(t) && a.norm(t) != "to") break;
  }
  for (uint32_t t = group.begin; t + 1 < view.sentence.tokens.end && t < group.begin + 3; ++t) {
    if (!a.IsAuxiliary(t) && !a.IsAdverb(t)) break;
    if (a.norm(t + 1) == "have" && IsOneOf(a.norm(t), {"would", "could", "might"})) return true;
  }
  return false;
}

// "Negotiations with Oslo were concluded, those with Bern will start in June": said of talks.
bool IsStartOfTalks(const SentenceView& view, const LexiconMatch& trigger) {
  const Annotation& a = view.annotation;
  if (trigger.entries.front()->event_type != v1::EVENT_TYPE_ENTERED_INTO_FORCE) return false;
  if (!IsOneOf(a.norm(trigger.tokens.begin), {"start", "starts", "started", "begin", "begins", "began"}))
    return false;
  const bool those = std::any_of(
      view.phrases.begin(), view.phrases.end(),
      [&](const AgreementPhrase& phrase) { return phrase.one && phrase.core.begin < trigger.tokens.begin; });
  for (uint32_t t = view.sentence.tokens.begin; those && t < trigger.tokens.begin; ++t) {
    if (IsOneOf(a.norm(t), {"talks", "negotiations"})) return true;
  }
  return false;
}

// "by the end of the year"
bool IsOfDate(const SentenceView& view, const LexiconMatch& trigger) {
  return trigger.form == VerbForm::kNone && view.annotation.at[trigger.tokens.end - 1].date >= 0 &&
         view.annotation.norm(trigger.tokens.end - 1) == "of";
}

// "nothing is left to suspend": what remains, and what could be done with it.
bool IsRemaining(const SentenceView& view, const LexiconMatch& trigger, const VerbGroup& group) {
  const uint32_t end = trigger.tokens.end;
  if (group.shape == VerbShape::kInfinitive && group.begin > view.sentence.tokens.begin &&
      view.annotation.norm(group.begin - 1) == "left")
    return true;
  return view.annotation.norm(trigger.tokens.begin) == "left" && trigger.tokens.size() == 1 &&
         end < view.sentence.tokens.end && IsOneOf(view.annotation.norm(end), {"to", "over", "behind", "of"});
}

// "To ratify a convention and to denounce it is a contradiction": said of any.
bool IsOfAny(const SentenceView& view, const VerbGroup& group) {
  const Annotation& a = view.annotation;
  if (group.shape != VerbShape::kInfinitive || a.norm(view.sentence.tokens.begin) != "to") return false;
  for (const AgreementPhrase& phrase : view.phrases) {
    if (phrase.pronoun) continue;
    return phrase.determiner == Determiner::kIndefinite && phrase.parties.empty() &&
           phrase.partners.empty() && phrase.title.empty() &&
           phrase.core.begin <= view.sentence.tokens.begin + 4;
  }
  return false;
}

// "Neither capital would say whether a treaty is being discussed": nobody tells.
bool IsUntold(const SentenceView& view, size_t clause_index) {
  const Annotation& a = view.annotation;
  const Clause& clause = view.clauses[clause_index];
  const uint32_t t = clause.tokens.begin;
  if (clause.opener != ClauseOpener::kCondition || a.norm(t) != "whether" ||
      t < view.sentence.tokens.begin + 2)
    return false;
  return IsOneOf(a.norm(t - 1), {"say", "clear", "unclear", "known", "comment", "disclose", "specify"});
}

// "Has the pact been broken before?", "Moscow suspended it?": asked, not told. "Why did Kenya leave it?"
// takes it for granted.
bool IsAsked(const SentenceView& view, const VerbGroup& group, size_t clause_index) {
  const Annotation& a = view.annotation;
  const TokenSpan tokens = view.sentence.tokens;
  uint32_t last = tokens.end;
  while (last > tokens.begin && IsOneOf(a.norm(last - 1), {"\"", "'", ")", "*"})) --last;
  if (last == tokens.begin || a.norm(last - 1) != "?") return false;
  for (uint32_t t = tokens.begin; t < group.begin; ++t) {
    if (IsOneOf(a.norm(t), {"why", "when", "how", "what", "which", "who", "where", "whose"})) return false;
  }
  // "the pact signed in May"; but "Has Oslo signed it?"
  const bool describes = group.shape == VerbShape::kParticiple &&
                         (group.begin == tokens.begin || a.at[group.begin - 1].party < 0);
  return !describes && view.clauses[clause_index].opener != ClauseOpener::kRelative;
}

}  // namespace

bool TellsNoAct(const SentenceView& view, const ActorFinder& actors, const LexiconMatch& trigger,
                const VerbGroup& group, size_t clause_index) {
  return IsMereCondition(view, actors, group, clause_index) || IsNounOfNotice(view, trigger) ||
         view.InCompound(trigger.tokens) || GovernsVerb(view, trigger) || JoinsOthersInAct(view, trigger) ||
         IsNumberOfSteps(view, trigger) || IsParticleBack(view, trigger) || IsPassingOn(view, trigger) ||
         IsStrikingOff(view, trigger) || IsTakingBack(view, trigger, group) ||
         IsAboveDocuments(view, trigger) || IsStayingInUse(view, trigger) ||
         IsAsked(view, group, clause_index) || IsNotRecognised(view, trigger) ||
         IsRemaining(view, trigger, group) || IsOfAny(view, group) || IsUntold(view, clause_index) ||
         IsOfDate(view, trigger) || IsStartOfTalks(view, trigger) || IsContent(view, group, clause_index) ||
         IsCounterfactual(view, trigger, group, clause_index);
}

bool WaitsForStep(const SentenceView& view, const LexiconMatch& trigger, const VerbGroup& group,
                  size_t clause_index) {
  const Annotation& a = view.annotation;
  const Clause& clause = view.clauses[clause_index];
  const uint32_t end = view.sentence.tokens.end;
  // "needs 40 ratifications to take effect", "for it to take effect, 40 ratifications are needed"
  if (group.shape == VerbShape::kInfinitive) {
    for (uint32_t t = view.sentence.tokens.begin; t < end; ++t) {
      if (IsOneOf(a.norm(t), {"ratification", "ratifications"}) && IsCounted(view, {t, t + 1})) return true;
    }
  }
  for (uint32_t t = trigger.tokens.end; t < clause.tokens.end; ++t) {
    if (IsWait(a.norm(t)) && a.at[t].trigger < 0)
      return TellsStep(view, t + 1, std::min(end, t + kStepReach));
  }
  if (clause_index + 1 < view.clauses.size() && IsClauseOfStep(view, view.clauses[clause_index + 1]))
    return true;
  return clause_index > 0 && IsClauseOfStep(view, view.clauses[clause_index - 1]);
}

bool IsAwaitedStep(const SentenceView& view, const LexiconMatch& trigger, size_t clause_index) {
  if (!IsStepType(trigger.entries.front()->event_type)) return false;
  // "will become binding in May after Chile deposited its instrument on Friday": the past is done.
  const Tense tense =
      TenseOf(view.annotation, view.sentence, trigger.tokens, trigger.form, /*passive=*/false);
  if (tense == Tense::kPast) return false;
  const Clause& clause = view.clauses[clause_index];
  // "will enter into force 30 days after ratification by both", "… after the instrument has been deposited"
  for (uint32_t t = trigger.tokens.begin; t-- > clause.tokens.begin;) {
    if (IsWait(view.annotation.norm(t)) && TellsForceToCome(view, view.sentence.tokens.begin, t)) return true;
  }
  if (trigger.form == VerbForm::kNone) return false;
  if (!IsClauseOfStep(view, clause)) return false;
  const uint32_t before =
      clause_index > 0 ? view.clauses[clause_index - 1].tokens.begin : clause.tokens.begin;
  const uint32_t after =
      clause_index + 1 < view.clauses.size() ? view.clauses[clause_index + 1].tokens.end : clause.tokens.end;
  return TellsForceToCome(view, before, clause.tokens.begin) ||
         TellsForceToCome(view, clause.tokens.end, after);
}

bool IsTimeToCome(const SentenceView& view, const LexiconMatch& trigger, size_t clause_index) {
  const Annotation& a = view.annotation;
  const Clause& clause = view.clauses[clause_index];
  if (clause_index == 0 || clause.opener != ClauseOpener::kTime || trigger.form == VerbForm::kNone)
    return false;
  if (!IsOneOf(a.norm(clause.tokens.begin), {"once", "when", "until", "before", "after"})) return false;
  const Tense tense = TenseOf(a, view.sentence, trigger.tokens, trigger.form, /*passive=*/false);
  if (tense != Tense::kPresent && tense != Tense::kPerfect) return false;
  // "when the treaty comes into force on 1 October": it says when.
  const v1::EventType type = trigger.entries.front()->event_type;
  const bool on_day = type == v1::EVENT_TYPE_ENTERED_INTO_FORCE || type == v1::EVENT_TYPE_EXPIRED;
  for (uint32_t t = trigger.tokens.end; on_day && t < clause.tokens.end; ++t) {
    if (a.at[t].date >= 0 && a.dates[a.at[t].date].role != DateRole::kDuration) return false;
  }
  const TokenSpan main = view.clauses[clause_index - 1].tokens;
  for (uint32_t t = main.begin; t < main.end; ++t) {
    if (IsOneOf(a.norm(t), {"will", "shall", "would", "may", "might", "can", "cannot", "could", "must", "to",
                            "takes", "is", "are"}))
      return true;
  }
  return false;
}

bool IsCounted(const SentenceView& view, TokenSpan noun) {
  const Annotation& a = view.annotation;
  for (uint32_t t = noun.begin, steps = 0; t-- > view.sentence.tokens.begin && steps < kCountReach; ++steps) {
    const absl::string_view word = a.norm(t);
    if (a.at[t].date >= 0 || a.at[t].party >= 0) return false;
    if (a.token(t).is_number || absl::EndsWith(word, "ieth") ||
        IsOneOf(word,
                {"two",    "three",  "four",    "five",   "six",    "seven", "eight", "nine",   "ten",
                 "eleven", "twelve", "fifteen", "twenty", "thirty", "forty", "fifty", "sixty",  "first",
                 "second", "third",  "fourth",  "fifth",  "tenth",  "last",  "final", "enough", "dozen"}))
      return true;
  }
  return false;
}

}  // namespace treatywire::ingest
