// The agreement that the text speaks of right before a table or a list.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_AGREEMENT_BEFORE_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_AGREEMENT_BEFORE_H_

#include <cstdint>

#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/discourse.h"

namespace treatywire::ingest {

// Index in Discourse::entities of the agreement named last in the few sentences before `token`, else of the
// one that the article speaks of last; -1 where it speaks of none. Looks at a bounded number of sentences.
int AgreementBefore(const Annotation& annotation, uint32_t token, Discourse* discourse);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_AGREEMENT_BEFORE_H_
