// Small numbers as a text writes them: "three", "3".
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_NUMBER_WORD_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_NUMBER_WORD_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace treatywire::ingest {

// The number from one to ten that a token's norm writes in letters or digits; 0 for all else. Pure.
uint32_t NumberOfWord(absl::string_view norm);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_NUMBER_WORD_H_
