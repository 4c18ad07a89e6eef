#include "query_service/image/image_keeper.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/logging.h"
#include "query_service/event_log/memory_event_log.h"
#include "query_service/log_replay.h"
#include "tests/query_service/event_log/log_records.h"
#include "tests/query_service/event_log/temporary_directory.h"
#include "tests/query_service/index/article_builder.h"
#include "tests/query_service/index/snapshot_answers.h"
#include "tests/query_service/index/world.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using treatywire::v1::LogRecord;

class ImageKeeperTest : public testing::Test {
 protected:
  void SetUp() override {
    SetLogSink([this](absl::string_view line) {
      if (!absl::StrContains(line, "INFO")) warnings_.emplace_back(line);
    });
    AppendTo(log_, world_.log);
  }
  void TearDown() override { SetLogSink(nullptr); }

  static void AppendTo(MemoryEventLog& log, absl::Span<const LogRecord> records) {
    for (const LogRecord& record : records) ASSERT_THAT(log.Append({&record, 1}), IsOk());
  }

  ImageKeeper::Options Options() const { return {.path = path_, .program = "this one"}; }

  // Has an image written of what `log` has.
  void KeepImageOf(const MemoryEventLog& log, const ImageKeeper::Options& options) {
    Index index;
    ReplayFrom(1, log, index);
    ImageKeeper(&log, options).Finish(index);
    ASSERT_TRUE(std::filesystem::exists(path_));
  }

  static void ReplayFrom(uint64_t revision, const EventLog& log, Index& index) {
    ASSERT_THAT(ReplayLog(log, [&](auto records) { return index.Load(records); }, {.from = revision}),
                IsOk());
    index.Publish();
  }

  // What a start answers that is to use an image of `revision`; 0: none.
  std::vector<std::string> AnswersOfStart(const EventLog& log, const ImageKeeper::Options& options,
                                          uint64_t revision) {
    ImageKeeper keeper(&log, options);
    Index index;
    EXPECT_EQ(keeper.Restore(index), revision);
    EXPECT_EQ(keeper.kept().revision, revision);
    ReplayFrom(revision + 1, log, index);
    EXPECT_EQ(index.snapshot()->revision(), log.head());
    return AnswersOf(*index.snapshot());
  }

  // That a start reads the log alone, says why in one line that names the file, and removes it.
  void ExpectUnused(const EventLog& log, const ImageKeeper::Options& options, const std::string& reason) {
    SCOPED_TRACE(reason);
    Index straight;
    ReplayFrom(1, log, straight);
    EXPECT_EQ(AnswersOfStart(log, options, 0), AnswersOf(*straight.snapshot()));
    EXPECT_THAT(warnings_,
                ElementsAre(AllOf(HasSubstr("index image not used"), HasSubstr(path_), HasSubstr(reason))));
    warnings_.clear();
    EXPECT_FALSE(std::filesystem::exists(path_));
  }

  const World world_ = MakeWorld({.agreements = 20, .parties = 12, .articles = 60});
  MemoryEventLog log_;
  const TemporaryDirectory directory_;
  const std::string path_ = directory_.path() + "/index.image";
  std::vector<std::string> warnings_;
};

TEST_F(ImageKeeperTest, StartFromTheImageAndTheRestOfTheLogAnswersAsOneFromTheLog) {
  KeepImageOf(log_, Options());
  const uint64_t revision = log_.head();
  AppendTo(log_, {ExtractionRecord("later"), ExtractionRecord("last")});
  Index straight;
  ReplayFrom(1, log_, straight);
  EXPECT_EQ(AnswersOfStart(log_, Options(), revision), AnswersOf(*straight.snapshot()));
  EXPECT_THAT(warnings_, IsEmpty());
}

TEST_F(ImageKeeperTest, FirstStartHasNoImageAndSaysNothing) {
  AnswersOfStart(log_, Options(), 0);
  EXPECT_THAT(warnings_, IsEmpty());
}

TEST_F(ImageKeeperTest, ImageOfAnotherProgramIsNotUsed) {
  KeepImageOf(log_, Options());
  ImageKeeper::Options other = Options();
  other.program = "the next one";
  ExpectUnused(log_, other, "another program's");
}

TEST_F(ImageKeeperTest, ImageOfAnotherLogIsNotUsed) {
  KeepImageOf(log_, Options());
  MemoryEventLog restored;
  AppendTo(restored, world_.log);
  ExpectUnused(restored, Options(), "another event log's");
}

// As after a copy of the file from before is put back.
class LogPutBack : public MemoryEventLog {
 public:
  explicit LogPutBack(uint64_t log_id) : log_id_(log_id) {}
  uint64_t log_id() const override { return log_id_; }

 private:
  const uint64_t log_id_;
};

TEST_F(ImageKeeperTest, ImageThatIsNewerThanTheLogIsNotUsed) {
  KeepImageOf(log_, Options());
  LogPutBack put_back(log_.log_id());
  AppendTo(put_back, absl::MakeConstSpan(world_.log).first(world_.log.size() - 1));
  ExpectUnused(put_back, Options(), absl::StrCat("the event log ends at ", put_back.head()));
}

TEST_F(ImageKeeperTest, ImageOfAnotherHistoryOfTheLogIsNotUsed) {
  KeepImageOf(log_, Options());
  LogPutBack put_back(log_.log_id());
  AppendTo(put_back, absl::MakeConstSpan(world_.log).first(world_.log.size() - 1));
  AppendTo(put_back, {ExtractionRecord("came instead"), ExtractionRecord("and more")});
  ExpectUnused(put_back, Options(), "another record at its revision");
}

TEST_F(ImageKeeperTest, DamagedImageIsNotUsed) {
  KeepImageOf(log_, Options());
  std::filesystem::resize_file(path_, std::filesystem::file_size(path_) - 1);
  ExpectUnused(log_, Options(), "is damaged");
  std::ofstream(path_) << "something else";
  ExpectUnused(log_, Options(), "is no image");
}

TEST_F(ImageKeeperTest, WhatAKilledProcessLeftIsRemoved) {
  std::ofstream(path_ + ".new") << "half";
  AnswersOfStart(log_, Options(), 0);
  EXPECT_FALSE(std::filesystem::exists(path_ + ".new"));
}

TEST_F(ImageKeeperTest, FailingWriteIsToldAndLeavesNothing) {
  ImageKeeper::Options options = Options();
  options.path = directory_.path() + "/none/index.image";
  Index index;
  ReplayFrom(1, log_, index);
  ImageKeeper keeper(&log_, options);
  keeper.Finish(index);
  EXPECT_THAT(warnings_, ElementsAre(AllOf(HasSubstr("index image not written"), HasSubstr(options.path))));
  EXPECT_EQ(keeper.kept().revision, 0);
  EXPECT_TRUE(std::filesystem::is_empty(directory_.path()));
}

TEST_F(ImageKeeperTest, LogsShareOfTheDiskIsNotTaken) {
  KeepImageOf(log_, Options());
  ImageKeeper::Options options = Options();
  options.free_share = 1;  // more than is free
  ImageKeeper keeper(&log_, options);
  Index index;
  ASSERT_EQ(keeper.Restore(index), log_.head());
  index.Publish();
  keeper.Consider(index);
  EXPECT_THAT(warnings_, ElementsAre(AllOf(HasSubstr("index image removed"), HasSubstr(path_))));
  EXPECT_EQ(keeper.kept().revision, 0);
  keeper.Finish(index);
  EXPECT_THAT(warnings_,
              ElementsAre(testing::_, AllOf(HasSubstr("not written"), HasSubstr("left to the event log"))));
  EXPECT_TRUE(std::filesystem::is_empty(directory_.path()));
}

TEST_F(ImageKeeperTest, ImageIsWrittenOnceEnoughIsNew) {
  ImageKeeper::Options options = Options();
  options.min_new_records = 10;
  Index index;
  ImageKeeper keeper(&log_, options);
  const auto apply_one = [&] {
    const uint64_t revision = index.snapshot()->revision() + 1;
    ASSERT_THAT(index.Apply(*log_.Read(revision, 1)), IsOk());
    keeper.Consider(index);
  };
  for (int i = 0; i < 9; ++i) apply_one();
  EXPECT_FALSE(std::filesystem::exists(path_));
  apply_one();
  keeper.Finish(index);  // waits, and has nothing to write: the image is of all that there is
  EXPECT_EQ(keeper.kept().revision, 10);
  // The next is due when a quarter, but at least so many, came anew.
  for (int i = 0; i < 9; ++i) apply_one();
  EXPECT_EQ(keeper.kept().revision, 10);
  apply_one();
  keeper.Finish(index);
  EXPECT_EQ(keeper.kept().revision, 20);
}

TEST_F(ImageKeeperTest, NothingIsWrittenWhereNothingIsNew) {
  KeepImageOf(log_, Options());
  const auto written = std::filesystem::last_write_time(path_);
  ImageKeeper keeper(&log_, Options());
  Index index;
  ASSERT_EQ(keeper.Restore(index), log_.head());
  index.Publish();
  keeper.Consider(index);
  keeper.Finish(index);
  EXPECT_EQ(std::filesystem::last_write_time(path_), written);
}

// A service that is stopped while it rebuilds.
TEST_F(ImageKeeperTest, IndexThatWasNotPublishedIsNotKept) {
  Index index;
  std::vector<LogRecord> records = *log_.Read(1, 5);
  ASSERT_THAT(index.Load(absl::MakeSpan(records)), IsOk());
  ImageKeeper(&log_, Options()).Finish(index);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(ImageKeeperTest, WithoutAPathThereIsNoImage) {
  ImageKeeper::Options options = Options();
  options.path = "";
  Index index;
  ImageKeeper keeper(&log_, options);
  EXPECT_EQ(keeper.Restore(index), 0);
  ReplayFrom(1, log_, index);
  keeper.Finish(index);
  EXPECT_TRUE(std::filesystem::is_empty(directory_.path()));
  EXPECT_THAT(warnings_, IsEmpty());
}

TEST(ProgramIdentityTest, TestsHaveOneToo) {
  EXPECT_THAT(ProgramIdentity(), testing::MatchesRegex("[0-9a-f]{8,} icu [0-9.]+"));
}

}  // namespace
}  // namespace treatywire::query
