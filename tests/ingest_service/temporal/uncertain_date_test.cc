#include "ingest_service/temporal/uncertain_date.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace treatywire::ingest {
namespace {

using absl::CivilDay;
using absl::CivilMonth;
using ::testing::HasSubstr;

UncertainDate Parsed(absl::string_view edtf) {
  const absl::StatusOr<UncertainDate> date = ParseEdtf(edtf);
  EXPECT_TRUE(date.ok()) << date.status();
  return date.ok() ? *date : UncertainDate();
}

// "1994-02-04..1994-02-04", "..1994-02-04" where the start is open.
std::string Bounds(const UncertainDate& date) {
  const auto day = [](const std::optional<CivilDay>& bound) {
    return bound ? absl::FormatCivilTime(*bound) : "";
  };
  return absl::StrCat(day(date.earliest), "..", day(date.latest));
}

TEST(ParseEdtfTest, GivesBoundsAndGranularity) {
  struct Row {
    absl::string_view edtf;
    absl::string_view bounds;
    Granularity granularity;
  };
  constexpr Row kRows[] = {
      {"1994-02-04", "1994-02-04..1994-02-04", Granularity::kDay},
      {"2024-02", "2024-02-01..2024-02-29", Granularity::kMonth},
      {"1900-02", "1900-02-01..1900-02-28", Granularity::kMonth},
      {"1994", "1994-01-01..1994-12-31", Granularity::kYear},
      {"1994~", "1994-01-01..1994-12-31", Granularity::kYear},
      {"1994-02-04?", "1994-02-04..1994-02-04", Granularity::kDay},
      {"1994-02%", "1994-02-01..1994-02-28", Granularity::kMonth},
      {"199X", "1990-01-01..1999-12-31", Granularity::kDecade},
      {"199X~", "1990-01-01..1999-12-31", Granularity::kDecade},
      {"2014-21", "2014-03-01..2014-05-31", Granularity::kSeason},
      {"2014-22", "2014-06-01..2014-08-31", Granularity::kSeason},
      {"2014-23", "2014-09-01..2014-11-30", Granularity::kSeason},
      {"2023-24", "2023-12-01..2024-02-29", Granularity::kSeason},
      {"2024-33", "2024-01-01..2024-03-31", Granularity::kQuarter},
      {"2024-34", "2024-04-01..2024-06-30", Granularity::kQuarter},
      {"2024-36", "2024-10-01..2024-12-31", Granularity::kQuarter},
      {"2000/2003~", "2000-01-01..2003-12-31", Granularity::kInterval},
      {"1989-06/2000", "1989-06-01..2000-12-31", Granularity::kInterval},
      {"2022-02/..", "2022-02-01..", Granularity::kInterval},
      {"../1994-02-04", "..1994-02-04", Granularity::kInterval},
      {"2025-11-24/2025-11-30", "2025-11-24..2025-11-30", Granularity::kWeek},
      {"2025-11-25/2025-12-01", "2025-11-25..2025-12-01", Granularity::kInterval},
      {"1994/1994", "1994-01-01..1994-12-31", Granularity::kInterval},
      {"1000", "1000-01-01..1000-12-31", Granularity::kYear},
      {"2999-24", "2999-12-01..3000-02-28", Granularity::kSeason},
      {"2999-12-31~/2999-12-31~", "2999-12-31..2999-12-31", Granularity::kInterval},
  };
  for (const Row& row : kRows) {
    const UncertainDate date = Parsed(row.edtf);
    EXPECT_EQ(date.edtf, row.edtf);
    EXPECT_EQ(Bounds(date), row.bounds) << row.edtf;
    EXPECT_EQ(static_cast<int>(date.granularity), static_cast<int>(row.granularity)) << row.edtf;
    EXPECT_EQ(date.basis, DateBasis::kExplicit);
  }
}

TEST(ParseEdtfTest, RefusesAllElse) {
  constexpr absl::string_view kTexts[] = {
      "",
      "..",
      "/",
      "../..",
      "1994/",
      "/1994",
      "999",
      "10000",
      "0999",
      "3000",
      "19X",
      "19XX",
      "300X",
      "099X",
      "1994-00",
      "1994-13",
      "1994-20",
      "1994-25",
      "1994-32",
      "1994-37",
      "1994-2",
      "1994-02-30",
      "1994-02-00",
      "1994-02-4",
      "1994-21-01",
      "1994-02-04~~",
      "~1994",
      "1994 ",
      "1994-02/",
      "1995/1994",
      "1994/1995/1996",
      "x1994",
      "1994-x2",
      "1994-02-xx",
      "+994",
      "1994.02.04",
      "1994/02/04",
      "-1994",
      "1994-02-04T10:00",
      "1994-02-31/1994-03",
      "2000/../2003",
  };
  for (const absl::string_view text : kTexts) {
    const absl::StatusOr<UncertainDate> date = ParseEdtf(text);
    EXPECT_EQ(date.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(std::string(date.status().message()), HasSubstr(absl::StrCat("\"", text, "\"")));
  }
}

TEST(ParseEdtfTest, QuotesNoMoreThanTheBeginningOfLongInput) {
  const absl::Status status = ParseEdtf(std::string(1 << 20, '9')).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_LT(status.message().size(), 200u);
}

TEST(UncertainDateTest, BuildersWriteWhatParsesToThem) {
  std::vector<UncertainDate> dates;
  for (int year : {1000, 1648, 1900, 1994, 2000, 2024, 2999}) {
    dates.push_back(YearDate(year));
    dates.push_back(DecadeDate(year));
    for (int part = 1; part <= 4; ++part) {
      dates.push_back(QuarterDate(year, part));
      dates.push_back(SeasonDate(year, part));
    }
    for (int month = 1; month <= 12; ++month) dates.push_back(MonthDate(CivilMonth(year, month)));
    for (CivilDay day(year, 1, 1); day.year() == year; day += 1) dates.push_back(DayDate(day));
  }
  const size_t singles = dates.size();
  for (size_t i = 0; i + 7 < singles; i += 7) {
    const UncertainDate interval = IntervalDate(dates[i], dates[i + 7]);
    if (!interval.empty()) dates.push_back(interval);
    dates.push_back(OpenEnded(dates[i]));
  }
  ASSERT_GT(dates.size(), singles + singles / 7);
  for (const UncertainDate& date : dates) {
    ASSERT_FALSE(date.empty());
    EXPECT_EQ(Parsed(date.edtf), date);
    EXPECT_EQ(Parsed(Approximately(date).edtf), Approximately(date));
    EXPECT_EQ(Bounds(Approximately(date)), Bounds(date));
  }
}

TEST(UncertainDateTest, WritesDaysAsAbseilDoes) {
  for (CivilDay day(1999, 12, 1); day < CivilDay(2001, 3, 5); ++day)
    ASSERT_EQ(DayText(day), absl::FormatCivilTime(day));
  for (const CivilDay day : {CivilDay(1000, 1, 1), CivilDay(9999, 12, 31), CivilDay(999, 1, 1),
                             CivilDay(-5, 1, 1), CivilDay(10000, 10, 10)})
    EXPECT_EQ(DayText(day), absl::FormatCivilTime(day));
}

TEST(UncertainDateTest, IsEmptyWhereTheYearIsOutOfRange) {
  EXPECT_TRUE(YearDate(999).empty());
  EXPECT_TRUE(YearDate(3000).empty());
  EXPECT_TRUE(YearDate(10000).empty());
  EXPECT_TRUE(YearDate(-1).empty());
  EXPECT_TRUE(DayDate(CivilDay(999, 12, 31)).empty());
  EXPECT_TRUE(DayDate(CivilDay(3000, 1, 1)).empty());
  EXPECT_TRUE(MonthDate(CivilMonth(123456, 1)).empty());
  EXPECT_TRUE(DecadeDate(3000).empty());
  EXPECT_TRUE(QuarterDate(2024, 5).empty());
  EXPECT_TRUE(SeasonDate(2024, 0).empty());
}

TEST(UncertainDateTest, JoinsDatesToIntervals) {
  EXPECT_EQ(IntervalDate(CivilDay(2025, 11, 24), CivilDay(2025, 11, 30)).edtf, "2025-11-24/2025-11-30");
  EXPECT_EQ(IntervalDate(YearDate(1989), YearDate(2000)).edtf, "1989/2000");
  EXPECT_TRUE(IntervalDate(YearDate(2000), YearDate(1989)).empty());
  EXPECT_TRUE(IntervalDate(YearDate(1989), UncertainDate()).empty());
  EXPECT_TRUE(IntervalDate(OpenEnded(YearDate(1989)), YearDate(2000)).empty());
}

TEST(UncertainDateTest, OpensAndSplitsIntervals) {
  EXPECT_EQ(OpenEnded(MonthDate(CivilMonth(2022, 2))).edtf, "2022-02/..");
  EXPECT_EQ(OpenEnded(Parsed("1989/2000")).edtf, "1989/..");
  EXPECT_TRUE(OpenEnded(UncertainDate()).empty());
  EXPECT_EQ(IntervalStart(Parsed("2022-02/..")), MonthDate(CivilMonth(2022, 2)));
  EXPECT_TRUE(IntervalEnd(Parsed("2022-02/..")).empty());
  EXPECT_EQ(IntervalEnd(Parsed("1989/2000")), YearDate(2000));
  EXPECT_EQ(IntervalStart(YearDate(1994)), YearDate(1994));
}

TEST(UncertainDateTest, MarksApproximateOnce) {
  EXPECT_EQ(Approximately(YearDate(1994)).edtf, "1994~");
  EXPECT_EQ(Approximately(Approximately(YearDate(1994))).edtf, "1994~");
  EXPECT_EQ(Approximately(Parsed("1994?")).edtf, "1994%");
  EXPECT_EQ(Approximately(Parsed("2000/2003")).edtf, "2000/2003~");
  EXPECT_EQ(Approximately(Parsed("2022-02/..")).edtf, "2022-02~/..");
  EXPECT_TRUE(Approximately(UncertainDate()).empty());
}

}  // namespace
}  // namespace treatywire::ingest
