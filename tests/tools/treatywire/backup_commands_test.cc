#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "query_service/event_log/sqlite_event_log.h"
#include "tests/query_service/backup/backup_parts.h"
#include "tests/query_service/event_log/temporary_directory.h"
#include "tests/tools/treatywire/test_environment.h"
#include "tools/treatywire/command_line.h"
#include "treatywire/v1/backup_service.grpc.pb.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// Sends `parts`, then `end`.
class FakeBackups final : public v1::BackupService::Service {
 public:
  grpc::Status Backup(grpc::ServerContext* /*context*/, const v1::BackupRequest* /*request*/,
                      grpc::ServerWriter<v1::BackupResponse>* writer) override {
    for (const v1::BackupResponse& part : parts) writer->Write(part);
    return end;
  }

  std::vector<v1::BackupResponse> parts;
  grpc::Status end;
};

class BackupCommandsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    query::FillLog(&log_);
    service_.parts = query::PartsOf(log_);
  }

  query::MemoryEventLog log_;
  const query::TemporaryDirectory directory_;
  const std::string file_ = directory_.path() + "/monday.backup";
  const std::string data_dir_ = directory_.path() + "/restored";
  FakeBackups service_;
  TestEnvironment program_{{&service_}};
};

TEST_F(BackupCommandsTest, BackupIsWrittenAndRestored) {
  EXPECT_EQ(program_.Run({"backup", file_}), ExitCode::kDone);
  EXPECT_THAT(program_.out(), StartsWith("backed up into " + file_ + ": 4 revisions of log "));
  EXPECT_EQ(program_.Run({"restore", file_, "--check"}), ExitCode::kDone);
  EXPECT_THAT(program_.out(), StartsWith(file_ + " is whole: 4 revisions"));
  EXPECT_EQ(program_.Run({"restore", file_, "--data_dir", data_dir_}), ExitCode::kDone);
  EXPECT_THAT(program_.out(), StartsWith("restored into " + data_dir_ + ": 4 revisions"));
  EXPECT_THAT(program_.err(), HasSubstr("query_service --data_dir=" + data_dir_));
  EXPECT_EQ((*query::SqliteEventLog::Open({.data_dir = data_dir_}))->head(), 4);
}

TEST_F(BackupCommandsTest, JsonTellsHeaderAndTrailer) {
  EXPECT_EQ(program_.Run({"backup", file_, "--json"}), ExitCode::kDone);
  EXPECT_THAT(program_.out(), HasSubstr("\"revision\":\"4\",\"sha256\":\""));
}

TEST_F(BackupCommandsTest, FileIsNeverOverwritten) {
  EXPECT_EQ(program_.Run({"backup", file_}), ExitCode::kDone);
  EXPECT_EQ(program_.Run({"backup", file_}), ExitCode::kRefused);
  EXPECT_THAT(program_.err(), HasSubstr("is there already"));
}

TEST_F(BackupCommandsTest, StreamThatBreaksOffLeavesNoFile) {
  service_.parts.pop_back();
  service_.end = grpc::Status(grpc::StatusCode::DATA_LOSS, "revision 3 is damaged");
  EXPECT_EQ(program_.Run({"backup", file_}), ExitCode::kRefused);
  EXPECT_THAT(program_.err(), HasSubstr("revision 3 is damaged (DATA_LOSS)"));
  EXPECT_TRUE(std::filesystem::is_empty(directory_.path()));
}

TEST_F(BackupCommandsTest, StreamThatEndsWithoutATrailerIsNoBackup) {
  service_.parts.pop_back();
  EXPECT_EQ(program_.Run({"backup", file_}), ExitCode::kRefused);
  EXPECT_THAT(program_.err(), HasSubstr("without a trailer"));
  EXPECT_TRUE(std::filesystem::is_empty(directory_.path()));
}

TEST_F(BackupCommandsTest, RestoreIntoAFolderThatHasSomethingIsRefused) {
  EXPECT_EQ(program_.Run({"backup", file_}), ExitCode::kDone);
  EXPECT_EQ(program_.Run({"restore", file_, "--data_dir", directory_.path()}), ExitCode::kRefused);
  EXPECT_THAT(program_.err(), HasSubstr("is not empty"));
}

TEST_F(BackupCommandsTest, RestoreNeedsAFolderOrCheck) {
  EXPECT_EQ(program_.Run({"restore", file_}), ExitCode::kBadCommandLine);
  EXPECT_THAT(program_.err(), HasSubstr("--data_dir"));
  EXPECT_EQ(program_.Run({"restore", file_, "--data_dir", data_dir_, "--check"}), ExitCode::kBadCommandLine);
}

}  // namespace
}  // namespace treatywire::tools
