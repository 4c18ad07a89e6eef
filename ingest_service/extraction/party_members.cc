#include "ingest_service/extraction/party_members.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "ingest_service/extraction/number_word.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_reader.h"

namespace treatywire::ingest {
namespace {

// After every day that members.txt holds.
constexpr absl::string_view kPresent = "9999-12-31";

class MembersReader {
 public:
  MembersReader(std::optional<absl::CivilDay> day, Annotation* annotation)
      : a_(*annotation), day_(day ? absl::FormatCivilTime(*day) : std::string(kPresent)) {}

  void Read() {
    bool found = false;
    auto sentence = a_.document.sentences.begin();
    for (size_t p = 0; p < a_.parties.size(); ++p) {  // by first token
      const uint32_t begin = a_.parties[p].tokens.begin;
      if (a_.at[begin].party != static_cast<int32_t>(p)) continue;
      while (sentence->tokens.end <= begin) ++sentence;
      found = ReadMention(sentence->tokens, &a_.parties[p]) || found;
    }
    if (found) LayOutParties(&a_);
  }

 private:
  // The number at `t`, two at least; 0 for none.
  size_t NumberAt(uint32_t t) const {
    const uint32_t number = NumberOfWord(a_.norm(t));
    return number > 1 && number <= kMaxMembersNamed ? number : 0;
  }

  bool IsMemberNoun(uint32_t t) const {
    return IsOneOf(a_.norm(t), {"members", "states", "countries", "nations", "allies", "governments",
                                "partners", "signatories", "monarchies", "founders"});
  }

  bool ReadMention(TokenSpan sentence, PartyMention* mention) {
    if (mention->ids.size() != 1 || mention->role != PartyRole::kName || mention->place) return false;
    TokenSpan words = mention->tokens;
    const size_t count = CountAround(sentence, &words);
    if (count == 0) return false;
    const bool earlier = words.begin > sentence.begin && a_.norm(words.begin - 1) == "then";
    PartyIds members = a_.lexicon.MembersOf(mention->ids.front(), count, day_, earlier);
    if (members.empty()) return false;
    mention->ids = std::move(members);
    mention->tokens = words;
    mention->possessive = words.end < sentence.end && IsOneOf(a_.norm(words.end), {"'s", "'"});
    return true;
  }

  // The number of members that the words around the organisation's name tell, and all those words; 0 where
  // they tell none.
  size_t CountAround(TokenSpan sentence, TokenSpan* words) const {
    // "the EU's six members", "the four EFTA states", "the six GCC member states"
    uint32_t noun = words->end;
    if (noun < sentence.end && IsOneOf(a_.norm(noun), {"'s", "'"})) ++noun;
    const size_t owned = noun < sentence.end && noun > words->end ? NumberAt(noun) : 0;
    if (owned > 0) ++noun;
    if (noun < sentence.end && IsOneOf(a_.norm(noun), {"member", "founding"})) ++noun;
    const bool named = noun < sentence.end && IsMemberNoun(noun);
    const size_t before = words->begin > sentence.begin ? NumberAt(words->begin - 1) : 0;
    if (named && (owned > 0 || before > 0)) {
      if (owned == 0) --words->begin;
      words->end = noun + 1;
      return owned > 0 ? owned : before;
    }
    return CountBefore(sentence, words);
  }

  // "six members of the GCC", "all six member states of GCC"
  size_t CountBefore(TokenSpan sentence, TokenSpan* words) const {
    uint32_t t = words->begin;
    if (t > sentence.begin && a_.norm(t - 1) == "the") --t;
    if (t < sentence.begin + 3 || a_.norm(t - 1) != "of" || !IsMemberNoun(t - 2)) return 0;
    t -= 2;
    if (t > sentence.begin && IsOneOf(a_.norm(t - 1), {"member", "founding"})) --t;
    const size_t count = t > sentence.begin ? NumberAt(t - 1) : 0;
    if (count > 0) words->begin = t - 1;
    return count;
  }

  Annotation& a_;
  const std::string day_;
};

}  // namespace

void ReadMembers(std::optional<absl::CivilDay> day, Annotation* annotation) {
  MembersReader(day, annotation).Read();
}

}  // namespace treatywire::ingest
