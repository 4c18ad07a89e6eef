// A hash that is the same in every process and on every machine: answers may depend on it.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_STABLE_HASH_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_STABLE_HASH_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace treatywire::query {

// FNV-1a with a final mix; not for adversaries, only for ids that are checked for collisions or need none.
inline uint64_t StableHash(absl::string_view text, uint64_t seed = 0) {
  uint64_t hash = 0xcbf29ce484222325u ^ seed;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  hash ^= hash >> 32;
  hash *= 0xd6e8feb86659fd93u;
  return hash ^ (hash >> 32);
}

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_STABLE_HASH_H_
