#include "ingest_service/extraction/modality.h"

#include <algorithm>

#include "absl/strings/match.h"

#include "ingest_service/extraction/one_of.h"

namespace treatywire::ingest {
namespace {

using treatywire::v1::Modality;

// Cues further left than this belong to something else.
constexpr uint32_t kReachTokens = 18;
constexpr uint32_t kNegationReachTokens = 7;
// "a report in a Belgrade paper that": so far the noun stands before its that-clause.
constexpr uint32_t kReportTokens = 8;
// "is not true that": so far the verb stands before its that-clause.
constexpr uint32_t kGovernorTokens = 4;

struct CuesBefore {
  bool negated = false;
  bool denied = false;
  bool planned = false;
  bool possible = false;
  bool would = false;
  bool asserted = false;
  bool reported = false;
};

bool IsOfCue(const Annotation& a, uint32_t t) {
  for (const Cue* cue : a.CuesIn({t > 2 ? t - 2 : 0, t + 1})) {
    const bool puts = cue->cue_class == CueClass::kPlanned || cue->cue_class == CueClass::kPossible ||
                      cue->cue_class == CueClass::kDenied;
    if (puts && cue->tokens.Contains(t) && cue->tokens.size() > 1) return true;
  }
  return false;
}

// Whether a full verb of another trigger stands between `from` and `to`: then a negation before it is that
// verb's.
bool VerbBetween(const Annotation& a, uint32_t from, uint32_t to) {
  for (uint32_t t = from; t < to; ++t) {
    if (a.at[t].trigger < 0) continue;
    const LexiconMatch& other = a.triggers[a.at[t].trigger];
    // "is not prepared to end it": the word is part of a cue.
    if (IsOfCue(a, t)) continue;
    // "is not going to end it": what only an organ's act makes one is none here.
    if (other.entries.front()->flags.Has(TriggerFlag::kOrgan)) continue;
    if (other.tokens.end <= to && other.form != VerbForm::kNone) return true;
  }
  return false;
}

// "wants it signed", "want the annex rewritten" ask somebody else; "wants to sign it" is a plan of the
// subject's own, and another verb after "want" has cues of its own.
bool IsIdleWish(const Annotation& a, const Cue& cue, const TriggerWords& trigger) {
  if (cue.tokens.size() != 1 || !IsOneOf(a.norm(cue.tokens.begin), {"want", "wants", "wanted"})) return false;
  const bool participle =
      trigger.form == VerbForm::kParticiple || trigger.form == VerbForm::kPastOrParticiple;
  return !participle || a.IsAuxiliary(trigger.tokens.begin - 1) || a.norm(cue.tokens.end) == "to";
}

// "which Oslo never liked, was ended": after the comma the main clause goes on.
bool FiniteAfterComma(const Annotation& a, uint32_t from, uint32_t to) {
  for (uint32_t t = from; t + 1 < to; ++t) {
    if (a.norm(t) == "," &&
        IsOneOf(a.norm(t + 1), {"was", "were", "is", "are", "has", "have", "had", "will"}))
      return true;
  }
  return false;
}

bool Holds(const Annotation& a, TokenSpan words, absl::string_view word) {
  for (uint32_t t = words.begin; t < words.end; ++t) {
    if (a.norm(t) == word) return true;
  }
  return false;
}

CuesBefore ReadCues(const Annotation& a, TokenSpan clause, const TriggerWords& trigger) {
  CuesBefore found;
  const uint32_t end = trigger.tokens.begin;
  const uint32_t begin =
      std::max({clause.begin, end > kReachTokens ? end - kReachTokens : 0, trigger.described_end});
  for (const Cue* cue : a.CuesIn({begin, end})) {
    // "has not expired; it runs until May": no "not … until".
    if (cue->cue_class == CueClass::kAsserted && Holds(a, cue->tokens, ";")) {
      found.negated = true;
      continue;
    }
    // A cue may overlap the trigger ("refuse to sign" is the trigger itself; "<be> to" ends right before it).
    if (cue->tokens.end > end || a.at[cue->tokens.begin].date >= 0) continue;
    const uint32_t distance = end - cue->tokens.end;
    const absl::string_view word = a.norm(cue->tokens.begin);
    switch (cue->cue_class) {
      case CueClass::kNegation:
        if (distance <= kNegationReachTokens && !VerbBetween(a, cue->tokens.end, end) &&
            !FiniteAfterComma(a, cue->tokens.end, end))
          found.negated = true;
        break;
      case CueClass::kDenied:
        if (distance <= kNegationReachTokens) found.denied = true;
        break;
      case CueClass::kPlanned:
        if (!VerbBetween(a, cue->tokens.end, end) || distance <= 4) found.planned = true;
        break;
      case CueClass::kPossible:
        if (VerbBetween(a, cue->tokens.end, end) && distance > 4) break;
        if (IsIdleWish(a, *cue, trigger)) break;
        if (IsOneOf(word, {"would", "'d"})) {
          found.would = true;
        } else {
          found.possible = true;
        }
        break;
      case CueClass::kAsserted:
        found.asserted = true;
        break;
      case CueClass::kReport:
        found.reported = true;
        break;
      default:
        break;
    }
  }
  return found;
}

// "would quit unless it is changed", "unless it is changed, it will quit"
bool IsConditional(const Annotation& a, const std::vector<Clause>& clauses, size_t index) {
  if (index + 1 < clauses.size() && clauses[index + 1].opener == ClauseOpener::kCondition) return true;
  return index > 0 && IsOneOf(a.norm(clauses[index - 1].tokens.begin), {"if", "unless"});
}

bool ReportedBefore(const Annotation& a, const std::vector<Clause>& clauses, size_t index) {
  for (size_t c = 0; c <= index; ++c) {
    for (const Cue* cue : a.CuesIn(clauses[c].tokens)) {
      if (cue->cue_class == CueClass::kReport) return true;
    }
    // "notified Oslo that it would leave", "agreed that talks would begin"
    for (uint32_t t = clauses[c].tokens.begin; t < clauses[c].tokens.end; ++t) {
      if (IsOneOf(a.norm(t), {"agreed", "decided", "promised", "pledged", "vowed", "ruled", "ordered"}))
        return true;
      const int32_t trigger = a.at[t].trigger;
      if (trigger >= 0 && a.triggers[trigger].entries.front()->frame == TriggerFrame::kNotice) return true;
    }
  }
  return false;
}

bool IsPastForm(VerbForm form) {
  return form == VerbForm::kParticiple || form == VerbForm::kPastOrParticiple;
}

// "will not be replaced [or succeeded]": the verb before it that shares its auxiliaries and negation; nullptr
// for none.
const LexiconMatch* VerbJoinedBefore(const Annotation& a, const std::vector<Clause>& clauses, size_t index,
                                     const TriggerWords& trigger) {
  const Clause& clause = clauses[index];
  if (index == 0 || clause.opener != ClauseOpener::kCoordinated) return nullptr;
  if (trigger.form != VerbForm::kParticiple && trigger.form != VerbForm::kPastOrParticiple &&
      trigger.form != VerbForm::kBase)
    return nullptr;
  for (uint32_t t = clause.tokens.begin; t < trigger.tokens.begin; ++t) {
    // "signed in 1994 and never ratified": a negation of its own.
    if (IsOneOf(a.norm(t), {"never", "not", "n't"})) return nullptr;
    if (!IsOneOf(a.norm(t), {"or", "nor", "and", ","}) && !a.IsAdverb(t)) return nullptr;
  }
  for (uint32_t t = clause.tokens.begin; t-- > clauses[index - 1].tokens.begin;) {
    if (a.at[t].trigger < 0) continue;
    const LexiconMatch& verb = a.triggers[a.at[t].trigger];
    // "is to be drawn up and signed"
    const bool participles = IsPastForm(verb.form) && IsPastForm(trigger.form);
    if (verb.form == trigger.form || participles) return &verb;
    if (verb.form != VerbForm::kNone) return nullptr;
  }
  return nullptr;
}

// "Reports that Oslo had quit were false": what the main clause says of them, after the clause they begin.
bool IsFalseReport(const Annotation& a, const std::vector<Clause>& clauses, size_t index) {
  const uint32_t that = clauses[index].tokens.begin;
  if (that == 0 || a.norm(that) != "that") return false;
  bool report = false;
  for (uint32_t t = that, steps = 0; t-- > clauses.front().tokens.begin && steps < kReportTokens; ++steps) {
    report = report || IsOneOf(a.norm(t), {"report", "reports", "claim", "claims", "rumour", "rumours",
                                           "rumor", "rumors", "suggestion", "suggestions", "story", "stories",
                                           "allegation", "allegations", "communication", "statement"});
  }
  for (uint32_t t = that; report && t + 1 < clauses.back().tokens.end; ++t) {
    if (!IsOneOf(a.norm(t), {"is", "are", "was", "were", "as"})) continue;
    const uint32_t word = a.IsAdverb(t + 1) && t + 2 < clauses.back().tokens.end ? t + 2 : t + 1;
    if (IsOneOf(a.norm(word), {"false", "untrue", "wrong", "baseless", "unfounded", "groundless", "nonsense",
                               "incorrect", "fabricated", "invented", "mistaken", "inaccurate", "rubbish"}))
      return true;
  }
  return false;
}

// What the verb before a that-clause makes of what it says: "denied that it had quit", "proposed that it be
// extended", "it is not true that". UNSPECIFIED where it only reports.
Modality ModalityOfGovernor(const Annotation& a, const std::vector<Clause>& clauses, size_t index) {
  if (index == 0 || clauses[index].opener != ClauseOpener::kThat) return treatywire::v1::MODALITY_UNSPECIFIED;
  const uint32_t that = clauses[index].tokens.begin;
  const uint32_t begin =
      std::max(clauses[index - 1].tokens.begin, that > kGovernorTokens ? that - kGovernorTokens : 0);
  Modality found = treatywire::v1::MODALITY_UNSPECIFIED;
  for (const Cue* cue : a.CuesIn({begin, that})) {
    if (cue->tokens.end > that) continue;
    // "proposed in 2018 that it be replaced"
    uint32_t end = cue->tokens.end;
    // "dismissed reports that it would leave"
    while (end < that &&
           (a.at[end].date >= 0 ||
            IsOneOf(a.norm(end), {"in",          "on",          "last",   "again", "a",      "the",
                                  "any",         "as",          "untrue", "media", "press",  "report",
                                  "reports",     "rumours",     "rumors", "claim", "claims", "suggestion",
                                  "suggestions", "speculation", "talk",   "idea"})))
      ++end;
    const bool next = end == that;
    if (cue->cue_class == CueClass::kDenied && cue->form != VerbForm::kNone && next)
      found = treatywire::v1::MODALITY_DENIED;
    if (cue->cue_class == CueClass::kPossible && cue->form != VerbForm::kNone && next)
      found = treatywire::v1::MODALITY_POSSIBLE;
    if (cue->cue_class == CueClass::kNegation && cue->tokens.end + 1 == that && a.norm(that - 1) == "true")
      found = treatywire::v1::MODALITY_DENIED;
  }
  return found;
}

}  // namespace

Modality ReadModality(const Annotation& a, const std::vector<Clause>& clauses, size_t index,
                      const TriggerWords& trigger) {
  const Clause& clause = clauses[index];
  if (const LexiconMatch* verb = VerbJoinedBefore(a, clauses, index, trigger); verb != nullptr) {
    return ReadModality(a, clauses, index - 1, {verb->tokens, verb->form, trigger.flags});
  }
  const Modality governed = trigger.described_end > clause.tokens.begin
                                ? treatywire::v1::MODALITY_UNSPECIFIED
                                : ModalityOfGovernor(a, clauses, index);
  if (governed != treatywire::v1::MODALITY_UNSPECIFIED) return governed;
  const bool told = clause.opener == ClauseOpener::kThat || clause.opener == ClauseOpener::kRelative;
  if (told && IsFalseReport(a, clauses, index)) return treatywire::v1::MODALITY_DENIED;
  const CuesBefore cues = ReadCues(a, clause.tokens, trigger);
  const bool denied_words = trigger.flags.Has(TriggerFlag::kDenied);
  if (clause.opener == ClauseOpener::kCondition && trigger.described_end <= clause.tokens.begin)
    return treatywire::v1::MODALITY_POSSIBLE;
  if (denied_words)
    // "will remain a member" denies as "remains a member" does; "talks will be broken off" may yet go on.
    return cues.possible || (cues.planned && !trigger.flags.Has(TriggerFlag::kLeave))
               ? treatywire::v1::MODALITY_POSSIBLE
               : treatywire::v1::MODALITY_DENIED;
  if (cues.asserted && cues.negated) return treatywire::v1::MODALITY_ASSERTED;
  if (cues.possible && !cues.denied) return treatywire::v1::MODALITY_POSSIBLE;
  if (cues.denied || cues.negated) return treatywire::v1::MODALITY_DENIED;
  const bool conditional = IsConditional(a, clauses, index);
  if (cues.would) {
    return !conditional && ReportedBefore(a, clauses, index) ? treatywire::v1::MODALITY_PLANNED
                                                             : treatywire::v1::MODALITY_POSSIBLE;
  }
  if (cues.planned) return conditional ? treatywire::v1::MODALITY_POSSIBLE : treatywire::v1::MODALITY_PLANNED;
  if (conditional && (trigger.form == VerbForm::kThird || trigger.form == VerbForm::kBase))
    return treatywire::v1::MODALITY_POSSIBLE;
  if (trigger.flags.Has(TriggerFlag::kFuture)) return treatywire::v1::MODALITY_PLANNED;
  return treatywire::v1::MODALITY_ASSERTED;
}

}  // namespace treatywire::ingest
