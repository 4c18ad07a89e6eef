// The words behind an event: its sentence, cue and speaker, the act's instrument and reason.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVIDENCE_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVIDENCE_H_

#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/event_reader.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::ingest {

// Longest evidence text in bytes; a longer sentence is cut at a character's boundary (its byte span is not).
inline constexpr size_t kMaxEvidenceBytes = 2048;

// Sets `out`'s evidence, instrument, reason and place from the sentence of `event`.
void FillEvidence(const Annotation& annotation, const ReadEvent& event, treatywire::v1::AgreementEvent* out);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_EVIDENCE_H_
