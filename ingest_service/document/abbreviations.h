// Which words keep the full stop after them, and which of those may end a sentence all the same.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_ABBREVIATIONS_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_ABBREVIATIONS_H_

#include "absl/strings/string_view.h"

namespace treatywire::ingest {

enum class AbbreviationKind {
  kNone,          // an ordinary word: the full stop after it ends a sentence
  kBeforeName,    // "Gen.", "Mr.", "vs.", "e.g.": something always follows, the sentence goes on
  kBeforeNumber,  // "No. 5", "Art. 12": an abbreviation only before a number
  kMayEnd,        // "Inc.", "Jan.", "a.m.": ends a sentence if the next word clearly begins one
};

// Longest entry of the table, without its full stop.
inline constexpr size_t kMaxAbbreviationBytes = 6;

// `word` as written, without its final full stop: "Gen", "No", "Sept". Letter case matters ("Sat." is a day,
// "sat." is not).
AbbreviationKind ClassifyAbbreviation(absl::string_view word);

// Whether `norm` is a word that begins sentences and no names ("the", "it", "however", ...), so that after
// "U.S." it shows that a new sentence begins.
bool IsSentenceStarter(absl::string_view norm);

// Whether `norm` is a noun that is numbered in Roman or with letters ("World War I", "Plan B", "START I",
// "Annex C"): the single letter after it is no initial of a person.
bool IsNumberedNoun(absl::string_view norm);

// Whether `norm` reports speech ("said", "asks"): after a question in quotes, the sentence goes on with it.
bool IsSpeechVerb(absl::string_view norm);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_ABBREVIATIONS_H_
