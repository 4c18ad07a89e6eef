// Acts that a list repeats: the items under "Ratified by:", and other partners with their dates.
//
//   "Ratified by:" "- Austria (12 May 2011)"  -> the act of the line above, by Austria
//   "The agreements with France date back to 1997, with Portugal from 1994."  -> Portugal's as well
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_LISTED_ACT_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_LISTED_ACT_H_

#include <cstddef>
#include <vector>

#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/event_date.h"
#include "ingest_service/extraction/read_event.h"
#include "ingest_service/extraction/sentence_view.h"

namespace treatywire::ingest {

// Appends to `events` what the sentence repeats as a list. Those from index `first` on are the sentence's
// own. All references are used during the call only.
void ReadListedActs(const SentenceView& view, size_t first, EventDater* dater, Discourse* discourse,
                    std::vector<ReadEvent>* events);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_LISTED_ACT_H_
