#include "query_service/log_replay.h"

#include <gmock/gmock.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "query_service/event_log/memory_event_log.h"
#include "tests/query_service/event_log/log_records.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

using treatywire::v1::LogRecord;

class LogReplayTest : public testing::Test {
 protected:
  LogReplayTest() {
    for (int i = 0; i < 5; ++i) {
      EXPECT_THAT(log_.Append({ExtractionRecord(absl::StrCat("a", i))}), IsOk());
    }
  }

  absl::Status Replay(const ReplayOptions& options) {
    return ReplayLog(
        log_,
        [this](absl::Span<const LogRecord> records) {
          batches_.push_back(records.size());
          for (const LogRecord& record : records) revisions_.push_back(record.revision());
          return apply_status_;
        },
        options);
  }

  MemoryEventLog log_;
  absl::Status apply_status_;
  std::vector<size_t> batches_;
  std::vector<uint64_t> revisions_;
};

TEST_F(LogReplayTest, AppliesEveryRecordOnceInOrder) {
  EXPECT_THAT(Replay({.batch_records = 2}), IsOk());
  EXPECT_EQ(batches_, (std::vector<size_t>{2, 2, 1}));
  EXPECT_EQ(revisions_, (std::vector<uint64_t>{1, 2, 3, 4, 5}));
}

TEST_F(LogReplayTest, AppliesOnlyWhatIsAskedFor) {
  EXPECT_THAT(Replay({.from = 4, .batch_records = 1}), IsOk());
  EXPECT_EQ(revisions_, (std::vector<uint64_t>{4, 5}));
  revisions_.clear();
  EXPECT_THAT(Replay({.up_to = 3, .batch_records = 2}), IsOk());
  EXPECT_EQ(revisions_, (std::vector<uint64_t>{1, 2, 3}));
  revisions_.clear();
  EXPECT_THAT(Replay({.from = 6}), IsOk());
  EXPECT_THAT(revisions_, testing::IsEmpty());
}

TEST_F(LogReplayTest, EndsWithTheFirstErrorOfTheIndex) {
  apply_status_ = absl::FailedPreconditionError("no");
  EXPECT_EQ(Replay({.batch_records = 2}), apply_status_);
  EXPECT_EQ(batches_.size(), 1);
}

TEST_F(LogReplayTest, StopIsAskedBeforeEachBatch) {
  EXPECT_EQ(Replay({.batch_records = 2, .stop = [this] { return batches_.size() == 2; }}).code(),
            absl::StatusCode::kCancelled);
  EXPECT_EQ(revisions_, (std::vector<uint64_t>{1, 2, 3, 4}));
}

}  // namespace
}  // namespace treatywire::query
