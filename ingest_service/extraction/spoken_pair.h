// The two whom a text has brought together before a word, though it lists them nowhere: "Prime Minister Khan
// arrived in Bahrain on Monday. The two countries signed …" are Pakistan and Bahrain.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_SPOKEN_PAIR_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_SPOKEN_PAIR_H_

#include <cstdint>

#include "ingest_service/extraction/annotation.h"

namespace treatywire::ingest {

// Those two: of the sentence that holds `token` before it, else of it and the one or two sentences before.
// Empty where these name fewer or more. Where they name one alone, the other is the state that the article is
// about. Constant time but for the length of these sentences.
PartyIds PairBroughtTogether(const Annotation& annotation, uint32_t token);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_SPOKEN_PAIR_H_
