#include "ingest_service/extraction/object_finder.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"
#include "ingest_service/extraction/verb_group.h"

namespace treatywire::ingest {
namespace {

// "on Thursday", "in a note": no clause, although commas make one.
constexpr uint32_t kAsideTokens = 5;
// "a violation of the UN Security Council resolutions": so far stands what is violated.
constexpr uint32_t kRuleReach = 6;
// "… on 3 May 2019, together with [a protocol]": so far apart stand two that are joined.
constexpr uint32_t kJoinReach = 8;

}  // namespace

std::vector<int> ObjectFinder::ByFrame(const LexiconMatch& trigger, const LexiconEntry& entry,
                                       size_t clause_index, bool passive, const Actors& doers) {
  const PartyIds& actors = doers.ids;
  const TokenSpan clause = view_.clauses[clause_index].tokens;
  const uint32_t begin = trigger.tokens.begin;
  const uint32_t end = trigger.tokens.end;
  understood_ = false;
  // "exchanged notes on air traffic": the words name the agreement themselves.
  if (entry.flags.Has(TriggerFlag::kSelf)) {
    const int p = view_.PhraseAfter(begin, end, false);
    return p >= 0 ? meanings_->Of(p) : std::vector<int>{};
  }
  // In a gap ("tear the treaty up"); "deposited an instrument" names what was ratified elsewhere.
  const bool instrument = entry.event_type == treatywire::v1::EVENT_TYPE_DEPOSITED;
  if (!trigger.gap.empty() && !instrument) {
    const int p = view_.PhraseAfter(trigger.gap.begin, trigger.gap.end, true);
    if (p >= 0) return meanings_->Of(p);
  }
  // "exchanged notes": the noun is a part of the words.
  for (size_t p = 0; p < view_.phrases.size() && !instrument; ++p) {
    const uint32_t head = view_.phrases[p].head;
    if (head <= begin || head >= end || view_.phrases[p].pronoun) continue;
    const std::vector<int>& meant = meanings_->Of(p);
    if (!meant.empty()) return meant;
  }
  if (SaidOfOtherNoun(trigger)) return {};
  // "was revised, signed anew and approved by Congress": what an organ approves needs no noun beside it.
  const bool strict = entry.flags.Has(TriggerFlag::kStrict) && !(passive && IsActOfOrgan(doers)) &&
                      !(passive && IsJoinedParticiple(trigger, clause_index));
  // "which ended five days of fighting"
  // or "resumed enrichment", of a verb that is said of agreements only where it has no object.
  if (entry.frame == TriggerFrame::kSubject && entry.flags.Has(TriggerFlag::kWeak) &&
      !entry.flags.Has(TriggerFlag::kOrgan) && !passive && (trigger.form == VerbForm::kNone || strict) &&
      HasOtherObject(trigger))
    return {};
  if (entry.frame == TriggerFrame::kSubject || passive) {
    int p = view_.PhraseBefore(clause.begin, begin, true);
    if (const int head = HeadOfRelative(clause_index, p, begin); head >= 0) p = head;
    if (p < 0 && view_.clauses[clause_index].opener != ClauseOpener::kStart)
      p = view_.PhraseBefore(view_.sentence.tokens.begin, begin, true);
    if (p >= 0 && (!strict || ReadVerbGroup(view_, trigger).begin <= view_.phrases[p].tokens.end + 3)) {
      std::vector<int> found = JoinedBefore(p);
      // "the text of the treaty was agreed"
      if (found.empty() && IsTextOf(p, p + 1)) found = meanings_->Of(p + 1);
      if (passive && entry.event_type == treatywire::v1::EVENT_TYPE_SIGNED)
        AddTogether(end, clause.end, &found);
      // "any new annex must be approved", "instruments of ratification were deposited by Chile": part of what
      // the text speaks of.
      const bool part =
          view_.phrases[p].noun == "annex" || entry.event_type == treatywire::v1::EVENT_TYPE_DEPOSITED;
      if (!found.empty() || !part) return found;
      // "any new annex must be approved": what is said of a part is said of the whole.
      if (view_.phrases[p].noun == "annex" && discourse_.Focus({}) >= 0) {
        understood_ = true;
        return {discourse_.Focus({})};
      }
    }
    // "Signed in Budapest on 16 September 1977, the agreement provided for …"
    const bool fronted = begin <= view_.sentence.tokens.begin + 2;
    if (fronted || (passive && entry.frame != TriggerFrame::kSubject)) {
      p = view_.PhraseAfter(end, view_.sentence.tokens.end, true);
      if (p >= 0 && fronted) return meanings_->Of(p);
    }
    if (strict) return {};
    if (std::vector<int> several = SeveralBefore(clause.begin, begin); !several.empty()) return several;
    if (HasOtherSubject(clause, begin)) return {};
    if (fronted && passive && !actors.empty() && discourse_.Focus(actors) >= 0)
      return {discourse_.Focus(actors)};
    return FromContext(trigger, entry, doers, passive || entry.frame == TriggerFrame::kSubject);
  }
  const uint32_t reach = strict ? std::min(clause.end, end + 4) : clause.end;
  int p = view_.PhraseAfter(end, reach, true);
  if (p >= 0 && entry.frame == TriggerFrame::kObject && entry.flags.Has(TriggerFlag::kWeak) &&
      (!IsDirect(end, p) || HasNoObject(end)))
    return {};
  if (p >= 0 && entry.flags.Has(TriggerFlag::kBack) && entry.flags.Has(TriggerFlag::kWeak) &&
      !IsDirect(end, p))
    return {};
  if (p >= 0 && entry.event_type == treatywire::v1::EVENT_TYPE_SIGNED && SignsLaw(end, p)) return {};
  if (p >= 0 && entry.event_type == treatywire::v1::EVENT_TYPE_SIGNED && SignsBillBefore(p, doers)) return {};
  if (p >= 0) return JoinedAfter(p);
  if (p = AfterParenthesis(trigger, clause_index); p >= 0) return JoinedAfter(p);
  if (std::vector<int> several = SeveralAfter(end, reach); !several.empty()) return several;
  if (p = SharedObject(trigger, clause_index); p >= 0) return meanings_->Of(p);
  if (entry.frame == TriggerFrame::kNoun) {
    if (IsOfOtherRules(trigger, entry)) return {};
    p = view_.PhraseBefore(clause.begin, begin, false);
    if (p >= 0 && begin - view_.phrases[p].core.end <= 2) return meanings_->Of(p);
    return FromContext(trigger, entry, doers, false);
  }
  if (p = ObjectOfRelative(clause_index); p >= 0 && !HasOtherObject(trigger)) return meanings_->Of(p);
  // "the treaty that Russia had denounced", "which Dhaka and Delhi signed on 6 June"
  const ClauseOpener opener = view_.clauses[clause_index].opener;
  if (entry.frame == TriggerFrame::kObject && HasOtherObject(trigger)) return {};
  // "in which the two renounced arms", "had walked away from the table"
  const bool other = entry.frame == TriggerFrame::kActor && entry.flags.Has(TriggerFlag::kLeave) &&
                     !entry.flags.Has(TriggerFlag::kImplicit);
  if (other && end < view_.sentence.tokens.end && a_.token(end).is_word && HasOtherObject(trigger)) return {};
  p = view_.PhraseBefore(view_.sentence.tokens.begin, begin, false);
  if (p >= 0 &&
      (opener == ClauseOpener::kRelative || (!strict && view_.phrases[p].tokens.end >= clause.begin)))
    return meanings_->Of(p);
  if (strict) return {};
  return FromContext(trigger, entry, doers, p >= 0 && opener != ClauseOpener::kStart);
}

// "the protocol that implements the agreement runs out": the relative clause has a verb before the phrase
// `inner`, so that the second one is said of the noun that the clause hangs on; -1 where it is not so.
int ObjectFinder::HeadOfRelative(size_t clause_index, int inner, uint32_t verb) const {
  const Clause& clause = view_.clauses[clause_index];
  const uint32_t first = clause.tokens.begin + 1;
  if (inner < 0 || clause.opener != ClauseOpener::kRelative) return -1;
  if (!IsOneOf(a_.norm(clause.tokens.begin), {"that", "which"})) return -1;
  if (view_.phrases[inner].tokens.begin <= first || view_.phrases[inner].tokens.end != verb) return -1;
  const absl::string_view word = a_.norm(first);
  const bool predicate =
      a_.at[first].party < 0 && a_.at[first].date < 0 &&
      (a_.IsAuxiliary(first) || (!a_.IsFunctionWord(first) && word.size() > 3 &&
                                 (absl::EndsWith(word, "s") || absl::EndsWith(word, "ed"))));
  if (!predicate) return -1;
  const int head = view_.PhraseBefore(view_.sentence.tokens.begin, clause.tokens.begin, false);
  return head >= 0 && view_.phrases[head].tokens.end + 1 >= clause.tokens.begin ? head : -1;
}

// "was ratified by Chile and approved by Peru": a participle that shares subject and auxiliary with the one
// before it.
bool ObjectFinder::IsJoinedParticiple(const LexiconMatch& trigger, size_t clause_index) const {
  const Clause& clause = view_.clauses[clause_index];
  if (clause_index == 0 || clause.opener != ClauseOpener::kCoordinated ||
      trigger.tokens.begin > clause.tokens.begin + 1)
    return false;
  const Clause& before = view_.clauses[clause_index - 1];
  for (uint32_t t = clause.tokens.begin; t-- > before.tokens.begin;) {
    const int32_t verb = a_.at[t].trigger;
    if (verb < 0 || a_.triggers[verb].form == VerbForm::kNone || view_.InsideCore(t)) continue;
    return ReadVerbGroup(view_, a_.triggers[verb]).passive;
  }
  return false;
}

bool ObjectFinder::IsActOfOrgan(const Actors& doers) const {
  return doers.all_parties || std::any_of(doers.mentions.begin(), doers.mentions.end(), [this](int m) {
           return a_.parties[m].role == PartyRole::kBody || a_.parties[m].role == PartyRole::kPerson;
         });
}

// "signed, by video link, a treaty": the object after what the commas enclose; -1 for none.
int ObjectFinder::AfterParenthesis(const LexiconMatch& trigger, size_t clause_index) const {
  const Clause& clause = view_.clauses[clause_index];
  if (trigger.tokens.end >= clause.tokens.end || a_.norm(trigger.tokens.end) != ",") return -1;
  if (a_.norm(clause.tokens.end - 1) != "," || clause.tokens.end - 1 == trigger.tokens.end) return -1;
  const int p = view_.PhraseAfter(clause.tokens.end, view_.sentence.tokens.end, false);
  return p >= 0 && view_.phrases[p].core.begin == clause.tokens.end ? p : -1;
}

// "a deal that Oslo had signed but Bern never approved": what the relative clause before this one is said of;
// -1 where there is none.
int ObjectFinder::ObjectOfRelative(size_t clause_index) const {
  if (clause_index == 0 || view_.clauses[clause_index].opener != ClauseOpener::kCoordinated) return -1;
  const Clause& relative = view_.clauses[clause_index - 1];
  if (relative.opener != ClauseOpener::kRelative) return -1;
  const int p = view_.PhraseBefore(view_.sentence.tokens.begin, relative.tokens.begin, false);
  if (p < 0 || view_.phrases[p].tokens.end + 1 < relative.tokens.begin) return -1;
  // With an object of its own the relative clause is said of somebody else: "the treaty that ended the war".
  return view_.PhraseAfter(relative.tokens.begin, relative.tokens.end, true) < 0 ? p : -1;
}

// "Both were concluded in 2019", "All three have lapsed": the agreements spoken of last, so many.
std::vector<int> ObjectFinder::SeveralBefore(uint32_t from, uint32_t to) const {
  for (uint32_t t = from; t < std::min(to, from + 2); ++t) {
    const bool alone = t + 1 < view_.sentence.tokens.end && (a_.IsAuxiliary(t + 1) || t + 1 == to);
    if (a_.norm(t) == "both" && alone) return discourse_.FocusGroup(2);
    if (a_.norm(t) != "all" || t + 1 >= to) continue;
    if (a_.norm(t + 1) == "three") return discourse_.FocusGroup(3);
    if (a_.norm(t + 1) == "four") return discourse_.FocusGroup(4);
  }
  return {};
}

// "the move takes effect at once", "the ban was lifted": the verb at `verb` has a subject that is no
// agreement.
bool ObjectFinder::HasOtherSubject(TokenSpan clause, uint32_t verb) const {
  uint32_t t = verb;
  while (t > clause.begin && (a_.IsAuxiliary(t - 1) || a_.IsAdverb(t - 1))) --t;
  // "Johor's demand for a review of the treaty was turned down"
  for (uint32_t noun = clause.begin; noun + 1 < std::min(t, clause.begin + 5); ++noun) {
    if (IsOneOf(a_.norm(noun), {"demand", "demands", "request", "requests", "call", "calls", "bid", "appeal",
                                "offer", "proposal", "motion"}) &&
        IsOneOf(a_.norm(noun + 1), {"for", "to", "that"}))
      return true;
  }
  if (t < clause.begin + 2 || a_.at[t - 1].date >= 0 || a_.at[t - 1].party >= 0) return false;
  if (!IsOneOf(a_.norm(t - 2), {"the", "this", "that", "a", "an"})) return false;
  return IsOneOf(a_.norm(t - 1), {"notice", "move", "step", "decision", "measure", "measures", "ban",
                                  "sanctions", "tariffs", "embargo", "curfew"});
}

// "a decree signed by the president", "assets frozen in Europe": a participle that says what befell its noun,
// which is no agreement.
bool ObjectFinder::SaidOfOtherNoun(const LexiconMatch& trigger) const {
  const uint32_t end = trigger.tokens.end;
  const bool by = end < view_.sentence.tokens.end && a_.norm(end) == "by";
  if (trigger.form != VerbForm::kParticiple && !(trigger.form == VerbForm::kPastOrParticiple && by))
    return false;
  uint32_t t = trigger.tokens.begin;
  while (t > view_.sentence.tokens.begin && a_.IsAdverb(t - 1)) --t;
  if (t <= view_.sentence.tokens.begin + 1 || view_.InsidePhrase(t - 1)) return false;
  // "which Oslo wants rewritten"
  for (const Cue* cue : a_.CuesIn({t - 1, t})) {
    if (cue->form != VerbForm::kNone) return false;
  }
  const Token& noun = a_.token(t - 1);
  return noun.is_word && !a_.IsFunctionWord(t - 1) && !a_.IsAuxiliary(t - 1) && a_.at[t - 1].date < 0 &&
         a_.at[t - 1].trigger < 0 && a_.at[t - 1].instrument < 0 && a_.at[t - 1].party < 0 &&
         !IsOneOf(noun.norm, {"one", "ones", "its", "own", "each", "both", "all", "two"});
}

// Whether the phrase is what the verb that ends at `from` acts on, or a part of it is: "dropped the treaty",
// "froze parts of the treaty"; not "ended a trade war and signed a treaty".
bool ObjectFinder::IsDirect(uint32_t from, int phrase) const {
  for (uint32_t t = from; t < view_.phrases[phrase].core.begin; ++t) {
    const Token& token = a_.token(t);
    if (a_.at[t].date >= 0 || a_.at[t].party >= 0 || a_.IsAdverb(t) || a_.IsFunctionWord(t)) continue;
    if (!token.is_word || absl::EndsWith(token.norm, "ly")) continue;
    if (!IsOneOf(token.norm, {"the",         "a",
                              "an",          "its",
                              "their",       "his",
                              "her",         "this",
                              "all",         "some",
                              "most",        "part",
                              "parts",       "terms",
                              "text",        "provisions",
                              "articles",    "article",
                              "clause",      "clauses",
                              "chapter",     "annex",
                              "operation",   "implementation",
                              "application", "participation",
                              "signing",     "ratification",
                              "both",        "several",
                              "own",         "number",
                              "series",      "couple",
                              "half",        "validity",
                              "term",        "life"}))
      return false;
  }
  return true;
}

// "ends with three agreements signed": the verb has no object.
bool ObjectFinder::HasNoObject(uint32_t verb_end) const {
  const uint32_t next = verb_end + 1;
  return next < view_.sentence.tokens.end && IsOneOf(a_.norm(verb_end), {"with", "without", "amid"}) &&
         !IsOneOf(a_.norm(next), {"immediate", "effect"});
}

// "signed the law ratifying the pact", "signed into law a bill on the treaty": what is signed is an act of
// one state.
bool ObjectFinder::SignsLaw(uint32_t from, int phrase) const {
  for (uint32_t t = from; t < view_.phrases[phrase].core.begin; ++t) {
    if (IsOneOf(a_.norm(t),
                {"law", "bill", "decree", "order", "legislation", "ordinance", "motion", "ukase"}))
      return true;
  }
  return false;
}

// "called the treaty a violation of its constitution": of something else than an agreement.
bool ObjectFinder::IsOfOtherRules(const LexiconMatch& trigger, const LexiconEntry& entry) const {
  const uint32_t end = trigger.tokens.end;
  if (entry.event_type != treatywire::v1::EVENT_TYPE_BREACH_ALLEGED || a_.norm(end - 1) != "of") return false;
  for (uint32_t t = end; t < std::min(view_.sentence.tokens.end, end + kRuleReach); ++t) {
    if (!a_.token(t).is_word) return false;
    if (IsOneOf(a_.norm(t),
                {"resolution", "resolutions", "constitution", "sovereignty", "law", "laws", "rights",
                 "airspace", "waters", "territory", "integrity", "sanctions", "embargo", "borders"}))
      return true;
  }
  return false;
}

// "The bill goes to the upper house. The president is expected to sign it": it is the bill.
bool ObjectFinder::SignsBillBefore(int phrase, const Actors& doers) const {
  if (!view_.phrases[phrase].pronoun || doers.ids.size() != 1 || !IsActOfOrgan(doers)) return false;
  const uint32_t from =
      view_.index > 0 ? a_.document.sentences[view_.index - 1].tokens.begin : view_.sentence.tokens.begin;
  for (uint32_t t = view_.phrases[phrase].tokens.begin; t-- > from;) {
    if (IsOneOf(a_.norm(t), {"bill", "law", "decree", "legislation"}) && !a_.token(t).capitalized)
      return true;
  }
  return false;
}

// "leave the Rivers Treaty, nor the Lakes Convention", "signed a treaty on trade, one on fish and one on
// tax": a phrase and those joined to it.
std::vector<int> ObjectFinder::JoinedAfter(int phrase) {
  std::vector<int> found = meanings_->Of(phrase);
  if (found.empty() && IsTextOf(phrase, phrase + 1)) return JoinedAfter(phrase + 1);
  const size_t last = LastJoined(phrase);
  for (size_t next = phrase + 1; next <= last; ++next) AddNew(meanings_->Of(next), &found);
  return found;
}

// "initialled the text of a peace agreement": what is done to the text is done to what it is of.
bool ObjectFinder::IsTextOf(size_t text, size_t other) const {
  if (other >= view_.phrases.size()) return false;
  const uint32_t end = view_.phrases[text].core.end;
  return view_.phrases[other].core.begin == end + 1 && IsOneOf(a_.norm(end), {"of", "for", "to"});
}

std::vector<int> ObjectFinder::JoinedBefore(int phrase) {
  std::vector<int> found = meanings_->Of(phrase);
  size_t first = phrase;
  while (first > 0 && Link(first - 1, first) != Joint::kNone) --first;
  // Commas alone part asides, not what is listed.
  while (first < static_cast<size_t>(phrase) && LastJoined(first) < static_cast<size_t>(phrase)) ++first;
  for (size_t p = phrase; p-- > first;) AddNew(meanings_->Of(p), &found);
  return found;
}

// "was signed in Lima together with the Treaty on Friendship"
void ObjectFinder::AddTogether(uint32_t from, uint32_t to, std::vector<int>* found) {
  const int p = view_.PhraseAfter(from, to, false);
  if (p < 0 || view_.phrases[p].core.begin < from + 2) return;
  const uint32_t with = view_.phrases[p].core.begin - 1;
  const bool together = a_.norm(with) == "alongside" ||
                        (a_.norm(with) == "with" && IsOneOf(a_.norm(with - 1), {"together", "along"}));
  if (together) AddNew(meanings_->Of(p), found);
}

void ObjectFinder::AddNew(const std::vector<int>& agreements, std::vector<int>* to) {
  for (const int agreement : agreements) {
    if (std::find(to->begin(), to->end(), agreement) == to->end()) to->push_back(agreement);
  }
}

// The last phrase of the list that begins with `first`: up to the last "and"; `first` where none is joined to
// it.
size_t ObjectFinder::LastJoined(size_t first) const {
  size_t last = first;
  for (size_t next = first + 1; next < view_.phrases.size(); ++next) {
    const Joint joint = Link(next - 1, next);
    if (joint == Joint::kNone) break;
    if (joint == Joint::kAnd) last = next;
  }
  return last;
}

// What joins two phrases that follow each other: nothing but "and", "nor", commas and the like stands between
// them.
ObjectFinder::Joint ObjectFinder::Link(size_t first, size_t second) const {
  const AgreementPhrase& a = view_.phrases[first];
  const AgreementPhrase& b = view_.phrases[second];
  if (a.pronoun || b.pronoun || b.tokens.begin < a.tokens.end || b.core.begin - a.tokens.end > kJoinReach)
    return Joint::kNone;
  Joint joint = Joint::kNone;
  // "signed a treaty on Monday, together with a protocol": the day of both.
  bool dated = false;
  for (uint32_t t = a.tokens.end; t < b.core.begin; ++t) {
    const absl::string_view word = a_.norm(t);
    const bool date = a_.at[t].date >= 0 || (IsOneOf(word, {"on", "in"}) && a_.at[t + 1].date >= 0);
    dated = dated || date;
    if (date && joint == Joint::kNone) continue;
    if (!IsOneOf(word, {"and", "or", "nor", "as", "well", ",", ";", "both", "also", "from", "to", "the",
                        "together", "along", "alongside", "with", "plus"}))
      return Joint::kNone;
    if (IsOneOf(word, {"and", "or", "nor", "well", "together", "along", "alongside", "plus"}))
      joint = Joint::kAnd;
    if (IsOneOf(word, {",", ";"}) && joint == Joint::kNone) joint = Joint::kComma;
    // "… on Monday and the treaty" begins what else happened.
    if (dated && IsOneOf(word, {"and", "or", "nor", ";"})) return Joint::kNone;
  }
  return dated && joint != Joint::kAnd ? Joint::kNone : joint;
}

// "has signed but not ratified the treaty": the object that the next verb has for both; -1 for none.
int ObjectFinder::SharedObject(const LexiconMatch& trigger, size_t clause_index) const {
  const uint32_t end = trigger.tokens.end;
  if (end >= view_.sentence.tokens.end || !IsOneOf(a_.norm(end), {"and", "or", "nor", "but", ","})) return -1;
  const size_t next = clause_index + 1 < view_.clauses.size() ? clause_index + 1 : clause_index;
  for (uint32_t t = end + 1; t < std::min(end + 4, view_.sentence.tokens.end); ++t) {
    const int32_t verb = a_.at[t].trigger;
    if (verb >= 0 && a_.triggers[verb].form != VerbForm::kNone && !view_.InsideCore(t))
      return view_.PhraseAfter(a_.triggers[verb].tokens.end, view_.clauses[next].tokens.end, true);
    if (a_.at[t].party >= 0 || a_.IsAuxiliary(t)) return -1;
  }
  return -1;
}

// "cancelled both", "suspended all three", "ended them"
std::vector<int> ObjectFinder::SeveralAfter(uint32_t from, uint32_t to) const {
  for (uint32_t t = from; t < std::min(to, from + 2); ++t) {
    const bool ends =
        t + 1 >= view_.sentence.tokens.end || !a_.token(t + 1).is_word || a_.IsFunctionWord(t + 1);
    if (a_.norm(t) == "both" && ends) return discourse_.FocusGroup(2);
    if (a_.norm(t) == "all" && t + 1 < to && IsOneOf(a_.norm(t + 1), {"three"}))
      return discourse_.FocusGroup(3);
    if (a_.norm(t) == "all" && t + 1 < to && IsOneOf(a_.norm(t + 1), {"four"}))
      return discourse_.FocusGroup(4);
    if (a_.norm(t) == "them") return SpokenOf();
  }
  return {};
}

// Those spoken of last as several, else what is spoken of.
std::vector<int> ObjectFinder::SpokenOf() const {
  std::vector<int> several = discourse_.Several();
  return several.empty() ? discourse_.FocusGroup() : several;
}

// Whether the verb has an object that is no agreement ("signed a petition"): then nothing is understood.
bool ObjectFinder::HasOtherObject(const LexiconMatch& trigger) const {
  const uint32_t next = trigger.tokens.end;
  if (next >= view_.sentence.tokens.end) return false;
  const int32_t date = a_.at[next].date;
  if (date >= 0) return a_.dates[date].role == DateRole::kDuration;  // "ended five days of fighting"
  if (a_.IsAdverb(next)) return false;
  // "ratified the same year"; but "ended a ten-year war"
  const bool determined = IsOneOf(a_.norm(next), {"the", "this", "that", "a"});
  const int32_t day = determined && next + 1 < view_.sentence.tokens.end ? a_.at[next + 1].date : -1;
  if (day >= 0) return a_.norm(next) == "a" && a_.dates[day].role == DateRole::kDuration;
  // "ended years of war"
  const bool measured = next + 1 < view_.sentence.tokens.end && a_.norm(next + 1) == "of";
  if (measured && IsOneOf(a_.norm(next), {"days", "weeks", "months", "years"})) return true;
  const bool quoted =
      a_.norm(next) == "\"" && next + 1 < view_.sentence.tokens.end && a_.IsFunctionWord(next + 1);
  if (quoted) return false;  // join "within weeks"
  const Token& token = a_.token(next);
  if (!token.is_word && !token.is_number && token.norm != "\"" && token.norm != "$") return false;
  return !IsOneOf(token.norm,
                  {"in",         "on",          "at",         "by",        "with",    "from",      "for",
                   "after",      "before",      "under",      "as",        "and",     "but",       "or",
                   "only",       "when",        "while",      "because",   "too",     "since",     "to",
                   "until",      "during",      "of",         "last",      "this",    "next",      "that",
                   "nor",        "either",      "early",      "late",      "first",   "second",    "unless",
                   "if",         "once",        "within",     "without",   "despite", "where",     "which",
                   "who",        "immediately", "there",      "here",      "so",      "though",    "although",
                   "than",       "back",        "twice",      "overnight", "amid",    "where",     "thanks",
                   "along",      "alongside",   "ahead",      "following", "upon",    "against",   "between",
                   "over",       "through",     "throughout", "whenever",  "anyway",  "unnoticed", "home",
                   "yesterday",  "today",       "tomorrow",   "days",      "weeks",   "months",    "years",
                   "altogether", "noon",        "midnight",   "dawn"});
}

bool ObjectFinder::IsClosedPair(const AgreementEntity& entity) {
  return !entity.multilateral && entity.parties.size() == 2;
}

// Nothing near: what the text speaks of, where the trigger allows it.
std::vector<int> ObjectFinder::FromContext(const LexiconMatch& trigger, const LexiconEntry& entry,
                                           const Actors& doers, bool pronoun_like) {
  const PartyIds& actors = doers.ids;
  if (!pronoun_like && !entry.flags.Has(TriggerFlag::kImplicit)) return {};
  if (entry.flags.Has(TriggerFlag::kWeak) && !entry.flags.Has(TriggerFlag::kImplicit)) return {};
  if (!pronoun_like && entry.frame != TriggerFrame::kNoun && HasOtherObject(trigger)) return {};
  understood_ = true;
  // "They have been terminated": the agreements spoken of as several.
  const uint32_t begin = view_.clauses[view_.ClauseOf(trigger.tokens.begin)].tokens.begin;
  for (uint32_t t = begin; pronoun_like && t < trigger.tokens.begin; ++t) {
    if (a_.norm(t) == "they" && !discourse_.Several().empty()) return discourse_.Several();
  }
  int focus = discourse_.Focus(actors);
  // "Denmark signed in May", after a pact of Finland's with Washington: one of that sort (EventSet).
  const bool own = focus < 0 && !pronoun_like && entry.frame == TriggerFrame::kObject && actors.size() == 1 &&
                   actors.front().is_state() && !doers.unnamed;
  if (own) focus = discourse_.Focus({});
  if (focus < 0) return {};
  // "withdrew", "acceded", said without of what: of what has members, rather than of what two states have.
  const bool of_members =
      entry.frame == TriggerFrame::kActor && (entry.event_type == treatywire::v1::EVENT_TYPE_WITHDRAWN ||
                                              entry.event_type == treatywire::v1::EVENT_TYPE_ACCEDED);
  if (of_members && !pronoun_like && IsClosedPair(discourse_.entities()[focus]) &&
      discourse_.FocusOfMany() >= 0)
    focus = discourse_.FocusOfMany();
  // "the bank leaves next year": without its agreement, only a member leaves or joins, and only what has
  // members.
  // "Parliament must give its consent" is said of a pair's agreement as well.
  const bool consent = entry.event_type == treatywire::v1::EVENT_TYPE_RATIFIED && IsActOfOrgan(doers);
  const bool membership =
      entry.frame == TriggerFrame::kActor && entry.flags.Has(TriggerFlag::kWeak) && !consent;
  const AgreementEntity& entity = discourse_.entities()[focus];
  if (membership && (actors.empty() || (!entity.multilateral && entity.parties.size() >= 2))) return {};
  return {focus};
}

// The end of the that-clause right after the clause `index`; of the clause itself where none follows.
uint32_t ObjectFinder::EndOfReport(size_t index) const {
  size_t next = index + 1;
  // "notified Portugal, the depositary, on Thursday that": what commas cut off has no verb.
  while (next < view_.clauses.size() && view_.clauses[next].opener == ClauseOpener::kCoordinated &&
         view_.clauses[next].tokens.size() <= kAsideTokens)
    ++next;
  const bool reported = next < view_.clauses.size() && view_.clauses[next].opener == ClauseOpener::kThat;
  return view_.clauses[reported ? next : index].tokens.end;
}

// "told Chile that it was ending the treaty": a party is told right there of an end or a standstill.
bool ObjectFinder::TellsOfEnd(const LexiconMatch& trigger, uint32_t end) const {
  const PartyList told = ReadPartyList(a_, trigger.tokens.end, view_.sentence.tokens.end);
  if (told.ids.empty() || (told.next < view_.sentence.tokens.end && a_.norm(told.next) == "to")) return false;
  for (uint32_t t = told.next; t < end; ++t) {
    if (a_.at[t].trigger < 0) continue;
    const LexiconEntry& act = *a_.triggers[a_.at[t].trigger].entries.front();
    if (act.event_type == treatywire::v1::EVENT_TYPE_NOTICE_REVOKED) return false;
    if (act.flags.Has(TriggerFlag::kLeave) || act.event_type == treatywire::v1::EVENT_TYPE_SUSPENDED)
      return true;
  }
  return false;
}

std::vector<int> ObjectFinder::Notified(const LexiconMatch& trigger, const LexiconEntry& entry,
                                        size_t clause_index) {
  const TokenSpan clause{view_.clauses[clause_index].tokens.begin, EndOfReport(clause_index)};
  understood_ = false;
  if (entry.flags.Has(TriggerFlag::kStrict) && !TellsOfEnd(trigger, clause.end)) return {};
  // "notify Portugal, Canada and France": the agreement with each.
  if (std::vector<int> each = OneWithEach(RecipientsOf(trigger.tokens, clause.end)); each.size() > 1)
    return each;
  int p = view_.PhraseAfter(trigger.tokens.end, clause.end, false);
  if (p < 0 && !trigger.gap.empty()) p = view_.PhraseAfter(trigger.gap.begin, trigger.gap.end, false);
  if (p < 0 && trigger.form == VerbForm::kNone)
    p = view_.PhraseAfter(trigger.tokens.end, view_.sentence.tokens.end, false);
  if (p >= 0) return meanings_->Of(p);
  understood_ = true;
  const PartyList recipients = RecipientsOf(trigger.tokens, clause.end);
  std::vector<int> group = SpokenOf();
  if (!recipients.ids.empty()) {
    std::vector<int> matching;
    for (PartyId id : recipients.ids) {
      for (int e = static_cast<int>(discourse_.entities().size()) - 1; e >= 0; --e) {
        if (!discourse_.HasParty(e, id) || discourse_.entities()[e].parties.size() > 2) continue;
        if (std::find(matching.begin(), matching.end(), e) == matching.end()) matching.push_back(e);
        break;
      }
    }
    if (recipients.ids.size() > 1 && !matching.empty()) return matching;
    const bool to_party = std::any_of(recipients.ids.begin(), recipients.ids.end(), [&](PartyId id) {
      return std::any_of(group.begin(), group.end(), [&](int e) {
        const AgreementEntity& entity = discourse_.entities()[e];
        const bool open = entity.parties.size() < 2 && recipients.ids.size() == 1;
        return entity.multilateral || open || discourse_.HasParty(e, id);
      });
    });
    if (!to_party) return matching;
  }
  return group;
}

// The agreement of two parties spoken of last with each of those named; nothing where one of them has none.
std::vector<int> ObjectFinder::OneWithEach(const PartyList& named) const {
  std::vector<int> found;
  for (PartyId id : named.ids) {
    const size_t before = found.size();
    for (int e = static_cast<int>(discourse_.entities().size()) - 1; e >= 0 && found.size() == before; --e) {
      const bool pair = discourse_.HasParty(e, id) && discourse_.entities()[e].parties.size() <= 2;
      if (pair && std::find(found.begin(), found.end(), e) == found.end()) found.push_back(e);
    }
    if (found.size() == before) return {};
  }
  return found;
}

PartyList ObjectFinder::RecipientsOf(TokenSpan trigger, uint32_t end) const {
  for (uint32_t t = trigger.begin; t < std::min(end, trigger.end + 4); ++t) {
    if (a_.at[t].party < 0) continue;
    return ReadPartyList(a_, t, end);
  }
  return {};
}

}  // namespace treatywire::ingest
