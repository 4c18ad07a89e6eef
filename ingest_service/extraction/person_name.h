// Names of persons as they stand in the text, told by their capitals.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_PERSON_NAME_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_PERSON_NAME_H_

#include <cstdint>

#include "ingest_service/document/document.h"
#include "ingest_service/extraction/annotation.h"

namespace treatywire::ingest {

// Longer ones are read in part.
inline constexpr uint32_t kMaxNameTokens = 6;

// Whether the token is a word with a capital that neither the lexicon nor the dates know: part of a name.
bool IsNameWord(const Annotation& annotation, uint32_t token);

// The name that begins at `begin` and ends before `end`: words with capitals, their hyphens and particles
// ("Ramírez Lezcano", "Jean-Yves Le Drian", "Alberto van Klaveren"), kMaxNameTokens at most; empty where none
// begins there.
TokenSpan NameFrom(const Annotation& annotation, uint32_t begin, uint32_t end);

// The same for a name that ends before `end` and begins at `begin` or later.
TokenSpan NameBefore(const Annotation& annotation, uint32_t begin, uint32_t end);

// How many words the name has; those joined by hyphens are one.
uint32_t CountNameWords(const Annotation& annotation, TokenSpan name);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_PERSON_NAME_H_
