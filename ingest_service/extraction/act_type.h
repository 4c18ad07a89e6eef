// What kind of act a type of event tells.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_TYPE_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_TYPE_H_

#include "treatywire/v1/event.pb.h"

namespace treatywire::ingest {

// Acts that one party does: ratifying, leaving; not signing.
bool IsUnilateral(treatywire::v1::EventType type);

// Acts whose actor is not, or not yet, a party.
bool AllowsOutsider(treatywire::v1::EventType type);

// The act that finer types tell of as well: SIGNED of CONCLUDED, RATIFIED of APPROVED; else the type itself.
treatywire::v1::EventType ActOf(treatywire::v1::EventType type);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_TYPE_H_
