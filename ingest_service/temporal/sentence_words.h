// The tokens of one sentence with their classes, as the readers of date expressions look at them.
#ifndef TREATYWIRE_INGEST_SERVICE_TEMPORAL_SENTENCE_WORDS_H_
#define TREATYWIRE_INGEST_SERVICE_TEMPORAL_SENTENCE_WORDS_H_

#include <cstdint>

#include "absl/types/span.h"
#include "ingest_service/document/document.h"
#include "ingest_service/temporal/time_word.h"

namespace treatywire::ingest {

// A view: tokens and words must outlive it. Indexes are those of the document. What is outside of the
// sentence reads as punctuation, so that nobody has to check bounds.
class SentenceWords {
 public:
  // `words` are the classes of `tokens`, index by index.
  SentenceWords(absl::Span<const Token> tokens, absl::Span<const TimeWord> words, TokenSpan sentence)
      : tokens_(tokens), words_(words), sentence_(sentence) {}

  TokenSpan sentence() const { return sentence_; }
  WordKind Kind(uint32_t at) const {
    return sentence_.Contains(at) ? words_[at].kind : WordKind::kPunctuation;
  }
  // The kind `back` tokens before `at`.
  WordKind KindBefore(uint32_t at, uint32_t back = 1) const {
    return at >= sentence_.begin + back ? Kind(at - back) : WordKind::kPunctuation;
  }
  // The value of a token inside of the sentence.
  int Value(uint32_t at) const { return words_[at].value; }
  const Token& At(uint32_t at) const { return tokens_[at]; }
  bool IsInside(uint32_t at) const { return sentence_.Contains(at); }

  bool IsMonth(uint32_t at) const;      // written out or short
  bool IsDayNumber(uint32_t at) const;  // "4", "4th"; 1 to 31
  bool IsWord(uint32_t at) const;       // begins with a letter
  bool IsCapitalized(uint32_t at) const;
  // A word in lower case that an adjective could stand before: no preposition, verb or pronoun that is known.
  bool IsNoun(uint32_t at) const;
  // A noun in lower case that ends in "s": what a number before it counts.
  bool IsPluralNoun(uint32_t at) const;
  // Whether the words from `at` on tell of something that happens, as after "a year before": "it expired",
  // "the vote", "ratifying"; not a preposition, a verb or the end of a clause.
  bool BeginsEvent(uint32_t at) const;
  // A unit in the singular.
  bool IsUnit(uint32_t at, Unit unit) const;
  // Whether the number at `at` counts something: "2000 troops", "15 percent", "$1994".
  bool IsCount(uint32_t at) const;
  // Whether no white space separates the token from the one before it.
  bool IsTight(uint32_t at) const;

 private:
  absl::Span<const Token> tokens_;
  absl::Span<const TimeWord> words_;
  TokenSpan sentence_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_TEMPORAL_SENTENCE_WORDS_H_
