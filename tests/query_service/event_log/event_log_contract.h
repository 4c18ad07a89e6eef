// What event_log.h promises, as tests (event_log_contract.cc) that every event log passes:
//
//   INSTANTIATE_TEST_SUITE_P(Memory, EventLogContract,
//                            testing::Values([] { return std::make_unique<MemoryEventLog>(); }));
//
// The factory makes an empty log, which lives as long as the test.
#ifndef TREATYWIRE_TESTS_QUERY_SERVICE_EVENT_LOG_EVENT_LOG_CONTRACT_H_
#define TREATYWIRE_TESTS_QUERY_SERVICE_EVENT_LOG_EVENT_LOG_CONTRACT_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "query_service/event_log/event_log.h"
#include "tests/query_service/event_log/log_records.h"
#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {

using EventLogFactory = std::function<std::unique_ptr<EventLog>()>;

inline bool operator==(const AppendResult& a, const AppendResult& b) {
  return a.revision == b.revision && a.already_present == b.already_present;
}
inline void PrintTo(const AppendResult& result, std::ostream* out) {
  *out << "{" << result.revision << ", " << (result.already_present ? "already present" : "new") << "}";
}

class EventLogContract : public testing::TestWithParam<EventLogFactory> {
 protected:
  using Record = treatywire::v1::LogRecord;

  void SetUp() override {
    log_ = GetParam()();
    ASSERT_NE(log_, nullptr);
  }

  std::vector<AppendResult> MustAppend(const std::vector<Record>& records) {
    auto results = log_->Append(records);
    EXPECT_THAT(results, IsOk());
    return results.ok() ? *results : std::vector<AppendResult>();
  }

  std::vector<Record> MustRead(uint64_t from, size_t limit) {
    auto records = log_->Read(from, limit);
    EXPECT_THAT(records, IsOk());
    return records.ok() ? *records : std::vector<Record>();
  }

  // An extraction whose serialised record has just `bytes` bytes.
  static Record RecordOfBytes(absl::string_view article_id, size_t bytes) {
    Record record = ExtractionRecord(article_id);
    std::string& reason = *record.mutable_extraction()->mutable_events(0)->mutable_reason();
    reason.assign(bytes - record.ByteSizeLong() - 100, 'x');
    while (record.ByteSizeLong() < bytes) reason.push_back('x');
    EXPECT_EQ(record.ByteSizeLong(), bytes);
    return record;
  }

  std::unique_ptr<EventLog> log_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_TESTS_QUERY_SERVICE_EVENT_LOG_EVENT_LOG_CONTRACT_H_
