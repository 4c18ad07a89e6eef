#include "query_service/resolution/message_packing.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"

namespace treatywire::query {
namespace {

// Like the others in shape and words, but not the same.
std::string Message(size_t number) {
  return absl::StrCat("event ", number * 7919, ": the treaty on fishing was signed in city ", number % 17,
                      " by the ministers of state ", number % 5, " and state ", number % 7);
}

std::string Noise(size_t bytes) {
  std::mt19937_64 random(20251206);
  std::string noise;
  while (noise.size() < bytes) noise.push_back(static_cast<char>(random()));
  return noise;
}

TEST(MessagePackingTest, GivesBackEveryMessageWhateverDictionaryItWasPackedWith) {
  MessagePacker packer;
  std::vector<std::string> packed;
  const size_t messages = 40 * MessagePacker::kSamples;  // past the second dictionary
  for (size_t i = 0; i < messages; ++i) packed.push_back(packer.Pack(Message(i)));
  for (size_t i = 0; i < messages; ++i) ASSERT_EQ(packer.Unpack(packed[i]), Message(i)) << i;
}

TEST(MessagePackingTest, EmptyLongAndRandomMessagesComeBackToo) {
  MessagePacker packer;
  const std::vector<std::string> messages = {"", std::string(1, '\0'), std::string(5'000'000, 'x'), Noise(1),
                                             Noise(3'000'000)};
  for (size_t i = 0; i < 2 * MessagePacker::kSamples; ++i) {  // before and after there is a dictionary
    const std::string& message = messages[i % messages.size()];
    ASSERT_TRUE(packer.Unpack(packer.Pack(message)) == message) << i;
  }
}

TEST(MessagePackingTest, NothingButEmptyMessagesMakesADictionaryOfNothing) {
  MessagePacker packer;
  for (size_t i = 0; i < 2 * MessagePacker::kSamples; ++i) EXPECT_EQ(packer.Unpack(packer.Pack("")), "");
  EXPECT_EQ(packer.Unpack(packer.Pack(Message(1))), Message(1));
}

TEST(MessagePackingTest, OnceThereIsADictionaryShortMessagesTakeLittle) {
  MessagePacker packer;
  const size_t before = packer.Pack(Message(1)).size();
  for (size_t i = 2; i <= MessagePacker::kSamples; ++i) packer.Pack(Message(i));
  const size_t after = packer.Pack(Message(1)).size();
  EXPECT_LT(after * 2, Message(1).size());
  EXPECT_LT(after * 2, before);
}

TEST(MessagePackingTest, ThreadsPackAndUnpackAtOnce) {
  MessagePacker packer;
  std::vector<std::thread> threads;
  std::vector<size_t> right(4, 0);
  constexpr size_t kEach = 8 * MessagePacker::kSamples;
  for (size_t& count : right) {
    threads.emplace_back([&] {
      std::vector<std::string> packed;
      for (size_t i = 0; i < kEach; ++i) packed.push_back(packer.Pack(Message(i)));
      for (size_t i = 0; i < kEach; ++i) count += packer.Unpack(packed[i]) == Message(i) ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const size_t count : right) EXPECT_EQ(count, kEach);
}

}  // namespace
}  // namespace treatywire::query
