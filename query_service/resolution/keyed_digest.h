// Digests that stand for texts where the texts themselves would take too much room: SipHash-2-4 of 128 bits.
//
//   const KeyedDigest digest;
//   table[digest.Of(text)]
//
// The key is drawn at random: who writes texts cannot find two of one digest, and by chance none will meet.
// Digests of different keys have nothing to do with each other, and no answer may depend on one.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_KEYED_DIGEST_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_KEYED_DIGEST_H_

#include <cstdint>
#include <utility>

#include "absl/strings/string_view.h"

namespace treatywire::query {

struct Digest {
  uint64_t low = 0;
  uint64_t high = 0;

  friend bool operator==(const Digest&, const Digest&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const Digest& digest) {
    return H::combine(std::move(state), digest.low);
  }
};

// Any thread may call.
class KeyedDigest {
 public:
  KeyedDigest();
  // Of a key that is known, for tests.
  KeyedDigest(uint64_t low, uint64_t high) : key_low_(low), key_high_(high) {}

  Digest Of(absl::string_view text) const;

 private:
  uint64_t key_low_ = 0;
  uint64_t key_high_ = 0;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_KEYED_DIGEST_H_
