// Who did it, where a list after the act tells: "Three have ratified it: Austria, Belgium and Cyprus".
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_DOER_LIST_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_DOER_LIST_H_

#include <cstddef>

#include "ingest_service/extraction/actor_finder.h"
#include "ingest_service/extraction/sentence_view.h"
#include "ingest_service/lexicon/lexicon.h"

namespace treatywire::ingest {

// The parties listed after the words and their object, behind a colon, a dash, a comma, or "are" and
// "include"; nobody where something else follows.
Actors DoersListedAfter(const SentenceView& view, const LexiconMatch& trigger);

// "those that have ratified it", "states which signed": the relative clause is of nobody named.
bool IsOfThose(const SentenceView& view, size_t clause_index);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_DOER_LIST_H_
