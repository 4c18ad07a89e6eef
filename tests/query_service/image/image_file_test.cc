#include "query_service/image/image_file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/query_service/event_log/temporary_directory.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

using absl::StatusCode;
using testing::_;
using testing::HasSubstr;

class ImageFileTest : public testing::Test {
 protected:
  void WriteFile(const std::vector<std::string>& blocks) const {
    const auto writer = ImageFileWriter::Create(path_);
    ASSERT_THAT(writer, IsOk());
    for (const std::string& block : blocks) ASSERT_THAT((*writer)->Write(block), IsOk());
    ASSERT_THAT((*writer)->Commit(), IsOk());
    EXPECT_EQ((*writer)->bytes(), std::filesystem::file_size(path_));
  }

  // All blocks, or the first error.
  absl::StatusOr<std::vector<std::string>> ReadFile() const {
    absl::StatusOr<std::unique_ptr<ImageFileReader>> reader = ImageFileReader::Open(path_);
    if (!reader.ok()) return reader.status();
    std::vector<std::string> blocks;
    while (true) {
      absl::StatusOr<std::optional<std::string>> block = (*reader)->Next();
      if (!block.ok()) return block.status();
      if (!block->has_value()) return blocks;
      blocks.push_back(**std::move(block));
    }
  }

  std::string Bytes() const {
    std::ifstream file(path_, std::ios::binary);
    return {(std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>()};
  }
  void SetBytes(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
  }

  const TemporaryDirectory directory_;
  const std::string path_ = directory_.path() + "/index.image";
};

TEST_F(ImageFileTest, BlocksAreReadAsTheyWereWritten) {
  const std::vector<std::string> blocks = {"a", std::string(3 << 20, 'b'), std::string("\0\xff", 2)};
  WriteFile(blocks);
  EXPECT_EQ(ReadFile().value(), blocks);
}

TEST_F(ImageFileTest, FileIsThereOnlyOnceItIsCommitted) {
  WriteFile({"before"});
  {
    const auto writer = ImageFileWriter::Create(path_);
    ASSERT_THAT(writer, IsOk());
    ASSERT_THAT((*writer)->Write("after"), IsOk());
    EXPECT_THAT(ReadFile().value(), testing::ElementsAre("before"));
  }
  EXPECT_THAT(ReadFile().value(), testing::ElementsAre("before"));
  EXPECT_FALSE(std::filesystem::exists(path_ + ".new"));
}

TEST_F(ImageFileTest, FileThatIsCutOffAnywhereIsNotRead) {
  WriteFile({"one block", "another"});
  const std::string bytes = Bytes();
  for (size_t size = 0; size < bytes.size(); ++size) {
    SetBytes(bytes.substr(0, size));
    EXPECT_FALSE(ReadFile().ok()) << size;
  }
  SetBytes(bytes + "x");
  EXPECT_THAT(ReadFile(), StatusIs(StatusCode::kDataLoss, HasSubstr("more follows")));
}

TEST_F(ImageFileTest, EveryFlippedBitIsFound) {
  WriteFile({"one block", "another"});
  const std::string bytes = Bytes();
  for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string changed = bytes;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    SetBytes(changed);
    EXPECT_FALSE(ReadFile().ok()) << bit;
  }
}

TEST_F(ImageFileTest, BlocksThatChangedPlacesAreFound) {
  WriteFile({"first", "other"});
  const std::string bytes = Bytes();
  constexpr size_t kMagic = 8;
  constexpr size_t kBlock = 8 + 5;
  SetBytes(bytes.substr(0, kMagic) + bytes.substr(kMagic + kBlock, kBlock) + bytes.substr(kMagic, kBlock) +
           bytes.substr(kMagic + 2 * kBlock));
  EXPECT_THAT(ReadFile(), StatusIs(StatusCode::kDataLoss,
                                   HasSubstr(path_ + ": block 0 is damaged: its checksum differs")));
}

TEST_F(ImageFileTest, LengthPastTheEndIsRefusedBeforeAnythingIsAllocated) {
  WriteFile({"block"});
  std::string bytes = Bytes();
  bytes[8 + 3] = '\x07';  // 117 MB, less than is allowed
  SetBytes(bytes);
  EXPECT_THAT(ReadFile(), StatusIs(StatusCode::kDataLoss, HasSubstr("it is cut off")));
  bytes[8 + 3] = '\x7f';
  SetBytes(bytes);
  EXPECT_THAT(ReadFile(), StatusIs(StatusCode::kDataLoss, HasSubstr("its length cannot be")));
}

TEST_F(ImageFileTest, BlockOfNoOrTooManyBytesIsRefused) {
  const auto writer = ImageFileWriter::Create(path_);
  ASSERT_THAT(writer, IsOk());
  EXPECT_THAT((*writer)->Write(""), StatusIs(StatusCode::kInvalidArgument, _));
  EXPECT_THAT((*writer)->Write(std::string(kMaxImageBlockBytes + 1, 'x')),
              StatusIs(StatusCode::kInvalidArgument, _));
}

TEST_F(ImageFileTest, WhatIsNoSuchFileIsToldApart) {
  EXPECT_THAT(ReadFile(), StatusIs(StatusCode::kNotFound, HasSubstr(path_)));
  SetBytes("SQLite format 3, and more");
  EXPECT_THAT(ReadFile(), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("is no image")));
  std::filesystem::remove(path_);
  ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);
  EXPECT_THAT(ReadFile(), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("no regular file")));
}

TEST_F(ImageFileTest, FolderThatIsNotThereIsNamed) {
  EXPECT_THAT(ImageFileWriter::Create(directory_.path() + "/none/index.image"),
              StatusIs(StatusCode::kNotFound, HasSubstr("/none/index.image.new")));
}

}  // namespace
}  // namespace treatywire::query
