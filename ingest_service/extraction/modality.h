// How a clause puts what it says: asserted, planned, possible or denied.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_MODALITY_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_MODALITY_H_

#include <vector>

#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/clause.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::ingest {

// The words whose modality is asked for.
struct TriggerWords {
  TokenSpan tokens;
  VerbForm form = VerbForm::kNone;
  TriggerFlags flags;
  // The noun that a bare participle describes ends here: "weighs whether to end the pact, signed in 1994"
  // says nothing of the signature. 0 for anything else.
  uint32_t described_end = 0;
};

// The modality of the trigger at `trigger` in clause `index` of `clauses`: by the cues before it in its
// clause, by the clause's opening word, and by a condition that follows ("would quit unless …").
treatywire::v1::Modality ReadModality(const Annotation& annotation, const std::vector<Clause>& clauses,
                                      size_t index, const TriggerWords& trigger);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_MODALITY_H_
