#include "tests/query_service/event_log/event_log_contract.h"

#include <thread>

#include "absl/strings/str_cat.h"

namespace treatywire::query {

TEST_P(EventLogContract, EmptyLogHasHeadZeroAndNothingToRead) {
  EXPECT_EQ(log_->head(), 0);
  EXPECT_THAT(MustRead(1, 10), testing::IsEmpty());
}

TEST_P(EventLogContract, NoTwoLogsHaveTheSameId) {
  const auto other = GetParam()();
  EXPECT_NE(log_->log_id(), 0);
  EXPECT_NE(log_->log_id(), other->log_id());
}

TEST_P(EventLogContract, AppendGivesRevisionsFromOneWithoutGaps) {
  EXPECT_THAT(MustAppend({ExtractionRecord("a"), ExtractionRecord("b")}),
              testing::ElementsAre(AppendResult{1, false}, AppendResult{2, false}));
  EXPECT_THAT(MustAppend({ExtractionRecord("c")}), testing::ElementsAre(AppendResult{3, false}));
  EXPECT_EQ(log_->head(), 3);
}

TEST_P(EventLogContract, EmptyBatchChangesNothing) {
  EXPECT_THAT(MustAppend({}), testing::IsEmpty());
  EXPECT_EQ(log_->head(), 0);
}

TEST_P(EventLogContract, RecordsAreReadBackWholeWithTheirRevisions) {
  MustAppend({ExtractionRecord("a"), ExtractionRecord("b"), RetractionRecord("a", "libel")});
  EXPECT_THAT(MustRead(1, 10),
              testing::ElementsAre(EqualsProto(AtRevision(ExtractionRecord("a"), 1)),
                                   EqualsProto(AtRevision(ExtractionRecord("b"), 2)),
                                   EqualsProto(AtRevision(RetractionRecord("a", "libel"), 3))));
}

TEST_P(EventLogContract, EncodedExtractionsAreReadBackAsTheRecordsTheyAreOf) {
  const std::vector<Record> records = {ExtractionRecord("a"), AtRevision(ExtractionRecord("b"), 77),
                                       ExtractionRecord("c")};
  const std::vector<std::string> encoded = {records[0].extraction().SerializeAsString(),
                                            records[1].extraction().SerializeAsString(), ""};
  EXPECT_THAT(log_->AppendEncoded(records, encoded).value(),
              testing::ElementsAre(AppendResult{1, false}, AppendResult{2, false}, AppendResult{3, false}));
  EXPECT_THAT(log_->AppendEncoded({RetractionRecord("b")}, {""}).value(),
              testing::ElementsAre(AppendResult{4, false}));
  EXPECT_THAT(log_->AppendEncoded(records, encoded).value(),
              testing::ElementsAre(AppendResult{1, true}, AppendResult{5, false}, AppendResult{3, true}));
  EXPECT_THAT(MustRead(1, 10), testing::ElementsAre(EqualsProto(AtRevision(ExtractionRecord("a"), 1)),
                                                    EqualsProto(AtRevision(ExtractionRecord("b"), 2)),
                                                    EqualsProto(AtRevision(ExtractionRecord("c"), 3)),
                                                    EqualsProto(AtRevision(RetractionRecord("b"), 4)),
                                                    EqualsProto(AtRevision(ExtractionRecord("b"), 5))));
}

TEST_P(EventLogContract, RevisionsOfTheCallerAreIgnored) {
  MustAppend({AtRevision(ExtractionRecord("a"), 77)});
  EXPECT_THAT(MustRead(1, 1), testing::ElementsAre(EqualsProto(AtRevision(ExtractionRecord("a"), 1))));
}

TEST_P(EventLogContract, ReadStartsAtFromAndStopsAtLimitAndHead) {
  MustAppend({ExtractionRecord("a"), ExtractionRecord("b"), ExtractionRecord("c")});
  EXPECT_THAT(MustRead(2, 1), testing::ElementsAre(EqualsProto(AtRevision(ExtractionRecord("b"), 2))));
  EXPECT_THAT(MustRead(3, 5), testing::ElementsAre(EqualsProto(AtRevision(ExtractionRecord("c"), 3))));
  EXPECT_THAT(MustRead(4, 5), testing::IsEmpty());
}

TEST_P(EventLogContract, ReadFromZeroOrOfNothingIsRefused) {
  EXPECT_THAT(log_->Read(0, 1), StatusIs(absl::StatusCode::kInvalidArgument, testing::_));
  EXPECT_THAT(log_->Read(1, 0), StatusIs(absl::StatusCode::kInvalidArgument, testing::_));
}

TEST_P(EventLogContract, SameVersionIsWrittenOnce) {
  MustAppend({ExtractionRecord("a"), ExtractionRecord("b")});
  EXPECT_THAT(MustAppend({ExtractionRecord("c"), ExtractionRecord("a")}),
              testing::ElementsAre(AppendResult{3, false}, AppendResult{1, true}));
  EXPECT_EQ(log_->head(), 3);
}

TEST_P(EventLogContract, SameVersionTwiceInOneBatchIsWrittenOnce) {
  EXPECT_THAT(MustAppend({ExtractionRecord("a"), ExtractionRecord("a")}),
              testing::ElementsAre(AppendResult{1, false}, AppendResult{1, true}));
}

TEST_P(EventLogContract, OtherDigestOrExtractorIsANewVersion) {
  MustAppend({ExtractionRecord("a", "d1", "v1")});
  EXPECT_THAT(MustAppend({ExtractionRecord("a", "d2", "v1")}), testing::ElementsAre(AppendResult{2, false}));
  EXPECT_THAT(MustAppend({ExtractionRecord("a", "d2", "v2")}), testing::ElementsAre(AppendResult{3, false}));
}

TEST_P(EventLogContract, VersionThatWasReplacedIsWrittenAgain) {
  MustAppend({ExtractionRecord("a", "d1"), ExtractionRecord("a", "d2")});
  EXPECT_THAT(MustAppend({ExtractionRecord("a", "d1")}), testing::ElementsAre(AppendResult{3, false}));
}

TEST_P(EventLogContract, RetractedVersionIsWrittenAgain) {
  MustAppend({ExtractionRecord("a"), RetractionRecord("a")});
  EXPECT_THAT(MustAppend({ExtractionRecord("a")}), testing::ElementsAre(AppendResult{3, false}));
}

TEST_P(EventLogContract, RetractionOfUnknownOrRetractedArticleIsNotFoundAndUndoesItsBatch) {
  MustAppend({ExtractionRecord("a"), ExtractionRecord("b"), RetractionRecord("b")});
  for (const char* article : {"b", "unknown"}) {
    EXPECT_THAT(log_->Append({ExtractionRecord("a", "d2"), ExtractionRecord("c"), RetractionRecord("c"),
                              ExtractionRecord("d"), RetractionRecord("a"), RetractionRecord(article)}),
                StatusIs(absl::StatusCode::kNotFound, testing::HasSubstr(article)));
  }
  EXPECT_EQ(log_->head(), 3);
  EXPECT_THAT(MustAppend({ExtractionRecord("a"), ExtractionRecord("d")}),
              testing::ElementsAre(AppendResult{1, true}, AppendResult{4, false}));
}

TEST_P(EventLogContract, RecordWithoutContentOrArticleIsRefused) {
  EXPECT_THAT(log_->Append({ExtractionRecord("a"), Record()}),
              StatusIs(absl::StatusCode::kInvalidArgument, testing::HasSubstr("record 1")));
  EXPECT_THAT(log_->Append({ExtractionRecord("")}),
              StatusIs(absl::StatusCode::kInvalidArgument, testing::HasSubstr("record 0")));
  EXPECT_EQ(log_->head(), 0);
}

TEST_P(EventLogContract, BatchOfTheMaximumOfRecordsIsTakenAndOneMoreRefused) {
  std::vector<Record> records;
  for (size_t i = 0; i < EventLog::kMaxBatchRecords; ++i)
    records.push_back(ExtractionRecord(absl::StrCat("a", i)));
  EXPECT_THAT(log_->Append(records), IsOk());
  EXPECT_EQ(log_->head(), EventLog::kMaxBatchRecords);
  records.push_back(ExtractionRecord("one too many"));
  EXPECT_THAT(log_->Append(records), StatusIs(absl::StatusCode::kInvalidArgument, testing::_));
  EXPECT_EQ(log_->head(), EventLog::kMaxBatchRecords);
}

TEST_P(EventLogContract, BatchOfTheMaximumOfBytesIsTakenAndOneMoreRefused) {
  constexpr size_t kHalf = EventLog::kMaxBatchBytes / 2;
  EXPECT_THAT(log_->Append({RecordOfBytes("a", kHalf), RecordOfBytes("b", kHalf)}), IsOk());
  EXPECT_THAT(log_->Append({RecordOfBytes("c", kHalf), RecordOfBytes("d", kHalf + 1)}),
              StatusIs(absl::StatusCode::kInvalidArgument, testing::_));
  EXPECT_EQ(log_->head(), 2);
}

TEST_P(EventLogContract, ReadStopsAtTheMaximumOfBytesButGivesAtLeastOneRecord) {
  constexpr size_t kThird = EventLog::kMaxBatchBytes / 3;
  MustAppend({RecordOfBytes("a", kThird), RecordOfBytes("b", kThird)});
  MustAppend({RecordOfBytes("c", kThird), RecordOfBytes("d", EventLog::kMaxBatchBytes - kThird)});
  EXPECT_EQ(MustRead(1, 10).size(), 2);
  EXPECT_EQ(MustRead(4, 10).size(), 1);
}

// Readers run beside the writer and see whole batches in order.
TEST_P(EventLogContract, ReadersBesideAWriterSeeAGaplessPrefix) {
  constexpr int kBatches = 50;
  std::thread writer([&] {
    for (int i = 0; i < kBatches; ++i) {
      MustAppend({ExtractionRecord(absl::StrCat("a", i)), ExtractionRecord(absl::StrCat("b", i))});
    }
  });
  const auto read_all = [&] {
    uint64_t next = 1;
    while (next <= 2 * kBatches) {
      for (const Record& record : MustRead(next, 7)) EXPECT_EQ(record.revision(), next++);
    }
  };
  std::thread reader(read_all);
  read_all();
  reader.join();
  writer.join();
  EXPECT_EQ(log_->head(), 2 * kBatches);
}

}  // namespace treatywire::query
