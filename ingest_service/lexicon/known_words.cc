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
  for (size_t i = 0; i < count; ++i) {
    const Token& token = document.tokens[i];
    const Facts* const found = words_.Find(token.norm);
    const Facts& word = found == nullptr ? kUnknown : *found;
    facts.numbers[i] = word.number;
    facts.time_words[i] = Classify(token, word.is_time_word ? &word.time_word : nullptr);
    facts.classes[i] = ClassesOf(token, word.classes);
  }
  return facts;
}

}  // namespace treatywire::ingest
