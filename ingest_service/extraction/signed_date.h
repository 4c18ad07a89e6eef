// The day an agreement was signed on, by all that the article tells of it.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_SIGNED_DATE_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_SIGNED_DATE_H_

#include <vector>

#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/read_event.h"

namespace treatywire::ingest {

// Whether the act is one by which an agreement comes about: signed, initialled, "dates back to".
bool IsSigning(treatywire::v1::EventType type);

// Sets AgreementEntity::signed_date from the joined events: the most precise date of a signing that fits what
// the article first said of it ("the 1994 pact … signed on 4 February 1994"). One state's signature under a
// multilateral agreement does not date the agreement.
void SetSignedDates(const std::vector<ReadEvent>& events, Discourse* discourse);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_SIGNED_DATE_H_
