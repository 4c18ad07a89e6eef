#include "ingest_service/document/utf8.h"

#include <cstring>

namespace treatywire::ingest {
namespace {

// Length of the sequence that `lead` begins, 0 where it can't begin one.
uint32_t SequenceLength(uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;  // continuation bytes; C0 and C1 only begin overlong forms
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) return 3;
  return lead < 0xF5 ? 4 : 0;
}

// Whether the second byte is in the range that the first one leaves (this is where overlong forms, surrogates
// and values above U+10FFFF are refused).
bool IsSecondByte(uint8_t lead, uint8_t second) {
  switch (lead) {
    case 0xE0:
      return second >= 0xA0 && second <= 0xBF;
    case 0xED:
      return second >= 0x80 && second <= 0x9F;
    case 0xF0:
      return second >= 0x90 && second <= 0xBF;
    case 0xF4:
      return second >= 0x80 && second <= 0x8F;
    default:
      return second >= 0x80 && second <= 0xBF;
  }
}

}  // namespace

size_t FindInvalidUtf8(absl::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080u;
  size_t at = 0;
  while (at < text.size()) {
    uint64_t words[4];
    while (text.size() - at >= sizeof(words)) {
      std::memcpy(words, text.data() + at, sizeof(words));
      if (((words[0] | words[1] | words[2] | words[3]) & kHighBits) != 0) break;
      at += sizeof(words);
    }
    if (at == text.size()) break;
    uint64_t word = 0;
    if (text.size() - at >= sizeof(word)) {
      std::memcpy(&word, text.data() + at, sizeof(word));
      if ((word & kHighBits) == 0) {
        at += sizeof(word);
        continue;
      }
    }
    const auto lead = static_cast<uint8_t>(text[at]);
    const uint32_t length = SequenceLength(lead);
    if (length == 0 || length > text.size() - at) return at;
    if (length > 1 && !IsSecondByte(lead, static_cast<uint8_t>(text[at + 1]))) return at;
    for (uint32_t i = 2; i < length; ++i) {
      if (!IsUtf8Continuation(text[at + i])) return at;
    }
    at += length;
  }
  return absl::string_view::npos;
}

CodePoint DecodeUtf8(absl::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<char32_t>(static_cast<uint8_t>(text[at + i])); };
  const char32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xE0) return {(lead & 0x1F) << 6 | (byte(1) & 0x3F), 2};
  if (lead < 0xF0) return {(lead & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F), 3};
  return {(lead & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F), 4};
}

CodePoint DecodeUtf8Before(absl::string_view text, size_t end) {
  size_t at = end - 1;
  while (at > 0 && IsUtf8Continuation(text[at])) --at;
  return DecodeUtf8(text, at);
}

size_t EncodeUtf8(char32_t value, char out[4]) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | ((value >> shift) & 0x3F)); };
  if (value < 0x80) {
    out[0] = static_cast<char>(value);
    return 1;
  }
  if (value < 0x800) {
    out[0] = static_cast<char>(0xC0 | (value >> 6));
    out[1] = tail(0);
    return 2;
  }
  if (value < 0x10000) {
    out[0] = static_cast<char>(0xE0 | (value >> 12));
    out[1] = tail(6);
    out[2] = tail(0);
    return 3;
  }
  out[0] = static_cast<char>(0xF0 | (value >> 18));
  out[1] = tail(12);
  out[2] = tail(6);
  out[3] = tail(0);
  return 4;
}

}  // namespace treatywire::ingest
