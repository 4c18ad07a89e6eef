// What the line above a list says of its items: "Peru's tax treaties:" above "- Chile: signed in 2001".
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_LIST_CONTEXT_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_LIST_CONTEXT_H_

#include <optional>

#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/extraction/sentence_view.h"

namespace treatywire::ingest {

// The agreements of one party that the line above the list names, where `view` is of a list's item; nullopt
// where the line is long, or names none or those of several.
std::optional<AgreementPhrase> PluralAboveList(const SentenceView& view);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_LIST_CONTEXT_H_
