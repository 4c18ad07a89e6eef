#include "ingest_service/extraction/party_group.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

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
// Niger", {"TD"} for "Chad". Reads back from there as far as it is asked.
class ListsBefore {
 public:
  ListsBefore(const Annotation& a, uint32_t token)
      : a_(a), first_(token > kReachTokens ? token - kReachTokens : 0), token_(token), read_from_(token) {}

  PartyIds LastOfSize(uint32_t size) {
    for (size_t i = 0; Has(i); ++i) {
      if (lists_[i].ids.size() == size) return lists_[i].ids;
    }
    return {};
  }

  PartyIds LastSubjects(uint32_t size) {
    PartyIds found;
    for (size_t i = 0; found.size() < size && Has(i); ++i) {
      if (lists_[i].subject) AddIds(lists_[i].ids, &found);
    }
    return found.size() == size ? found : PartyIds{};
  }

  PartyIds LastSubject() { return LastOfSize(1); }

 private:
  struct List {
    PartyIds ids;
    bool subject = false;
  };

  // Whether there is a list number `index` from behind; reads on for it.
  bool Has(size_t index) {
    while (index >= lists_.size() && read_from_ > first_) ReadBack();
    return index < lists_.size();
  }

  // Reads the lists of one sentence more, or of several where no full stop parts them: where no list goes on
  // over the beginning of a sentence, what lies behind reads the same.
  void ReadBack() {
    const std::vector<Sentence>& sentences = a_.document.sentences;
    auto sentence = std::partition_point(sentences.begin(), sentences.end(), [this](const Sentence& before) {
      return before.tokens.begin < read_from_;
    });
    uint32_t begin = first_;
    while (sentence != sentences.begin()) {
      --sentence;
      begin = std::max(first_, sentence->tokens.begin);
      if (begin == first_ || IsOneOf(a_.norm(begin - 1), {".", "?", "!"})) break;
    }
    const size_t behind = lists_.size();
    Read(begin, read_from_);
    std::reverse(lists_.begin() + static_cast<std::ptrdiff_t>(behind), lists_.end());
    read_from_ = begin;
  }

  // Appends the lists that begin in [t, end), in the order of the text.
  void Read(uint32_t t, uint32_t end) {
    // They lie by first token.
    auto mention =
        std::lower_bound(a_.parties.begin(), a_.parties.end(), t,
                         [](const PartyMention& before, uint32_t from) { return before.tokens.end <= from; });
    for (; mention != a_.parties.end() && mention->tokens.begin < end; ++mention) {
      if (mention->tokens.end <= t || !CanBeMember(*mention)) continue;
      const uint32_t begin = mention->tokens.begin;
      t = std::max(t, begin);
      PartyList list = ReadPartyList(a_, t, token_);
      t = std::max({list.next, mention->tokens.end, t + 1});
      if (!list.ids.empty()) lists_.push_back({std::move(list.ids), !IsGoverned(a_, begin)});
    }
  }

  bool CanBeMember(const PartyMention& mention) const {
    return !mention.place && !mention.ids.empty() &&
           (mention.role != PartyRole::kAdjective || mention.possessive) && mention.ids.front().is_state();
  }

  const Annotation& a_;
  const uint32_t first_;  // lists that begin before it are not read
  const uint32_t token_;
  uint32_t read_from_;       // those that begin there or later have been read
  std::vector<List> lists_;  // the last one first
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
  ListsBefore lists(a, group.tokens.begin);
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
