// Reads lists of parties and days under a heading that names the act and the agreement.
//
//   Ratifications of the Pacific Tuna Convention:
//   - Fiji, 3 May 2004
//   - Tonga: 7 June 2005
//   -> two events RATIFIED
//
// and lists of agreements under a heading that names the act alone, which the states spoken of last did then:
//
//   The following documents were signed during the visit:
//   - Agreement on cooperation in fisheries
//   - Memorandum of understanding on tourism
//   -> two events SIGNED
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_LIST_READER_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_LIST_READER_H_

#include <vector>

#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/news_day.h"
#include "ingest_service/extraction/read_event.h"

namespace treatywire::ingest {

// The events of all such list items, in the order of the text, at most kMaxEvents. Items that say more than a
// party and a date are sentences and left to the event reader, whose events `told` are.
std::vector<ReadEvent> ReadLists(const Annotation& annotation, const NewsDay& news,
                                 const std::vector<ReadEvent>& told, Discourse* discourse);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_LIST_READER_H_
