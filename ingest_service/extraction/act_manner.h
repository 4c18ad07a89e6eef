// What an act is and how it is put, by what stands around its words: a text that is only agreed is
// negotiated, what a parliament adopts is ratified, a step that is waited for is planned.
//
// Pure; looks at the sentence only.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_MANNER_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_MANNER_H_

#include <cstddef>

#include "ingest_service/extraction/actor_finder.h"
#include "ingest_service/extraction/sentence_view.h"
#include "ingest_service/lexicon/lexicon.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::ingest {

struct ActManner {
  treatywire::v1::EventType type = treatywire::v1::EVENT_TYPE_UNSPECIFIED;
  treatywire::v1::Modality modality = treatywire::v1::MODALITY_ASSERTED;
  bool undated = false;  // no date of the sentence is its own
  bool told = true;      // false: the words say nothing after all
};

// Of the trigger as its line `entry` of triggers.txt reads it, done by `actors` to an agreement that is
// `multilateral` or a pair's.
ActManner MannerOf(const SentenceView& view, const LexiconMatch& trigger, const LexiconEntry& entry,
                   size_t clause_index, const Actors& actors, bool multilateral);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_MANNER_H_
