// Words that stand for an agreement's noun: "the Guatemalan one", "that with Palau", "Malta's was signed
// later".
//
// What they stand for is for the discourse to tell.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_STAND_IN_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_STAND_IN_H_

#include <cstdint>

#include "ingest_service/extraction/annotation.h"

namespace treatywire::ingest {

// Whether "one", "that", "those", "theirs", "its own" or a possessive at `t`, a token of the sentence, stands
// for an agreement's noun.
bool StandsForNoun(const Annotation& annotation, const Sentence& sentence, uint32_t t);

// "[The first] was signed in 1998, the second in 2001": which of those spoken of together the word at `t`
// means; 0 where it counts something else.
uint32_t OrdinalAt(const Annotation& annotation, const Sentence& sentence, uint32_t t);

// "of 3 October 1974" at `t`.
bool OfDate(const Annotation& annotation, const Sentence& sentence, uint32_t t);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_STAND_IN_H_
