// Agreements that turn out to be one: described first and named later, or told by the same year.
#include <algorithm>

#include "ingest_service/extraction/contains.h"
#include "ingest_service/extraction/discourse.h"

namespace treatywire::ingest {
namespace {

// "their first agreement on pandemics … the Pandemic Agreement": what was described without parties is what a
// name with the same noun and subject comes for later.
bool IsNamedLater(const AgreementEntity& described, const AgreementEntity& named) {
  if (named.title.empty() || IsDistinctKind(described.kind) || described.first_token > named.first_token)
    return false;
  UncertainDate known;
  const UncertainDate& date = SigningOf(named, &known);
  // "A pact of 1984 … the Lake Navigation Pact": of a name without a date it cannot be told.
  if (!SigningsMeet(described.signed_date, date) || (date.empty() && !described.signed_date.empty()))
    return false;
  const treatywire::v1::Subject x = BestSubject(described.votes);
  const treatywire::v1::Subject y = named.known != nullptr ? named.known->subject : BestSubject(named.votes);
  const bool same_noun = std::any_of(described.nouns.begin(), described.nouns.end(),
                                     [&](absl::string_view noun) { return Contains(named.nouns, noun); });
  return same_noun && x == y && x != treatywire::v1::SUBJECT_UNSPECIFIED;
}

}  // namespace

std::vector<int> Discourse::Unify() {
  std::vector<int> target(entities_.size());
  for (size_t e = 0; e < entities_.size(); ++e) target[e] = static_cast<int>(e);
  for (size_t e = 0; e < entities_.size(); ++e) {
    if (IsNamed(entities_[e])) continue;
    int match = -1;
    int matches = 0;
    for (size_t other = 0; other < entities_.size(); ++other) {
      if (!CanUnify(static_cast<int>(e), static_cast<int>(other))) continue;
      match = static_cast<int>(other);
      ++matches;
    }
    if (matches != 1) continue;
    target[e] = match;
    Absorb(match, static_cast<int>(e));
  }
  return target;
}

bool Discourse::CanUnify(int described, int other) const {
  // What is told apart is looked at last: a text may tell each of its agreements apart from all others.
  return described != other && !IsNamed(entities_[described]) && TellOfOne(described, other) &&
         !Contains(entities_[described].apart, other);
}

// Whether what is told of both may be of one agreement.
bool Discourse::TellOfOne(int described, int other) const {
  const AgreementEntity& a = entities_[described];
  const AgreementEntity& b = entities_[other];
  if (TopicsDiffer(a.topics, b.topics)) return false;
  // Most are of others.
  if (!a.parties.empty() && !a.implied && b.parties.size() >= 2 && !HasParty(other, a.parties.front()))
    return false;
  if (IsDistinctKind(a.kind) != IsDistinctKind(b.kind) || (IsDistinctKind(a.kind) && a.kind != b.kind))
    return false;
  if (a.parties.empty() && IsNamedLater(a, b)) return true;
  if (a.implied && IsDescribedBeside(a, b)) return true;
  if (b.parties.empty() || (a.multilateral != b.multilateral && !a.parties.empty())) return false;
  for (PartyId id : a.parties) {
    if (!HasParty(other, id) && b.parties.size() >= 2) return false;
  }
  UncertainDate known;
  const UncertainDate& date = SigningOf(b, &known);
  if (!SigningsMeet(a.signed_date, date)) return false;
  const bool same_date = !a.signed_date.empty() && !date.empty();
  if (b.title.empty())
    return same_date && a.parties.size() >= 2 && a.first_token < b.first_token && SubjectsMeet(a, b);
  if (a.parties.empty() && !same_date) return false;
  // Described first and named afterwards, or told by its year.
  return same_date || (SubjectsMeet(a, b) && a.first_token < b.first_token);
}

// "Chad followed in May, ending the 2018 accord": what the one act implies is what its doer acts on in the
// same sentence.
bool Discourse::IsDescribedBeside(const AgreementEntity& implied, const AgreementEntity& described) const {
  if (!described.parties.empty() || described.multilateral || implied.last_token > described.first_token)
    return false;
  const std::vector<Sentence>& sentences = a_.document.sentences;
  const auto next = std::upper_bound(sentences.begin(), sentences.end(), implied.last_token,
                                     [](uint32_t t, const Sentence& s) { return t < s.tokens.begin; });
  if (next != sentences.end() && next->tokens.begin <= described.first_token) return false;
  return std::any_of(implied.parties.begin(), implied.parties.end(),
                     [&](PartyId id) { return described.doers.Contains(id); });
}

// What was told of `absorbed` is told of `kept`.
void Discourse::Absorb(int kept, int absorbed) {
  AgreementEntity& named = entities_[kept];
  const AgreementEntity& other = entities_[absorbed];
  AddParties(kept, other.parties);
  if (named.signed_date.empty()) {
    named.signed_date = other.signed_date;
    named.signed_surface = other.signed_surface;
  }
  if (named.signed_place.empty()) named.signed_place = other.signed_place;
  named.mentions += other.mentions;
  for (size_t s = 0; s < named.votes.size(); ++s) named.votes[s] += other.votes[s];
}

}  // namespace treatywire::ingest
