// Reads agreements that share a verb with another, each with a date of its own: "signed a tax treaty in 1998
// and an extradition treaty in 1999", "the tax treaty was ratified in 2001, the transit treaty in 2003".
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_GAPPED_OBJECT_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_GAPPED_OBJECT_H_

#include <cstddef>
#include <vector>

#include "ingest_service/extraction/event_date.h"
#include "ingest_service/extraction/phrase_meanings.h"
#include "ingest_service/extraction/read_event.h"
#include "ingest_service/extraction/sentence_view.h"

namespace treatywire::ingest {

// Appends to `events` the acts of the sentence's events (those from number `first` on) on the agreements that
// follow without a verb of their own.
void ReadGappedObjects(const SentenceView& view, size_t first, EventDater* dater, PhraseMeanings* meanings,
                       Discourse* discourse, std::vector<ReadEvent>* events);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_GAPPED_OBJECT_H_
