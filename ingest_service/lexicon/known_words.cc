#include "ingest_service/lexicon/known_words.h"

#include "absl/container/flat_hash_map.h"

namespace treatywire::ingest {

KnownWords::KnownWords(const PhraseTrie& trie) {
  absl::flat_hash_map<absl::string_view, TimeWord> time_words;
  for (const ListedTimeWord& listed : ListedTimeWords()) time_words.emplace(listed.norm, listed.word);
  const auto add = [&](absl::string_view word) {
    Facts facts;
    facts.number = trie.NumberOf(word);
    const auto time_word = time_words.find(word);
    facts.is_time_word = time_word != time_words.end();
    if (facts.is_time_word) facts.time_word = time_word->second;
    facts.classes = ListedClassesOf(word);
    words_.Add(word, facts);
  };
  for (const absl::string_view word : trie.Words()) add(word);
  for (const absl::string_view word : ListedWords()) add(word);
  for (const ListedTimeWord& listed : ListedTimeWords()) add(listed.norm);
}

TokenFacts KnownWords::LookUp(const Document& document) const {
  static constexpr Facts kUnknown{};
  const size_t count = document.tokens.size();
  TokenFacts facts;
  facts.numbers.resize(count);
  facts.time_words.resize(count);
  facts.classes.resize(count);
  // Not the vectors themselves: each number written might be one of their pointers, for all the compiler
  // knows.
  uint32_t* const numbers = facts.numbers.data();
  TimeWord* const time_words = facts.time_words.data();
  WordClasses* const classes = facts.classes.data();
  const Token* const tokens = document.tokens.data();
  for (size_t i = 0; i < count; ++i) {
    const Token& token = tokens[i];
    const Facts* const found = words_.Find(token.norm);
    const Facts& word = found == nullptr ? kUnknown : *found;
    numbers[i] = word.number;
    // Most words are none of a date's.
    if (word.is_time_word || !IsPlainlyNoTimeWord(token))
      time_words[i] = Classify(token, word.is_time_word ? &word.time_word : nullptr);
    classes[i] = word.classes;
    if (MayBeAdverb(token)) classes[i] = ClassesOf(token, word.classes);
  }
  return facts;
}

}  // namespace treatywire::ingest
