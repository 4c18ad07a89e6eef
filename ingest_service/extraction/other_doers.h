// Who else did it, told by a word beside the act: "the third to ratify it, after Peru and Fiji", "left,
// together with Peru", "as Peru had done in 2019", "in 2019, then Peru and lastly Fiji".
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_OTHER_DOERS_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_OTHER_DOERS_H_

#include <cstddef>
#include <vector>

#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/event_date.h"
#include "ingest_service/extraction/read_event.h"
#include "ingest_service/extraction/sentence_view.h"

namespace treatywire::ingest {

// Adds the act by those others to `events` for the events of the sentence from number `first` on whose
// agreement has many parties: of a pair's, the other side is meant, or an agreement of its own.
void ReadOtherDoers(const SentenceView& view, size_t first, const Discourse& discourse, EventDater* dater,
                    std::vector<ReadEvent>* events);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_OTHER_DOERS_H_
