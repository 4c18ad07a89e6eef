#include "ingest_service/extraction/stand_in.h"

#include <algorithm>
#include <array>

#include "absl/strings/string_view.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

// "Poland's, signed in 2013, …", "Malta's was signed later": whose agreement it is, without a noun.
bool OwnsUnnamed(const Annotation& a, const Sentence& sentence, uint32_t t) {
  if (!IsOneOf(a.norm(t), {"'s", "'"}) || t == sentence.tokens.begin || t + 1 >= sentence.tokens.end)
    return false;
  const int32_t owner = a.at[t - 1].party;
  if (owner < 0 || a.parties[owner].ids.size() != 1 || a.parties[owner].role != PartyRole::kName)
    return false;
  uint32_t next = t + 1;
  if (IsOneOf(a.norm(next), {"was", "has", "is", "will", "had", "expires", "expired", "lapsed"})) return true;
  if (a.norm(next) != "," || ++next >= sentence.tokens.end) return false;
  const int32_t trigger = a.at[next].trigger;
  return trigger >= 0 && (a.triggers[trigger].form == VerbForm::kParticiple ||
                          a.triggers[trigger].form == VerbForm::kPastOrParticiple);
}

// "The oldest, with Canada, …", "another with Peru": one of the sort spoken of, told by its partner.
bool StandsForOneOfSeveral(const Annotation& a, const Sentence& sentence, uint32_t t) {
  if (t == sentence.tokens.begin && a.norm(t) != "another") return false;
  if (!IsOneOf(a.norm(t), {"oldest", "newest", "latest", "first", "second", "third", "fourth", "last",
                           "other", "another"}) ||
      a.at[t].date >= 0)
    return false;
  if (a.norm(t) != "another" && !IsOneOf(a.norm(t - 1), {"the", "a"})) return false;
  uint32_t with = t + 1;
  if (with < sentence.tokens.end && a.norm(with) == ",") ++with;
  if (with + 1 >= sentence.tokens.end || a.norm(with) != "with") return false;
  return !ReadPartyList(a, with + 1, sentence.tokens.end).ids.empty();
}

// Whether "a successor" or "a replacement" at `t` is another agreement in place of the one spoken of: told by
// what it holds or what befalls it, not "a successor to the president".
bool StandsForSuccessor(const Annotation& a, const Sentence& sentence, uint32_t t) {
  if (!IsOneOf(a.norm(t), {"successor", "replacement"}) || t == sentence.tokens.begin ||
      t + 1 >= sentence.tokens.end)
    return false;
  return IsOneOf(a.norm(t - 1), {"a", "no", "any"}) &&
         IsOneOf(a.norm(t + 1), {"containing", "was", "is", "has", "will", "signed", "that", "which"});
}

// "a treaty on extradition and one on legal aid", "…, together with another on tax": one more of the sort
// that the noun before it names.
bool IsAnotherOnMatter(const Annotation& a, const Sentence& sentence, uint32_t t) {
  constexpr uint32_t kReach = 16;
  const uint32_t next = t + 1;
  if (next >= sentence.tokens.end || t < sentence.tokens.begin + 3) return false;
  if (!IsOneOf(a.norm(next), {"on", "for", "covering", "concerning", "governing"})) return false;
  if (!IsOneOf(a.norm(t - 1), {"and", "with", "as", "alongside", "plus"})) return false;
  for (uint32_t noun = t - 1, steps = 0; noun-- > sentence.tokens.begin && steps < kReach; ++steps) {
    if (a.at[noun].instrument >= 0) return a.instruments[a.at[noun].instrument].tokens.end <= t - 1;
    if (a.IsAuxiliary(noun)) return false;
  }
  return false;
}

// "three truces …: one agreed in Lima, one brokered by Oslo a week later": each of those counted before.
bool IsOneOfCounted(const Annotation& a, const Sentence& sentence, uint32_t t) {
  const uint32_t next = t + 1;
  if (next >= sentence.tokens.end || !IsOneOf(a.norm(t - 1), {":", ",", "and", "-"})) return false;
  const int32_t act = a.at[next].trigger;
  const bool told = (act >= 0 && (a.triggers[act].form == VerbForm::kPastOrParticiple ||
                                  a.triggers[act].form == VerbForm::kParticiple)) ||
                    IsOneOf(a.norm(next), {"announced", "dating", "from"});
  if (!told) return false;
  bool colon = false;
  for (uint32_t before = t; before-- > sentence.tokens.begin;) {
    colon = colon || IsOneOf(a.norm(before), {":", "-"});
    if (colon && a.at[before].instrument >= 0)
      return a.instruments[a.at[before].instrument].entries.front()->plural;
  }
  return false;
}

}  // namespace

bool OfDate(const Annotation& a, const Sentence& sentence, uint32_t t) {
  return t + 1 < sentence.tokens.end && a.norm(t) == "of" && a.at[t + 1].date >= 0;
}

uint32_t OrdinalAt(const Annotation& a, const Sentence& sentence, uint32_t t) {
  constexpr std::array<absl::string_view, 4> kOrdinals = {"first", "second", "third", "fourth"};
  if (t == sentence.tokens.begin || a.norm(t - 1) != "the" || a.at[t].date >= 0 || a.at[t].instrument >= 0)
    return 0;
  const auto* const found = std::find(kOrdinals.begin(), kOrdinals.end(), a.norm(t));
  if (found == kOrdinals.end()) return 0;
  // "Chile was the first to ratify it, Peru the second"
  if (t >= sentence.tokens.begin + 2 && a.at[t - 2].party >= 0) return 0;
  const uint32_t next = t + 1;
  const bool alone = next >= sentence.tokens.end || a.norm(next) == "," || a.norm(next) == "." ||
                     a.norm(next) == ";" || a.IsAuxiliary(next) || a.at[next].trigger >= 0 ||
                     IsOneOf(a.norm(next), {"in", "on", "and", "only", "dates", "covers"});
  return alone ? static_cast<uint32_t>(found - kOrdinals.begin()) + 1 : 0;
}

bool StandsForNoun(const Annotation& a, const Sentence& sentence, uint32_t t) {
  const uint32_t next = t + 1;
  const absl::string_view word = a.norm(t);
  // "an earlier version", "the first draft"
  const bool version =
      IsOneOf(word, {"version", "versions"}) && t > sentence.tokens.begin &&
      IsOneOf(a.norm(t - 1), {"earlier", "previous", "older", "first", "original", "adapted"});
  if (version) return true;
  const bool one = IsOneOf(word, {"one", "ones"});
  if (word == "theirs") return true;
  if (OwnsUnnamed(a, sentence, t) || StandsForSuccessor(a, sentence, t)) return true;
  if (StandsForOneOfSeveral(a, sentence, t)) return true;
  if (word == "another" && IsAnotherOnMatter(a, sentence, t)) return true;
  // "put its name to its own", "froze their own": no noun follows.
  if (word == "own" && t > sentence.tokens.begin && IsOneOf(a.norm(t - 1), {"its", "their"})) {
    return next >= sentence.tokens.end || !a.token(next).is_word || a.IsFunctionWord(next) ||
           a.at[next].date >= 0;
  }
  if ((!one && !IsOneOf(word, {"that", "those"})) || a.at[t].date >= 0 || a.at[t].party >= 0) return false;
  const auto names_party = [&](uint32_t i) {
    while (i < sentence.tokens.end && IsOneOf(a.norm(i), {"the", "its", "neighbouring"})) ++i;
    return i < sentence.tokens.end && a.at[i].party >= 0;
  };
  if (next < sentence.tokens.end && IsOneOf(a.norm(next), {"with", "between"}) && names_party(next + 1))
    return true;
  // "those signed with Chile": by whom, told with the verb.
  if (next + 2 < sentence.tokens.end && IsOneOf(a.norm(next), {"signed", "concluded", "struck", "reached"}) &&
      a.norm(next + 1) == "with" && names_party(next + 2))
    return true;
  // "takes the place of that of 1974", "replaces the one of 2002"
  if (OfDate(a, sentence, next) && t > sentence.tokens.begin &&
      (word == "that" || (word == "one" && a.norm(t - 1) == "the")))
    return true;
  if (!one || t < sentence.tokens.begin + 2) return false;
  if (IsOneOfCounted(a, sentence, t)) return true;
  const bool ends =
      next >= sentence.tokens.end || !a.token(next).is_word || a.at[next].date >= 0 || a.IsAuxiliary(next) ||
      a.at[next].trigger >= 0 ||
      IsOneOf(a.norm(next), {"for", "on", "in", "with", "and", "but", "which", "that", "signed"});
  if (!ends || (next < sentence.tokens.end && IsOneOf(a.norm(next), {"-", "another"}))) return false;
  if (IsAnotherOnMatter(a, sentence, t)) return true;
  // An adjective before it that names a party or a year, or tells it new: "the Salvadoran one", "a similar
  // one".
  const uint32_t before = t - 1;
  if (IsOneOf(a.norm(before), {"that", "this"})) return true;
  // "nineteen accords, among them one on trade and one on visas"
  if (IsOneOf(a.norm(before), {"them", "and", "which"}) && next < sentence.tokens.end &&
      IsOneOf(a.norm(next), {"on", "for"})) {
    const CueRange cues = a.CuesIn({sentence.tokens.begin, t});
    return std::any_of(cues.begin(), cues.end(),
                       [](const Cue* cue) { return cue->cue_class == CueClass::kAmong; });
  }
  return a.at[before].party >= 0 || a.at[before].date >= 0 ||
         IsOneOf(a.norm(before), {"new", "old", "similar", "earlier", "previous", "first", "second",
                                  "separate", "older", "original"});
}

}  // namespace treatywire::ingest
