// The tense of a verb, by its form and the auxiliaries before it.
//
// Pure; looks at a few tokens before the verb.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_TENSE_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_TENSE_H_

#include <cstdint>

#include "ingest_service/extraction/annotation.h"

namespace treatywire::ingest {

enum class Tense : uint8_t {
  kNone,         // a noun, or a participle that only describes: "the pact signed in May", "having signed"
  kPresent,      // "signs", "are prolonged"
  kProgressive,  // "is suspending", "is being ended", "was pulling out"
  kPast,         // "signed", "was signed"
  kPerfect,      // "has signed", "has been signed"
  kPluperfect,   // "had signed"
  kModal,        // "will sign", "may be signed", "to sign"
};

// The tense of the verb at `words`, which begins in `sentence`. A participle without auxiliary is kPast where
// it may be ("Russia signed"), so that the caller who knows it to be passive has to tell it apart.
Tense TenseOf(const Annotation& annotation, const Sentence& sentence, TokenSpan words, VerbForm form);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_TENSE_H_
