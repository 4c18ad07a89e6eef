#include "query_service/event_log/file_bytes.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "tests/query_service/event_log/temporary_directory.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

using testing::HasSubstr;

TEST(Fixed32Test, LowestByteComesFirst) {
  std::string bytes = "x";
  AppendFixed32(0x01020384, &bytes);
  EXPECT_EQ(bytes, "x\x84\x03\x02\x01");
  EXPECT_EQ(Fixed32At(bytes, 1), 0x01020384U);
}

TEST(WriteAllTest, AppendsAllBytes) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/file";
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  const std::string many(3 << 20, 'a');
  EXPECT_THAT(WriteAll(file, many, path), IsOk());
  EXPECT_THAT(WriteAll(file, "", path), IsOk());
  EXPECT_THAT(WriteAll(file, "z", path), IsOk());
  close(file);
  std::ifstream in(path, std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()), many + "z");
}

TEST(WriteAllTest, FullDiskIsNamed) {
  const int file = open("/dev/full", O_WRONLY | O_CLOEXEC);
  ASSERT_GE(file, 0);
  EXPECT_THAT(WriteAll(file, "a", "/dev/full"),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("cannot write /dev/full")));
  close(file);
}

}  // namespace
}  // namespace treatywire::query
