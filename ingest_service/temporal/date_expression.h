// Reads date expressions: what their words say, before anything is resolved.
//
//   "July last year"     -> the month 7 of the year before publication
//   "two years later"    -> two years after the date mentioned before
//   "the early 2000s"    -> the early portion of the decade 2000
//
// Pure. Reading at a token looks at no more than kMaxDateTokens tokens and a few around them.
#ifndef TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATE_EXPRESSION_H_
#define TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATE_EXPRESSION_H_

#include <cstdint>
#include <optional>

#include "ingest_service/document/document.h"
#include "ingest_service/temporal/calendar_part.h"
#include "ingest_service/temporal/sentence_words.h"
#include "ingest_service/temporal/time_word.h"

namespace treatywire::ingest {

// Longest expression in tokens.
inline constexpr uint32_t kMaxDateTokens = 12;

// Which part of the period that is named.
enum class Portion : uint8_t {
  kWhole,
  kEarly,
  kMiddle,
  kLate,
  kTurn,  // "the turn of the year"
  kFirstHalf,
  kSecondHalf,
  kFirstDay,
  kLastDay,
  kWeekOf,  // "the week of 3 March"
};

struct DateExpression {
  enum class Kind : uint8_t {
    kYearPart,  // part, portion
    kInterval,  // part to last
    kDecade,    // decade, portion
    kWeekday,   // weekday, reference, week
    kPeriod,    // unit, reference, portion; of days: `days` from the one that reference names; of
                // a month: where `days` is not 0, that day of it ("the 15th")
    kOffset,    // years, months, days from publication (kThis) or the date before (kSame)
    kLength,    // years, months, days
  };
  Kind kind = Kind::kYearPart;
  TokenSpan tokens;  // without a leading "the" or preposition
  YearPart part;
  YearPart last;
  Portion portion = Portion::kWhole;
  Reference reference = Reference::kNone;
  Reference week = Reference::kNone;  // kWeekday: "Tuesday last week"
  Unit unit = Unit::kDay;
  uint8_t weekday = 0;       // 0 = Monday
  int16_t decade = 0;        // first year; below 100 the century is not said ("the nineties")
  bool approximate = false;  // "about ten years ago"
  bool vague = false;        // "several years later": no number
  bool exact = false;        // "on the same day one year later": as precise as what it counts from
  bool of_event = false;     // "two years before it expired": counts from what follows the words
  bool ahead = false;        // kLength after "in": "in 60 days"
  int years = 0;             // kOffset: negative for "earlier", "ago"
  int months = 0;
  int days = 0;

  // Whether the date mentioned before decides.
  bool NeedsPrevious() const;
  friend bool operator==(const DateExpression&, const DateExpression&) = default;
};

// The expression that begins at `at`; nullopt where none does. `previous_end` is the end of the expression
// before it in the sentence (0 for none): a bare number continues a list of years ("1991, 1995").
std::optional<DateExpression> ReadDateExpression(const SentenceWords& words, uint32_t at,
                                                 uint32_t previous_end);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATE_EXPRESSION_H_
