#include "query_service/resolution/keyed_digest.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace treatywire::query {
namespace {

// As OpenSSL has them: `openssl mac -macopt hexkey:000102030405060708090a0b0c0d0e0f -macopt size:16 SIPHASH`.
TEST(KeyedDigestTest, IsSipHash) {
  const KeyedDigest digest(0x0706050403020100u, 0x0f0e0d0c0b0a0908u);
  std::string text;
  EXPECT_EQ(digest.Of(text), (Digest{0xe6a825ba047f81a3u, 0x930255c71472f66du}));
  text.push_back('\0');
  EXPECT_EQ(digest.Of(text), (Digest{0x44af996bd8c187dau, 0x45fc229b11597634u}));
  for (char c = 1; c < 15; ++c) text.push_back(c);
  EXPECT_EQ(digest.Of(text), (Digest{0x11a8b03399e99354u, 0xd9c3cf970fec087eu}));
}

TEST(KeyedDigestTest, DependsOnTheKeyWhichIsDrawnForEach) {
  const KeyedDigest one;
  const KeyedDigest other;
  EXPECT_EQ(one.Of("treaty"), one.Of("treaty"));
  EXPECT_FALSE(one.Of("treaty") == other.Of("treaty"));
}

TEST(KeyedDigestTest, TellsTextsApartThatDifferInTheirLength) {
  const KeyedDigest digest;
  std::set<uint64_t> seen;
  for (size_t size = 0; size < 300; ++size) {
    EXPECT_TRUE(seen.insert(digest.Of(std::string(size, '\0')).low).second) << size;
  }
}

}  // namespace
}  // namespace treatywire::query
