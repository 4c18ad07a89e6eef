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

bool Is(absl::string_view word, std::initializer_list<absl::string_view> list) { return IsOneOf(word, list); }

struct CuesBefore {
  bool negated = false;
  bool denied = false;
  bool planned = false;
  bool possible = false;
  bool would = false;
  bool asserted = false;
  bool reported = false;
};

// Whether a full verb of another trigger stands between `from` and `to`: then a negation before it is that
// verb's.
bool VerbBetween(const Annotation& a, uint32_t from, uint32_t to) {
  for (uint32_t t = from; t < to; ++t) {
    if (a.at[t].trigger < 0) continue;
    const LexiconMatch& other = a.triggers[a.at[t].trigger];
    if (other.tokens.end <= to && other.form != VerbForm::kNone) return true;
  }
  return false;
}

CuesBefore ReadCues(const Annotation& a, TokenSpan clause, const TriggerWords& trigger) {
  CuesBefore found;
  const uint32_t end = trigger.tokens.begin;
  const uint32_t begin = std::max(clause.begin, end > kReachTokens ? end - kReachTokens : 0);
  for (const Cue* cue : a.CuesIn({begin, end})) {
    // A cue may overlap the trigger ("refuse to sign" is the trigger itself; "<be> to" ends right before it).
    if (cue->tokens.end > end || a.at[cue->tokens.begin].date >= 0) continue;
    const uint32_t distance = end - cue->tokens.end;
    const absl::string_view word = a.norm(cue->tokens.begin);
    switch (cue->cue_class) {
      case CueClass::kNegation:
        if (distance <= kNegationReachTokens && !VerbBetween(a, cue->tokens.end, end)) found.negated = true;
        break;
      case CueClass::kDenied:
        if (distance <= kNegationReachTokens) found.denied = true;
        break;
      case CueClass::kPlanned:
        if (!VerbBetween(a, cue->tokens.end, end) || distance <= 4) found.planned = true;
        break;
      case CueClass::kPossible:
        if (VerbBetween(a, cue->tokens.end, end) && distance > 4) break;
        if (Is(word, {"would", "'d"})) {
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

bool ConditionFollows(const std::vector<Clause>& clauses, size_t index) {
  return index + 1 < clauses.size() && clauses[index + 1].opener == ClauseOpener::kCondition;
}

bool ReportedBefore(const Annotation& a, const std::vector<Clause>& clauses, size_t index) {
  for (size_t c = 0; c <= index; ++c) {
    for (const Cue* cue : a.CuesIn(clauses[c].tokens)) {
      if (cue->cue_class == CueClass::kReport) return true;
    }
  }
  return false;
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
    if (!Is(a.norm(t), {"or", "nor", "and", ","}) && !a.IsAdverb(t)) return nullptr;
  }
  for (uint32_t t = clause.tokens.begin; t-- > clauses[index - 1].tokens.begin;) {
    if (a.at[t].trigger < 0) continue;
    const LexiconMatch& verb = a.triggers[a.at[t].trigger];
    if (verb.form == trigger.form) return &verb;
    if (verb.form != VerbForm::kNone) return nullptr;
  }
  return nullptr;
}

}  // namespace

Modality ReadModality(const Annotation& a, const std::vector<Clause>& clauses, size_t index,
                      const TriggerWords& trigger) {
  const Clause& clause = clauses[index];
  if (const LexiconMatch* verb = VerbJoinedBefore(a, clauses, index, trigger); verb != nullptr) {
    return ReadModality(a, clauses, index - 1, {verb->tokens, verb->form, trigger.flags});
  }
  const CuesBefore cues = ReadCues(a, clause.tokens, trigger);
  const bool denied_words = absl::StrContains(trigger.flags, "denied");
  if (clause.opener == ClauseOpener::kCondition) return treatywire::v1::MODALITY_POSSIBLE;
  if (denied_words)
    return cues.planned || cues.possible ? treatywire::v1::MODALITY_POSSIBLE
                                         : treatywire::v1::MODALITY_DENIED;
  if (cues.asserted && cues.negated) return treatywire::v1::MODALITY_ASSERTED;
  if (cues.possible && !cues.denied) return treatywire::v1::MODALITY_POSSIBLE;
  if (cues.denied || cues.negated) return treatywire::v1::MODALITY_DENIED;
  const bool conditional = ConditionFollows(clauses, index);
  if (cues.would) {
    return !conditional && ReportedBefore(a, clauses, index) ? treatywire::v1::MODALITY_PLANNED
                                                             : treatywire::v1::MODALITY_POSSIBLE;
  }
  if (cues.planned) return conditional ? treatywire::v1::MODALITY_POSSIBLE : treatywire::v1::MODALITY_PLANNED;
  if (conditional && (trigger.form == VerbForm::kThird || trigger.form == VerbForm::kBase))
    return treatywire::v1::MODALITY_POSSIBLE;
  if (absl::StrContains(trigger.flags, "future")) return treatywire::v1::MODALITY_PLANNED;
  return treatywire::v1::MODALITY_ASSERTED;
}

}  // namespace treatywire::ingest
