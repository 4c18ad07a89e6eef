#include "ingest_service/extraction/number_word.h"

#include <array>

#include "ingest_service/extraction/one_of.h"

namespace treatywire::ingest {

uint32_t NumberOfWord(absl::string_view norm) {
  constexpr std::array<absl::string_view, 11> kWords = {"zero", "one",   "two",   "three", "four", "five",
                                                        "six",  "seven", "eight", "nine",  "ten"};
  constexpr size_t kLongest = 5;
  if (norm.empty() || norm.size() > kLongest) return 0;
  if (norm == "10") return 10;
  if (norm.size() == 1) return norm[0] >= '1' && norm[0] <= '9' ? static_cast<uint32_t>(norm[0] - '0') : 0;
  // Most words begin like none of them.
  constexpr uint32_t kLetters =
      LetterBit("o") | LetterBit("t") | LetterBit("f") | LetterBit("s") | LetterBit("e") | LetterBit("n");
  if ((kLetters & LetterBit(norm)) == 0) return 0;
  for (uint32_t n = 1; n < kWords.size(); ++n) {
    if (norm[0] == kWords[n][0] && norm == kWords[n]) return n;
  }
  return 0;
}

}  // namespace treatywire::ingest
