#include "ingest_service/extraction/person_name.h"

#include <algorithm>

#include "ingest_service/extraction/one_of.h"

namespace treatywire::ingest {
namespace {

bool IsParticle(absl::string_view word) {
  return IsOneOf(word, {"de",  "da",  "do",  "dos", "del", "della", "di",   "la", "le", "van", "von",
                        "der", "den", "bin", "ibn", "al",  "el",    "ould", "ag", "e",  "y"});
}

// A hyphen inside a word: no space on either side.
bool IsInnerHyphen(const Annotation& a, uint32_t t) {
  return a.norm(t) == "-" && !a.token(t).space_before && t + 1 < a.at.size() && !a.token(t + 1).space_before;
}

// "de Vega", "al-Bakri": before a word that names.
bool IsParticleOfName(const Annotation& a, uint32_t t, uint32_t end) {
  return IsParticle(a.norm(t)) && t + 1 < end && a.at[t].party < 0 &&
         (IsNameWord(a, t + 1) || (IsInnerHyphen(a, t + 1) && t + 2 < end && IsNameWord(a, t + 2)));
}

}  // namespace

bool IsNameWord(const Annotation& a, uint32_t t) {
  const TokenLayers& layers = a.at[t];
  return a.token(t).is_word && a.token(t).capitalized && layers.party < 0 && layers.known < 0 &&
         layers.date < 0 && !a.IsFunctionWord(t);
}

TokenSpan NameFrom(const Annotation& a, uint32_t begin, uint32_t end) {
  end = std::min({end, begin + kMaxNameTokens, static_cast<uint32_t>(a.at.size())});
  if (begin >= end || !IsNameWord(a, begin)) return {begin, begin};
  uint32_t t = begin + 1;
  while (t < end) {
    if (IsInnerHyphen(a, t) && t + 1 < end && a.token(t + 1).is_word) {
      t += 2;
    } else if ((a.token(t).space_before && IsNameWord(a, t)) || IsParticleOfName(a, t, end)) {
      ++t;
    } else {
      break;
    }
  }
  return {begin, t};
}

TokenSpan NameBefore(const Annotation& a, uint32_t begin, uint32_t end) {
  // The longest name that ends there: names are short, so each beginning is tried.
  const uint32_t first = std::max(begin, end >= kMaxNameTokens ? end - kMaxNameTokens : 0);
  for (uint32_t t = first; t < end; ++t) {
    const TokenSpan name = NameFrom(a, t, end);
    if (name.end == end && !name.empty()) return name;
  }
  return {end, end};
}

uint32_t CountNameWords(const Annotation& a, TokenSpan name) {
  uint32_t count = 0;
  for (uint32_t t = name.begin; t < name.end; ++t) {
    if (a.token(t).is_word && (t == name.begin || a.norm(t - 1) != "-")) ++count;
  }
  return count;
}

}  // namespace treatywire::ingest
