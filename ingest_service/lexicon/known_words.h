// Every word that somebody who reads a sentence knows, in one table: those of the lexicon's patterns, of
// dates, and of the closed classes.
//
//   const TokenFacts facts = KnownWords(trie).LookUp(document);
//
// One look-up a token in place of three, each of which would fetch its own piece of memory. Built once, then
// constant: any number of threads may look up. Views the trie's words, which must outlive it.
#ifndef TREATYWIRE_INGEST_SERVICE_LEXICON_KNOWN_WORDS_H_
#define TREATYWIRE_INGEST_SERVICE_LEXICON_KNOWN_WORDS_H_

#include <cstdint>

#include "ingest_service/document/document.h"
#include "ingest_service/document/word_table.h"
#include "ingest_service/lexicon/lexicon.h"
#include "ingest_service/lexicon/phrase_trie.h"
#include "ingest_service/lexicon/word_class.h"
#include "ingest_service/temporal/time_word.h"

namespace treatywire::ingest {

class KnownWords {
 public:
  explicit KnownWords(const PhraseTrie& trie);

  TokenFacts LookUp(const Document& document) const;

 private:
  struct Facts {
    uint32_t number = PhraseTrie::kNoWord;
    TimeWord time_word;
    WordClasses classes;
    bool is_time_word = false;
  };

  WordTable<Facts> words_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_LEXICON_KNOWN_WORDS_H_
