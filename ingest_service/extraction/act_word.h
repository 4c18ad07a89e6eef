// The act that a label names: the head of a table's column, a row's first cell, the heading of a list.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_WORD_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_WORD_H_

#include "ingest_service/extraction/annotation.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::ingest {

// "Date of signature" is SIGNED, "In force since" ENTERED_INTO_FORCE, "Denounced" TERMINATED; UNSPECIFIED
// where the words name no act. The first word that names one decides.
treatywire::v1::EventType ActOfLabel(const Annotation& annotation, TokenSpan label);

// Whether the act is one by which a party leaves: TERMINATED of a bilateral agreement is WITHDRAWN of
// another.
bool IsLeaving(treatywire::v1::EventType type);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_WORD_H_
