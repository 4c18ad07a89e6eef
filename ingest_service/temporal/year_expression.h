// Reads years, decades and intervals: "1994", "1946-58", "the 1990s", "from June to September 2023".
//
// Pure; every function looks at a bounded number of tokens.
#ifndef TREATYWIRE_INGEST_SERVICE_TEMPORAL_YEAR_EXPRESSION_H_
#define TREATYWIRE_INGEST_SERVICE_TEMPORAL_YEAR_EXPRESSION_H_

#include <cstdint>

#include "ingest_service/temporal/date_expression.h"
#include "ingest_service/temporal/sentence_words.h"

namespace treatywire::ingest {

// "in", "since", "before": a number after one of them is a date rather than a count.
bool IsDatePreposition(WordKind kind);
// Whether the token before `at` joins it to the expression that ends at `previous_end`: "1991, 1995 and
// 2001".
bool ContinuesList(const SentenceWords& words, uint32_t at, uint32_t previous_end);

void SetPart(const YearPart& part, DateExpression& out);
void SetDecade(int decade, DateExpression& out);

// Extends out.part, which is [begin, end), to an interval where one follows. Returns its end, or `end`.
uint32_t ExtendToInterval(const SentenceWords& words, uint32_t begin, uint32_t end, DateExpression& out);

// Each reads at the number or name `at`, fills `out` and returns the index after the last token it took, or 0
// where there is no such expression.

// A year, "1946-58", "2014/15", "2025-12", a decade in two tokens.
uint32_t ReadYear(const SentenceWords& words, uint32_t at, uint32_t previous_end, DateExpression& out);
// "1990s", "the nineties", "the 90s".
uint32_t ReadDecade(const SentenceWords& words, uint32_t at, DateExpression& out);
// "1990" "s", "the 1990's".
uint32_t ReadSplitDecade(const SentenceWords& words, uint32_t at, DateExpression& out);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_TEMPORAL_YEAR_EXPRESSION_H_
