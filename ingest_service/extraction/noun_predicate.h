// The predicate of an act that a noun tells: "The signing of the pact | is planned for May".
//
// Pure; looks at the sentence only.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_NOUN_PREDICATE_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_NOUN_PREDICATE_H_

#include <cstddef>
#include <cstdint>

#include "ingest_service/extraction/sentence_view.h"
#include "ingest_service/lexicon/lexicon.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::ingest {

// Where the predicate of a noun begins that is the subject of its clause: at the first auxiliary or verb
// after it; at the clause's end where none is known.
uint32_t PredicateOf(const SentenceView& view, TokenSpan noun, size_t clause_index);

// Whether no predicate stands before the noun in its clause.
bool IsSubjectNoun(const SentenceView& view, uint32_t noun, size_t clause_index);

// "talks opened": whether the words of a noun hold its verb.
bool HasOwnVerb(const Annotation& annotation, TokenSpan noun);

// How the trigger is put: by its predicate where it is a noun and the subject, else as ReadModality tells.
// `entry`: its line in triggers.txt.
treatywire::v1::Modality ReadModalityOf(const SentenceView& view, const LexiconMatch& trigger,
                                        const LexiconEntry& entry, size_t clause_index);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_NOUN_PREDICATE_H_
