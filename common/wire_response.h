// A response as its bytes on the wire, from services that have most of them ready.
#ifndef TREATYWIRE_COMMON_WIRE_RESPONSE_H_
#define TREATYWIRE_COMMON_WIRE_RESPONSE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace treatywire {

// Bytes that many responses have, which therefore none copies. They are there and the same as long as
// `owner`.
struct SharedBytes {
  absl::string_view bytes;
  std::shared_ptr<const void> owner;
};

// `Message` is what the bytes parse as: those that are shared, one after the other, and then its own.
template <typename Message>
struct WireResponse {
  std::vector<SharedBytes> shared;
  std::string bytes;

  std::string Joined() const {
    std::string joined;
    for (const SharedBytes& part : shared) joined.append(part.bytes.data(), part.bytes.size());
    return joined.append(bytes);
  }
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_WIRE_RESPONSE_H_
