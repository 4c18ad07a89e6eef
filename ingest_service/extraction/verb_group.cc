#include "ingest_service/extraction/verb_group.h"

#include "absl/strings/match.h"
#include "ingest_service/extraction/one_of.h"

namespace treatywire::ingest {
namespace {

// "signed, ratified, renewed and then ended": more verbs than these share no auxiliary.
constexpr int kMaxSharedVerbs = 4;

// `word`: the verb, which "is back" tells from "is put".
bool IsParticiple(VerbForm form, absl::string_view word) {
  return form == VerbForm::kParticiple || form == VerbForm::kPastOrParticiple ||
         (form == VerbForm::kBase && IsInvariantVerb(word));
}

class GroupReader {
 public:
  explicit GroupReader(const SentenceView& view) : view_(view), a_(view.annotation) {}

  VerbGroup Read(const LexiconMatch& trigger, int depth) const {
    VerbGroup group;
    group.begin = trigger.tokens.begin;
    if (trigger.form == VerbForm::kNone) return group;
    group.shape = trigger.form == VerbForm::kIng ? VerbShape::kGerund : VerbShape::kFinite;
    bool auxiliary = false;
    for (uint32_t t = group.begin; t-- > view_.sentence.tokens.begin;) {
      const absl::string_view word = a_.norm(t);
      if (word == "to") {
        group.begin = t;
        group.shape = VerbShape::kInfinitive;
        return group;
      }
      if (IsBe(word)) {
        if (!auxiliary) group.passive = IsParticiple(trigger.form, a_.norm(trigger.tokens.begin));
        if (!auxiliary && trigger.form == VerbForm::kIng && word != "being") group.shape = VerbShape::kFinite;
        if (word == "being") group.shape = VerbShape::kGerund;
      } else if (!a_.IsAuxiliary(t) && !IsManner(t)) {
        break;
      }
      // "Having ended the treaty, Oslo …"
      if (word == "having") group.shape = VerbShape::kGerund;
      auxiliary = auxiliary || a_.IsAuxiliary(t);
      group.begin = t;
    }
    if (!auxiliary && trigger.form != VerbForm::kIng && trigger.form != VerbForm::kThird)
      ReadBare(trigger, depth, &group);
    return group;
  }

 private:
  static bool IsBe(absl::string_view word) {
    return IsOneOf(word,
                   {"was", "were", "is", "are", "am", "be", "been", "being", "got", "get", "gets", "'re"});
  }

  bool IsManner(uint32_t t) const {
    const Token& token = a_.token(t);
    if (a_.IsAdverb(t)) return true;
    if (IsOneOf(token.norm, {"last", "once", "twice", "thereby", "anew", "long"})) return a_.at[t].date < 0;
    return token.is_word && !token.capitalized && token.norm.size() > 4 && absl::EndsWith(token.norm, "ly") &&
           a_.at[t].party < 0 && a_.at[t].instrument < 0;
  }

  // A participle without auxiliary describes the noun before it, or is the past tense of an active verb.
  void ReadBare(const LexiconMatch& trigger, int depth, VerbGroup* group) const {
    if (trigger.form != VerbForm::kParticiple && trigger.form != VerbForm::kPastOrParticiple) return;
    const bool participle = trigger.form == VerbForm::kParticiple;
    if (!participle && HasObject(trigger.tokens.end)) return;
    if (participle || Describes(*group) || FollowedByAgent(*group, trigger.tokens.end)) {
      group->passive = true;
      group->shape = VerbShape::kParticiple;
      return;
    }
    ShareVoice(depth, group);
  }

  // "it", "them", or a phrase that names an agreement right after the verb.
  bool HasObject(uint32_t end) const {
    if (end >= view_.sentence.tokens.end) return false;
    if (IsOneOf(a_.norm(end), {"it", "them", "both"})) return true;
    for (const AgreementPhrase& phrase : view_.phrases) {
      if (!phrase.pronoun && phrase.core.begin == end) return true;
    }
    return false;
  }

  // "the pact signed in 1994", "a pact, initialled in May,", "Signed in Paris, …", "want it annulled"
  bool Describes(const VerbGroup& group) const {
    const uint32_t begin = view_.sentence.tokens.begin;
    if (group.begin == begin) return true;
    uint32_t before = group.begin;
    if (IsOneOf(a_.norm(before - 1), {",", "(", "-"}) && before - 1 > begin) --before;
    for (const AgreementPhrase& phrase : view_.phrases) {
      if (phrase.tokens.end != before && (phrase.pronoun || phrase.core.end != before)) continue;
      if (IsWhatOthersAreOf(phrase)) continue;
      // "It expired" is a sentence of its own; "leave it unsigned" is not.
      if (phrase.pronoun)
        return before == group.begin && phrase.tokens.begin > begin + 1 &&
               !IsOneOf(a_.norm(phrase.tokens.begin - 1), {",", "that", "and", "but", "which"});
      return true;
    }
    // After a comma that closes what describes the noun: "the pact with Oslo, signed in 1994".
    return before != group.begin && a_.norm(before) == "(";
  }

  // "The parties to the convention ended their meeting": the verb is said of them.
  bool IsWhatOthersAreOf(const AgreementPhrase& phrase) const {
    const uint32_t t = phrase.core.begin;
    return !phrase.pronoun && t >= view_.sentence.tokens.begin + 2 &&
           IsOneOf(a_.norm(t - 1), {"to", "of", "in"}) &&
           IsOneOf(a_.norm(t - 2),
                   {"parties", "party", "members", "member", "signatories", "signatory", "states",
                    "countries", "opponents", "critics", "supporters", "negotiators", "authors", "conference",
                    "meeting", "guarantors", "depositary"});
  }

  // "ratified by Chile"; but "Chile ratified by decree".
  bool FollowedByAgent(const VerbGroup& group, uint32_t end) const {
    if (group.begin > view_.sentence.tokens.begin && a_.at[group.begin - 1].party >= 0) return false;
    return end + 1 < view_.sentence.tokens.end && a_.norm(end) == "by" && a_.at[end + 1].date < 0 &&
           !absl::EndsWith(a_.norm(end + 1), "ing");
  }

  // "after the invasion of Afghanistan and never ratified": no subject of the verb.
  bool FollowsPreposition(uint32_t party) const {
    uint32_t t = a_.parties[a_.at[party].party].tokens.begin;
    if (t > view_.sentence.tokens.begin && a_.norm(t - 1) == "the") --t;
    return t > view_.sentence.tokens.begin &&
           IsOneOf(a_.norm(t - 1), {"of", "in", "from", "at", "with", "to", "against"});
  }

  // "was signed in 1998 and ratified in 2001": the voice of the verb that it is joined to.
  void ShareVoice(int depth, VerbGroup* group) const {
    if (depth >= kMaxSharedVerbs || group->begin <= view_.sentence.tokens.begin) return;
    if (!IsOneOf(a_.norm(group->begin - 1), {"and", "or", "but", ",", "then"})) return;
    for (uint32_t t = group->begin - 1; t-- > view_.sentence.tokens.begin;) {
      if (a_.at[t].party >= 0 && t + 1 >= group->begin - 1 && !FollowsPreposition(t)) return;
      const int32_t index = a_.at[t].trigger;
      if (index < 0 || view_.InsideCore(t)) continue;
      const LexiconMatch& before = a_.triggers[index];
      if (!IsParticiple(before.form, a_.norm(before.tokens.begin))) continue;
      const VerbGroup shared = Read(before, depth + 1);
      group->passive = shared.passive;
      if (shared.passive) group->shape = shared.shape;
      return;
    }
  }

  const SentenceView& view_;
  const Annotation& a_;
};

}  // namespace

bool IsInvariantVerb(absl::string_view word) {
  return IsOneOf(word,
                 {"put", "cut", "set", "let", "quit", "shut", "hit", "split", "cast", "read", "spread"});
}

VerbGroup ReadVerbGroup(const SentenceView& view, const LexiconMatch& trigger) {
  return GroupReader(view).Read(trigger, 0);
}

}  // namespace treatywire::ingest
