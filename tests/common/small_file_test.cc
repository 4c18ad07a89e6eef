#include "common/small_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"

namespace treatywire {
namespace {

class ReadSmallFileTest : public testing::Test {
 protected:
  ReadSmallFileTest() : directory_(testing::TempDir() + "small-file-XXXXXX") {
    EXPECT_NE(mkdtemp(directory_.data()), nullptr);
  }
  ~ReadSmallFileTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }

  std::string Path(const std::string& name) const { return absl::StrCat(directory_, "/", name); }
  std::string Put(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name)) << text;
    return Path(name);
  }

  std::string directory_;
};

TEST_F(ReadSmallFileTest, GivesTheBytesAsTheyAre) {
  const std::string text("a\r\n\0\xFF", 5);
  EXPECT_EQ(ReadSmallFile(Put("bytes", text)).value(), text);
  EXPECT_EQ(ReadSmallFile(Put("empty", "")).value(), "");
}

TEST_F(ReadSmallFileTest, FollowsSymbolicLinks) {
  Put("target", "text");
  std::filesystem::create_symlink("target", Path("link"));
  EXPECT_EQ(ReadSmallFile(Path("link")).value(), "text");
}

TEST_F(ReadSmallFileTest, TakesTheMaximumAndRefusesOneMore) {
  const std::string path = Put("full", std::string(100, 'x'));
  EXPECT_EQ(ReadSmallFile(path, 100).value().size(), 100);
  EXPECT_EQ(ReadSmallFile(path, 99).status(),
            absl::InvalidArgumentError(absl::StrCat(path, " has more than 99 bytes")));
}

TEST_F(ReadSmallFileTest, SaysWhyItCannotBeRead) {
  EXPECT_EQ(ReadSmallFile(Path("none")).status(),
            absl::NotFoundError(absl::StrCat("cannot read ", Path("none"), ": No such file or directory")));
}

// A pipe that nobody writes to would be waited for, and a device has no end.
TEST_F(ReadSmallFileTest, WhatIsNoRegularFileIsRefusedAtOnce) {
  ASSERT_EQ(mkfifo(Path("pipe").c_str(), 0600), 0);
  for (const std::string& path : {Path("pipe"), directory_, std::string("/dev/zero")}) {
    EXPECT_EQ(ReadSmallFile(path).status(), absl::InvalidArgumentError(path + " is no regular file"));
  }
}

}  // namespace
}  // namespace treatywire
