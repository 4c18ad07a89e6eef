// IsOneOf(word, {"in", "at"}): membership in a short list of words.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_ONE_OF_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_ONE_OF_H_

#include <cstring>
#include <initializer_list>

#include "absl/strings/string_view.h"

namespace treatywire::ingest {

// Asked some fifty times a sentence: length and first letter tell most words apart without a call of memcmp.
inline bool IsOneOf(absl::string_view word, std::initializer_list<absl::string_view> list) {
  for (const absl::string_view other : list) {
    if (other.size() != word.size()) continue;
    if (word.empty()) return true;
    if (other[0] == word[0] && std::memcmp(other.data(), word.data(), word.size()) == 0) return true;
  }
  return false;
}

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_ONE_OF_H_
