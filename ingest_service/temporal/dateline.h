// The day on which a report says it was written.
#ifndef TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATELINE_H_
#define TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATELINE_H_

#include <optional>

#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "ingest_service/document/document.h"
#include "ingest_service/temporal/time_word.h"

namespace treatywire::ingest {

// The day that the words of the article count from: that of a dateline among its first sentences ("MOSCOW,
// Oct. 28 (Wire) -", "Oslo, 7 July 2011"), where it is not after `publish_day`; else `publish_day`; where
// that is not known, the day in a short line of its own ("1 April 2025", "By our desk, 28 June 2023").
// `words` are the classes of the document's tokens.
std::optional<absl::CivilDay> WritingDay(const Document& document, absl::Span<const TimeWord> words,
                                         std::optional<absl::CivilDay> publish_day);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATELINE_H_
