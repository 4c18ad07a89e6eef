#include "ingest_service/temporal/date_finder.h"

#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ingest_service/document/document_reader.h"
#include "tests/ingest_service/temporal/plain_document.h"

namespace treatywire::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::optional<absl::CivilDay> Day(absl::string_view text) {
  absl::CivilDay day;
  return absl::ParseCivilTime(text, &day) ? std::optional(day) : std::nullopt;
}

struct Row {
  absl::string_view text;
  absl::string_view publish_day;  // empty = unknown
  // Every mention as "words=EDTF", with "|EDTF" where the future is another; a duration as "words=P10Y2M5D".
  // Joined with "; ".
  absl::string_view expected;
};

std::string Describe(const Document& document, const DateMention& mention) {
  std::string text = absl::StrCat(TextOf(document, mention.tokens), "=");
  if (mention.role == DateRole::kDuration) {
    absl::StrAppend(&text, "P");
    if (mention.years != 0) absl::StrAppend(&text, mention.years, "Y");
    if (mention.months != 0) absl::StrAppend(&text, mention.months, "M");
    if (mention.days != 0) absl::StrAppend(&text, mention.days, "D");
  }
  absl::StrAppend(&text, absl::string_view(mention.date.edtf));
  if (mention.future_date.edtf != mention.date.edtf)
    absl::StrAppend(&text, "|", absl::string_view(mention.future_date.edtf));
  return text;
}

std::string Found(absl::string_view text, absl::string_view publish_day) {
  const Document document = PlainDocument(text);
  std::vector<std::string> found;
  for (const DateMention& mention : FindDates(document, Day(publish_day))) {
    found.push_back(Describe(document, mention));
  }
  return absl::StrJoin(found, "; ");
}

template <size_t N>
void ExpectAll(const Row (&rows)[N]) {
  for (const Row& row : rows) {
    EXPECT_EQ(Found(row.text, row.publish_day), row.expected)
        << "in \"" << row.text << "\" published " << row.publish_day;
  }
}

// 2025-12-06 is a Saturday.
constexpr absl::string_view kSaturday = "2025-12-06";

TEST(FindDatesTest, ReadsFullDatesInEveryOrder) {
  constexpr Row kRows[] = {
      {"The pact was signed in Oslo on 4 February 1994.", "", "4 February 1994=1994-02-04"},
      {"They initialled it on February 4, 1994, in Oslo.", "", "February 4, 1994=1994-02-04"},
      {"They initialled it on Feb. 4, 1994.", "", "Feb. 4, 1994=1994-02-04"},
      {"They initialled it on Feb 4 1994.", "", "Feb 4 1994=1994-02-04"},
      {"Ministers met on 4 Feb 1994 in Oslo.", "", "4 Feb 1994=1994-02-04"},
      {"Ministers met on the 4th of February 1994.", "", "4th of February 1994=1994-02-04"},
      {"Ministers met on the 4th of February, 1994.", "", "4th of February, 1994=1994-02-04"},
      {"Ministers met on February 4th, 1994.", "", "February 4th, 1994=1994-02-04"},
      {"Ministers met on Sept. 16, 1991 at sea.", "", "Sept. 16, 1991=1991-09-16"},
      {"In force since 04.02.1994 by decree.", "", "04.02.1994=1994-02-04/.."},
      {"Registered 2025-12-05 under its old title.", "", "2025-12-05=2025-12-05"},
      {"Registered 2025/12/05 under its old title.", "", "2025/12/05=2025-12-05"},
      {"Deposited on 15/03/2022 with the depositary.", "", "15/03/2022=2022-03-15"},
      {"Deposited on 03/15/2022 with the depositary.", "", "03/15/2022=2022-03-15"},
      {"Deposited on 5/5/2020 with the depositary.", "", "5/5/2020=2020-05-05"},
      {"Deposited on 4/2/1994 with the depositary.", "", "4/2/1994=1994"},
      {"Deposited on 31-12-1999 with the depositary.", "", "31-12-1999=1999-12-31"},
      {"Deposited on 4-Feb-1994 with the depositary.", "", "4-Feb-1994=1994-02-04"},
      {"On Friday, 5 December 2025, they met.", "", "Friday, 5 December 2025=2025-12-05"},
      {"On Friday, December 5, they met.", kSaturday, "Friday, December 5=2025-12-05|2026-12-05"},
      {"It ended on Wed, 1 Jan 2020.", "", "Wed, 1 Jan 2020=2020-01-01"},
      {"It runs from the first of May 1994.", "", "first of May 1994=1994-05-01"},
      {"In force since the first day of 1994, it grew.", "", "first day of 1994=1994-01-01/.."},
      {"It lapsed on the last day of March 2011.", "", "last day of March 2011=2011-03-31"},
      {"Talks closed on New Year's Eve 1999.", "", "New Year's Eve 1999=1999-12-31"},
      {"Talks closed on New Year's Day.", "2001-02-01", "New Year's Day=2001-01-01|2002-01-01"},
      {"The union died on Christmas Day 1991.", "", "Christmas Day 1991=1991-12-25"},
      {"The accord of Christmas Eve 2020 holds.", "", "Christmas Eve 2020=2020-12-24"},
      {"The vote of 31 June 2020 never was.", "", "31 June 2020=2020-06"},
  };
  ExpectAll(kRows);
}

TEST(FindDatesTest, ReadsMonthsAndYears) {
  constexpr Row kRows[] = {
      {"Signed Dec 2025 in Minsk.", "", "Dec 2025=2025-12"},
      {"The annex, dated April 2011, is void.", "", "April 2011=2011-04"},
      {"It was agreed in March of 2016.", "", "March of 2016=2016-03"},
      {"It was agreed in July, 2019, at sea.", "", "July, 2019=2019-07"},
      {"In force as of 12/2025 for all.", "", "12/2025=2025-12"},
      {"In force as of 2025-12 for all.", "", "2025-12=2025-12"},
      {"It became binding only in 2011.", "", "2011=2011"},
      {"The armistice of 1953 stands.", "", "1953=1953"},
      {"The 1994 treaty was scrapped.", "", "1994=1994"},
      {"Oslo tore up its 2003 agreement.", "", "2003=2003"},
      {"1982's treaty is forgotten.", "", "1982=1982"},
      {"1994 treaty torn up", "", "1994=1994"},
      {"Two pacts (1975, 1976) were prolonged.", "", "1975=1975; 1976=1976"},
      {"Agreements of 1975, 1980 and 1991 lapse.", "", "1975=1975; 1980=1980; 1991=1991"},
      {"The Peace of Westphalia of 1648 ended it.", "", "1648=1648"},
      {"The year 1994 changed that.", "", "1994=1994"},
      {"It bars tests from 2020.", "", "2020=2020"},
      {"In early 2024 the talks resumed.", "", "early 2024=2024"},
      {"In late 2023 the talks broke off.", "", "late 2023=2023"},
      {"By mid-2024 it was dead.", "", "mid-2024=2024"},
      {"In late March 2019 they met again.", "", "late March 2019=2019-03"},
      {"In mid-July they met again.", kSaturday, "mid-July=2025-07|2026-07"},
      {"It lapses at the end of 2026.", "", "end of 2026=2026"},
      {"It lapses at the end of June 2026.", "", "end of June 2026=2026-06"},
      {"It began at the start of 1992.", "", "start of 1992=1992"},
      {"Early in 1994 the envoys met.", "", "Early in 1994=1994"},
      {"Later in 1994 the envoys met.", "", "Later in 1994=1994"},
  };
  ExpectAll(kRows);
}

TEST(FindDatesTest, ResolvesMonthsAndDaysWithoutYearAgainstPublication) {
  constexpr Row kRows[] = {
      {"In July, Berlin pulled out.", kSaturday, "July=2025-07|2026-07"},
      {"In December the envoys met.", kSaturday, "December=2025-12"},
      {"Moscow suspended it on Oct. 29.", "2022-11-03", "Oct. 29=2022-10-29|2023-10-29"},
      {"The suspension takes effect on Dec. 7.", "2023-11-08", "Dec. 7=2022-12-07|2023-12-07"},
      {"They exchanged the instruments on 7 June.", "2011-07-07", "7 June=2011-06-07|2012-06-07"},
      {"They will meet on 29 February.", "2022-05-01", "29 February=2020-02-29|2024-02-29"},
      {"This July the cabinet fell.", "2025-08-02", "This July=2025-07"},
      {"They agreed it last July.", "2025-03-12", "last July=2024-07"},
      {"They agreed it last November.", "2024-11-20", "last November=2023-11"},
      {"It lapses next January.", kSaturday, "next January=2026-01"},
      {"The protocol expires next June.", "2024-11-17", "next June=2025-06"},
      {"It will take effect in January.", kSaturday, "January=2025-01|2026-01"},
      {"It was agreed in July last year.", kSaturday, "July last year=2024-07"},
      {"It was agreed on 6 October last year.", "2024-07-04", "6 October last year=2023-10-06"},
      {"It was renewed in February this year.", "2011-07-07", "February this year=2011-02"},
      {"On August 27 this year it expired.", "2024-12-14", "August 27 this year=2024-08-27"},
      {"Voters choose in October next year.", "2025-11-04", "October next year=2026-10"},
      {"Envoys met on 4 and 5 December.", "2021-12-25",
       "4 and 5 December=2021-12-04/2021-12-05|2022-12-04/2022-12-05"},
      {"Envoys met on October 15 and 16.", "2024-10-23",
       "October 15 and 16=2024-10-15/2024-10-16|2025-10-15/2025-10-16"},
      {"Envoys met on May 5-9, 2023.", "", "May 5-9, 2023=2023-05-05/2023-05-09"},
      {"Envoys met between 5 and 9 May 2023.", "", "5 and 9 May 2023=2023-05-05/2023-05-09"},
      {"Envoys met in March and April 2016.", "", "March=2016-03; April 2016=2016-04"},
      {"Notes of 3 December, 4 December and 5 January 1999 agree.", "",
       "3 December=1998-12-03; 4 December=1998-12-04; 5 January 1999=1999-01-05"},
      {"They signed on May 14 and ratified on June 3, 2009.", kSaturday,
       "May 14=2009-05-14; June 3, 2009=2009-06-03"},
      {"The house voted last Wednesday, Nov. 26, to quit.", kSaturday,
       "last Wednesday, Nov. 26=2025-11-26|2026-11-26"},
      {"They meet from 3 to 5 October.", kSaturday,
       "3 to 5 October=2025-10-03/2025-10-05|2026-10-03/2026-10-05"},
      {"It was signed on the 15th.", "2020-06-20", "15th=2020-06-15|2020-07-15"},
      {"It was signed on the 25th of last month.", "2020-06-20", "25th of last month=2020-05-25"},
      {"Both were signed last May, on the 22nd and the 23rd.", "2024-03-10",
       "last May=2023-05; 22nd=2023-05-22; 23rd=2023-05-23"},
  };
  ExpectAll(kRows);
}

TEST(FindDatesTest, ResolvesWeekdaysAndNearDays) {
  constexpr Row kRows[] = {
      {"The order was signed on Friday.", kSaturday, "Friday=2025-12-05|2025-12-12"},
      {"The order was signed on Saturday.", kSaturday, "Saturday=2025-12-06"},
      {"The order was signed Tuesday.", kSaturday, "Tuesday=2025-12-02|2025-12-09"},
      {"Monday's decree ends it.", kSaturday, "Monday=2025-12-01|2025-12-08"},
      {"The vote on Friday evening was close.", kSaturday, "Friday evening=2025-12-05|2025-12-12"},
      {"Early Tuesday the deal fell.", kSaturday, "Early Tuesday=2025-12-02|2025-12-09"},
      {"Late on Thursday the deal fell.", kSaturday, "Late on Thursday=2025-12-04|2025-12-11"},
      {"It came to an end at midnight Monday.", kSaturday, "Monday=2025-12-01|2025-12-08"},
      {"The house passed it last Thursday.", "2025-11-04", "last Thursday=2025-10-30"},
      {"The house passed it last Thursday.", "2025-11-07", "last Thursday=2025-10-30"},
      {"Whoever wins next Monday's vote decides.", "2015-10-13", "next Monday=2015-10-19"},
      {"The house passed it on Tuesday last week.", kSaturday, "Tuesday last week=2025-11-25"},
      {"The house votes on Thursday of next week.", kSaturday, "Thursday of next week=2025-12-11"},
      {"This Friday they sign.", "2025-12-03", "This Friday=2025-12-05"},
      {"The court ruled yesterday.", kSaturday, "yesterday=2025-12-05"},
      {"It enters into force today.", kSaturday, "today=2025-12-06"},
      {"Envoys sign tomorrow morning.", kSaturday, "tomorrow morning=2025-12-07"},
      {"At midnight tonight it lapses.", kSaturday, "tonight=2025-12-06"},
      {"He told the chamber last night.", kSaturday, "last night=2025-12-05"},
      {"He told the chamber this morning.", kSaturday, "this morning=2025-12-06"},
      {"The deal fell the day before yesterday.", kSaturday, "day before yesterday=2025-12-04"},
      {"They meet the day after tomorrow.", kSaturday, "day after tomorrow=2025-12-08"},
      {"They talked over the weekend.", "2025-12-09", "weekend=2025-12-06/2025-12-07|2025-12-13/2025-12-14"},
      {"They met last weekend.", "2025-12-09", "last weekend=2025-12-06/2025-12-07"},
  };
  ExpectAll(kRows);
}

TEST(FindDatesTest, ResolvesPeriodsAroundPublication) {
  constexpr Row kRows[] = {
      {"They met last week in Bern.", kSaturday, "last week=2025-11-24/2025-11-30"},
      {"They meet this week in Bern.", kSaturday, "this week=2025-12-01/2025-12-07"},
      {"They meet next week in Bern.", kSaturday, "next week=2025-12-08/2025-12-14"},
      {"They met in the week of 3 March 2025.", "", "week of 3 March 2025=2025-03-03/2025-03-09"},
      {"They met last month in Bern.", "2025-01-15", "last month=2024-12"},
      {"They met earlier this month.", kSaturday, "earlier this month=2025-12"},
      {"They meet next month.", kSaturday, "next month=2026-01"},
      {"They met last year.", kSaturday, "last year=2024"},
      {"Last year's accord is void.", kSaturday, "Last year=2024"},
      {"They meet again later this year.", "2025-03-01", "later this year=2025"},
      {"They met earlier this year.", kSaturday, "earlier this year=2025"},
      {"They met late last year.", kSaturday, "late last year=2024"},
      {"They meet early next month.", kSaturday, "early next month=2026-01"},
      {"It will be signed before the end of the year.", "2004-01-10", "end of the year=2004"},
      {"Notice comes by the end of the year.", "2018-12-27", "end of the year=2018-12"},
      {"A deal is due before the year is out.", "2015-10-13", "year=2015"},
      {"A deal is due by year-end.", "2015-10-13", "year-end=2015"},
      {"A deal is due before the end of this year.", "2024-07-04", "end of this year=2024"},
      {"A draft is promised for the turn of the year.", "2025-11-12",
       "turn of the year=2024-12/2025-01|2025-12/2026-01"},
      {"By the end of the decade it is gone.", "2025-11-12", "end of the decade=202X"},
      {"Two years ago they agreed.", kSaturday, "Two years ago=2023"},
      {"A year ago they agreed.", kSaturday, "A year ago=2024"},
      {"About ten years ago they agreed.", kSaturday, "ten years ago=2015~"},
      {"A decade ago they agreed.", kSaturday, "A decade ago=2015~"},
      {"Two decades ago they agreed.", kSaturday, "Two decades ago=2005~"},
      {"Three months ago they agreed.", "2025-02-10", "Three months ago=2024-11"},
      {"Ten days ago they agreed.", kSaturday, "Ten days ago=2025-11-26"},
      {"Two weeks ago they agreed.", "2011-12-13", "Two weeks ago=2011-11-29~"},
      {"Twenty-five years ago they agreed.", kSaturday, "Twenty-five years ago=2000"},
      {"A year and a half ago they agreed.", kSaturday, "A year and a half ago=2024-06~"},
      {"Several years ago they agreed.", kSaturday, "Several years ago="},
      {"Decades ago they agreed.", kSaturday, "Decades ago="},
      {"Two or three years ago they agreed.", kSaturday, "three years ago="},
      {"It starts three months from now.", kSaturday, "three months from now=2026-03"},
      {"It takes effect in 60 days.", "2021-07-02", "60 days=P60D|2021-08-31"},
      {"It will be reviewed in six years.", "2020-07-01", "six years=P6Y|2026"},
      {"It ends in six months' time.", "2020-07-01", "six months' time=P6M|2021-01"},
      {"In the new year they will vote.", "2024-11-20", "new year=2024|2025"},
  };
  ExpectAll(kRows);
}

TEST(FindDatesTest, ResolvesAgainstTheDateBefore) {
  constexpr Row kRows[] = {
      {"In July it lapsed; the note had come a month earlier.", kSaturday,
       "July=2025-07|2026-07; a month earlier=2025-06|2026-06"},
      {"Signed in November 1990, it took force two years later.", "",
       "November 1990=1990-11; two years later=1992|1992-11"},
      {"Signed in April 1993, it took force two months later.", "",
       "April 1993=1993-04; two months later=1993-06"},
      {"Signed on 10 December 2019, it passed two days later.", "",
       "10 December 2019=2019-12-10; two days later=2019-12-12"},
      {"Concluded in 2000 and amended ten years later.", "", "2000=2000; ten years later=2010"},
      {"On 4 November 2019 notice was given. It took effect on the same day one year later.", "",
       "4 November 2019=2019-11-04; same day one year later=2020-11-04"},
      {"Notice came on 30 January 2020. It was withdrawn a month later.", "",
       "30 January 2020=2020-01-30; a month later=2020-02"},
      {"On 8 March 2012 it was agreed. The following day it was signed.", "",
       "8 March 2012=2012-03-08; following day=2012-03-09"},
      {"On 8 March 2012 it was agreed. The next day it was signed.", "",
       "8 March 2012=2012-03-08; next day=2012-03-09"},
      {"On 8 March 2012 it was agreed. The following month it was signed.", "",
       "8 March 2012=2012-03-08; following month=2012-04"},
      {"On 8 March 2012 it was agreed. The following year it was signed.", "",
       "8 March 2012=2012-03-08; following year=2013"},
      {"On 8 March 2012 it was agreed. The previous year it had failed.", "",
       "8 March 2012=2012-03-08; previous year=2011"},
      {"It ended on 1 January 2022, after they had denounced it the year before.", "",
       "1 January 2022=2022-01-01; year before=2021"},
      {"On 8 March 2012 it was agreed; the day before, Gabon had joined.", "",
       "8 March 2012=2012-03-08; day before=2012-03-07"},
      {"It was signed in April 2016 and accepted in September of that year.", "",
       "April 2016=2016-04; September of that year=2016-09"},
      {"It was signed on 19 May 1992. In October of the same year it was broken.", "",
       "19 May 1992=1992-05-19; October of the same year=1992-10"},
      {"It was signed on 4 November 2009. Parliament approved it the same month.", "",
       "4 November 2009=2009-11-04; same month=2009-11"},
      {"It was signed on 4 November 2009. On the same day a note was sent.", "",
       "4 November 2009=2009-11-04; same day=2009-11-04"},
      {"It was adopted in 1986 and signed that September.", "", "1986=1986; that September=1986-09"},
      {"It was adopted in May 2011, opened on 11 May of that year.", "",
       "May 2011=2011-05; 11 May of that year=2011-05-11"},
      {"It was signed on 26 July 2019. It took effect that November.", "",
       "26 July 2019=2019-07-26; that November=2019-11"},
      {"The 1992 convention was approved in October of the same year.", "",
       "1992=1992; October of the same year=1992-10"},
      {"It was adopted in 1996 and signed in May of the following year.", "",
       "1996=1996; May of the following year=1997-05"},
      {"It was signed in spring 2001; the border fell silent the same spring.", "",
       "spring 2001=2001-21; same spring=2001-21"},
      {"They met on Friday, 5 March 2021. The following Monday they signed.", "",
       "Friday, 5 March 2021=2021-03-05; following Monday=2021-03-08"},
      {"It was adopted in 1996. A few years later it lapsed.", "", "1996=1996; A few years later="},
      {"It was adopted in 1996. Years later it lapsed.", "", "1996=1996; Years later="},
      {"Since 2022 flights are barred. A year later freight was barred.", "",
       "2022=2022/..; A year later=2023"},
      {"It was adopted on 1 March 2004. Two weeks later it lapsed.", "",
       "1 March 2004=2004-03-01; Two weeks later=2004-03-15~"},
      {"It was adopted in 1946-12. It took force two years and three months later.", "",
       "1946-12=1946-12; two years and three months later=1949-03"},
      {"It was accepted in September 2016, two months before it entered into force.", "",
       "September 2016=2016-09; two months before=2016-11"},
      {"Gabon gave its instrument on 4 October 2021, three days after ratifying.", "",
       "4 October 2021=2021-10-04; three days after=2021-10-01"},
      {"Two weeks after they signed it, he froze it on Monday.", "2025-11-11",
       "Two weeks after=2025-10-27~; Monday=2025-11-10|2025-11-17"},
      {"Notice goes out on 31 December 2011, and the exit takes effect a year after that.", "2011-12-13",
       "31 December 2011=2011-12-31; a year after that=2012|2012-12"},
      {"It took force on 1 January 2005, ten years to the day after it was signed.", "",
       "1 January 2005=2005-01-01; ten years to the day after=1995-01-01"},
      {"Signed in Dec. 2000, 18 months after the first try.", "",
       "Dec. 2000=2000-12; 18 months after=1999-06"},
      {"He quit on Thursday. The move comes a day after the house voted.", kSaturday,
       "Thursday=2025-12-04|2025-12-11; a day after=2025-12-03"},
      {"The move comes a month after talks failed.", kSaturday, "a month after=2025-11~"},
      {"Signed in 2011, ratified the following March and left ten years later.", "",
       "2011=2011; following March=2012-03; ten years later=2022|2022-03"},
      {"It left on January 31, 2020, and traded from that December.", "",
       "January 31, 2020=2020-01-31; that December=2020-12"},
      {"They met on 3 May 2022. Later that month they signed; by the end of that year it held.", "",
       "3 May 2022=2022-05-03; Later that month=2022-05; end of that year=2022"},
      {"It is to be signed on 7 December and the house votes the next day.", "2021-11-25",
       "7 December=2020-12-07|2021-12-07; next day=2020-12-08|2021-12-08"},
      {"They met on Tuesday. It will take force on 5 November. The day before, Gabon had joined.",
       "2021-10-07",
       "Tuesday=2021-10-05|2021-10-12; 5 November=2020-11-05|2021-11-05; day before=2021-10-04|2021-11-04"},
      {"Five years later it lapsed.", kSaturday, "Five years later="},
      {"The law takes effect 30 days after publication.", kSaturday, "30 days after="},
  };
  ExpectAll(kRows);
}

TEST(FindDatesTest, ContinuesANarrativeOfAnotherYear) {
  constexpr Row kRows[] = {
      {"- The Senate concurs on May 27, 1999, and it takes effect on June 1.", "2021-07-31",
       "May 27, 1999=1999-05-27; June 1=1999-06-01"},
      {"In March 1993 it gave notice, then called the move off in June.", "2003-01-11",
       "March 1993=1993-03; June=1993-06"},
      {"In 2019 it won three deals: one on July 26, one on Sept. 20.", "2025-08-15",
       "2019=2019; July 26=2019-07-26; Sept. 20=2019-09-20"},
      {"In 2019 it ratified the pact by the end of the year.", "2025-08-15",
       "2019=2019; end of the year=2019"},
      // The sentence only names something old, or returns to the present.
      {"The pact, signed in March 1994, was torn up in July.", kSaturday,
       "March 1994=1994-03; July=2025-07|2026-07"},
      {"It owes water under a treaty of 1944; in April it promised more.", "2025-07-21",
       "1944=1944; April=2025-04|2026-04"},
      {"Begun on 11 January 1978 and renewed since, most recently by notes of 20 June.", "2011-07-07",
       "11 January 1978=1978-01-11; 20 June=2011-06-20|2012-06-20"},
      {"They signed in November 2019. In October it was torn up.", "2023-01-10",
       "November 2019=2019-11; October=2022-10|2023-10"},
      {"The power sold in 1964 was paid for until September.", "2025-03-12",
       "1964=1964; September=2024-09|2025-09"},
      // What would lie ahead of publication is no narrative.
      {"In March 2025 it was signed and in November ratified.", "2026-01-20",
       "March 2025=2025-03; November=2025-11"},
  };
  ExpectAll(kRows);
}

TEST(FindDatesTest, ReadsDecadesSeasonsQuartersAndIntervals) {
  constexpr Row kRows[] = {
      {"Two protocols of the 1980s altered it.", "", "1980s=198X"},
      {"Talks began in the nineties.", "2011-05-05", "nineties=199X"},
      {"Talks began in the early 2000s.", "", "early 2000s=2000/2003~"},
      {"Talks began in the late 1990s.", "", "late 1990s=1997/1999~"},
      {"Talks began in the mid-1990s.", "", "mid-1990s=1994/1996~"},
      {"Talks began at the end of the 1980s.", "", "end of the 1980s=1987/1989~"},
      {"Talks filled the second half of the 1990s.", "", "second half of the 1990s=1995/1999"},
      {"Both ended in spring 2014.", "", "spring 2014=2014-21"},
      {"It ran out in the spring of 2001.", "", "spring of 2001=2001-21"},
      {"They met in the autumn of 2019.", "", "autumn of 2019=2019-23"},
      {"They met in the winter of 1994-95.", "", "winter of 1994-95=1994-24"},
      {"In the fall, both agreed.", "2025-03-12", "fall=2024-23|2025-23"},
      {"They concluded it last autumn.", "2023-01-10", "last autumn=2022-23"},
      {"They concluded it last spring.", "2023-04-10", "last spring=2022-21"},
      {"A paper could come this autumn.", "2023-06-28", "this autumn=2023-23"},
      {"Asked for since the spring, it never came.", "2015-10-13", "spring=2015-21/..|2016-21/.."},
      {"They met this winter.", "2023-01-10", "this winter=2022-24"},
      {"Output fell in the first quarter of 2024.", "", "first quarter of 2024=2024-33"},
      {"Output fell in Q3 2023.", "", "Q3 2023=2023-35"},
      {"Output fell in the third quarter.", "2023-11-02", "third quarter=2023-35|2024-35"},
      {"Output fell in the fourth quarter of last year.", "2024-02-02",
       "fourth quarter of last year=2023-36"},
      {"Output fell in the second half of 2023.", "", "second half of 2023=2023-07/2023-12"},
      {"Deals signed between 1989 and 2000 fall.", "", "1989 and 2000=1989/2000"},
      {"The deals of 1989-2000 fall.", "", "1989-2000=1989/2000"},
      {"It held from 1992 to 1995.", "", "1992 to 1995=1992/1995"},
      {"The bombs of 1946-58 were forgotten.", "", "1946-58=1946/1958"},
      {"Spying between June 2022 and March 2023 came out.", "", "June 2022 and March 2023=2022-06/2023-03"},
      {"It held from June to September 2023.", "", "June to September 2023=2023-06/2023-09"},
      {"It held from 3 March 2020 to 4 April 2021.", "",
       "3 March 2020 to 4 April 2021=2020-03-03/2021-04-04"},
      {"It held from November to February 2023.", "", "November to February 2023=2022-11/2023-02"},
      {"At war since February 2022, they broke it off.", "", "February 2022=2022-02/.."},
      {"In force since the mid-1970s, it lapsed.", "", "mid-1970s=1974~/.."},
      {"Talks in the 1920s and '30s failed.", "", "1920s=192X; 30s=193X"},
      {"Talks in the 1990's failed.", "", "1990's=199X"},
      {"Valid until 2030 at most.", "", "2030=2030"},
  };
  ExpectAll(kRows);
}

TEST(FindDatesTest, ReadsDurations) {
  constexpr Row kRows[] = {
      {"Prolonged for ten years.", "", "ten years=P10Y"},
      {"Either may leave within six months.", "", "six months=P6M"},
      {"Notice takes 90 days.", "", "90 days=P90D"},
      {"It replaced the 26-year-old treaty.", "", "26-year-old=P26Y"},
      {"A five-year pact came of it.", "", "five-year=P5Y"},
      {"The three-month waiting period is over.", "", "three-month=P3M"},
      {"They agreed on six more months.", "", "six more months=P6M"},
      {"It can be cancelled with ten years' notice.", "", "ten years=P10Y"},
      {"It was valid for twenty-five years.", "", "twenty-five years=P25Y"},
      {"It was valid for a year.", "", "a year=P1Y"},
      {"It lasted two years and three months.", "", "two years and three months=P2Y3M"},
      {"Two decades of calm followed.", "", "Two decades=P20Y"},
      {"It was the first time in 30 years.", kSaturday, "30 years=P30Y"},
      {"They sat for eight years before 2014.", "", "eight years=P8Y; 2014=2014"},
      {"It renews itself every five years.", "", ""},
  };
  ExpectAll(kRows);
}

TEST(FindDatesTest, LeavesOtherNumbersAndWordsAlone) {
  constexpr absl::string_view kTexts[] = {
      "Article 1990 of the code is void.",
      "Under Resolution 1973 of the council it stands.",
      "They held 34 tonnes of plutonium.",
      "Some 2000 troops left.",
      "He paid $1994 for it.",
      "The line of 2000 kilometres is closed.",
      "More than 1900 people came.",
      "It may enter into force or it may not.",
      "Prime Minister May met the envoy.",
      "Thousands joined the march on the capital.",
      "The March on Rome is taught at school.",
      "The sun sat low over the border.",
      "The second envoy took a second look.",
      "The Good Friday Agreement stands.",
      "The fall of the city ended it.",
      "It costs 35 million a year.",
      "They meet every Monday and each January.",
      "It was signed in room 1812 at 1500 GMT.",
      "In the year 10000 nobody will care.",
      "(c) Example Press 2023. All rights reserved.",
      "At the end of the day it is a deal.",
      "Each gets half of the power and a quarter of the water.",
      "One day they may agree.",
      "He said that the talks had failed.",
      "The last envoy and the next one agreed.",
      "The vote was 56 to 32.",
      "",
  };
  for (const absl::string_view text : kTexts) EXPECT_EQ(Found(text, kSaturday), "") << text;
}

TEST(FindDatesTest, LeavesRelativeDatesEmptyWithoutPublishDay) {
  constexpr Row kRows[] = {
      {"The order was signed on Friday.", "", "Friday="},
      {"In July, Berlin pulled out.", "", "July="},
      {"It lapsed on Oct. 29.", "", "Oct. 29="},
      {"They met last week.", "", "last week="},
      {"They met two years ago.", "", "two years ago="},
      {"They met yesterday.", "", "yesterday="},
      {"They met last July and in the third quarter.", "", "last July=; third quarter="},
  };
  ExpectAll(kRows);
}

TEST(FindDatesTest, TakesTheDayOfADateline) {
  constexpr Row kRows[] = {
      {"MOSCOW, Oct. 28, 2025 (Wire) - The house voted on Monday.", "",
       "Oct. 28, 2025=2025-10-28; Monday=2025-10-27|2025-11-03"},
      {"Oslo, 7 July 2011\nThe treaty enters into force today.", "",
       "7 July 2011=2011-07-07; today=2011-07-07"},
      {"ASTANA, 10.01.2004 (Wire) - They signed on Friday.", "",
       "10.01.2004=2004-01-10; Friday=2004-01-09|2004-01-16"},
      {"MOSCOW, Oct. 28 (Wire) - The house voted on Monday.", "2025-10-30",
       "Oct. 28=2025-10-28; Monday=2025-10-27|2025-11-03"},
      {"1 April 2025\nThey sign today.", "", "1 April 2025=2025-04-01; today=2025-04-01"},
      {"By our desk, 28 June 2023\nThey signed on Monday.", "",
       "28 June 2023=2023-06-28; Monday=2023-06-26|2023-07-03"},
      // The dateline of an old report stands against the day it was published again, one that lies ahead does
      // not.
      {"GENEVA, 21 July 1954 (Wire) - They sign today.", kSaturday,
       "21 July 1954=1954-07-21; today=1954-07-21"},
      {"GENEVA, 21 July 2030 (Wire) - They sign today.", kSaturday,
       "21 July 2030=2030-07-21; today=2025-12-06"},
      // History in a list is no dateline.
      {"- Geneva, 21 July 1954: they sign.\nThey met today.", kSaturday,
       "21 July 1954=1954-07-21; today=2025-12-06"},
  };
  ExpectAll(kRows);
}

TEST(FindDatesTest, GivesRolesByTheWordsAround) {
  struct RoleRow {
    absl::string_view text;
    DateRole role;
  };
  constexpr RoleRow kRows[] = {
      {"Signed in 1994.", DateRole::kAt},
      {"It dates back to 1997.", DateRole::kAt},
      {"The lease dates from 1994.", DateRole::kAt},
      {"In force since 1994.", DateRole::kSince},
      {"In force from about 1994.", DateRole::kSince},
      {"In force as of 1 May 1994.", DateRole::kSince},
      {"It lapsed after 1994.", DateRole::kSince},
      {"Valid until at least 2030.", DateRole::kUntil},
      {"Prolonged to 2050.", DateRole::kUntil},
      {"Ratify it by the end of 2026.", DateRole::kUntil},
      {"Ratify it no later than 2026.", DateRole::kUntil},
      {"The offer before 8 August holds.", DateRole::kUntil},
      {"Prices hold through 2026.", DateRole::kUntil},
      {"Prolonged for ten years.", DateRole::kDuration},
      {"The 1994 treaty is void.", DateRole::kModifier},
      {"Its December 2019 protocol is void.", DateRole::kModifier},
      {"Landmark 1972 deal is void.", DateRole::kModifier},
      {"Friday's decree is void.", DateRole::kModifier},
      {"Under the 4 February 1994 agreement they pay.", DateRole::kModifier},
      {"In 1994 France signed.", DateRole::kAt},
      {"On Friday France signed.", DateRole::kAt},
      {"Since the 1994 treaty nothing came.", DateRole::kModifier},
  };
  for (const RoleRow& row : kRows) {
    const std::vector<DateMention> mentions = FindDates(PlainDocument(row.text), Day(kSaturday));
    ASSERT_EQ(mentions.size(), 1u) << row.text;
    EXPECT_EQ(static_cast<int>(mentions[0].role), static_cast<int>(row.role)) << row.text;
  }
}

TEST(FindDatesTest, ReadsDaysThatShareAMonthOneByOne) {
  constexpr Row kRows[] = {
      {"Oslo, Bern and Rome left on 3, 9 and 20 July 2020.", "",
       "3=2020-07-03; 9=2020-07-09; 20 July 2020=2020-07-20"},
      {"Oslo and Bern left on 3 and 9 July.", kSaturday,
       "3=2025-07-03|2026-07-03; 9 July=2025-07-09|2026-07-09"},
      {"They met on the 3rd, the 9th and 20th of July 2020.", "",
       "3rd=2020-07-03; 9th=2020-07-09; 20th of July 2020=2020-07-20"},
      {"They met on 8 and 9 July 2020.", "", "8 and 9 July 2020=2020-07-08/2020-07-09"},
      {"They met between 3 and 9 July 2020.", "", "3 and 9 July 2020=2020-07-03/2020-07-09"},
      {"Of 3, 9 and 20 tonnes in July 2020 none was sold.", "", "July 2020=2020-07"},
  };
  ExpectAll(kRows);
}

TEST(FindDatesTest, ReadsTheTurnOfTheCenturyRoughly) {
  constexpr Row kRows[] = {
      {"The pact lapsed at the turn of the century.", kSaturday, "turn of the century=2000~|2100~"},
      {"The pact lapsed at the turn of the millennium.", "1999-05-01", "turn of the millennium=1900~|2000~"},
      {"The pact lapsed at the turn of the century.", "", "turn of the century="},
  };
  ExpectAll(kRows);
}

TEST(FindDatesTest, ReadsADateBehindACommaAsTheSameTimeMorePrecisely) {
  constexpr Row kRows[] = {
      {"Signed in June 1992, it was suspended three years later, on 5 July.", kSaturday,
       "June 1992=1992-06; three years later=1995|1995-06; 5 July=1995-07-05"},
      {"Bern ratified it in 2019, more than two years after it was signed.", kSaturday,
       "2019=2019; two years after=2017~"},
      {"The pacts of 1994 and 1996 respectively lapsed.", kSaturday, "1994=1994; 1996=1996"},
  };
  ExpectAll(kRows);
}

TEST(FindDatesTest, GivesAnchorsAndBasis) {
  const std::vector<DateMention> mentions = FindDates(
      PlainDocument("Signed on 4 March 1994, it lapsed a year later, he said on Friday."), Day(kSaturday));
  ASSERT_EQ(mentions.size(), 3u);
  EXPECT_EQ(mentions[0].anchor, DateAnchor::kNone);
  EXPECT_EQ(mentions[0].date.basis, DateBasis::kExplicit);
  EXPECT_EQ(mentions[1].anchor, DateAnchor::kPrevious);
  EXPECT_EQ(mentions[1].date.basis, DateBasis::kRelative);
  EXPECT_EQ(mentions[1].years, 1);
  EXPECT_EQ(mentions[2].anchor, DateAnchor::kPublication);
  EXPECT_EQ(mentions[2].date.basis, DateBasis::kRelative);
}

TEST(FindDatesTest, KeepsTheLengthOfAnOffsetWithItsSign) {
  const std::vector<DateMention> mentions = FindDates(
      PlainDocument("Two years and a day earlier, 90 days ago, three weeks later."), Day(kSaturday));
  ASSERT_EQ(mentions.size(), 3u);
  EXPECT_THAT((std::vector<int>{mentions[0].years, mentions[0].months, mentions[0].days}),
              ElementsAre(-2, 0, -1));
  EXPECT_THAT((std::vector<int>{mentions[1].years, mentions[1].months, mentions[1].days}),
              ElementsAre(0, 0, -90));
  EXPECT_THAT((std::vector<int>{mentions[2].years, mentions[2].months, mentions[2].days}),
              ElementsAre(0, 0, 21));
}

TEST(FindDatesTest, DoesNotReachFarBackForTheDateBefore) {
  constexpr absl::string_view kNear = "They met in 1994.\nA.\nB.\nC.\nTwo years later it lapsed.";
  constexpr absl::string_view kFar = "They met in 1994.\nA.\nB.\nC.\nD.\nTwo years later it lapsed.";
  EXPECT_EQ(Found(kNear, ""), "1994=1994; Two years later=1996");
  EXPECT_EQ(Found(kFar, ""), "1994=1994; Two years later=");
}

TEST(FindDatesTest, FindsNothingInAnEmptyDocument) {
  EXPECT_THAT(FindDates(Document(), Day(kSaturday)), IsEmpty());
}

// Whether the EDTF of a date says what its other fields say.
bool IsConsistent(const UncertainDate& date) {
  if (date.empty()) return !date.earliest && !date.latest;
  absl::StatusOr<UncertainDate> parsed = ParseEdtf(date.edtf);
  if (!parsed.ok()) return false;
  parsed->basis = date.basis;
  return *parsed == date;
}

TEST(FindDatesTest, HoldsItsContractForAnyOrderOfWords) {
  constexpr absl::string_view kWords[] = {
      "the",      "a",       "last",       "next",     "this",   "that",      "same",  "following",
      "previous", "first",   "two",        "29",       "31",     "4th",       "1994",  "2999",
      "1000",     "1990s",   "nineties",   "February", "Feb.",   "May",       "Sept.", "Friday",
      "Mon",      "spring",  "fall",       "day",      "week",   "weekend",   "month", "years",
      "year",     "decade",  "century",    "quarter",  "half",   "end",       "early", "mid",
      "turn",     "of",      "in",         "on",       "to",     "and",       "from",  "since",
      "until",    "between", "-",          "/",        ",",      ".",         "'s",    "ago",
      "later",    "earlier", "before",     "after",    "treaty", "signed",    "is",    "few",
      "hundred",  "999",     "04.02.1994", "now",      "time",   "Christmas", "new",   "eve",
      "Q4",       "H2",      "yesterday",  "night",    "every",  "will",      "comes", "it"};
  std::mt19937 random(20251206);
  std::uniform_int_distribution<size_t> pick(0, std::size(kWords) - 1);
  size_t found = 0;
  for (int round = 0; round < 400; ++round) {
    std::string text;
    for (int i = 0; i < 150; ++i) absl::StrAppend(&text, kWords[pick(random)], " ");
    const Document document = PlainDocument(text);
    uint32_t end = 0;
    for (const DateMention& mention : FindDates(document, Day(round % 3 == 0 ? "" : "2024-02-29"))) {
      ASSERT_GE(mention.tokens.begin, end) << text;
      ASSERT_FALSE(mention.tokens.empty()) << text;
      ASSERT_LE(mention.tokens.size(), kMaxDateTokens) << text;
      ASSERT_TRUE(IsConsistent(mention.date)) << mention.date.edtf << " in " << text;
      ASSERT_TRUE(IsConsistent(mention.future_date)) << mention.future_date.edtf << " in " << text;
      ASSERT_TRUE(IsConsistent(ResolveAgainst(mention, DayDate(absl::CivilDay(2999, 12, 31))))) << text;
      ASSERT_TRUE(mention.role != DateRole::kDuration || mention.date.empty()) << text;
      end = mention.tokens.end;
      ++found;
    }
  }
  EXPECT_GT(found, 1000u);
}

TEST(FindDatesTest, ReadsWhatTheDocumentReaderGives) {
  constexpr absl::string_view kBody =
      "<p>BERN, 10.01.2004 (Wire) &mdash; They signed on Friday, after mid\u20111990s talks.</p>"
      "<ul><li><b>Feb. 10, 1998</b> &ndash; It is signed.</li></ul>"
      "<table><tr><th>Pact</th><th>Signed</th></tr><tr><td>Peace</td><td>early 2000s</td></tr>"
      "<tr><td>Trade</td><td>4 Feb 1994</td></tr><tr><td>Fish</td><td>1989</td></tr></table>"
      "<p>In force since 2025-12-05, 1946\u201358 and the 1980s.</p>";
  const absl::StatusOr<Document> document = ReadDocument("Pact of 1990 ends", kBody, MimeType::kHtml);
  ASSERT_TRUE(document.ok()) << document.status();
  std::vector<std::string> found;
  for (const DateMention& mention : FindDates(*document, std::nullopt))
    found.emplace_back(absl::string_view(mention.date.edtf));
  EXPECT_THAT(found, ElementsAre("1990", "2004-01-10", "2004-01-09", "1994/1996~", "1998-02-10", "2000/2003~",
                                 "1994-02-04", "1989", "2025-12-05/..", "1946/1958", "198X"));
}

TEST(ResolveAgainstTest, CountsFromTheGivenDate) {
  const std::vector<DateMention> mentions = FindDates(
      PlainDocument("Two years later, the same month, that September and the following day."), std::nullopt);
  ASSERT_EQ(mentions.size(), 4u);
  const UncertainDate anchor = DayDate(absl::CivilDay(1994, 2, 4));
  std::vector<std::string> found;
  for (const DateMention& mention : mentions)
    found.emplace_back(absl::string_view(ResolveAgainst(mention, anchor).edtf));
  EXPECT_THAT(found, ElementsAre("1996", "1994-02", "1994-09", "1994-02-05"));
}

TEST(ResolveAgainstTest, IsEmptyForWhatDoesNotDependOnThePrevious) {
  const UncertainDate anchor = YearDate(1994);
  for (const DateMention& mention :
       FindDates(PlainDocument("In 2001, on Friday, for ten years."), Day(kSaturday))) {
    EXPECT_TRUE(ResolveAgainst(mention, anchor).empty());
  }
}

TEST(ResolveAgainstTest, NeverInventsPrecision) {
  const std::vector<DateMention> mentions = FindDates(
      PlainDocument("The following day, two months later, a week later, the same month."), std::nullopt);
  ASSERT_EQ(mentions.size(), 4u);
  const auto against = [&mentions](const UncertainDate& anchor) {
    std::vector<std::string> found;
    for (const DateMention& mention : mentions)
      found.emplace_back(absl::string_view(ResolveAgainst(mention, anchor).edtf));
    return found;
  };
  EXPECT_THAT(against(MonthDate(absl::CivilMonth(1993, 3))),
              ElementsAre("1993-03", "1993-05", "1993-03~", "1993-03"));
  EXPECT_THAT(against(YearDate(1993)), ElementsAre("", "1993", "1993~", ""));
  EXPECT_THAT(against(DecadeDate(1990)), ElementsAre("", "", "", ""));
  EXPECT_THAT(against(UncertainDate()), ElementsAre("", "", "", ""));
}

}  // namespace
}  // namespace treatywire::ingest
