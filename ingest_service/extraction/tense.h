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

// The tense of the verb at `words` in `sentence`. `passive`: its subject undergoes the act, so that a form
// that may be past or participle ("signed") is a participle where no auxiliary stands before it.
Tense TenseOf(const Annotation& annotation, const Sentence& sentence, TokenSpan words, VerbForm form,
              bool passive);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_TENSE_H_
