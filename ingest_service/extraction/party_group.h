// Whom words for so many mean: "the three", "all four countries", "the other two".
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_GROUP_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_GROUP_H_

#include <cstdint>
#include <optional>

#include "ingest_service/extraction/annotation.h"

namespace treatywire::ingest {

// Words that speak of parties by their number.
struct PartyGroup {
  TokenSpan tokens;     // "all four countries"
  uint32_t count = 0;   // 4
  bool others = false;  // "the other two": those besides the one spoken of
};

// The group whose last word stands at `token` in `sentence`: three to nine of them ("the two" are the parties
// of what is spoken of, which cues.txt knows); nullopt where none does.
std::optional<PartyGroup> GroupAt(const Annotation& annotation, TokenSpan sentence, uint32_t token);

// Who they are: those listed last before the words, if they are as many, else as many as the sentences before
// have spoken of last as their subjects. Empty where that cannot be told. Looks at the last few sentences
// only.
PartyIds MembersOf(const Annotation& annotation, const PartyGroup& group);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_GROUP_H_
