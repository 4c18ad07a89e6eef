// A trigger's verb with its auxiliaries: in what form it stands and in which voice.
//
//   "has not yet been ratified by Chile"  -> begins at "has", passive
//   "signed in 1998 and ratified in 2001" -> both passive where they describe "the treaty"
//   "urged Iran to sign"                  -> "to sign", an infinitive
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_VERB_GROUP_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_VERB_GROUP_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "ingest_service/extraction/sentence_view.h"
#include "ingest_service/lexicon/lexicon.h"

namespace treatywire::ingest {

enum class VerbShape : uint8_t {
  kNoun,        // "withdrawal", or words without a verb
  kFinite,      // "signed", "has signed", "will sign"
  kInfinitive,  // "to sign", with all of "have yet to sign" before it
  kGerund,      // "signing" without "is"
  kParticiple,  // "the pact signed in May"
};

struct VerbGroup {
  uint32_t begin =
      0;  // the first auxiliary, adverb or "to" that belongs to the verb; the verb where none does
  VerbShape shape = VerbShape::kNoun;
  bool passive = false;
};

// Whether past and participle are spelt like the base: "put", "quit".
bool IsInvariantVerb(absl::string_view word);

VerbGroup ReadVerbGroup(const SentenceView& view, const LexiconMatch& trigger);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_VERB_GROUP_H_
