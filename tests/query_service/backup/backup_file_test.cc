#include "query_service/backup/backup_file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "tests/query_service/backup/backup_parts.h"
#include "tests/query_service/event_log/temporary_directory.h"

namespace treatywire::query {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using treatywire::v1::BackupResponse;

class BackupFileTest : public testing::Test {
 protected:
  void SetUp() override { FillLog(&log_); }

  absl::StatusOr<BackupSummary> Read() const {
    return ReadBackupFile(path_, [](const BackupResponse&) { return absl::OkStatus(); });
  }
  std::string Bytes() const {
    std::ifstream in(path_, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  void SetBytes(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
  }
  std::vector<std::string> Files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(directory_.path())) {
      names.push_back(entry.path().filename().string());
    }
    return names;
  }

  MemoryEventLog log_;
  const TemporaryDirectory directory_;
  const std::string path_ = directory_.path() + "/monday.backup";
};

TEST_F(BackupFileTest, PartsComeBackAsTheyWere) {
  const auto parts = PartsOf(log_);
  WriteParts(path_, parts);
  size_t next = 0;
  const auto summary = ReadBackupFile(path_, [&](const BackupResponse& part) {
    EXPECT_THAT(part, EqualsProto(parts.at(next++)));
    return absl::OkStatus();
  });
  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(next, parts.size());
  EXPECT_EQ(summary->revision, 4);
  EXPECT_THAT(Files(), testing::ElementsAre("monday.backup"));
}

TEST_F(BackupFileTest, NothingIsOverwritten) {
  WriteParts(path_, PartsOf(log_));
  const std::string before = Bytes();
  EXPECT_THAT(BackupFileWriter::Create(path_), StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr(path_)));
  EXPECT_EQ(Bytes(), before);
}

TEST_F(BackupFileTest, FileThatAppearsMeanwhileIsNotOverwritten) {
  auto file = BackupFileWriter::Create(path_);
  ASSERT_THAT(file, IsOk());
  SetBytes("another");
  EXPECT_THAT((*file)->Commit(), StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr(path_)));
  EXPECT_EQ(Bytes(), "another");
}

TEST_F(BackupFileTest, WhatIsNotCommittedLeavesNothing) {
  {
    auto file = BackupFileWriter::Create(path_);
    ASSERT_THAT(file, IsOk());
    ASSERT_THAT((*file)->Write(PartsOf(log_)[0]), IsOk());
    EXPECT_FALSE(std::filesystem::exists(path_));
  }
  EXPECT_THAT(Files(), IsEmpty());
}

TEST_F(BackupFileTest, FolderThatIsNotThereIsNamed) {
  EXPECT_THAT(BackupFileWriter::Create("/nowhere/monday.backup"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("/nowhere/monday.backup")));
  EXPECT_THAT(ReadBackupFile("/nowhere/monday.backup", [](const auto&) { return absl::OkStatus(); }),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("/nowhere/monday.backup")));
}

TEST_F(BackupFileTest, EveryFlippedBitIsFound) {
  WriteParts(path_, PartsOf(log_));
  const std::string whole = Bytes();
  for (size_t at = 0; at < whole.size(); ++at) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
    SetBytes(flipped);
    const bool is_version = at == std::string("treatywire backup ").size();
    EXPECT_THAT(Read(), StatusIs(is_version ? absl::StatusCode::kUnimplemented : absl::StatusCode::kDataLoss,
                                 HasSubstr(path_)))
        << at;
  }
}

TEST_F(BackupFileTest, FileCutOffAnywhereIsFound) {
  WriteParts(path_, PartsOf(log_));
  const std::string whole = Bytes();
  for (size_t size = 0; size < whole.size(); ++size) {
    SetBytes(whole.substr(0, size));
    EXPECT_THAT(Read(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(path_))) << size;
  }
  SetBytes(whole + "x");
  EXPECT_THAT(Read(), StatusIs(absl::StatusCode::kDataLoss, AllOf(HasSubstr(path_), HasSubstr("cut off"))));
}

TEST_F(BackupFileTest, OtherFilesAreNoBackup) {
  for (const std::string& bytes :
       {std::string(), std::string("SQLite format 3\0", 16), std::string(1 << 20, 'x')}) {
    SetBytes(bytes);
    EXPECT_THAT(Read(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no backup")));
  }
}

TEST_F(BackupFileTest, BackupOfALaterVersionIsNotTakenForADamagedOne) {
  for (const char* version : {"2", "10"}) {
    SetBytes(absl::StrCat("treatywire backup ", version, "\nsomething else altogether"));
    EXPECT_THAT(Read(), StatusIs(absl::StatusCode::kUnimplemented,
                                 AllOf(HasSubstr(path_), HasSubstr("\"treatywire backup 1\""))));
  }
}

TEST_F(BackupFileTest, PipeIsNotWaitedFor) {
  ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);
  EXPECT_THAT(Read(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no regular file")));
}

TEST_F(BackupFileTest, LinkToABackupIsRead) {
  WriteParts(directory_.path() + "/tuesday.backup", PartsOf(log_));
  std::filesystem::create_symlink("tuesday.backup", path_);
  EXPECT_THAT(Read(), IsOk());
}

// The system's limit of a file's size stands in for a disk that is full: a write is cut short, the next
// fails.
TEST_F(BackupFileTest, DiskThatIsFullIsNamedAndLeavesNothing) {
  rlimit before = {};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto ignored = signal(SIGXFSZ, SIG_IGN);
  const rlimit limit = {100, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &limit);
  absl::Status status;
  {
    auto writer = BackupFileWriter::Create(path_);
    for (const BackupResponse& part : PartsOf(log_)) status.Update((*writer)->Write(part));
  }
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, ignored);
  EXPECT_THAT(std::string(status.message()), HasSubstr(path_));
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(Files(), IsEmpty());
}

}  // namespace
}  // namespace treatywire::query
