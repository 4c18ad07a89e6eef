// IsOneOf(word, {"in", "at"}): membership in a short list of words.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_ONE_OF_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_ONE_OF_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "absl/strings/string_view.h"

namespace treatywire::ingest {

// A word's bits in two masks that tell most words apart from a list: its length and its first letter.
constexpr uint32_t LengthBit(size_t length) { return uint32_t{1} << (length < 31 ? length : 31); }
constexpr uint32_t LetterBit(absl::string_view word) {
  return word.empty() ? 0 : uint32_t{1} << (static_cast<unsigned char>(word[0]) & 31U);
}

// Whether `word` is in `list`. Asked some fifty times a sentence of words that mostly are not: the list is an
// array, not an initializer_list, so that the compiler knows it whole. It folds the masks, which reject in
// four instructions, and turns each comparison into one of a constant length.
template <size_t size>
[[gnu::always_inline]] inline bool IsOneOf(absl::string_view word, const absl::string_view (&list)[size]) {
  return [&]<size_t... i>(std::index_sequence<i...>) __attribute__((always_inline)) {
    const uint32_t lengths = (LengthBit(list[i].size()) | ...);
    const uint32_t letters = (LetterBit(list[i]) | ...);
    if ((lengths & LengthBit(word.size())) == 0) return false;
    if (!word.empty() && (letters & LetterBit(word)) == 0) return false;
    return ((list[i].size() == word.size() &&
             (word.empty() || std::memcmp(list[i].data(), word.data(), list[i].size()) == 0)) ||
            ...);
  }
  (std::make_index_sequence<size>());
}

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_ONE_OF_H_
