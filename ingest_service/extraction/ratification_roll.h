// Reads rolls: lists of who has ratified an agreement, who is to, and who has not.
//
//   All members must ratify the Pacific Tuna Convention:
//   - Fiji: approved (3 May 2004)          -> RATIFIED by Fiji on that day
//   - Tonga – the Assembly is to vote in June   -> PLANNED
//   - 2 April 2005: Samoa and Niue         -> RATIFIED by both on that day
//   - Palau: nothing yet                   -> DENIED
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_RATIFICATION_ROLL_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_RATIFICATION_ROLL_H_

#include <vector>

#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/news_day.h"
#include "ingest_service/extraction/read_event.h"

namespace treatywire::ingest {

// The events of all such items, in the order of the text, at most kMaxEvents. An item that names a party and
// tells something else is left alone, and so is what `told` has of the same sentence and party. Short labels
// between the items ("Done", "Signed, not ratified") tell how those that follow stand.
std::vector<ReadEvent> ReadRatificationRolls(const Annotation& annotation, const NewsDay& news,
                                             const std::vector<ReadEvent>& told, Discourse* discourse);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_RATIFICATION_ROLL_H_
