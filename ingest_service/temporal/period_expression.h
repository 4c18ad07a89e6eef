// Reads periods that are named by a reference or as a part of another: "last week", "the same year", "early
// 2024", "the end of the year", "the third quarter of 2023", "the week of 3 March".
//
// Pure; every function looks at a bounded number of tokens.
#ifndef TREATYWIRE_INGEST_SERVICE_TEMPORAL_PERIOD_EXPRESSION_H_
#define TREATYWIRE_INGEST_SERVICE_TEMPORAL_PERIOD_EXPRESSION_H_

#include <cstdint>

#include "ingest_service/temporal/date_expression.h"
#include "ingest_service/temporal/sentence_words.h"

namespace treatywire::ingest {

// Behind "morning", "night", where one stands at `at`.
uint32_t SkipDayParts(const SentenceWords& words, uint32_t at);
YearPart Holiday(int month, int day);

// Each reads at `at`, fills `out` and returns the index after the last token it took, or 0 where there is no
// such expression.

// "Friday, 5 December 2025", "Friday evening, Dec. 5": the date; at the weekday.
uint32_t ReadDateOfWeekday(const SentenceWords& words, uint32_t at, DateExpression& out);
// "last July", "that spring", "next Monday", "the same day"; at the reference word.
uint32_t ReadReference(const SentenceWords& words, uint32_t at, DateExpression& out);
// What a portion is of: "2024", "the 1990s", "last year", "March", "the year", "Tuesday", "5 May".
uint32_t ReadTarget(const SentenceWords& words, uint32_t at, DateExpression& out);
// "early 2000s", "mid-July", "late last year", "the end of the year", "later this week", "the turn of the
// century".
uint32_t ReadPortion(const SentenceWords& words, uint32_t at, DateExpression& out);
// "first half of 2023", "last week of May", "third quarter"; `number` is 0 for "last".
uint32_t ReadNumberedPart(const SentenceWords& words, uint32_t at, int number, DateExpression& out);
// A unit after "the": "year before", "week of 3 March", "weekend", "year-end", "before the year is out".
uint32_t ReadDefiniteUnit(const SentenceWords& words, uint32_t at, DateExpression& out);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_TEMPORAL_PERIOD_EXPRESSION_H_
