// What the extraction saw in an article, as text for people who work on the lexicon: each sentence with its
// clauses, parties, agreement phrases, triggers, cues and dates, and the events read from it before those of
// one act are joined. Not stable; nothing parses it.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_EXPLANATION_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_EXPLANATION_H_

#include <string>
#include <vector>

#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/read_event.h"

namespace treatywire::ingest {

// `events`: as ReadEvents and ReadLists returned them, with `discourse`.
std::string ExplainReading(const Annotation& annotation, const Discourse& discourse,
                           const std::vector<ReadEvent>& events);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_EXPLANATION_H_
