// Plural forms of the nouns that instruments are called by.
#ifndef TREATYWIRE_INGEST_SERVICE_LEXICON_NOUN_PLURAL_H_
#define TREATYWIRE_INGEST_SERVICE_LEXICON_NOUN_PLURAL_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace treatywire::ingest {

// The pattern with its head noun in the plural: "exchange of notes" gives {"exchanges of notes"}, "memorandum
// of understanding" {"memorandums of understanding", "memoranda of understanding"}. The head is the last word
// outside brackets before the first preposition; of alternatives ("treaty/pact") each is put in the plural.
// Empty where the head is plural as it stands ("terms of reference") or there is none.
std::vector<std::string> PluralPatterns(absl::string_view pattern);

// Whether the pattern's head noun is plural as it stands.
bool IsPluralPattern(absl::string_view pattern);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_LEXICON_NOUN_PLURAL_H_
