#include "ingest_service/extraction/doer_list.h"

#include <algorithm>

#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

// "have ratified the Convention on … so far": so far the list begins behind the act.
constexpr uint32_t kListReach = 14;

bool IsCopula(absl::string_view word) {
  return IsOneOf(word, {"are", "were", "is", "was", "include", "includes", "included"});
}

}  // namespace

Actors DoersListedAfter(const SentenceView& view, const LexiconMatch& trigger) {
  const Annotation& a = view.annotation;
  const uint32_t end = view.sentence.tokens.end;
  for (uint32_t t = trigger.tokens.end; t < std::min(end, trigger.tokens.end + kListReach); ++t) {
    const absl::string_view word = a.norm(t);
    if (view.InsidePhrase(t) || a.at[t].date >= 0) continue;
    const bool copula = IsCopula(word);
    if (!copula && !IsOneOf(word, {":", "-", ",", "("})) {
      if (IsOneOf(word, {"it", "them", "so", "far", "to", "date", "in", "on", "the", "of", "already"}))
        continue;
      return {};
    }
    uint32_t first = t + 1;
    while (first < end && IsOneOf(a.norm(first), {"the", "namely", "these", ":"})) ++first;
    const PartyList list = ReadPartyList(a, first, end);
    const bool whole = list.next >= end || IsOneOf(a.norm(list.next), {".", ";", ")", "(", "!"});
    const bool enough = list.ids.size() >= (copula || word == ":" ? 1u : 2u);
    if (!enough || (!whole && word != ":" && !copula)) return {};
    return {list.ids, list.mentions, false};
  }
  return {};
}

bool IsOfThose(const SentenceView& view, size_t clause_index) {
  const Clause& clause = view.clauses[clause_index];
  const uint32_t begin = clause.tokens.begin;
  if (clause.opener != ClauseOpener::kRelative || begin <= view.sentence.tokens.begin) return false;
  return IsOneOf(view.annotation.norm(begin - 1), {"those", "states", "countries", "nations", "ones",
                                                   "members", "governments", "parliaments", "parties"});
}

}  // namespace treatywire::ingest
