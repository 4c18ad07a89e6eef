// Whom words for the members of an organisation mean: "the four EFTA states", "all six members of the GCC".
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_MEMBERS_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_MEMBERS_H_

#include <optional>

#include "absl/time/civil_time.h"
#include "ingest_service/extraction/annotation.h"

namespace treatywire::ingest {

// More members are not told one by one: an article that says "the 27" speaks of the organisation.
inline constexpr size_t kMaxMembersNamed = 8;

// Makes a mention of an organisation one of its members where words around it count them, and as many belong
// to it by members.txt: on `day` (the present where it is not known), or at the last time before that they
// were so many where the text says "the then six". A number that does not fit changes nothing.
void ReadMembers(std::optional<absl::CivilDay> day, Annotation* annotation);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_MEMBERS_H_
