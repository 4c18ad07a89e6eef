#include "ingest_service/extraction/actor_finder.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ingest_service/extraction/one_of.h"

namespace treatywire::ingest {

void AddIds(const PartyIds& ids, PartyIds* to) {
  for (const std::string& id : ids) {
    if (std::find(to->begin(), to->end(), id) == to->end()) to->push_back(id);
  }
}

bool ActorFinder::IsActorMention(const PartyMention& mention) const {
  return !mention.place && mention.role != PartyRole::kAdjective && !mention.possessive;
}

// The ids of an organ that names no state ("the Senate"): the state spoken of.
PartyIds ActorFinder::IdsOf(const PartyMention& mention) const {
  if (!mention.ids.empty()) return mention.ids;
  for (uint32_t t = mention.tokens.begin; t-- > view_.sentence.tokens.begin;) {
    const int32_t p = a_.at[t].party;
    if (p < 0 || a_.parties[p].ids.size() != 1) continue;
    // "the Russian …", "Croatia's …" a few words before, or a list that ended with the state.
    if (a_.parties[p].possessive || a_.parties[p].role == PartyRole::kAdjective) return a_.parties[p].ids;
    break;
  }
  if (!a_.home_party().empty()) return {a_.home_party()};
  return last_actors_.ids.size() == 1 ? last_actors_.ids : PartyIds{};
}

Actors ActorFinder::SubjectBefore(uint32_t end, uint32_t begin) const {
  Actors found;
  for (uint32_t t = end; t-- > begin;) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    const PartyMention& mention = a_.parties[p];
    t = mention.tokens.begin;
    if (view_.InsidePhrase(t) || !IsActorMention(mention) || Governed(mention)) continue;
    found.mentions.push_back(p);
    AddIds(IdsOf(mention), &found.ids);
    CollectJoined(t, begin, &found);
    return found;
  }
  return found;
}

// Whether a preposition makes the mention an object or a place: "with Germany", "to Moscow", "of France".
bool ActorFinder::Governed(const PartyMention& mention) const {
  uint32_t t = mention.tokens.begin;
  if (t > view_.sentence.tokens.begin && a_.norm(t - 1) == "the") --t;
  if (t <= view_.sentence.tokens.begin) return false;
  const absl::string_view word = a_.norm(t - 1);
  if (word == "of" && t >= 2 && a_.at[t - 2].party >= 0) return false;
  return IsOneOf(word, {"with", "to",   "of",    "from", "against", "for",    "on",    "into",
                        "at",   "in",   "about", "over", "between", "than",   "under", "near",
                        "as",   "like", "via",   "upon", "toward",  "towards"});
}

// "Russia, Ukraine and Turkey": walks left over commas and "and".
void ActorFinder::CollectJoined(uint32_t t, uint32_t begin, Actors* found) const {
  uint32_t gap = 0;
  // "According to Zagreb, Ljubljana broke it" is no list: the last two are joined by "and".
  const uint32_t after = found->mentions.empty() ? t : a_.parties[found->mentions.front()].tokens.end;
  bool listed = after < view_.sentence.tokens.end && a_.norm(after) == "and";
  while (t > begin && gap < 5) {
    --t;
    const int32_t p = a_.at[t].party;
    if (p >= 0) {
      const PartyMention& mention = a_.parties[p];
      if (!IsActorMention(mention) || view_.InsidePhrase(mention.tokens.begin) || mention.ids.empty()) return;
      if (gap == 0 || !listed) return;
      found->mentions.push_back(p);
      AddIds(mention.ids, &found->ids);
      t = mention.tokens.begin;
      gap = 0;
      continue;
    }
    if (!IsOneOf(a_.norm(t), {",", "and", "the", "his", "its", "&", "as", "well", "then", "former", "-"}))
      return;
    listed = listed || IsOneOf(a_.norm(t), {"and", "&"});
    if (IsOneOf(a_.norm(t), {",", "and", "&"}) || gap > 0) ++gap;
  }
}

// Whether the subject is a pronoun, or missing, so that it is the one of before.
bool ActorFinder::SubjectIsCarried(uint32_t begin, uint32_t end) const {
  for (uint32_t t = begin; t < end; ++t) {
    if (IsOneOf(a_.norm(t), {"it", "they", "he", "she", "who", "which", "its"})) return true;
  }
  return false;
}

Actors ActorFinder::ByFrame(const LexiconMatch& trigger, const LexiconEntry& entry, size_t clause_index,
                            bool passive) const {
  const Clause& clause = view_.clauses[clause_index];
  if (entry.frame == "noun" || passive) {
    Actors by = ByPhrase(trigger.tokens.end, clause_index);
    if (!by.empty()) return by;
  }
  if (entry.frame == "noun") {
    Actors owner = OwnerBefore(trigger.tokens.begin);
    if (owner.empty()) owner = ForPhrase(clause_index);
    if (!owner.empty()) return owner;
  }
  if (entry.frame == "subject") return ForPhrase(clause_index);
  if (passive) return {};
  Actors subject = SubjectBefore(trigger.tokens.begin, clause.tokens.begin);
  if (!subject.empty()) return subject;
  if (view_.PairSpokenOf(clause.tokens.begin, trigger.tokens.begin)) return {{}, {}, true};
  for (uint32_t t = clause.tokens.begin; t < trigger.tokens.begin; ++t) {
    if (a_.norm(t) == "we" && !a_.home_party().empty()) return {{a_.home_party()}, {}, false};
  }
  // A relative clause: "Turkey, which left the convention"; a coordinated or reported one: the subject
  // before.
  const bool carried =
      clause.opener != ClauseOpener::kStart || SubjectIsCarried(clause.tokens.begin, trigger.tokens.begin);
  if (carried && clause_index > 0) {
    subject = SubjectBefore(clause.tokens.begin, view_.sentence.tokens.begin);
    if (!subject.empty()) return subject;
  }
  if (carried || SubjectIsCarried(view_.sentence.tokens.begin, trigger.tokens.begin)) return last_actors_;
  return {};
}

Actors ActorFinder::ByPhrase(uint32_t t, size_t clause_index) const {
  const uint32_t end =
      std::min<uint32_t>(view_.sentence.tokens.end, view_.clauses[clause_index].tokens.end + 12);
  for (; t < end; ++t) {
    if (!IsOneOf(a_.norm(t), {"by"})) continue;
    if (view_.PairSpokenOf(t, std::min(end, t + 4))) return {{}, {}, true};
    for (uint32_t p = t + 1; p < std::min(end, t + 8); ++p) {
      if (a_.at[p].party < 0) continue;
      const PartyMention& mention = a_.parties[a_.at[p].party];
      Actors found{IdsOf(mention), {a_.at[p].party}, false};
      const PartyList list = ReadPartyList(a_, mention.tokens.begin, end);
      AddIds(list.ids, &found.ids);
      return found;
    }
    return {};
  }
  return {};
}

// "Lithuania's withdrawal", "the Russian exit", "withdrawal of Canada".
Actors ActorFinder::OwnerBefore(uint32_t begin) const {
  uint32_t steps = 0;
  for (uint32_t t = begin; t-- > view_.sentence.tokens.begin && steps < 5; ++steps) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    const PartyMention& mention = a_.parties[p];
    if (mention.possessive || mention.role == PartyRole::kAdjective) return {IdsOf(mention), {p}, false};
    return {};
  }
  return {};
}

// "for Latvia the convention took effect"
Actors ActorFinder::ForPhrase(size_t clause_index) const {
  const TokenSpan clause = view_.clauses[clause_index].tokens;
  for (uint32_t t = clause.begin; t + 1 < clause.end; ++t) {
    if (a_.norm(t) != "for") continue;
    const PartyList list = ReadPartyList(a_, t + 1, std::min(clause.end, t + 8));
    if (!list.ids.empty()) return {list.ids, list.mentions, false};
  }
  return {};
}

Actors ActorFinder::PartiesAfter(uint32_t t) const {
  for (; t < view_.sentence.tokens.end; ++t) {
    if (a_.norm(t) != "by") continue;
    const PartyList list = ReadPartyList(a_, t + 1, view_.sentence.tokens.end);
    if (!list.ids.empty()) return {list.ids, list.mentions, false};
  }
  return {};
}

PartyIds ActorFinder::OwnersOf(const AgreementPhrase& phrase) const {
  if (!phrase.parties.empty()) return phrase.parties;
  Actors found = SubjectBefore(phrase.tokens.begin, view_.sentence.tokens.begin);
  if (found.empty()) found = PartiesAfter(phrase.tokens.end);
  std::erase_if(found.ids, [&](const std::string& id) {
    return std::find(phrase.partners.begin(), phrase.partners.end(), id) != phrase.partners.end();
  });
  if (!found.ids.empty()) {
    // "Angola and Zambia signed their agreement" owns it together; "its treaty with France" is one party's.
    const bool together =
        phrase.plural || (phrase.partners.empty() && phrase.determiner == Determiner::kPossessive);
    return together ? found.ids : PartyIds{found.ids.front()};
  }
  // "Its treaty" is of those who acted last; "treaties with Ireland" are of the party that the article is
  // about.
  std::array<PartyIds, 2> fallbacks{last_actors_.ids, PartyIds{a_.main_party()}};
  if (phrase.determiner != Determiner::kPossessive) std::swap(fallbacks[0], fallbacks[1]);
  for (const PartyIds& fallback : fallbacks) {
    for (const std::string& id : fallback) {
      if (!id.empty() &&
          std::find(phrase.partners.begin(), phrase.partners.end(), id) == phrase.partners.end())
        return {id};
    }
  }
  return {};
}

void ActorFinder::AddPartners(const LexiconMatch& trigger, size_t clause_index, Actors* actors) const {
  const uint32_t end = view_.clauses[clause_index].tokens.end;
  for (uint32_t t = trigger.tokens.end; t + 1 < end && t < trigger.tokens.end + 8; ++t) {
    if (a_.norm(t) != "with" || view_.InsidePhrase(t)) continue;
    const PartyList list = ReadPartyList(a_, t + 1, end);
    AddIds(list.ids, &actors->ids);
    return;
  }
}

Actors ActorFinder::ActorsForNext() const {
  for (uint32_t t = view_.sentence.tokens.begin; t < view_.sentence.tokens.end; ++t) {
    const int32_t p = a_.at[t].party;
    if (p < 0) continue;
    const PartyMention& mention = a_.parties[p];
    if (!IsActorMention(mention) || mention.ids.empty() || Governed(mention) || view_.InsidePhrase(t))
      continue;
    Actors found{mention.ids, {p}, false};
    const PartyList list = ReadPartyList(a_, t, view_.sentence.tokens.end);
    AddIds(list.ids, &found.ids);
    return found;
  }
  return last_actors_;
}

}  // namespace treatywire::ingest
