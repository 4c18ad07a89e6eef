// The clauses of a sentence: stretches with one predicate, found by their punctuation and opening words. No
// grammar: good enough to keep one event's actor, date and modality from another's.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_CLAUSE_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_CLAUSE_H_

#include <vector>

#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/extraction/annotation.h"

namespace treatywire::ingest {

enum class ClauseOpener : uint8_t {
  kStart,        // the sentence's beginning, or after a semicolon, colon or dash
  kCoordinated,  // and, but, or: may share the subject of the clause before
  kRelative,     // which, that, who after a noun
  kThat,         // that after a verb of saying
  kCondition,    // if, unless, whether, provided
  kTime,         // after, before, when, while, since, until, as
  kReason,       // because, although, though
  kParenthesis,  // inside brackets or dashes
};

struct Clause {
  TokenSpan tokens;
  ClauseOpener opener = ClauseOpener::kStart;
};

// The clauses of `sentence`, in order, covering it. Tokens of `phrases` are never cut.
std::vector<Clause> SplitClauses(const Annotation& annotation, const Sentence& sentence,
                                 const std::vector<AgreementPhrase>& phrases);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_CLAUSE_H_
