// Reads the lines of a fact box or a register: a label, a colon and the bare fact.
//
//   Partner: India                       -> what follows is about the agreement with India
//   Signed: New Delhi, 10 March 2024     -> SIGNED
//   In force: not yet                    -> ENTERED_INTO_FORCE, DENIED
//   Accession: Cuba, 5 July 2020         -> ACCEDED by Cuba
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_FACT_LINE_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_FACT_LINE_H_

#include <cstdint>
#include <vector>

#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/news_day.h"
#include "ingest_service/extraction/read_event.h"

namespace treatywire::ingest {

// Appends to `events` what the sentence number `index` tells as such a line, of the agreement spoken of last,
// and has `discourse` speak of the one that a partner's line brings up. Returns whether it is such a line:
// then nothing else is read of it. A line that says more than a fact is none.
bool ReadFactLine(const Annotation& annotation, const NewsDay& news, uint32_t index, Discourse* discourse,
                  std::vector<ReadEvent>* events);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_FACT_LINE_H_
