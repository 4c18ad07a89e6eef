// Tells in next to no time that a text holds none of a set of phrases.
//
// Of each phrase one word is chosen, or two that follow each other where each alone is common ("Berlin" and
// "Act"), that no text matches the phrase without; a text that has none of these matches none of the phrases.
// Most articles of a newspaper are let go like this before anything else is done.
//
// Built once, then constant: any number of threads may ask.
#ifndef TREATYWIRE_INGEST_SERVICE_LEXICON_LITERAL_PREFILTER_H_
#define TREATYWIRE_INGEST_SERVICE_LEXICON_LITERAL_PREFILTER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ingest_service/document/document.h"
#include "ingest_service/lexicon/phrase_trie.h"

namespace treatywire::ingest {

class LiteralPrefilter {
 public:
  // For `phrases`. A phrase without a word that can be looked for, one of ASCII letters and digits, lets
  // every text through.
  explicit LiteralPrefilter(absl::Span<const Phrase* const> phrases);

  // False only where no phrase matches in the document that ReadDocument makes of `text` as plain text (valid
  // UTF-8). Markup may hide words that this looks for: ask with the document then.
  bool MayMatch(absl::string_view text) const;
  bool MayMatch(const Document& document) const;

 private:
  // When a word that stands in the text counts.
  struct Literal {
    bool always = false;
    bool in_capitals = false;
    std::vector<std::string> after;  // one of these
  };
  // The word before, as far as it is known.
  struct Previous {
    absl::string_view run;
    bool may_be_any = false;
  };
  static constexpr size_t kLongestWord = 63;

  void Serve(const PatternSequence& sequence);
  bool IsServed(const PatternSequence& sequence) const;
  // Whether a run of letters and digits, all ASCII, is a word that counts. `text`: the same as the text has
  // it.
  bool HasAscii(absl::string_view run, absl::string_view text, const Previous& previous) const;
  // Whether there may be one in a run with other characters.
  bool HasAny(absl::string_view run) const;
  bool HasNormOf(absl::string_view word) const;
  Literal& LiteralOf(absl::string_view word);
  // Where lengths_ holds the words that begin as this one.
  static size_t Slot(absl::string_view word);

  absl::flat_hash_map<std::string, Literal> words_;
  // Bit n: a word of n bytes begins with these two. Lets nearly all words go without a look-up.
  std::array<uint64_t, 1 << 10> lengths_{};
  bool lets_all_through_ = false;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_LEXICON_LITERAL_PREFILTER_H_
