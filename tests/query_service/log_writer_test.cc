#include "query_service/log_writer.h"

#include <gtest/gtest.h>

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "common/status.h"
#include "query_service/event_log/memory_event_log.h"
#include "tests/query_service/event_log/log_records.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

using treatywire::v1::LogRecord;

// A memory log that tells each batch's size, can be held up, and can fail.
class ScriptedEventLog : public MemoryEventLog {
 public:
  absl::StatusOr<std::vector<AppendResult>> Append(absl::Span<const LogRecord> records) override {
    entered.Notify();
    may_append.WaitForNotification();
    batches.push_back(records.size());
    if (!failure.ok()) return failure;
    return MemoryEventLog::Append(records);
  }

  // The first append waits for this one, and tells that it has begun.
  struct Once {
    absl::Notification notification;
    void Notify() {
      if (!notification.HasBeenNotified()) notification.Notify();
    }
    void WaitForNotification() { notification.WaitForNotification(); }
  };
  Once entered;
  Once may_append;
  // The thread that appends alone uses them, between Submit and the answer.
  std::vector<size_t> batches;
  absl::Status failure;
};

class LogWriterTest : public testing::Test {
 protected:
  void Start(LogWriter::Options options = {}) {
    options.on_failure = [this](const absl::Status& status) { failures_.push_back(status); };
    writer_.emplace(
        &log_,
        [this](absl::Span<const LogRecord> records) {
          applied_.insert(applied_.end(), records.begin(), records.end());
          return apply_status_;
        },
        options);
  }

  absl::Status Submit(const LogRecord& record) {
    return writer_->Submit(
        record, [this](absl::StatusOr<AppendResult> result) { results_.push_back(std::move(result)); });
  }

  // Lets the log append and ends the writer: all that was submitted is answered then.
  void Finish() {
    log_.may_append.Notify();
    writer_->Stop();
  }

  ScriptedEventLog log_;
  absl::Status apply_status_;
  // Written by the writer's threads, read after Finish.
  std::vector<LogRecord> applied_;
  std::vector<absl::StatusOr<AppendResult>> results_;
  std::vector<absl::Status> failures_;
  std::optional<LogWriter> writer_;
};

TEST_F(LogWriterTest, AnswersInOrderWhenDurableAndApplied) {
  Start();
  for (const char* id : {"a", "b", "c"}) ASSERT_THAT(Submit(ExtractionRecord(id)), IsOk());
  Finish();
  ASSERT_EQ(results_.size(), 3);
  ASSERT_EQ(applied_.size(), 3);
  for (size_t i = 0; i < 3; ++i) {
    ASSERT_THAT(results_[i], IsOk());
    EXPECT_EQ(results_[i]->revision, i + 1);
    EXPECT_FALSE(results_[i]->already_present);
    EXPECT_EQ(applied_[i].revision(), i + 1);
  }
  EXPECT_EQ(log_.head(), 3);
}

TEST_F(LogWriterTest, WhatIsPresentIsAcknowledgedAndNotAppliedAgain) {
  Start();
  for (int i = 0; i < 2; ++i) ASSERT_THAT(Submit(ExtractionRecord("a")), IsOk());
  Finish();
  ASSERT_EQ(results_.size(), 2);
  EXPECT_FALSE(results_[0]->already_present);
  EXPECT_TRUE(results_[1]->already_present);
  EXPECT_EQ(results_[1]->revision, 1);
  EXPECT_EQ(applied_.size(), 1);
}

TEST_F(LogWriterTest, WhatArrivesDuringAWriteSharesTheNext) {
  Start({.max_batch_records = 4});
  ASSERT_THAT(Submit(ExtractionRecord("a")), IsOk());
  log_.entered.WaitForNotification();
  for (const char* id : {"b", "c", "d", "e", "f"}) ASSERT_THAT(Submit(ExtractionRecord(id)), IsOk());
  Finish();
  EXPECT_EQ(log_.batches, (std::vector<size_t>{1, 4, 1}));
}

// An index that is held up in its first batch.
TEST_F(LogWriterTest, TheNextBatchIsMadeDurableWhileOneIsApplied) {
  absl::Notification may_apply;
  absl::Notification second_is_durable;
  std::vector<uint64_t> acknowledged;
  LogWriter writer(&log_,
                   [&](absl::Span<const LogRecord> records) {
                     if (records.front().revision() == 1) may_apply.WaitForNotification();
                     return absl::OkStatus();
                   },
                   {.max_batch_records = 1, .on_append = [&, count = 0](size_t, absl::Duration) mutable {
                      if (++count == 2) second_is_durable.Notify();
                    }});
  log_.may_append.Notify();
  for (const char* id : {"a", "b"}) {
    ASSERT_THAT(writer.Submit(ExtractionRecord(id),
                              [&](const absl::StatusOr<AppendResult>& result) {
                                acknowledged.push_back(result->revision);
                              }),
                IsOk());
  }
  second_is_durable.WaitForNotification();
  EXPECT_TRUE(acknowledged.empty());  // durable, but nobody can read it
  may_apply.Notify();
  writer.Stop();
  EXPECT_EQ(acknowledged, (std::vector<uint64_t>{1, 2}));
}

TEST_F(LogWriterTest, NoMoreBatchesThanTheMaximumWaitToBeApplied) {
  absl::Notification may_apply;
  LogWriter writer(&log_,
                   [&](absl::Span<const LogRecord>) {
                     may_apply.WaitForNotification();
                     return absl::OkStatus();
                   },
                   {.max_batch_records = 1, .max_unapplied_batches = 2});
  log_.may_append.Notify();
  size_t answers = 0;
  for (const char* id : {"a", "b", "c", "d", "e", "f"}) {
    ASSERT_THAT(writer.Submit(ExtractionRecord(id), [&](const absl::StatusOr<AppendResult>&) { ++answers; }),
                IsOk());
  }
  // One is applied, two wait, and one more may be on its way.
  EXPECT_GE(writer.queued(), 2);
  may_apply.Notify();
  writer.Stop();
  EXPECT_EQ(answers, 6);
}

TEST_F(LogWriterTest, BatchesEndBeforeTheirMaximumOfBytes) {
  const size_t bytes = ExtractionRecord("b").ByteSizeLong();
  Start({.max_batch_bytes = 2 * bytes});
  ASSERT_THAT(Submit(ExtractionRecord("a")), IsOk());
  log_.entered.WaitForNotification();
  for (const char* id : {"b", "c", "d"}) ASSERT_THAT(Submit(ExtractionRecord(id)), IsOk());
  Finish();
  EXPECT_EQ(log_.batches, (std::vector<size_t>{1, 2, 1}));
}

TEST_F(LogWriterTest, RetractionGoesAloneAndItsFailureHarmsNobody) {
  Start();
  ASSERT_THAT(Submit(ExtractionRecord("a")), IsOk());
  log_.entered.WaitForNotification();
  ASSERT_THAT(Submit(ExtractionRecord("b")), IsOk());
  ASSERT_THAT(Submit(RetractionRecord("nobody's")), IsOk());
  ASSERT_THAT(Submit(ExtractionRecord("c")), IsOk());
  Finish();
  EXPECT_EQ(log_.batches, (std::vector<size_t>{1, 1, 1, 1}));
  ASSERT_EQ(results_.size(), 4);
  EXPECT_THAT(results_[1], IsOk());
  EXPECT_EQ(results_[2].status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(results_[3], IsOk());
  EXPECT_TRUE(failures_.empty());
}

TEST_F(LogWriterTest, OnePastTheQueueIsRefusedWithARetryDelay) {
  Start({.max_queued_records = 2});
  ASSERT_THAT(Submit(ExtractionRecord("a")), IsOk());
  log_.entered.WaitForNotification();
  ASSERT_THAT(Submit(ExtractionRecord("b")), IsOk());
  ASSERT_THAT(Submit(ExtractionRecord("c")), IsOk());
  const absl::Status refusal = Submit(ExtractionRecord("d"));
  EXPECT_EQ(refusal.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(GetRetryDelay(refusal).has_value());
  Finish();
  EXPECT_EQ(results_.size(), 3);
}

TEST_F(LogWriterTest, QueueIsBoundedInBytesToo) {
  Start({.max_queued_bytes = ExtractionRecord("b").ByteSizeLong()});
  ASSERT_THAT(Submit(ExtractionRecord("a")), IsOk());
  log_.entered.WaitForNotification();
  ASSERT_THAT(Submit(ExtractionRecord("b")), IsOk());
  EXPECT_EQ(Submit(ExtractionRecord("c")).code(), absl::StatusCode::kResourceExhausted);
  Finish();
}

TEST_F(LogWriterTest, AfterDataLossNothingIsAcknowledgedEverAgain) {
  Start();
  log_.failure =
      WithErrorInfo(absl::DataLossError("the disk is gone"), treatywire::v1::ERROR_REASON_LOG_FAILED);
  ASSERT_THAT(Submit(ExtractionRecord("a")), IsOk());
  log_.entered.WaitForNotification();
  ASSERT_THAT(Submit(ExtractionRecord("b")), IsOk());
  Finish();
  ASSERT_EQ(results_.size(), 2);
  EXPECT_EQ(results_[0].status(), log_.failure);
  EXPECT_EQ(results_[1].status(), log_.failure);
  EXPECT_EQ(log_.batches, std::vector<size_t>{1});  // the second was not even tried
  EXPECT_TRUE(applied_.empty());
  EXPECT_EQ(failures_, std::vector<absl::Status>{log_.failure});
  EXPECT_EQ(Submit(ExtractionRecord("c")), log_.failure);
}

TEST_F(LogWriterTest, FailureThatMayPassIsToldAndTheNextIsTried) {
  Start();
  log_.failure = absl::ResourceExhaustedError("the disk is full");
  ASSERT_THAT(Submit(ExtractionRecord("a")), IsOk());
  Finish();
  ASSERT_EQ(results_.size(), 1);
  EXPECT_EQ(
      results_[0].status(),
      WithRetryDelay(WithErrorInfo(log_.failure, treatywire::v1::ERROR_REASON_LOG_FULL), absl::Seconds(30)));
  EXPECT_TRUE(failures_.empty());
}

TEST_F(LogWriterTest, RecordTheIndexRefusesStopsTheWriter) {
  Start();
  apply_status_ = absl::FailedPreconditionError("a gap");
  ASSERT_THAT(Submit(ExtractionRecord("a")), IsOk());
  Finish();
  ASSERT_EQ(results_.size(), 1);
  EXPECT_THAT(results_[0], StatusIs(absl::StatusCode::kDataLoss, testing::HasSubstr("revision 1: a gap")));
  EXPECT_EQ(failures_.size(), 1);
}

TEST_F(LogWriterTest, NothingIsAppliedAfterARecordThatTheIndexRefuses) {
  Start({.max_batch_records = 1});
  apply_status_ = absl::FailedPreconditionError("a gap");
  for (const char* id : {"a", "b", "c"}) ASSERT_THAT(Submit(ExtractionRecord(id)), IsOk());
  Finish();
  ASSERT_EQ(results_.size(), 3);
  for (const auto& result : results_) EXPECT_THAT(result, StatusIs(absl::StatusCode::kDataLoss, testing::_));
  EXPECT_EQ(applied_.size(), 1);
  EXPECT_EQ(failures_.size(), 1);
}

TEST_F(LogWriterTest, StopWritesWhatIsQueuedAndRefusesMore) {
  Start();
  for (const char* id : {"a", "b"}) ASSERT_THAT(Submit(ExtractionRecord(id)), IsOk());
  Finish();
  EXPECT_EQ(results_.size(), 2);
  EXPECT_EQ(Submit(ExtractionRecord("c")).code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace treatywire::query
