// Parties named one after another: "Portugal, France and Canada".
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_LIST_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_LIST_H_

#include <cstdint>

#include "ingest_service/extraction/annotation.h"

namespace treatywire::ingest {

// Adds those of `ids` that are not there yet.
void AddIds(const PartyIds& ids, PartyIds* to);

// The ids of `mentions` in the order of the text.
PartyIds IdsInOrder(const Annotation& annotation, MentionIndices mentions);

// The parties named from `begin` on as a list ("Portugal, France and Canada"): their ids and the token after
// it. Stops at `end`. Nothing found: next = begin.
struct PartyList {
  PartyIds ids;
  uint32_t next = 0;
  MentionIndices mentions;
};
PartyList ReadPartyList(const Annotation& annotation, uint32_t begin, uint32_t end);

// Where the list of parties that ends before `end` begins, at `begin` or after it: past parties, commas,
// "and" and "the". `end` where none does.
uint32_t BeginOfPartyList(const Annotation& annotation, uint32_t begin, uint32_t end);

// "Chile followed [Peru and Fiji] and left": whether the list that begins at `list`, of a sentence from
// `begin` on, is of those who did it before.
bool IsListOfFollowed(const Annotation& annotation, uint32_t begin, uint32_t list);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_LIST_H_
