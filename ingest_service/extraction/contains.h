// Contains(list, value): whether a short list holds a value.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_CONTAINS_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_CONTAINS_H_

#include <algorithm>
#include <vector>

namespace treatywire::ingest {

template <typename T>
bool Contains(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_CONTAINS_H_
