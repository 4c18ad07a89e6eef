// A response as its bytes on the wire, from services that have most of them ready.
#ifndef TREATYWIRE_COMMON_WIRE_RESPONSE_H_
#define TREATYWIRE_COMMON_WIRE_RESPONSE_H_

#include <string>

namespace treatywire {

// `Message` is what the bytes parse as.
template <typename Message>
struct WireResponse {
  std::string bytes;
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_WIRE_RESPONSE_H_
