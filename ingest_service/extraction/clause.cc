#include "ingest_service/extraction/clause.h"

#include <algorithm>
#include <optional>

#include "ingest_service/extraction/one_of.h"

namespace treatywire::ingest {
namespace {

// "notified the depositary in Geneva on 3 May that": who is told when takes no more words than these.
constexpr uint32_t kSayingReach = 10;
// As many as most sentences have.
constexpr size_t kFewClauses = 4;

// Whether `t` belongs to a predicate: a verb of the trigger list or an auxiliary.
bool IsPredicate(const Annotation& a, uint32_t t) {
  if (a.at[t].date >= 0) return false;  // "in May"
  if (a.IsAuxiliary(t) && a.norm(t) != "'s") return true;
  if (a.at[t].trigger < 0) return false;
  const VerbForm form = a.triggers[a.at[t].trigger].form;
  return form != VerbForm::kNone && form != VerbForm::kIng;
}

class ClauseSplitter {
 public:
  ClauseSplitter(const Annotation& a, const Sentence& sentence, const std::vector<AgreementPhrase>& phrases)
      : a_(a), sentence_(sentence), phrases_(phrases) {}

  std::vector<Clause> Split() {
    Clause clause{{sentence_.tokens.begin, sentence_.tokens.end}, ClauseOpener::kStart};
    clauses_.reserve(kFewClauses);
    for (uint32_t t = sentence_.tokens.begin + 1; t < sentence_.tokens.end; ++t) {
      if (!a_.MayOpenClause(t) && !(a_.IsClauseMark(t - 1) && a_.norm(t - 1) == ",")) continue;
      if (InsidePhrase(t) || IsDeterminer(t)) continue;
      const std::optional<ClauseOpener> opener = OpenerAt(t, clause.tokens.begin);
      if (!opener) continue;
      clause.tokens.end = t;
      clauses_.push_back(clause);
      clause = {{t, sentence_.tokens.end}, *opener};
    }
    clauses_.push_back(clause);
    return std::move(clauses_);
  }

 private:
  // Within a phrase, behind its first token.
  bool InsidePhrase(uint32_t t) const {
    return std::any_of(phrases_.begin(), phrases_.end(),
                       [t](const AgreementPhrase& p) { return p.tokens.begin < t && t < p.tokens.end; });
  }

  // "Austria (2019) and Belgium (3 May 2020) have ratified it": a bracket with a date parts no clauses.
  bool EnclosesDate(uint32_t bracket) const {
    const bool opens = a_.norm(bracket) == "(";
    uint32_t dates = 0;
    for (uint32_t t = opens ? bracket + 1 : bracket - 1;
         t > sentence_.tokens.begin && t < sentence_.tokens.end; opens ? ++t : --t) {
      if (IsOneOf(a_.norm(t), {"(", ")"})) return dates > 0;
      if (a_.at[t].date < 0 && !IsOneOf(a_.norm(t), {"in", "on"})) return false;
      ++dates;
    }
    return false;
  }

  // "denounced that treaty": the word opens a phrase, no clause.
  bool IsDeterminer(uint32_t t) const {
    return a_.norm(t) == "that" &&
           std::any_of(phrases_.begin(), phrases_.end(),
                       [t](const AgreementPhrase& p) { return !p.pronoun && p.core.begin == t; });
  }

  bool InsideQuotesOrList(uint32_t t) const {
    return a_.at[t].date >= 0 && a_.dates[a_.at[t].date].tokens.begin < t;
  }

  bool IsDate(uint32_t t) const { return t < sentence_.tokens.end && a_.at[t].date >= 0; }

  // One pass for all questions, as a sentence of commas asks at each of them; none where nobody asks.
  void FindNext() {
    const uint32_t begin = sentence_.tokens.begin;
    next_.assign(sentence_.tokens.size() + 1, {sentence_.tokens.end, sentence_.tokens.end});
    for (const Cue* cue : a_.CuesIn(sentence_.tokens)) {
      if (cue->form != VerbForm::kNone) next_[cue->tokens.begin - begin].predicate = cue->tokens.begin;
    }
    for (uint32_t t = sentence_.tokens.end; t-- > begin;) {
      Next& next = next_[t - begin];
      const Next& after = next_[t - begin + 1];
      next.predicate = next.predicate == t || IsPredicate(a_, t) ? t : after.predicate;
      next.mark = a_.IsClauseMark(t) ? t : after.mark;
    }
  }

  // Whether a predicate stands in [begin, end), a verb of saying included.
  bool HasPredicate(uint32_t begin, uint32_t end) {
    if (next_.empty()) FindNext();
    return begin < end && next_[begin - sentence_.tokens.begin].predicate < end;
  }

  // Up to where the clause that would begin at `t` could reach: the next punctuation.
  uint32_t Reach(uint32_t t) {
    if (next_.empty()) FindNext();
    return next_[t + 1 - sentence_.tokens.begin].mark;
  }

  std::optional<ClauseOpener> OpenerAt(uint32_t t, uint32_t clause_begin) {
    const absl::string_view word = a_.norm(t);
    if (InsideQuotesOrList(t)) return std::nullopt;
    if (word == ";" || word == ":") return ClauseOpener::kStart;
    if ((word == "(" || word == ")") && !EnclosesDate(t)) return ClauseOpener::kParenthesis;
    if (word == "-" && a_.token(t).space_before && t + 1 < sentence_.tokens.end &&
        a_.token(t + 1).space_before) {
      return ClauseOpener::kStart;
    }
    const bool after_comma = a_.norm(t - 1) == ",";
    if (IsOneOf(word, {"which", "who", "whom", "whose"})) return ClauseOpener::kRelative;
    if (word == "that") return ThatOpener(t);
    if (IsOneOf(word, {"if", "unless", "whether", "provided", "should"}) && (word != "should" || after_comma))
      return ClauseOpener::kCondition;
    const bool before_date =
        IsDate(t + 1) || (t + 1 < sentence_.tokens.end && a_.norm(t + 1) == "the" && IsDate(t + 2));
    if (IsOneOf(word, {"after", "before", "when", "while", "until", "once", "as", "since"}) && !before_date &&
        a_.at[t].date < 0) {
      if (HasPredicate(t + 1, Reach(t))) return ClauseOpener::kTime;
    }
    if (IsOneOf(word, {"because", "although", "though", "whereas", "where"})) return ClauseOpener::kReason;
    if (word == "yet" && !after_comma) return std::nullopt;
    if (IsOneOf(word, {"and", "but", "or", "then", "yet"}) && HasPredicate(t + 1, Reach(t)) &&
        HasPredicate(clause_begin, t)) {
      return ClauseOpener::kCoordinated;
    }
    // "to which Lima sent it last year, is due to vote": the comma closes the relative clause, whatever its
    // verb.
    if (after_comma && a_.IsAuxiliary(t) &&
        IsOneOf(a_.norm(clause_begin), {"which", "who", "whom", "whose"}) && clause_begin + 2 < t &&
        !IsOneOf(word, {"be", "been", "being", "having"}))
      return ClauseOpener::kCoordinated;
    // ", the other side refused …": a comma splits where a predicate stands on both sides and a subject
    // follows.
    if (after_comma && !IsOneOf(word, {"and", "but", "or"}) && HasPredicate(clause_begin, t) &&
        HasPredicate(t, Reach(t))) {
      return ClauseOpener::kCoordinated;
    }
    return std::nullopt;
  }

  std::optional<ClauseOpener> ThatOpener(uint32_t t) const {
    if (IsCleft(t)) return ClauseOpener::kRelative;
    if (FollowsSaying(t)) return ClauseOpener::kThat;
    if (a_.token(t - 1).is_word && !a_.IsFunctionWord(t - 1) && t + 1 < sentence_.tokens.end &&
        !a_.token(t + 1).is_number) {
      return ClauseOpener::kRelative;
    }
    return std::nullopt;
  }

  // "Baku said it was Yerevan that had broken it": who did it, put in front.
  bool IsCleft(uint32_t that) const {
    if (that < sentence_.tokens.begin + 3 || a_.at[that - 1].party < 0) return false;
    const uint32_t party = a_.parties[a_.at[that - 1].party].tokens.begin;
    return party >= sentence_.tokens.begin + 2 && IsOneOf(a_.norm(party - 1), {"was", "is"}) &&
           a_.norm(party - 2) == "it";
  }

  // "said that", "told reporters in Oslo on Friday that": a verb of saying, with nothing between but who is
  // told and when; "notified Portugal, the depositary, that": one of giving notice, no agreement between.
  bool FollowsSaying(uint32_t that) const {
    const uint32_t begin = sentence_.tokens.begin;
    bool saying = true;  // only who is told and when stands between so far
    for (uint32_t t = that, steps = 0; t-- > begin && steps < kSayingReach; ++steps) {
      if (InsidePhrase(t)) return false;
      for (const Cue* cue : a_.CuesIn({t, t + 1})) {
        const bool says = cue->cue_class != CueClass::kPair && cue->cue_class != CueClass::kThis;
        if (saying && says && cue->form != VerbForm::kNone)
          return steps < 3 || cue->cue_class == CueClass::kReport;
      }
      const int32_t trigger = a_.at[t].trigger;
      if (trigger >= 0 && a_.triggers[trigger].entries.front()->frame == TriggerFrame::kNotice) return true;
      if (!saying) continue;
      const bool told =
          a_.at[t].party >= 0 || a_.at[t].date >= 0 || a_.IsFunctionWord(t) || a_.IsAdverb(t) ||
          IsOneOf(a_.norm(t), {"reporters", "journalists", "writing", "notice", "clear", "known"});
      saying = told || steps < 2;
    }
    return false;
  }

  const Annotation& a_;
  const Sentence& sentence_;
  const std::vector<AgreementPhrase>& phrases_;
  std::vector<Clause> clauses_;
  // Of each token of the sentence, and of its end: where the next predicate and the next mark stand, itself
  // included. Empty until somebody asks.
  struct Next {
    uint32_t predicate = 0;
    uint32_t mark = 0;
  };
  std::vector<Next> next_;
};

}  // namespace

std::vector<Clause> SplitClauses(const Annotation& annotation, const Sentence& sentence,
                                 const std::vector<AgreementPhrase>& phrases) {
  return ClauseSplitter(annotation, sentence, phrases).Split();
}

}  // namespace treatywire::ingest
