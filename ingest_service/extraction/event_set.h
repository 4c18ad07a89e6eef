// Joins what was read of one act in several places, completes actors and parties, and leaves out what is no
// agreement between parties.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_SET_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_SET_H_

#include <vector>

#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/event_reader.h"

namespace treatywire::ingest {

// Events of agreements that qualify, each act once, in the order of the text. Parties are completed in
// `discourse`.
std::vector<ReadEvent> JoinEvents(const Annotation& annotation, std::vector<ReadEvent> events,
                                  Discourse* discourse);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVENT_SET_H_
