#include "ingest_service/extraction/party_context.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ingest_service/extraction/divided_state.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_reader.h"
#include "ingest_service/extraction/person_name.h"

namespace treatywire::ingest {
namespace {

// States whose people write the surname first: "Lee Jae-myung" is Lee.
bool SurnameComesFirst(absl::string_view id) {
  return IsOneOf(id, {"CN", "KP", "KR", "TW", "HK", "SG", "KH", "VDVN"});
}

// The word in an organisation's name that "the bloc" or "the alliance" says again.
bool FitsOrganisation(absl::string_view noun, const PartyInfo& party) {
  const std::string name = absl::AsciiStrToLower(absl::StrCat(party.name, " ", party.official_name));
  const auto has = [&](absl::string_view word) { return absl::StrContains(name, word); };
  if (noun == "union") return has("union");
  if (noun == "community") return has("community");
  if (noun == "league") return has("league");
  if (noun == "commonwealth") return has("commonwealth");
  if (noun == "agency" || noun == "watchdog") return has("agency");
  if (noun == "alliance") return has("alliance") || has("nato") || has("treaty organi") || has("pact");
  if (noun == "organisation" || noun == "organization") return has("organisation") || has("organization");
  // "bloc", "grouping": of states that act together, no agency of the United Nations, bank or court.
  return has("union") || has("community") || has("market") || has("association") || has("alliance") ||
         has("mercosur") || has("cooperation council") || has("commonwealth of independent") ||
         has("treaty organi") || has("brics");
}

bool IsOrganisationNoun(absl::string_view noun) {
  return IsOneOf(noun, {"bloc", "grouping", "union", "alliance", "organisation", "organization", "community",
                        "league", "commonwealth", "agency", "watchdog"});
}

bool IsMovementNoun(absl::string_view noun) {
  return IsOneOf(noun, {"rebels", "insurgents", "guerrillas", "militants", "militia", "movement"});
}

class ContextReader {
 public:
  explicit ContextReader(Annotation* annotation) : a_(*annotation) {}

  void Read() {
    FindSurnames();
    FindDividedState();
    FindUnion();
    for (uint32_t s = 0; s < a_.document.sentences.size(); ++s) {
      const TokenSpan tokens = a_.document.sentences[s].tokens;
      for (uint32_t t = tokens.begin; t < tokens.end; ++t) {
        if (IsPlain(t)) continue;
        if (a_.at[t].party >= 0) {
          Note(a_.parties[a_.at[t].party]);
          t = std::max(t, a_.parties[a_.at[t].party].tokens.end - 1);
        } else {
          t += ReadAt(t, tokens.end);
        }
      }
    }
    if (added_.empty()) return;
    a_.parties.insert(a_.parties.end(), std::make_move_iterator(added_.begin()),
                      std::make_move_iterator(added_.end()));
    LayOutParties(&a_);
  }

 private:
  // --- Persons ---

  // Every way in which the name may be shortened: "Ramírez Lezcano" and "Lezcano" of "Rubén Ramírez Lezcano".
  void FindSurnames() {
    for (const PartyMention& mention : a_.parties) {
      if (mention.role != PartyRole::kPerson || mention.ids.size() != 1 || mention.name.size() < 2) continue;
      for (uint32_t t = mention.name.begin + 1; t < mention.name.end; ++t) {
        if (a_.token(t).capitalized) AddSurname({t, mention.name.end}, mention);
      }
      if (SurnameComesFirst(mention.ids.front()))
        AddSurname({mention.name.begin, mention.name.begin + 1}, mention);
    }
  }

  std::string Key(TokenSpan words) const {
    std::string key;
    for (uint32_t t = words.begin; t < words.end; ++t) absl::StrAppend(&key, a_.norm(t), " ");
    return key;
  }

  void AddSurname(TokenSpan words, const PartyMention& mention) {
    const std::string key = Key(words);
    if (key.size() < 3) return;
    const auto [found, added] =
        surnames_.try_emplace(key, Person{mention.ids, a_.document.Text(mention.name)});
    // Two of different states share it: it tells nothing.
    if (!added && found->second.ids != mention.ids) found->second.ids.clear();
    longest_surname_ = std::max(longest_surname_, words.size());
  }

  // The surname at `t`, where no other name is around it.
  uint32_t ReadSurname(uint32_t t, uint32_t end) {
    if (!IsNameWord(a_, t)) return 0;
    if (t > 0 && a_.token(t).space_before && IsNameWord(a_, t - 1) && a_.at[t - 1].party < 0 &&
        IsMidName(t - 1))
      return 0;
    for (uint32_t size = std::min(longest_surname_, end - t); size > 0; --size) {
      const auto found = surnames_.find(Key({t, t + size}));
      if (found == surnames_.end()) continue;
      if (found->second.ids.empty()) return 0;
      const TokenSpan tokens = {t, t + size};
      const bool more = tokens.end < end && a_.norm(tokens.end) == "-" && !a_.token(tokens.end).space_before;
      if (more) return 0;
      PartyMention mention = MentionOf(tokens, found->second.ids, PartyRole::kPerson);
      mention.person = found->second.name;
      mention.name = tokens;
      added_.push_back(std::move(mention));
      return size;
    }
    return 0;
  }

  // Whether the word with a capital before a surname is a first name rather than the first word of the
  // sentence.
  bool IsMidName(uint32_t t) const { return t > 0 && a_.norm(t - 1) != "." && a_.at[t].trigger < 0; }

  PartyMention MentionOf(TokenSpan tokens, PartyIds ids, PartyRole role) const {
    PartyMention mention;
    mention.tokens = tokens;
    mention.ids = std::move(ids);
    mention.role = role;
    mention.name = {tokens.end, tokens.end};
    mention.possessive = tokens.end < a_.at.size() && IsOneOf(a_.norm(tokens.end), {"'s", "'"});
    return mention;
  }

  // --- Divided states ---

  void FindDividedState() {
    absl::flat_hash_set<absl::string_view> named;
    for (const PartyMention& mention : a_.parties) named.insert(mention.ids.begin(), mention.ids.end());
    for (const DividedState& state : kDividedStates) {
      // Both are spoken of: of one alone "the South" is a part.
      if (named.contains(state.north) && named.contains(state.south)) {
        divided_ = &state;
        return;
      }
    }
  }

  // "the North" with its capital, and no name after it ("the North Sea").
  bool ReadCompassPoint(uint32_t t, uint32_t end) {
    const bool north = a_.norm(t) == "north";
    if (!a_.token(t).capitalized || (!north && a_.norm(t) != "south")) return false;
    if (t + 1 < end && (a_.token(t + 1).capitalized || a_.norm(t + 1) == "-")) return false;
    const bool after_article = t > 0 && a_.norm(t - 1) == "the";
    const bool after_and = t > 1 && a_.norm(t - 1) == "and" && IsOneOf(a_.norm(t - 2), {"north", "south"});
    const bool before_and =
        t + 2 < end && a_.norm(t + 1) == "and" && IsOneOf(a_.norm(t + 2), {"north", "south"});
    const PartyId half = a_.lexicon.IdOf(north ? divided_->north : divided_->south);
    if (half.empty() || (!after_article && !after_and && !before_and)) return false;
    PartyMention mention = MentionOf({t, t + 1}, {half}, PartyRole::kName);
    mention.place = t > 1 && after_article && a_.norm(t - 2) == "in";
    added_.push_back(std::move(mention));
    return true;
  }

  // --- What is spoken of ---

  void Note(const PartyMention& mention) {
    if (mention.ids.size() != 1 || mention.ids.front().is_state()) return;
    const PartyInfo* info = mention.ids.front().info();
    if (info == nullptr) return;
    organisations_.erase(std::remove(organisations_.begin(), organisations_.end(), info),
                         organisations_.end());
    organisations_.push_back(info);
  }

  // "The Commission", "the Council", in an article that names the European Union and no other with such
  // organs.
  bool ReadOrganOfUnion(uint32_t t, uint32_t end) {
    if (!of_union_ || !a_.token(t).capitalized || !IsOneOf(a_.norm(t), {"commission", "council"}))
      return false;
    const bool alone = t + 1 >= end || !a_.token(t + 1).capitalized;
    const bool of = t + 1 < end && a_.norm(t + 1) == "of";
    const bool after = t > 0 && (a_.norm(t - 1) == "the" || !a_.token(t - 1).is_word);
    if (!alone || of || !after) return false;
    added_.push_back(MentionOf({t, t + 1}, {union_}, PartyRole::kBody));
    return true;
  }

  void FindUnion() {
    union_ = a_.lexicon.IdOf("eu");
    for (const PartyMention& mention : a_.parties) {
      if (mention.ids.size() != 1 || mention.ids.front().is_state()) continue;
      const PartyId id = mention.ids.front();
      of_union_ = of_union_ || id == union_;
      if (!IsOneOf(id.text(), {"african-union", "council-of-europe", "eac", "eaeu", "ecowas", "un"}))
        continue;
      of_union_ = false;
      return;
    }
  }

  // "the bloc", "the 27-nation bloc", "the military alliance"
  bool ReadOrganisation(uint32_t t) {
    const absl::string_view noun = a_.norm(t);
    const bool organisation = IsOrganisationNoun(noun);
    if ((!organisation && !IsMovementNoun(noun)) || !HasArticle(t)) return false;
    for (auto it = organisations_.rbegin(); it != organisations_.rend(); ++it) {
      const bool movement = (*it)->kind == treatywire::v1::PARTY_KIND_MOVEMENT;
      if (movement == organisation || (organisation && !FitsOrganisation(noun, **it))) continue;
      added_.push_back(MentionOf({t, t + 1}, {PartyId(*it)}, PartyRole::kName));
      return true;
    }
    return false;
  }

  // "the" right before the noun, or before words that tell its members or kind.
  bool HasArticle(uint32_t t) const {
    for (uint32_t before = t, steps = 0; before-- > 0 && steps < 6; ++steps) {
      const absl::string_view word = a_.norm(before);
      if (word == "the") return true;
      const bool modifier =
          a_.token(before).is_number || word == "-" ||
          IsOneOf(word, {"nation",   "member",   "country", "state",    "strong",   "military",
                         "western",  "regional", "trade",   "trading",  "economic", "political",
                         "security", "defence",  "defense", "atlantic", "european", "african",
                         "west",     "east",     "asian",   "american", "south"});
      if (!modifier) return false;
    }
    return false;
  }

  // Whether nothing that the context may explain is at the token: no party, no capital, no word for a group.
  bool IsPlain(uint32_t t) const {
    return a_.at[t].party < 0 && !a_.token(t).capitalized && !a_.MaySayGroupAgain(t);
  }

  // Reads what may begin at `t`; returns how many tokens after the first it took.
  uint32_t ReadAt(uint32_t t, uint32_t end) {
    if (a_.at[t].known >= 0) return 0;
    if (!surnames_.empty() && a_.token(t).capitalized) {
      if (const uint32_t size = ReadSurname(t, end); size > 0) return size - 1;
    }
    if (divided_ != nullptr && ReadCompassPoint(t, end)) return 0;
    if (ReadOrganOfUnion(t, end)) return 0;
    if (!a_.MaySayGroupAgain(t) || organisations_.empty()) return 0;
    // "a union minister", "the alliance treaty": before another noun it is an attribute.
    const bool head = t + 1 >= end || !a_.token(t + 1).is_word || a_.IsFunctionWord(t + 1) ||
                      a_.at[t + 1].trigger >= 0 || a_.norm(t + 1) == "'s" ||
                      absl::EndsWith(a_.norm(t + 1), "ed");
    if (head) ReadOrganisation(t);
    return 0;
  }

  struct Person {
    PartyIds ids;  // empty where two of different states share the name
    std::string name;
  };

  Annotation& a_;
  std::vector<PartyMention> added_;
  absl::flat_hash_map<std::string, Person> surnames_;
  uint32_t longest_surname_ = 0;
  const DividedState* divided_ = nullptr;
  PartyId union_;                                // the European Union
  bool of_union_ = false;                        // whether "the Commission" is its
  std::vector<const PartyInfo*> organisations_;  // spoken of so far, the last one last; movements too
};

}  // namespace

void ReadPartiesByContext(Annotation* annotation) { ContextReader(annotation).Read(); }

}  // namespace treatywire::ingest
