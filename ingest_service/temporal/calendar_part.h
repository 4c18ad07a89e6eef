// A year, or a part of one, as the calendar writes it: "1994", "July last year", "4 February 1994",
// "04.02.1994".
//
// Pure; every function looks at a bounded number of tokens.
#ifndef TREATYWIRE_INGEST_SERVICE_TEMPORAL_CALENDAR_PART_H_
#define TREATYWIRE_INGEST_SERVICE_TEMPORAL_CALENDAR_PART_H_

#include <cstdint>

#include "ingest_service/temporal/sentence_words.h"

namespace treatywire::ingest {

// What a year, a month or a week is counted from.
enum class Reference : uint8_t {
  kNone,       // nothing is said
  kExplicit,   // "1994"
  kThis,       // from publication: "this year"
  kLast,       // "last year"
  kNext,       // "next year"
  kSame,       // from the date mentioned before: "that year", "the same year"
  kFollowing,  // "the following year"
  kPreceding,  // "the previous year"
};

// Whether the date mentioned before decides.
inline bool IsToPrevious(Reference reference) { return reference >= Reference::kSame; }

// A year or a part of a year that comes once in every year.
struct YearPart {
  enum class Kind : uint8_t { kNone, kYear, kQuarter, kSeason, kMonth, kDay };
  Kind kind = Kind::kNone;
  uint8_t index = 0;                            // month (also of a day), season or quarter, from 1
  uint8_t day = 0;                              // kDay
  uint8_t last_day = 0;                         // kDay: "4 and 5 December", "4-9 December"; 0 = one day
  Reference year_reference = Reference::kNone;  // which year: "July last year"
  Reference reference = Reference::kNone;       // which July: "last July", "that July"
  int16_t year = 0;                             // where year_reference is kExplicit
  friend bool operator==(const YearPart&, const YearPart&) = default;
};

// Each reads at `at`, fills `part` and returns the index after the last token it took, or 0 where there is no
// such thing (`part` is then unspecified).

// Any of the below, or a year alone.
uint32_t ReadCalendarPart(const SentenceWords& words, uint32_t at, YearPart& part);
// "4 February 1994", "4th of February", "the" apart; "4 and 5 December", "4-9 May last year".
uint32_t ReadDayMonth(const SentenceWords& words, uint32_t at, YearPart& part);
// "Feb. 4, 1994", "May 5-9", "July 2019", "July": a month, where a day and a year follow with them.
uint32_t ReadMonthDay(const SentenceWords& words, uint32_t at, YearPart& part);
// "04.02.1994", "2025-12-05", "15/03/2022", "12/2025", in one token or several. Where day and month could be
// either ("4/2/1994") only the year is taken.
uint32_t ReadNumericDate(const SentenceWords& words, uint32_t at, YearPart& part);
// What says which year: "1994", "of 1994", "last year", "of that year", "a year earlier"; ", 1994" where
// `comma`. Returns `at` where there is nothing of the kind.
uint32_t ReadYearSuffix(const SentenceWords& words, uint32_t at, bool comma, YearPart& part);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_TEMPORAL_CALENDAR_PART_H_
