// Where names of states and capitals are places or parts of other names and stand for no party.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_PLACE_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_PLACE_H_

#include "absl/strings/string_view.h"
#include "ingest_service/extraction/annotation.h"

namespace treatywire::ingest {

// Prepositions (and verbs of visiting) after which a capital is a place.
bool IsPlacePreposition(absl::string_view norm);

// Whether such a word stands before the token, an article between them or not.
bool FollowsPlacePreposition(const Annotation& annotation, uint32_t token);

// Whether the words are part of the name of a newspaper, school, street or the like: "Washington" in
// "Washington Post", "Moscow" in "Moscow State University", "Vienna" in "University of Vienna".
bool IsPartOfInstitution(const Annotation& annotation, TokenSpan words);

// Marks the mentions that are places: "in Moscow", "the Geneva talks", "in Suva, Fiji", and those of
// datelines ("SUVA, Fiji (Wire) -").
void MarkPlaces(Annotation* annotation);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_PLACE_H_
