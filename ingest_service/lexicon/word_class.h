// Closed classes of words, which hardly need a lexicon's files: prepositions, auxiliaries, what opens a
// clause.
//
// Whoever reads a sentence asks some twenty times a token for one of them, so that they are looked up once
// and are a bit then. Pure; any number of threads may ask.
#ifndef TREATYWIRE_INGEST_SERVICE_LEXICON_WORD_CLASS_H_
#define TREATYWIRE_INGEST_SERVICE_LEXICON_WORD_CLASS_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "ingest_service/document/document.h"

namespace treatywire::ingest {

enum class WordClass : uint8_t {
  kFunctionWord,  // ends a noun phrase: preposition, conjunction, auxiliary, pronoun
  kAuxiliary,
  kAdverb,
  kClauseOpener,  // may open a clause
  kClauseMark,    // a mark that may end one: a comma, a semicolon, a colon, a bracket
  kStandIn,       // may stand for an agreement's noun
  kGroupNoun,     // may say again what organisation or movement has been spoken of: "bloc", "rebels"
  kEvidence,      // may name what an act is done by ("decree"), or lead to its reason ("citing")
};

// Some of them.
class WordClasses {
 public:
  void Add(WordClass word_class) { bits_ = static_cast<uint8_t>(bits_ | BitOf(word_class)); }
  void Add(WordClasses more) { bits_ = static_cast<uint8_t>(bits_ | more.bits_); }
  bool Has(WordClass word_class) const { return (bits_ & BitOf(word_class)) != 0; }

 private:
  static constexpr uint8_t BitOf(WordClass word_class) {
    return static_cast<uint8_t>(1U << static_cast<uint8_t>(word_class));
  }
  uint8_t bits_ = 0;
};

// Every word that a list of a class holds, in no order.
std::vector<absl::string_view> ListedWords();
// The classes whose lists hold the word.
WordClasses ListedClassesOf(absl::string_view norm);
// Whether ClassesOf may add to what the lists say.
inline bool MayBeAdverb(const Token& token) {
  const absl::string_view norm = token.norm;
  return norm.size() > 4 && norm.back() == 'y' && norm[norm.size() - 2] == 'l';
}
// The token's classes, where the lists say `listed` of its norm: "formally" is in none, and an adverb.
WordClasses ClassesOf(const Token& token, WordClasses listed);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_LEXICON_WORD_CLASS_H_
