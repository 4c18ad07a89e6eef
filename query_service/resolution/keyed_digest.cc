#include "query_service/resolution/keyed_digest.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <random>

namespace treatywire::query {
namespace {

// The state of SipHash (https://www.aumasson.jp/siphash/siphash.pdf) for a digest of 128 bits.
class SipState {
 public:
  SipState(uint64_t key_low, uint64_t key_high)
      : words_{key_low ^ 0x736f6d6570736575u, key_high ^ 0x646f72616e646f6du ^ kWide,
               key_low ^ 0x6c7967656e657261u, key_high ^ 0x7465646279746573u} {}

  void TakeIn(uint64_t word) {
    words_[3] ^= word;
    Stir(2);
    words_[0] ^= word;
  }
  Digest Finish() {
    Digest digest;
    words_[2] ^= kWide;
    Stir(4);
    digest.low = Folded();
    words_[1] ^= 0xdd;
    Stir(4);
    digest.high = Folded();
    return digest;
  }

 private:
  static constexpr uint64_t kWide = 0xee;

  uint64_t Folded() const { return words_[0] ^ words_[1] ^ words_[2] ^ words_[3]; }

  void Stir(int rounds) {
    auto& [a, b, c, d] = words_;
    for (int i = 0; i < rounds; ++i) {
      a += b;
      b = std::rotl(b, 13) ^ a;
      a = std::rotl(a, 32);
      c += d;
      d = std::rotl(d, 16) ^ c;
      a += d;
      d = std::rotl(d, 21) ^ a;
      c += b;
      b = std::rotl(b, 17) ^ c;
      c = std::rotl(c, 32);
    }
  }

  std::array<uint64_t, 4> words_;
};

uint64_t RandomWord(std::random_device& device) {
  return static_cast<uint64_t>(device()) << 32 | static_cast<uint32_t>(device());
}

// Least byte first, whatever the machine's order.
uint64_t WordOf(absl::string_view bytes) {
  uint64_t word = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    word |= static_cast<uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  return word;
}

}  // namespace

KeyedDigest::KeyedDigest() {
  std::random_device device;
  key_low_ = RandomWord(device);
  key_high_ = RandomWord(device);
}

Digest KeyedDigest::Of(absl::string_view text) const {
  SipState state(key_low_, key_high_);
  const uint64_t length = text.size();
  for (; text.size() >= 8; text.remove_prefix(8)) state.TakeIn(WordOf(text.substr(0, 8)));
  state.TakeIn(length << 56 | WordOf(text));
  return state.Finish();
}

}  // namespace treatywire::query
