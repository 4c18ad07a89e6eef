// Subjects that are counted and not named: "the three states", "sixty states", "all but Chile".
#include <optional>
#include <utility>

#include "ingest_service/extraction/actor_finder.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_group.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

// Words that say how many without a digit.
bool IsCount(absl::string_view word) {
  return IsOneOf(word, {"two",     "three",     "four",     "five",     "six",       "seven",    "eight",
                        "nine",    "ten",       "eleven",   "twelve",   "thirteen",  "fourteen", "fifteen",
                        "sixteen", "seventeen", "eighteen", "nineteen", "twenty",    "thirty",   "forty",
                        "fifty",   "sixty",     "seventy",  "eighty",   "ninety",    "hundred",  "dozen",
                        "dozens",  "several",   "many",     "most",     "some",      "all",      "other",
                        "few",     "more",      "only",     "no",       "remaining", "numerous"});
}

}  // namespace

// "All three also left", "the other two states": those they are, if the text before tells.
Actors ActorFinder::GroupEndingAt(uint32_t token) const {
  const std::optional<PartyGroup> group = GroupAt(a_, view_.sentence.tokens, token);
  if (!group || view_.InsidePhrase(token)) return {};
  const uint32_t begin = group->tokens.begin;
  if (begin > view_.sentence.tokens.begin && IsGoverning(a_.norm(begin - 1)) && a_.norm(begin - 1) != "by")
    return {};
  Actors found;
  PartyIds members = MembersOf(a_, *group);
  if (members.empty()) return {};
  found.all_parties = !group->others;
  (group->others ? found.ids : found.group) = std::move(members);
  return found;
}

// "Ratified: Cyprus, Poland and Sweden", "Ratifications of the convention: …": the list after a colon that
// nothing but the agreement's name separates from the words that end at `token`.
Actors ActorFinder::ListAfterColon(uint32_t token) const {
  for (uint32_t t = token; t < view_.sentence.tokens.end; ++t) {
    if (a_.IsAuxiliary(t) || a_.at[t].party >= 0) return {};
    if (a_.norm(t) != ":") continue;
    const PartyList list = ReadPartyList(a_, t + 1, view_.sentence.tokens.end);
    return {list.ids, list.mentions, false};
  }
  return {};
}

// "sixty states, among them Japan and Chile", "Six countries (Austria, Malta …)": those that are named of
// many.
Actors ActorFinder::ManyAt(uint32_t token) const {
  if (view_.InsidePhrase(token) || !IsCounted(token)) return {};
  Actors found = ThoseBeforeCount(token);
  found.many = true;
  const uint32_t end = view_.sentence.tokens.end;
  for (uint32_t t = token + 1; t < end && found.ids.empty(); ++t) {
    const uint32_t list = ListBeginsAfter(token, t);
    if (list == 0) continue;
    const PartyList parties = ReadPartyList(a_, list, end);
    found.ids = parties.ids;
    found.mentions = parties.mentions;
  }
  return found;
}

// "Chile, Peru and twelve other states": those that are named before the count that ends at `token`.
Actors ActorFinder::ThoseBeforeCount(uint32_t token) const {
  const uint32_t begin = view_.sentence.tokens.begin;
  uint32_t t = token;
  for (uint32_t steps = 0; t > begin && steps < 4 && a_.norm(t) != "and"; ++steps) --t;
  if (t <= begin || a_.norm(t) != "and" || a_.at[t - 1].party < 0) return {};
  const int32_t last = a_.at[t - 1].party;
  const PartyMention& mention = a_.parties[last];
  if (!IsSubject(mention)) return {};
  Actors found = ActorsOf(last);
  CollectJoined(mention.tokens.begin, begin, &found);
  return found;
}

// Whether the token is a noun for states that words before it count, or a number that stands for them: "the
// sixty states", "of the 20 signatories, five have …".
bool ActorFinder::IsCounted(uint32_t token) const {
  const TokenSpan sentence = view_.sentence.tokens;
  const absl::string_view word = a_.norm(token);
  if (word == "others") return true;
  // "those who have ratified it"
  if (word == "those")
    return token + 1 < sentence.end && IsOneOf(a_.norm(token + 1), {"who", "that", "which"});
  if (IsCount(word) || (a_.token(token).is_number && a_.at[token].date < 0)) {
    return token + 1 < sentence.end && IsOneOf(a_.norm(token + 1), {"have", "had"}) &&
           !IsOneOf(word, {"only", "no", "more", "other"});
  }
  if (!IsOneOf(word, {"states", "countries", "nations", "governments", "members", "signatories", "parties",
                      "parliaments", "capitals", "delegations", "allies", "neighbours", "neighbors",
                      "republics", "powers", "jurisdictions", "economies"}))
    return false;
  if (token + 1 < sentence.end && IsOneOf(a_.norm(token + 1), {"that", "which"})) return true;
  for (uint32_t t = token, steps = 0; t-- > sentence.begin && steps < 4; ++steps) {
    if (a_.at[t].party >= 0 || a_.at[t].date >= 0) return false;
    if (a_.token(t).is_number || IsCount(a_.norm(t)) || a_.norm(t) == "following") return !IsPartOfCount(t);
  }
  return false;
}

// "only Chile, out of the four signatories": the count that begins at `t` is of a whole of which others act;
// "five of the ten members" counts those who do.
bool ActorFinder::IsPartOfCount(uint32_t t) const {
  const uint32_t begin = view_.sentence.tokens.begin;
  while (t > begin && IsOneOf(a_.norm(t - 1), {"the", "its", "all"})) --t;
  if (t <= begin || a_.norm(t - 1) != "of") return false;
  return t < begin + 2 || !(a_.token(t - 2).is_number || IsCount(a_.norm(t - 2)));
}

// Where the names of those that `many` counts begin, if the token `t` leads to them: "among them", "(Austria,
// …)", "have ratified it: Austria, …", "that have ratified it are Austria, …"; 0 where it does not.
uint32_t ActorFinder::ListBeginsAfter(uint32_t many, uint32_t t) const {
  for (const Cue* cue : a_.CuesIn({t, t + 1})) {
    if (cue->cue_class == CueClass::kAmong) return cue->tokens.end;
  }
  const uint32_t end = view_.sentence.tokens.end;
  const absl::string_view word = a_.norm(t);
  const bool dash = word == "-" && a_.token(t).space_before && t + 1 < end && a_.token(t + 1).space_before;
  const bool names = IsOneOf(word, {"are", "were", "include", "included"}) && t > many + 2;
  if (word == "(" && t == many + 1) return t + 1;
  if (!dash && !names && word != ":" && word != "(") return 0;
  // One alone may be anything: "(in Geneva)".
  return ReadPartyList(a_, t + 1, end).ids.size() >= 2 ? t + 1 : 0;
}

}  // namespace treatywire::ingest
