#include "query_service/event_log/crc32c.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace treatywire::query {
namespace {

// The vectors of RFC 3720 (iSCSI), appendix B.4.
TEST(Crc32c, AgreesWithTheVectorsOfIscsi) {
  EXPECT_EQ(Crc32c(std::string(32, '\0')), 0x8A9136AAu);
  EXPECT_EQ(Crc32c(std::string(32, '\xFF')), 0x62A8AB43u);
  std::string ascending;
  for (char c = 0; c < 32; ++c) ascending.push_back(c);
  EXPECT_EQ(Crc32c(ascending), 0x46DD794Eu);
  EXPECT_EQ(Crc32c(std::string(ascending.rbegin(), ascending.rend())), 0x113FDB5Cu);
}

// Two ways to compute it, which must not differ: what one process writes another verifies.
TEST(Crc32c, IsTheSameByInstructionAndByTables) {
  std::string bytes;
  for (uint32_t i = 0; i < 200; ++i) bytes.push_back(static_cast<char>(i * 2654435761u >> 24));
  for (size_t begin = 0; begin < 9; ++begin) {
    for (size_t size = 0; begin + size <= bytes.size(); ++size) {
      const std::string part = bytes.substr(begin, size);
      EXPECT_EQ(Crc32c(part, 77), Crc32cByTables(part, 77)) << begin << ", " << size;
    }
  }
  EXPECT_EQ(Crc32cByTables(std::string(32, '\0')), 0x8A9136AAu);
}

TEST(Crc32c, OfNothingIsZero) { EXPECT_EQ(Crc32c(""), 0u); }

TEST(Crc32c, GoesOnOverPieces) {
  const std::string text = "The treaty was signed at Tilsit on a raft.";
  for (size_t cut = 0; cut <= text.size(); ++cut) {
    EXPECT_EQ(Crc32c(text.substr(cut), Crc32c(text.substr(0, cut))), Crc32c(text)) << cut;
  }
}

TEST(Crc32c, EveryFlippedBitChangesIt) {
  const std::string text = "ratified on 4 February";
  for (size_t bit = 0; bit < 8 * text.size(); ++bit) {
    std::string flipped = text;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_NE(Crc32c(flipped), Crc32c(text)) << bit;
  }
}

}  // namespace
}  // namespace treatywire::query
