// Completes the parties of agreements by what happened to them, once all of an article is read.
//
//   "Chile's tax treaty … Peru ended it"   -> Chile and Peru: who acts on it is the other party
//   "Kenya, Togo and Fiji ratified it"     -> no pair's
//   "Mr Rossi of Italy came to Malta. A gas agreement was signed" -> whom the text brought together
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_COMPLETION_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_COMPLETION_H_

#include <vector>

#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/read_event.h"

namespace treatywire::ingest {

// Adds to the agreements of `discourse` the parties that no phrase told, and says which are open to many:
// those with members, or with a name and one party at most. `events`: all that the article tells, of
// agreements of `discourse`. Linear in both.
void CompleteParties(const Annotation& annotation, const std::vector<ReadEvent>& events,
                     Discourse* discourse);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_COMPLETION_H_
