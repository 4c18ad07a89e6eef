// Reads lengths of time, and distances from another date: "ten years", "two months later", "the year before".
//
// Pure; every function looks at a bounded number of tokens.
#ifndef TREATYWIRE_INGEST_SERVICE_TEMPORAL_OFFSET_EXPRESSION_H_
#define TREATYWIRE_INGEST_SERVICE_TEMPORAL_OFFSET_EXPRESSION_H_

#include <cstdint>

#include "ingest_service/temporal/date_expression.h"
#include "ingest_service/temporal/sentence_words.h"

namespace treatywire::ingest {

// Each reads at `at`, fills `out` and returns the index after the last token it took, or 0 where there is no
// such expression.

// A number, "a", "several" with units: "ten years", "30-day", "two years and three months", with or without
// what they count from: "ago", "later", "before it expired", "from now".
uint32_t ReadAmount(const SentenceWords& words, uint32_t at, DateExpression& out);
// Units without a number after no "the": "months later", "decades ago".
uint32_t ReadBareUnits(const SentenceWords& words, uint32_t at, DateExpression& out);
// A unit after "the": "the year before", "the day after the vote", "the day before yesterday".
uint32_t ReadUnitStep(const SentenceWords& words, uint32_t at, DateExpression& out);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_TEMPORAL_OFFSET_EXPRESSION_H_
