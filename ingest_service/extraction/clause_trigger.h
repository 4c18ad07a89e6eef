// A trigger as it stands in its clause: as a noun or with its verb.
//
// Pure; looks at the sentence only.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_CLAUSE_TRIGGER_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_CLAUSE_TRIGGER_H_

#include <cstddef>

#include "ingest_service/extraction/sentence_view.h"
#include "ingest_service/extraction/verb_group.h"
#include "ingest_service/lexicon/lexicon.h"

namespace treatywire::ingest {

struct ClauseTrigger {
  LexiconMatch match;    // without a form where it is `nominal`
  VerbGroup group;       // its verb with auxiliaries
  size_t clause = 0;     // index in SentenceView::clauses
  bool nominal = false;  // "Russia's exit": a noun that is spelt like the verb
};

// `match`: a trigger of the sentence.
ClauseTrigger ReadClauseTrigger(const SentenceView& view, LexiconMatch match);

// Whether the words are part of what names an agreement: "the withdrawal agreement"; not "instruments were
// exchanged", which go on.
bool IsPartOfPhrase(const SentenceView& view, const LexiconMatch& match);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_CLAUSE_TRIGGER_H_
