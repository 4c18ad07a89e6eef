#include "ingest_service/extraction/party_group.h"

#include <algorithm>

#include "absl/strings/string_view.h"
#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/extraction/number_word.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

constexpr uint32_t kFewest = 3;
// How far back the members are looked for.
constexpr uint32_t kReachTokens = 400;

// Larger groups are not listed.
constexpr uint32_t kMost = 9;

uint32_t NumberAt(const Annotation& a, uint32_t t) {
  const uint32_t number = NumberOfWord(a.norm(t));
  return number <= kMost ? number : 0;
}

bool IsMemberNoun(absl::string_view word) {
  return IsOneOf(
      word,
      {"countries",   "states",      "nations",      "governments", "neighbours",  "neighbors", "parties",
       "members",     "parliaments", "leaders",      "presidents",  "premiers",    "ministers", "capitals",
       "sides",       "republics",   "kingdoms",     "juntas",      "allies",      "partners",  "regimes",
       "signatories", "powers",      "legislatures", "monarchies",  "chancellors", "islands"});
}

// Whether the words after a number can go on without a noun: "the three signed", "all four have".
bool EndsGroup(const Annotation& a, TokenSpan sentence, uint32_t next) {
  if (next >= sentence.end) return true;
  const Token& token = a.token(next);
  if (!token.is_word || a.IsAuxiliary(next) || a.IsFunctionWord(next) || a.IsAdverb(next)) return true;
  return a.at[next].trigger >= 0 && a.triggers[a.at[next].trigger].form != VerbForm::kNone;
}

// "the", "all", "all the other"
struct Opening {
  uint32_t begin = 0;
  bool others = false;
  bool definite = false;
};

Opening OpeningBefore(const Annotation& a, TokenSpan sentence, uint32_t number) {
  Opening opening{number};
  for (uint32_t t = number; t-- > sentence.begin;) {
    const absl::string_view word = a.norm(t);
    if (IsOneOf(word, {"other", "remaining"})) {
      opening.others = true;
    } else if (IsOneOf(word, {"the", "all", "these", "those"})) {
      opening.definite = true;
    } else {
      break;
    }
    opening.begin = t;
  }
  return opening;
}

bool IsGoverned(const Annotation& a, uint32_t begin) {
  uint32_t t = begin;
  if (t > 0 && a.norm(t - 1) == "the") --t;
  return t > 0 && IsOneOf(a.norm(t - 1), {"with", "to", "of", "from", "against", "for", "on", "into", "in",
                                          "at", "about", "over", "between", "than", "under", "by"});
}

// The parties before `token`, last first, each as its list: {"BF", "ML", "NE"} for "Burkina Faso, Mali and
// Niger", {"TD"} for "Chad".
class ListsBefore {
 public:
  ListsBefore(const Annotation& a, uint32_t token) {
    uint32_t t = token > kReachTokens ? token - kReachTokens : 0;
    // They lie by first token.
    auto mention =
        std::lower_bound(a.parties.begin(), a.parties.end(), t,
                         [](const PartyMention& before, uint32_t from) { return before.tokens.end <= from; });
    for (; mention != a.parties.end() && mention->tokens.begin < token; ++mention) {
      if (mention->tokens.end <= t || !CanBeMember(*mention)) continue;
      const uint32_t begin = mention->tokens.begin;
      t = std::max(t, begin);
      PartyList list = ReadPartyList(a, t, token);
      t = std::max({list.next, mention->tokens.end, t + 1});
      if (!list.ids.empty()) lists_.push_back({std::move(list.ids), !IsGoverned(a, begin)});
    }
  }

  PartyIds LastOfSize(uint32_t size) const {
    for (auto list = lists_.rbegin(); list != lists_.rend(); ++list) {
      if (list->ids.size() == size) return list->ids;
    }
    return {};
  }

  PartyIds LastSubjects(uint32_t size) const {
    PartyIds found;
    for (auto list = lists_.rbegin(); list != lists_.rend() && found.size() < size; ++list) {
      if (!list->subject) continue;
      AddIds(list->ids, &found);
    }
    return found.size() == size ? found : PartyIds{};
  }

  PartyIds LastSubject() const {
    for (auto list = lists_.rbegin(); list != lists_.rend(); ++list) {
      if (list->ids.size() == 1) return list->ids;
    }
    return {};
  }

 private:
  struct List {
    PartyIds ids;
    bool subject = false;
  };

  bool CanBeMember(const PartyMention& mention) const {
    return !mention.place && !mention.ids.empty() &&
           (mention.role != PartyRole::kAdjective || mention.possessive) && mention.ids.front().is_state();
  }

  std::vector<List> lists_;
};

}  // namespace

std::optional<PartyGroup> GroupAt(const Annotation& a, TokenSpan sentence, uint32_t token) {
  // The number, or the noun that it counts, at most two words further on: "the three Sahel states".
  uint32_t number = token;
  const bool noun = IsMemberNoun(a.norm(token));
  for (uint32_t steps = 0; noun && steps < 3 && number > sentence.begin && NumberAt(a, number) == 0; ++steps)
    --number;
  PartyGroup group;
  group.count = NumberAt(a, number);
  if (group.count == 0 || (!noun && !EndsGroup(a, sentence, token + 1))) return std::nullopt;
  const Opening opening = OpeningBefore(a, sentence, number);
  group.others = opening.others;
  group.tokens = {opening.begin, token + 1};
  const bool counted = group.count >= kFewest || (group.others && group.count >= 2);
  if (!opening.definite || !counted) return std::nullopt;
  return group;
}

PartyIds MembersOf(const Annotation& a, const PartyGroup& group) {
  const ListsBefore lists(a, group.tokens.begin);
  if (group.others) {
    // All but the one spoken of.
    PartyIds all = lists.LastOfSize(group.count + 1);
    const PartyIds one = lists.LastSubject();
    if (one.empty() || !all.Contains(one.front())) return {};
    all.EraseIf([&](PartyId id) { return id == one.front(); });
    return all;
  }
  PartyIds members = lists.LastOfSize(group.count);
  return members.empty() && group.count >= kFewest ? lists.LastSubjects(group.count) : members;
}

}  // namespace treatywire::ingest
