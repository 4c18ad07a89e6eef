#include "common/logging.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <thread>
#include <vector>

namespace treatywire {
namespace {

// Collects lines while it lives.
class CapturedLog {
 public:
  CapturedLog() {
    SetLogSink([this](absl::string_view line) { lines_.emplace_back(line); });
  }
  ~CapturedLog() {
    SetLogSink(nullptr);
    SetMinimumSeverity(Severity::kInfo);
  }
  const std::vector<std::string>& lines() const { return lines_; }

 private:
  std::vector<std::string> lines_;
};

TEST(LoggingTest, RecordIsOneJsonLine) {
  const absl::Time time = absl::FromUnixMicros(1'740'823'504'123'456);
  EXPECT_EQ(
      FormatLogRecord(time, Severity::kWarning, "stream broken",
                      {{"code", "UNAVAILABLE"},
                       {"unacknowledged", 12},
                       {"delay_seconds", 0.5},
                       {"retry", true},
                       {"revision", std::numeric_limits<uint64_t>::max()},
                       {"low", std::numeric_limits<int64_t>::min()}}),
      "{\"time\":\"2025-03-01T10:05:04.123456Z\",\"severity\":\"WARNING\",\"message\":\"stream broken\","
      "\"code\":\"UNAVAILABLE\",\"unacknowledged\":12,\"delay_seconds\":0.5,\"retry\":true,"
      "\"revision\":18446744073709551615,\"low\":-9223372036854775808}\n");
}

TEST(LoggingTest, StringsAreEscapedSoThatALineStaysOne) {
  EXPECT_EQ(JsonQuote("a\"b\\c\nd\te\x01\r\u00e9\xff"), "\"a\\\"b\\\\c\\nd\\te\\u0001\\u000d\u00e9\uFFFD\"");
  EXPECT_EQ(JsonQuote(absl::string_view("\0", 1)), "\"\\u0000\"");
}

TEST(LoggingTest, NumbersThatJsonLacksAreNull) {
  EXPECT_EQ(LogField("x", std::numeric_limits<double>::quiet_NaN()).ValueAsJson(), "null");
  EXPECT_EQ(LogField("x", std::numeric_limits<double>::infinity()).ValueAsJson(), "null");
}

TEST(LoggingTest, RecordsBelowTheMinimumAreLeftOut) {
  const CapturedLog log;
  Log(Severity::kDebug, "not this");
  Log(Severity::kInfo, "this");
  SetMinimumSeverity(Severity::kError);
  Log(Severity::kWarning, "nor this");
  Log(Severity::kError, "and this");
  ASSERT_EQ(log.lines().size(), 2u);
  EXPECT_THAT(log.lines()[0], testing::HasSubstr("\"severity\":\"INFO\",\"message\":\"this\"}"));
  EXPECT_THAT(log.lines()[1], testing::HasSubstr("\"severity\":\"ERROR\",\"message\":\"and this\"}"));
}

TEST(LoggingTest, SeveritiesAreReadByName) {
  EXPECT_EQ(ParseSeverity("warning").value(), Severity::kWarning);
  EXPECT_EQ(ParseSeverity("DEBUG").value(), Severity::kDebug);
  EXPECT_EQ(ParseSeverity("loud").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(LoggingTest, ThreadsLogWholeLines) {
  const CapturedLog log;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([t] {
      for (int i = 0; i < 100; ++i) Log(Severity::kInfo, "from a thread", {{"thread", t}});
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_EQ(log.lines().size(), 400u);
  EXPECT_THAT(log.lines(), testing::Each(testing::MatchesRegex("\\{.*\"thread\":[0-3]\\}\n")));
}

}  // namespace
}  // namespace treatywire
