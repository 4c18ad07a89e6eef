// Reads days that share one month: "on 3, 9 and 20 July".
//
// Pure; looks at no more than a few tokens per day, and kMaxListedDays days.
#ifndef TREATYWIRE_INGEST_SERVICE_TEMPORAL_DAY_LIST_H_
#define TREATYWIRE_INGEST_SERVICE_TEMPORAL_DAY_LIST_H_

#include <cstdint>
#include <vector>

#include "ingest_service/temporal/date_expression.h"
#include "ingest_service/temporal/sentence_words.h"

namespace treatywire::ingest {

inline constexpr size_t kMaxListedDays = 8;

// The days of the list that begins at `at`, each with month and year of the last; empty where there is none.
// Two days in a row ("4 and 5 December") are no list but what one act took.
std::vector<DateExpression> ReadDayList(const SentenceWords& words, uint32_t at);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_TEMPORAL_DAY_LIST_H_
