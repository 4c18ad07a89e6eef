// When an act happened for which no date stands near: on the day of what was told before ("at the same
// ceremony"), on the day of the news where it is told as news, else nobody says.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_UNDATED_ACT_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_UNDATED_ACT_H_

#include <vector>

#include "ingest_service/extraction/act_words.h"
#include "ingest_service/extraction/news_day.h"
#include "ingest_service/extraction/read_event.h"
#include "ingest_service/extraction/sentence_view.h"

namespace treatywire::ingest {

// `told`: the events read before, of this sentence and those before it. The date is empty where nothing
// stands in for one.
EventDate DayOfUndated(const SentenceView& view, const NewsDay& news, const std::vector<ReadEvent>& told,
                       const ActWords& act);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_UNDATED_ACT_H_
