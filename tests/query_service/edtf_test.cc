#include "query_service/edtf.h"

#include <gtest/gtest.h>

#include "tests/query_service/proto_matchers.h"

namespace treatywire::query {
namespace {

// "first..last" of what `edtf` covers; "" where it is refused.
std::string Days(absl::string_view edtf) {
  const absl::StatusOr<EdtfDays> days = DaysOfEdtf(edtf);
  if (days.ok()) return FormatCivilDay(days->earliest) + ".." + FormatCivilDay(days->latest);
  EXPECT_EQ(days.status().code(), absl::StatusCode::kInvalidArgument) << edtf;
  return "";
}

TEST(DaysOfEdtfTest, SingleDatesCoverTheirDays) {
  EXPECT_EQ(Days("1994"), "1994-01-01..1994-12-31");
  EXPECT_EQ(Days("1994-02"), "1994-02-01..1994-02-28");
  EXPECT_EQ(Days("1996-02"), "1996-02-01..1996-02-29");
  EXPECT_EQ(Days("1994-02-04"), "1994-02-04..1994-02-04");
  EXPECT_EQ(Days("199X"), "1990-01-01..1999-12-31");
}

TEST(DaysOfEdtfTest, SeasonsAndQuartersAreThreeMonths) {
  EXPECT_EQ(Days("2020-21"), "2020-03-01..2020-05-31");
  EXPECT_EQ(Days("2020-22"), "2020-06-01..2020-08-31");
  EXPECT_EQ(Days("2020-23"), "2020-09-01..2020-11-30");
  EXPECT_EQ(Days("2019-24"), "2019-12-01..2020-02-29");
  EXPECT_EQ(Days("2020-33"), "2020-01-01..2020-03-31");
  EXPECT_EQ(Days("2020-36"), "2020-10-01..2020-12-31");
}

TEST(DaysOfEdtfTest, QualifiersDoNotChangeTheDays) {
  for (const char* edtf : {"1994~", "1994?", "1994%"}) EXPECT_EQ(Days(edtf), Days("1994")) << edtf;
  EXPECT_EQ(Days("1994-02-04~/1997?"), "1994-02-04..1997-12-31");
}

TEST(DaysOfEdtfTest, IntervalsGoFromTheFirstDayToTheLast) {
  EXPECT_EQ(Days("2000/2003"), "2000-01-01..2003-12-31");
  EXPECT_EQ(Days("2022-02/.."), "2022-02-01..");
  EXPECT_EQ(Days("../2020"), "..2020-12-31");
}

TEST(DaysOfEdtfTest, RefusesWhatIsNoDate) {
  for (const char* edtf : {"",
                           "/",
                           "..",
                           "../..",
                           "94",
                           "0999",
                           "3000",
                           "10000",
                           "1994-00",
                           "1994-13",
                           "1994-20",
                           "1994-25",
                           "1994-32",
                           "1994-37",
                           "1994-2-4",
                           "1994-02-30",
                           "1995-02-29",
                           "1994-02-04T00:00",
                           "19X4",
                           "199x",
                           "~1994",
                           "1994~~",
                           "2003/2000",
                           "2000/2001/2002",
                           "2000-21/2000-02",
                           "1994 ",
                           " 1994",
                           "-994",
                           "+1994",
                           "１９９４",
                           "1994-02-04~/1994-02-05~/1994-02-06~"}) {
    EXPECT_EQ(Days(edtf), "") << edtf;
  }
  EXPECT_EQ(Days(std::string(1 << 20, '1')), "");
}

TEST(ParseCivilDayTest, TakesRealDaysOnly) {
  EXPECT_EQ(ParseCivilDay("2024-02-29"), absl::CivilDay(2024, 2, 29));
  EXPECT_EQ(ParseCivilDay("1000-01-01"), absl::CivilDay(1000, 1, 1));
  EXPECT_EQ(ParseCivilDay("2999-12-31"), absl::CivilDay(2999, 12, 31));
  for (const char* day : {"", "2023-02-29", "2023-04-31", "2023-00-01", "2023-01-00", "2023-1-1",
                          "0999-01-01", "3000-01-01", "2023-01-01 ", "2023/01/01", "10000-01-01"}) {
    EXPECT_EQ(ParseCivilDay(day), std::nullopt) << day;
  }
}

}  // namespace
}  // namespace treatywire::query
