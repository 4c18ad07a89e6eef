// Patterns of the lexicon's files compiled into the word sequences that they match.
//
//   CompilePattern("<turn> ... down", options)  ->  turn … down (kBase), turns … down (kThird), …
//
// data/README.md explains how patterns are written.
#ifndef TREATYWIRE_INGEST_SERVICE_LEXICON_PATTERN_H_
#define TREATYWIRE_INGEST_SERVICE_LEXICON_PATTERN_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ingest_service/lexicon/lexicon.h"
#include "ingest_service/lexicon/verb_table.h"

namespace treatywire::ingest {

// The most tokens of one sequence, gaps not counted; the longest official titles of treaties fit.
inline constexpr size_t kMaxPatternWords = 48;
// The most sequences of one pattern: four hyphens and a verb, or six brackets and a verb.
inline constexpr size_t kMaxPatternSequences = 1024;
// The most gaps of one pattern, and the most tokens in one.
inline constexpr size_t kMaxPatternGaps = 2;
inline constexpr size_t kMaxGapTokens = 6;

// A token that a sequence wants: its norm, and how the text has to write it.
struct PatternWord {
  std::string norm;
  bool needs_capital = false;  // Token::capitalized
  bool needs_caps = false;     // Token::all_caps
  bool after_gap = false;      // a gap stands before it; never on the first word
  friend bool operator==(const PatternWord&, const PatternWord&) = default;
};

struct PatternSequence {
  std::vector<PatternWord> words;   // 1 to kMaxPatternWords
  VerbForm form = VerbForm::kNone;  // of its first verb
  friend bool operator==(const PatternSequence&, const PatternSequence&) = default;
};

struct PatternOptions {
  const VerbTable* verbs = nullptr;  // required
  // Words written with a capital, or in capitals, have to be so in the text.
  bool respects_case = false;
  // "<", "(", "/" and "..." are plain characters: names and titles.
  bool is_literal = false;
};

// Every sequence of tokens that `pattern` matches, each once. Returns INVALID_ARGUMENT, without a position,
// for a pattern that is empty, malformed or past one of the limits above.
absl::StatusOr<std::vector<PatternSequence>> CompilePattern(absl::string_view pattern,
                                                            const PatternOptions& options);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_LEXICON_PATTERN_H_
