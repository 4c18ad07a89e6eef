// What the lexicon's files say, before it is made ready for matching.
#ifndef TREATYWIRE_INGEST_SERVICE_LEXICON_LEXICON_DATA_H_
#define TREATYWIRE_INGEST_SERVICE_LEXICON_LEXICON_DATA_H_

#include <deque>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ingest_service/lexicon/lexicon.h"
#include "ingest_service/lexicon/phrase_trie.h"

namespace treatywire::ingest {

// The most phrases (ways to write an entry) of all files together; the built-in ones have a twentieth.
inline constexpr size_t kMaxPhrases = 2'000'000;

struct LexiconData {
  std::vector<PartyInfo> parties;          // by id; PartyIds point into it
  std::vector<KnownAgreement> agreements;  // by id
  std::vector<Membership> memberships;     // in the order of the files
  std::deque<LexiconEntry> entries;        // point into `agreements`
  std::vector<Phrase> phrases;             // point into `entries`; by entry

  LexiconData() = default;
  LexiconData(LexiconData&&) = default;
  LexiconData& operator=(LexiconData&&) = default;
  LexiconData(const LexiconData&) = delete;
  LexiconData& operator=(const LexiconData&) = delete;
};

// The part of a file's name that says what it holds: "triggers.txt" of "/etc/triggers.txt".
absl::string_view LexiconFileBaseName(absl::string_view name);

// Whether a file may be called that: "triggers.txt", "triggers.extra.txt". `base_name` has no folder.
bool IsLexiconFileName(absl::string_view base_name);

// Errors as Lexicon::FromFiles.
absl::StatusOr<LexiconData> ReadLexiconData(absl::Span<const LexiconFile> files);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_LEXICON_LEXICON_DATA_H_
