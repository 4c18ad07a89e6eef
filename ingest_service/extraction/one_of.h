// IsOneOf(word, {"in", "at"}): membership in a short list of words.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_ONE_OF_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_ONE_OF_H_

#include <algorithm>
#include <initializer_list>

#include "absl/strings/string_view.h"

namespace treatywire::ingest {

inline bool IsOneOf(absl::string_view word, std::initializer_list<absl::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_ONE_OF_H_
