// What each agreement of an article is about.
//
// The words of its own phrases decide ("a fisheries treaty"). Where they are few or say nothing ("the 1998
// pact"), the sentences that tell of it, the article's title and the article as a whole count too, each less
// than the one before.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_AGREEMENT_SUBJECT_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_AGREEMENT_SUBJECT_H_

#include <vector>

#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/read_event.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::ingest {

// The subject of each of `discourse`'s agreements, by index. A well-known agreement has that of the lexicon;
// UNSPECIFIED where the article holds no word of any subject. `events` tell which sentences speak of which
// agreement.
std::vector<treatywire::v1::Subject> ChooseSubjects(const Annotation& annotation, const Discourse& discourse,
                                                    const std::vector<ReadEvent>& events);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_AGREEMENT_SUBJECT_H_
