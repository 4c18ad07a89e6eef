// Subjects that another clause tells: the noun of a relative clause, what is carried over a comma or "and",
// whose infinitive it is.
#include <algorithm>

#include "ingest_service/extraction/actor_finder.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

// ", the government of Oman": so far behind the comma a subject begins.
constexpr uint32_t kSubjectReach = 5;

}  // namespace

// "Turkey, which left it", "the treaty with Turkey, which left it": the party right before.
Actors ActorFinder::AntecedentOfRelative(size_t clause_index) const {
  const uint32_t begin = view_.clauses[clause_index].tokens.begin;
  for (uint32_t t = begin; t > view_.sentence.tokens.begin && begin - t < 2;) {
    --t;
    const int32_t p = a_.at[t].party;
    if (p >= 0 && a_.parties[p].role != PartyRole::kAdjective) {
      Actors found = ActorsOf(p);
      CollectJoined(a_.parties[p].tokens.begin, view_.sentence.tokens.begin, &found);
      return found;
    }
    if (a_.norm(t) != ",") break;
  }
  return CarriedInto(clause_index);
}

// "Chile objected, and Peru, which had left in 1992, came back": after the comma that closes a relative
// clause the subject is what that clause describes.
Actors ActorFinder::SubjectAround(size_t clause_index) const {
  if (clause_index < 2) return {};
  const Clause& relative = view_.clauses[clause_index - 1];
  const Clause& clause = view_.clauses[clause_index];
  const uint32_t begin = relative.tokens.begin;
  if (relative.opener != ClauseOpener::kRelative || clause.opener != ClauseOpener::kCoordinated) return {};
  if (!IsOneOf(a_.norm(begin), {"which", "who", "whom", "whose"}) || a_.norm(clause.tokens.begin - 1) != ",")
    return {};
  uint32_t verb = clause.tokens.begin;
  while (verb + 1 < clause.tokens.end && a_.IsAdverb(verb) && !a_.IsAuxiliary(verb)) ++verb;
  if (!a_.IsAuxiliary(verb) && !(a_.at[verb].trigger >= 0)) return {};
  // "Peru's Congress, to which it was sent, will vote"
  uint32_t comma = begin - 1;
  if (comma > view_.sentence.tokens.begin &&
      IsOneOf(a_.norm(comma), {"to", "in", "of", "for", "with", "from", "by", "under", "on"}))
    --comma;
  if (comma < view_.sentence.tokens.begin + 1 || a_.norm(comma) != "," || a_.at[comma - 1].party < 0)
    return {};
  const PartyMention& mention = a_.parties[a_.at[comma - 1].party];
  if (!IsSubject(mention)) return {};
  Actors found = ActorsOf(a_.at[comma - 1].party);
  CollectJoined(mention.tokens.begin, view_.clauses[clause_index - 2].tokens.begin, &found);
  return found;
}

// The subject that a clause without one takes over: that of the clause before, else who acted last.
Actors ActorFinder::CarriedInto(size_t clause_index) const {
  if (Actors around = SubjectAround(clause_index); !around.empty()) return around;
  for (size_t c = clause_index; c-- > 0;) {
    const Clause& clause = view_.clauses[c];
    const bool aside =
        clause.opener == ClauseOpener::kRelative || clause.opener == ClauseOpener::kParenthesis;
    // "Peru, which denies that it backs Chile, signed": what the aside says is a part of it.
    const bool in_aside = clause.opener == ClauseOpener::kThat && c > 1 &&
                          view_.clauses[c - 1].opener == ClauseOpener::kRelative;
    if ((aside && c > 0) || in_aside) continue;
    Actors subject = FirstSubject(clause.tokens.begin, clause.tokens.end);
    if (!subject.empty()) return subject;
    for (uint32_t t = clause.tokens.begin; t < clause.tokens.end; ++t) {
      if (Actors group = GroupEndingAt(t); !group.empty()) return group;
      if (Actors many = ManyAt(t); many.many) return many;
    }
  }
  // "For Riga it is a first: in March it left"
  const TokenSpan sentence = view_.sentence.tokens;
  if (clause_index > 0 && a_.norm(sentence.begin) == "for") {
    const PartyList list = ReadPartyList(a_, sentence.begin + 1, view_.clauses.front().tokens.end);
    if (!list.ids.empty()) return {list.ids, list.mentions, false};
  }
  return last_actors_;
}

// The first party in [begin, end) that is a subject, with those listed after it.
Actors ActorFinder::FirstSubject(uint32_t begin, uint32_t end) const {
  for (uint32_t t = begin; t < end; ++t) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    if (a_.parties[p].tokens.begin != t || !IsSubject(a_.parties[p])) continue;
    Actors found = ActorsOf(p);
    const PartyList list = ReadPartyList(a_, t, view_.sentence.tokens.end);
    AddIds(list.ids, &found.ids);
    return found;
  }
  return {};
}

// "When it joined in 2005, Fiji made a reservation": the pronoun of a clause in front is the subject of what
// follows.
Actors ActorFinder::SubjectAfterAside() const {
  const bool aside = IsOneOf(
      a_.norm(view_.sentence.tokens.begin),
      {"when", "after", "before", "while", "since", "as", "until", "once", "although", "though", "because"});
  if (!aside) return {};
  const TokenSpan sentence = view_.sentence.tokens;
  for (uint32_t t = sentence.begin + 2; t + 1 < sentence.end; ++t) {
    if (a_.norm(t) != ",") continue;
    Actors found = FirstSubject(t + 1, std::min(sentence.end, t + kSubjectReach));
    if (!found.empty()) return found;
  }
  return {};
}

// "That is what Chile, [Peru and Fiji want]": a comma of a list parts no clauses.
uint32_t ActorFinder::BeginOfList(const Clause& clause) const {
  const uint32_t begin = clause.tokens.begin;
  if (clause.opener != ClauseOpener::kCoordinated || begin < view_.sentence.tokens.begin + 2) return begin;
  const bool comma = a_.norm(begin - 1) == "," && a_.at[begin - 2].party >= 0 && a_.at[begin].party >= 0;
  return comma ? view_.sentence.tokens.begin : begin;
}

// Who an infinitive or gerund is said of: "urged Iran to sign", "Iran's decision to sign", "accused Iran of
// breaking".
Actors ActorFinder::ControllerOf(const VerbGroup& group) const {
  uint32_t end = group.begin;
  if (end <= view_.sentence.tokens.begin) return {};
  if (group.shape == VerbShape::kGerund && IsOneOf(a_.norm(end - 1), {"of", "for", "from", "over"})) --end;
  // "joined Austria and Malta in ratifying it": the subject of the whole.
  if (group.shape == VerbShape::kGerund &&
      IsOneOf(a_.norm(end - 1), {"in", "by", "without", "after", "before"})) {
    const Clause& clause = view_.clauses[view_.ClauseOf(end - 1)];
    return FirstSubject(clause.tokens.begin, end);
  }
  for (uint32_t t = end, steps = 0; t-- > view_.sentence.tokens.begin && steps < 4; ++steps) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    const PartyMention& mention = a_.parties[p];
    if (mention.possessive) return ActorsOf(p);
    if (steps > 0 || !IsActorMention(mention) || view_.InsidePhrase(t)) return {};
    const uint32_t begin = mention.tokens.begin;
    if (begin > view_.sentence.tokens.begin && IsOneOf(a_.norm(begin - 1), {"from", "with", "against"}))
      return {};
    Actors found = ActorsOf(p);
    CollectJoined(begin, view_.sentence.tokens.begin, &found);
    return found;
  }
  return {};
}

}  // namespace treatywire::ingest
