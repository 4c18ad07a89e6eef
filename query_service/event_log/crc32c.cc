#include "query_service/event_log/crc32c.h"

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

#include <array>
#include <cstddef>
#include <cstring>

namespace treatywire::query {
namespace {

// Eight tables, so that the loop takes eight bytes at a time ("slicing by 8"): table[k][b] is the checksum of
// byte b followed by k zero bytes.
using Tables = std::array<std::array<uint32_t, 256>, 8>;

constexpr Tables MakeTables() {
  constexpr uint32_t kReversedPolynomial = 0x82F63B78;
  Tables tables{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc >> 1) ^ ((crc & 1) != 0 ? kReversedPolynomial : 0);
    }
    tables[0][byte] = crc;
  }
  for (size_t k = 1; k < tables.size(); ++k) {
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint32_t shorter = tables[k - 1][byte];
      tables[k][byte] = (shorter >> 8) ^ tables[0][shorter & 0xFF];
    }
  }
  return tables;
}

constexpr Tables kTables = MakeTables();

uint32_t LittleEndian32(const char* bytes) {
  unsigned char b[4];
  std::memcpy(b, bytes, 4);
  return b[0] | (static_cast<uint32_t>(b[1]) << 8) | (static_cast<uint32_t>(b[2]) << 16) |
         (static_cast<uint32_t>(b[3]) << 24);
}

#if defined(__x86_64__)
bool HasInstruction() {
  static const bool has = __builtin_cpu_supports("sse4.2") != 0;
  return has;
}

// By the instruction that processors have had for this since 2008.
__attribute__((target("sse4.2"))) uint32_t Crc32cByInstruction(absl::string_view data, uint32_t before) {
  uint64_t crc = ~before;
  const char* at = data.data();
  size_t left = data.size();
  for (; left >= 8; left -= 8, at += 8) {
    uint64_t word = 0;
    std::memcpy(&word, at, 8);
    crc = _mm_crc32_u64(crc, word);
  }
  auto short_crc = static_cast<uint32_t>(crc);
  for (; left > 0; --left, ++at) short_crc = _mm_crc32_u8(short_crc, static_cast<unsigned char>(*at));
  return ~short_crc;
}
#endif

}  // namespace

uint32_t Crc32c(absl::string_view data, uint32_t before) {
#if defined(__x86_64__)
  if (HasInstruction()) return Crc32cByInstruction(data, before);
#endif
  return Crc32cByTables(data, before);
}

uint32_t Crc32cByTables(absl::string_view data, uint32_t before) {
  uint32_t crc = ~before;
  const char* at = data.data();
  size_t left = data.size();
  for (; left >= 8; left -= 8, at += 8) {
    const uint32_t low = LittleEndian32(at) ^ crc;
    const uint32_t high = LittleEndian32(at + 4);
    crc = kTables[7][low & 0xFF] ^ kTables[6][(low >> 8) & 0xFF] ^ kTables[5][(low >> 16) & 0xFF] ^
          kTables[4][low >> 24] ^ kTables[3][high & 0xFF] ^ kTables[2][(high >> 8) & 0xFF] ^
          kTables[1][(high >> 16) & 0xFF] ^ kTables[0][high >> 24];
  }
  for (; left > 0; --left, ++at) {
    crc = (crc >> 8) ^ kTables[0][(crc ^ static_cast<unsigned char>(*at)) & 0xFF];
  }
  return ~crc;
}

}  // namespace treatywire::query
