// Whether the words of a trigger tell an act at all, and whether they tell one that waits for another.
//
// Pure; looks at the sentence only.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_TOLD_ACT_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_TOLD_ACT_H_

#include <cstddef>

#include "ingest_service/extraction/actor_finder.h"
#include "ingest_service/extraction/sentence_view.h"
#include "ingest_service/extraction/verb_group.h"
#include "ingest_service/lexicon/lexicon.h"

namespace treatywire::ingest {

// Words of an act that tell none: a condition of something else ("unless the parties renew it"), what a
// notice is of ("notice of termination"), part of a compound ("sign-off"), a verb that governs the act
// ("agreed to extend it"), company in another's act ("joined Austria in ratifying it").
bool TellsNoAct(const SentenceView& view, const ActorFinder& actors, const LexiconMatch& trigger,
                const VerbGroup& group, size_t clause_index);

// "will enter into force when both have ratified it", "needs 40 ratifications to take effect": the act waits
// for a step of the parties that nobody can date.
bool WaitsForStep(const SentenceView& view, const LexiconMatch& trigger, const VerbGroup& group,
                  size_t clause_index);

// "when both have ratified it", "after ratification by the two parliaments": a step that an entry into force
// yet to come waits for; it has not been taken.
bool IsAwaitedStep(const SentenceView& view, const LexiconMatch& trigger, size_t clause_index);

// "will lapse once the treaty is in force": told in the present of a time that is yet to come, whatever
// becomes of it.
bool IsTimeToCome(const SentenceView& view, const LexiconMatch& trigger, size_t clause_index);

// "the 40th ratification", "five ratifications": a number of them, nobody's own.
bool IsCounted(const SentenceView& view, TokenSpan noun);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_TOLD_ACT_H_
