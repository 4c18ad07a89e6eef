// Reads the parties that only the rest of the article tells.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_CONTEXT_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_CONTEXT_H_

#include "ingest_service/extraction/annotation.h"

namespace treatywire::ingest {

// Adds mentions to those that the words name by themselves (ReadParties):
// - the surname of a person whom the article introduces with office and state: "Ramírez Lezcano said",
// - "the North", "the South" in an article about a divided state,
// - "the Commission", "the Council" in an article that names the European Union and no other of that sort,
// - "the bloc", "the alliance", "the rebels": the organisation or movement spoken of last that it fits.
void ReadPartiesByContext(Annotation* annotation);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_CONTEXT_H_
