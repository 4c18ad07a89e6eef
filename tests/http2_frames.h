// HTTP/2 as bytes (RFC 9113), for clients that speak it themselves.
#ifndef TREATYWIRE_TESTS_HTTP2_FRAMES_H_
#define TREATYWIRE_TESTS_HTTP2_FRAMES_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace treatywire::http2 {

// What a client sends first.
inline constexpr absl::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

enum FrameType : uint8_t {
  kData = 0,
  kHeaders = 1,
  kResetStream = 3,
  kSettings = 4,
  kPing = 6,
  kGoAway = 7,
  kWindowUpdate = 8,
  kContinuation = 9
};
inline constexpr uint8_t kEndStream = 1;     // of kData and kHeaders
inline constexpr uint8_t kAcknowledged = 1;  // of kSettings and kPing
inline constexpr uint8_t kEndHeaders = 4;

// In so many bytes, the highest first.
inline void AppendNumber(uint32_t value, int bytes, std::string* out) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out->push_back(static_cast<char>(value >> shift));
}

inline void AppendFrame(uint8_t type, uint8_t flags, uint32_t stream, absl::string_view payload,
                        std::string* out) {
  AppendNumber(static_cast<uint32_t>(payload.size()), 3, out);
  out->push_back(static_cast<char>(type));
  out->push_back(static_cast<char>(flags));
  AppendNumber(stream, 4, out);
  out->append(payload.data(), payload.size());
}

}  // namespace treatywire::http2

#endif  // TREATYWIRE_TESTS_HTTP2_FRAMES_H_
