#include "ingest_service/extraction/party_place.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/person_name.h"

namespace treatywire::ingest {
namespace {

// A dateline is short: "BANDAR SERI BEGAWAN, Brunei, Oct. 28 (Wire) -".
constexpr uint32_t kMaxDatelineTokens = 16;
constexpr uint32_t kMaxDatelineBlock = 4;

bool IsInstitution(absl::string_view norm) {
  static const auto& nouns = *new absl::flat_hash_set<absl::string_view>{
      "post",      "times",        "university", "street",   "avenue",     "airport",  "hotel",   "stadium",
      "wall",      "bridge",       "museum",     "herald",   "tribune",    "gazette",  "journal", "institute",
      "orchestra", "philharmonic", "olympics",   "marathon", "zoo",        "observer", "daily",   "chronicle",
      "monitor",   "telegraph",    "guardian",   "globe",    "news",       "college",  "school",  "academy",
      "hospital",  "library",      "cathedral",  "square",   "station",    "airlines", "airways", "railway",
      "club",      "united",       "dynamo",     "spartak",  "foundation", "centre",   "center",  "boulevard",
      "road",      "tower",        "festival",   "exchange", "polytechnic"};
  return nouns.contains(norm);
}

// What is held in a town and named after it.
bool IsOccasion(absl::string_view norm) {
  return IsOneOf(norm,
                 {"talks", "summit", "conference", "meeting", "round", "rounds", "negotiations", "ceremony",
                  "process", "visit", "trip", "session", "forum", "dialogue", "gathering", "congress"});
}

bool IsDash(const Annotation& a, uint32_t t) { return a.norm(t) == "-" && a.token(t).space_before; }

// The end of the dateline with which the sentence begins; its beginning where it has none. A dateline opens
// with a town in capitals, or with a town and a date, and ends with a dash or the name of the agency.
uint32_t DatelineEnd(const Annotation& a, const Sentence& sentence) {
  const TokenSpan tokens = sentence.tokens;
  const BlockKind kind = a.document.blocks[sentence.block].kind;
  if (sentence.block > kMaxDatelineBlock || kind != BlockKind::kParagraph ||
      !a.token(tokens.begin).capitalized)
    return tokens.begin;
  const bool all_caps = a.token(tokens.begin).all_caps;
  const uint32_t limit = std::min(tokens.end, tokens.begin + kMaxDatelineTokens);
  bool dated = false;
  for (uint32_t t = tokens.begin + 1; t < limit; ++t) {
    dated = dated || a.at[t].date >= 0;
    if ((IsDash(a, t) && (all_caps || dated)) || (a.norm(t) == "(" && all_caps)) return t;
    // A sentence with a dash in it is none: only names, dates and punctuation stand before that of a
    // dateline.
    const bool fits =
        a.token(t).capitalized || !a.token(t).is_word || a.at[t].date >= 0 || a.at[t].party >= 0;
    if (!fits) return tokens.begin;
  }
  return tokens.begin;
}

void MarkDatelines(Annotation* annotation) {
  for (const Sentence& sentence : annotation->document.sentences) {
    if (sentence.block > kMaxDatelineBlock) return;
    if (sentence.tokens.empty()) continue;
    const uint32_t end = DatelineEnd(*annotation, sentence);
    for (uint32_t t = sentence.tokens.begin; t < end; ++t) {
      if (annotation->at[t].party < 0) continue;
      PartyMention& mention = annotation->parties[annotation->at[t].party];
      if (mention.role == PartyRole::kCapital || mention.role == PartyRole::kName)
        mention.place = mention.dateline = true;
    }
  }
}

// "in Suva, Fiji": a town before the state's name.
bool FollowsTown(const Annotation& a, uint32_t begin) {
  if (begin < 3 || a.norm(begin - 1) != ",") return false;
  const TokenSpan town = NameBefore(a, begin - 1 >= 6 ? begin - 7 : 0, begin - 1);
  return !town.empty() && FollowsPlacePreposition(a, town.begin);
}

}  // namespace

bool IsPlacePreposition(absl::string_view norm) {
  return IsOneOf(norm, {"in", "at", "near", "outside", "around", "across", "inside", "throughout", "visit",
                        "visiting", "via"});
}

bool FollowsPlacePreposition(const Annotation& a, uint32_t token) {
  return token > 0 && (IsPlacePreposition(a.norm(token - 1)) ||
                       (token > 1 && a.norm(token - 1) == "the" && IsPlacePreposition(a.norm(token - 2))));
}

bool IsPartOfInstitution(const Annotation& a, TokenSpan words) {
  const auto size = static_cast<uint32_t>(a.at.size());
  // "Moscow State University": up to two words between.
  for (uint32_t t = words.end; t < std::min(size, words.end + 3); ++t) {
    if (!a.token(t).is_word || !a.token(t).capitalized || a.token(t).all_caps || !a.token(t).space_before)
      break;
    if (IsInstitution(a.norm(t))) return true;
    if (a.IsFunctionWord(t) || a.at[t].instrument >= 0 || a.at[t].known >= 0) break;
  }
  return words.begin >= 2 && a.norm(words.begin - 1) == "of" && a.token(words.begin - 2).capitalized &&
         IsInstitution(a.norm(words.begin - 2));
}

namespace {

// "NATO-aligned countries", "the American-brokered deal", "a ceasefire mediated by Qatar": who stands by and
// is no party.
bool IsBystander(const Annotation& a, const PartyMention& mention) {
  const uint32_t end = mention.tokens.end;
  if (end + 1 < a.at.size() && a.norm(end) == "-" && !a.token(end).space_before &&
      !a.token(end + 1).space_before) {
    const absl::string_view word = a.norm(end + 1);
    if (absl::EndsWith(word, "ed") || IsOneOf(word, {"led", "style", "born", "run", "built"})) return true;
  }
  uint32_t t = mention.tokens.begin;
  if (t > 0 && a.norm(t - 1) == "the") --t;
  return t >= 2 && a.norm(t - 1) == "by" &&
         IsOneOf(a.norm(t - 2), {"brokered", "mediated", "facilitated", "hosted", "sponsored", "witnessed",
                                 "overseen", "guaranteed", "backed", "monitored", "supervised"});
}

}  // namespace

void MarkPlaces(Annotation* annotation) {
  Annotation& a = *annotation;
  for (PartyMention& mention : a.parties) {
    if (IsBystander(a, mention)) mention.place = true;
    const uint32_t begin = mention.tokens.begin;
    const uint32_t end = mention.tokens.end;
    if (mention.role != PartyRole::kCapital && mention.role != PartyRole::kName) continue;
    if (begin > 0 && IsPlacePreposition(a.norm(begin - 1)) && !mention.possessive) mention.place = true;
    if (FollowsTown(a, begin) && !mention.possessive) mention.place = true;
    if (mention.role != PartyRole::kCapital) continue;
    if (end < a.at.size() && IsOccasion(a.norm(end))) mention.place = true;
    // "Oslo, 7 July 2011": where and when something was signed.
    if (end + 1 < a.at.size() && a.norm(end) == "," && a.at[end + 1].date >= 0) mention.place = true;
    // "MOSCOW. President Putin …"
    const bool starts = begin == 0 || a.token(begin).all_caps;
    if (starts && end < a.at.size() && IsOneOf(a.norm(end), {"-", "(", "."})) mention.place = true;
  }
  MarkDatelines(annotation);
}

}  // namespace treatywire::ingest
