#include "ingest_service/extraction/one_of.h"

#include <gtest/gtest.h>

#include <string>

namespace treatywire::ingest {
namespace {

TEST(IsOneOfTest, FindsWordsOfEachLength) {
  for (const absl::string_view word : {"a", "in", "and", "that", "which", "unless", "whether", "although"})
    EXPECT_TRUE(IsOneOf(word, {"a", "in", "and", "that", "which", "unless", "whether", "although"})) << word;
}

TEST(IsOneOfTest, DiffersInOneLetterOnly) {
  EXPECT_FALSE(IsOneOf("thet", {"that", "this"}));
  EXPECT_FALSE(IsOneOf("than", {"that", "this"}));
  EXPECT_FALSE(IsOneOf("that's", {"that", "this"}));
  EXPECT_FALSE(IsOneOf("tha", {"that", "this"}));
}

// Letters and lengths whose bits are alike: '5' and 'U', 31 letters and more.
TEST(IsOneOfTest, WordsThatShareBitsAreToldApart) {
  EXPECT_FALSE(IsOneOf("5n", {"un"}));
  EXPECT_FALSE(IsOneOf(std::string(40, 'a'), {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}));
  EXPECT_TRUE(IsOneOf(std::string(32, 'a'), {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}));
}

TEST(IsOneOfTest, EmptyWordIsInAListThatHoldsIt) {
  EXPECT_FALSE(IsOneOf("", {"a"}));
  EXPECT_TRUE(IsOneOf("", {"a", ""}));
}

}  // namespace
}  // namespace treatywire::ingest
