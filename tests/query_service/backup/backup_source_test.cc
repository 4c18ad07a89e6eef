#include "query_service/backup/backup_source.h"

#include <gtest/gtest.h>

#include "query_service/event_log/log_id.h"
#include "tests/query_service/backup/backup_parts.h"

namespace treatywire::query {
namespace {

using testing::HasSubstr;
using testing::SizeIs;
using treatywire::v1::BackupResponse;

TEST(BackupSourceTest, HasEveryRecordInOrderBetweenHeaderAndTrailer) {
  MemoryEventLog log;
  FillLog(&log);
  const auto parts = PartsOf(log);
  ASSERT_THAT(parts, SizeIs(3));
  EXPECT_EQ(parts[0].header().log_id(), LogIdText(log.log_id()));
  EXPECT_EQ(parts[0].header().revision(), 4);
  const auto records = *log.Read(1, 9);
  ASSERT_EQ(parts[1].records().records_size(), 4);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(parts[1].records().records(i), records[i].SerializeAsString());
  EXPECT_EQ(parts[2].trailer().revision(), 4);
  const auto summary = CheckParts(parts);
  ASSERT_THAT(summary, IsOk());
  EXPECT_EQ(summary->revision, 4);
  EXPECT_EQ(summary->sha256, parts[2].trailer().sha256());
}

TEST(BackupSourceTest, EmptyLogHasNoRecords) {
  const auto parts = PartsOf(MemoryEventLog());
  EXPECT_THAT(parts, SizeIs(2));
  EXPECT_THAT(CheckParts(parts), IsOk());
}

TEST(BackupSourceTest, WhatIsAppendedMeanwhileIsLeftOut) {
  MemoryEventLog log;
  FillLog(&log);
  BackupSource source(&log);
  ASSERT_THAT(log.Append({ExtractionRecord("later")}), IsOk());
  BackupCheck check;
  while (true) {
    const auto part = source.Next();
    ASSERT_THAT(part, IsOk());
    if (!part->has_value()) break;
    ASSERT_THAT(check.Take(**part), IsOk());
  }
  EXPECT_THAT(check.Finish(), IsOk());
  EXPECT_EQ(check.summary().revision, 4);
}

TEST(BackupSourceTest, PartsAreOfAMebibyteOrOneRecord) {
  MemoryEventLog log;
  for (const size_t bytes : {1 << 10, 700 << 10, 700 << 10, 3 << 20, 1 << 10, 1 << 10}) {
    auto record = ExtractionRecord(absl::StrCat("a", log.head()));
    record.mutable_extraction()->mutable_events(0)->set_reason(std::string(bytes, 'x'));
    ASSERT_THAT(log.Append({record}), IsOk());
  }
  const auto parts = PartsOf(log);
  std::vector<int> sizes;
  for (const auto& part : parts) sizes.push_back(part.records().records_size());
  EXPECT_THAT(sizes, testing::ElementsAre(0, 2, 1, 1, 2, 0));
  EXPECT_THAT(CheckParts(parts), IsOk());
}

// Take out, double or change any part or record: none passes for a whole backup.
TEST(BackupCheckTest, NothingMayBeMissingTwiceOrDifferent) {
  MemoryEventLog log;
  FillLog(&log);
  const auto whole = PartsOf(log);
  const auto expect_refused = [](const std::vector<BackupResponse>& parts, const char* what) {
    EXPECT_THAT(CheckParts(parts), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(what)));
  };
  const auto changed = [&](size_t part, auto change) {
    auto parts = whole;
    change(&parts[part]);
    return parts;
  };
  expect_refused({whole[1], whole[2]}, "without a header");
  expect_refused({whole[0], whole[2]}, "up to 0");
  expect_refused({whole[0], whole[1]}, "without a trailer");
  expect_refused({}, "without a trailer");
  expect_refused({whole[0], whole[0], whole[1], whole[2]}, "second header");
  expect_refused({whole[0], whole[1], whole[1], whole[2]}, "in the place of 5");
  expect_refused({whole[0], whole[1], whole[2], whole[2]}, "after its trailer");
  expect_refused(changed(1, [](auto* part) { part->Clear(); }), "neither");
  expect_refused(changed(0, [](auto* part) { part->mutable_header()->set_revision(3); }),
                 "in the place of 4");
  expect_refused(changed(2, [](auto* part) { part->mutable_trailer()->set_revision(3); }), "its trailer 3");
  expect_refused(changed(1, [](auto* part) { part->mutable_records()->set_records(2, "\xff"); }),
                 "revision 3 of the backup is no log record");
  expect_refused(
      changed(1, [](auto* part) { part->mutable_records()->mutable_records()->SwapElements(0, 1); }),
      "in the place of 1");
  expect_refused(changed(1,
                         [](auto* part) {
                           *part->mutable_records()->mutable_records(0) =
                               AtRevision(ExtractionRecord("c"), 1).SerializeAsString();
                         }),
                 "SHA-256");
}

}  // namespace
}  // namespace treatywire::query
