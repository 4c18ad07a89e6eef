// What an act tells of an agreement's parties, and what the parties tell of who acts.
//
//   "Chile, Peru and Fiji signed it"           -> three are party to it, which is no pair's
//   "The Senate has ratified it"               -> that party's whose senate the text may mean
//   "Togo signed a memorandum with the two"    -> all three act
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_PARTIES_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_PARTIES_H_

#include <cstddef>
#include <cstdint>

#include "ingest_service/extraction/actor_finder.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/read_event.h"
#include "ingest_service/extraction/sentence_view.h"

namespace treatywire::ingest {

// Who does a joint act is party to the agreement; tells `discourse` that and whether it is open to many.
// `actors`: who does the act of `event`; `alone`: to no other agreement.
void AddPartiesOfAct(const Annotation& annotation, const ReadEvent& event, const PartyIds& actors, bool alone,
                     Discourse* discourse);

// An agreement from index `known` on, which the sentence brought up without telling its parties: the two that
// the sentence names, or those who acted in the sentences before. Tells `discourse`.
void AddPartiesOfSentence(const SentenceView& view, const Actors& last_actors, size_t known,
                          Discourse* discourse);

// "Botswana signed a memorandum with the two": of what more than two make together all are actors.
// `verb_end`: where the words of the act end.
void AddPartnersOfObject(const SentenceView& view, uint32_t verb_end, size_t clause_index,
                         const Discourse& discourse, ReadEvent* event);

// "The Senate has ratified it": of the agreement's parties the one that the text named last before `token`;
// else the guess that `organ` has.
PartyIds StateOfOrgan(const Annotation& annotation, const Discourse& discourse, const Actors& organ,
                      int agreement, uint32_t token);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_PARTIES_H_
