// One sentence with its agreement phrases and clauses: what the readers of actors, objects and dates look at.
//
// Made for a sentence and dropped with it; it points into the Annotation.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_SENTENCE_VIEW_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_SENTENCE_VIEW_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/clause.h"

namespace treatywire::ingest {

struct SentenceView {
  SentenceView(const Annotation& annotation, uint32_t index);

  // Whether the token lies in a phrase that names an agreement (in its core: determiner to noun).
  bool InsideCore(uint32_t t) const;
  bool InsidePhrase(uint32_t t) const;
  // Where the sentence goes on behind the words of an act, which may stand in one before it, as those do that
  // lead a list: "States that ratified it:", then an item for each.
  uint32_t Behind(TokenSpan cue) const { return std::max(cue.end, sentence.tokens.begin); }
  // Index of the clause that holds the token.
  size_t ClauseOf(uint32_t token) const;
  // Whether "the two countries", "both sides" or the like stands in [begin, end).
  bool PairSpokenOf(uint32_t begin, uint32_t end) const;
  // Whether the token is part of such words.
  bool PairSpokenOfAt(uint32_t t) const;
  // Index of the phrase that begins at or after `from` and before `to`; -1 for none.
  int PhraseAfter(uint32_t from, uint32_t to, bool pronouns) const;
  // Index of the last phrase in [from, to); one that hangs on the one before it ("the annex to the treaty")
  // gives way to it. -1 for none.
  int PhraseBefore(uint32_t from, uint32_t to, bool pronouns) const;
  // Whether the words are a part of a hyphenated compound: "one-stop controls", "sign-off".
  bool InCompound(TokenSpan words) const;

  const Annotation& annotation;
  const uint32_t index;  // in Document::sentences
  const Sentence& sentence;
  const Block& block;
  const std::vector<AgreementPhrase> phrases;
  const std::vector<Clause> clauses;

 private:
  bool HangsOn(const AgreementPhrase& phrase, const AgreementPhrase& before) const;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_SENTENCE_VIEW_H_
