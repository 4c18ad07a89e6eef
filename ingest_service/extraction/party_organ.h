// Finds the states of organs and offices that the text names without one: "the Senate", "its parliament".
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_ORGAN_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_ORGAN_H_

#include "ingest_service/extraction/annotation.h"

namespace treatywire::ingest {

// Gives organs and offices without a state that of the subject of their sentence ("Latvia signed in 2016 and
// its parliament ratified"), of the place that the sentence begins with ("In Zimbabwe the president"), of the
// subject of an earlier sentence. Those in the plural ("the governments") stay without, and so does what
// comes before any state: it is of Annotation::home_party.
void FindStatesOfOrgans(Annotation* annotation);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_ORGAN_H_
