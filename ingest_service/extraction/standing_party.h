// Whose agreements an article surveys, where its sentences, rows and headings name only the other side.
//
//   "Kenya's fisheries agreements … With Ghana it initialled one … Senegal's ran out"     -> Kenya
//   "The Union pays ten states for access. Senegal: the protocol of 2019 …"               -> the eu
//   "Cabinet approved an air deal with Peru. Parliament …", in a paper of Santiago's      -> Chile
//   "Chile and Peru signed a treaty. Peru ratified it"                                    -> nobody
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_STANDING_PARTY_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_STANDING_PARTY_H_

#include "ingest_service/extraction/annotation.h"

namespace treatywire::ingest {

// The party that what title, lead, organs, "our" and `publisher` tell is the one side of all: named much more
// than any other, and not as one "with" whom agreements are. `publisher`: the state whose place or people the
// publisher's name holds, empty for none; the text need not name it. Empty where nothing tells, or two
// parties are named alike. Reads parties, instruments and triggers of `annotation` only. Linear in
// its tokens; of an article with thousands of mentions nothing is told.
PartyId FindStandingParty(const Annotation& annotation, PartyId publisher);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_STANDING_PARTY_H_
