// Acts told without their verb: who else did the same.
//
//   "Chile ratified it in 2002, Peru in 2003 and Ecuador a year later."  -> gaps
//   "Slovenia followed in April", "Canada did so in 2001", "Mexico never did" -> repeats
//
// Where two sides have an agreement and a third repeats what one of them did, it does so to its own with the
// other: "Spain ended its treaty with Peru in June; Italy followed in July".
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_REPEATED_ACT_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_REPEATED_ACT_H_

#include <cstddef>
#include <vector>

#include "ingest_service/extraction/actor_finder.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/event_date.h"
#include "ingest_service/extraction/read_event.h"
#include "ingest_service/extraction/sentence_view.h"

namespace treatywire::ingest {

// Appends to `events` what the sentence repeats. Those from index `first` on are the sentence's own.
// `discourse` gets the agreements that only a repeated act tells of. All references are used during the call
// only.
void ReadRepeatedActs(const SentenceView& view, const ActorFinder& actors, size_t first, EventDater* dater,
                      Discourse* discourse, std::vector<ReadEvent>* events);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_REPEATED_ACT_H_
