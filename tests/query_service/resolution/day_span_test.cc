#include "query_service/resolution/day_span.h"

#include <gmock/gmock.h>

#include "tests/query_service/index/article_builder.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;
using testing::Eq;
using testing::Optional;

v1::DateComparison Compare(const std::string& a, const std::string& b) {
  const v1::DateComparison comparison =
      CompareDates(*ClaimedDateOf(MakeDate(a)), *ClaimedDateOf(MakeDate(b)));
  EXPECT_EQ(CompareDates(*ClaimedDateOf(MakeDate(b)), *ClaimedDateOf(MakeDate(a))), comparison)
      << a << " " << b;
  return comparison;
}

TEST(ParseDayTest, ReadsDaysOfTheCalendarAndNothingElse) {
  EXPECT_THAT(ParseDay("1970-01-01"), Optional(0));
  EXPECT_THAT(ParseDay("1969-12-31"), Optional(-1));
  EXPECT_THAT(ParseDay("2024-02-29"), Optional(19782));
  for (const char* text : {"", "2023-02-29", "2023-13-01", "2023-00-10", "2023-1-1", "2023-01-1x",
                           "2023-01-01T", "1994", "-999-01-01", "20230101  "}) {
    EXPECT_THAT(ParseDay(text), Eq(std::nullopt)) << text;
  }
}

TEST(FormatDayTest, IsTheInverseAndEmptyForOpenEnds) {
  for (const char* text : {"1000-01-01", "1899-12-31", "2000-02-29", "2999-12-31"}) {
    EXPECT_EQ(FormatDay(*ParseDay(text)), text);
  }
  EXPECT_EQ(FormatDay(kEarliestDay), "");
  EXPECT_EQ(FormatDay(kLatestDay), "");
}

TEST(DayOfSecondsTest, CountsDaysOfUtcOnBothSidesOf1970) {
  EXPECT_EQ(DayOfSeconds(0), 0);
  EXPECT_EQ(DayOfSeconds(86'399), 0);
  EXPECT_EQ(DayOfSeconds(86'400), 1);
  EXPECT_EQ(DayOfSeconds(-1), -1);
  EXPECT_EQ(DayOfSeconds(-86'400), -1);
  EXPECT_GT(DayOfSeconds(INT64_MIN), kEarliestDay);
  EXPECT_LT(DayOfSeconds(INT64_MAX), kLatestDay);
}

TEST(SpanOfTest, UnsetEndsAreOpen) {
  v1::DayRange range;
  EXPECT_EQ(SpanOf(range), DaySpan());
  range.set_from("1970-01-02");
  EXPECT_EQ(SpanOf(range), (DaySpan{1, kLatestDay}));
  range.set_to("1970-01-03");
  EXPECT_EQ(SpanOf(range), (DaySpan{1, 2}));
}

TEST(ClaimedDateTest, NeedsAtLeastOneEndInOrder) {
  EXPECT_FALSE(ClaimedDateOf({}));
  EXPECT_FALSE(ClaimedDateOf(MakeDate("../..")));
  EXPECT_FALSE(ClaimedDateOf(MakeDate("2001/1999")));
  EXPECT_TRUE(ClaimedDateOf(MakeDate("2001/..")));
  EXPECT_TRUE(ClaimedDateOf(MakeDate("../2001")));
}

TEST(ClaimedDateTest, ApproximateDatesArePossibleForTheirOwnWidthMore) {
  const auto date = ClaimedDateOf(MakeDate("1996~"));
  ASSERT_TRUE(date);
  EXPECT_EQ(FormatDay(date->days.first), "1996-01-01");
  EXPECT_EQ(FormatDay(date->possible.first), "1994-12-31");
  EXPECT_EQ(FormatDay(date->possible.last), "1998-01-01");
}

TEST(ClaimedDateTest, StandInIsPossibleForAFewDays) {
  const auto date = ClaimedDateOf(MakeDate("2025-12-06~", v1::DATE_BASIS_PUBLICATION));
  ASSERT_TRUE(date);
  EXPECT_TRUE(date->stands_in);
  EXPECT_EQ(FormatDay(date->possible.first), "2025-12-03");
  EXPECT_EQ(FormatDay(date->possible.last), "2025-12-09");
}

TEST(CompareDatesTest, ByTheDaysThatTheyCover) {
  EXPECT_EQ(Compare("1994-02-04", "1994-02-04"), v1::DATE_COMPARISON_SAME);
  EXPECT_EQ(Compare("1994-02-04", "1994"), v1::DATE_COMPARISON_REFINES);
  EXPECT_EQ(Compare("1994", "1990/.."), v1::DATE_COMPARISON_REFINES);
  EXPECT_EQ(Compare("1994/1996", "1995/1997"), v1::DATE_COMPARISON_OVERLAPS);
  EXPECT_EQ(Compare("1994", "1997"), v1::DATE_COMPARISON_CONTRADICTS);
  EXPECT_EQ(Compare("1994-02-04", "1994-02-05"), v1::DATE_COMPARISON_CONTRADICTS);
}

TEST(CompareDatesTest, ApproximationBringsNeighboursTogether) {
  EXPECT_EQ(Compare("1996~", "1997"), v1::DATE_COMPARISON_OVERLAPS);
  EXPECT_EQ(Compare("1996~", "1999"), v1::DATE_COMPARISON_CONTRADICTS);
  EXPECT_EQ(Compare("1996~", "1996-05"), v1::DATE_COMPARISON_REFINES);
}

}  // namespace
}  // namespace treatywire::query
