// Documents for tests of the lexicon: exactly the sentences that are given.
#ifndef TREATYWIRE_TESTS_INGEST_SERVICE_LEXICON_TEST_DOCUMENT_H_
#define TREATYWIRE_TESTS_INGEST_SERVICE_LEXICON_TEST_DOCUMENT_H_

#include <string>
#include <utility>
#include <vector>

#include "ingest_service/document/document.h"
#include "ingest_service/document/text_arena.h"
#include "ingest_service/document/tokenizer.h"

namespace treatywire::ingest {

// One paragraph with a sentence for each string.
inline Document MakeDocument(const std::vector<std::string>& sentences) {
  Document document;
  TextArena arena;
  for (const std::string& text : sentences) {
    Sentence sentence;
    sentence.tokens.begin = static_cast<uint32_t>(document.tokens.size());
    AppendTokens(arena.Copy(text), arena, document.tokens);
    sentence.tokens.end = static_cast<uint32_t>(document.tokens.size());
    document.sentences.push_back(sentence);
  }
  Block block;
  block.last_sentence = static_cast<uint32_t>(sentences.size());
  document.blocks.push_back(block);
  document.storage = arena.Release();
  return document;
}

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_TESTS_INGEST_SERVICE_LEXICON_TEST_DOCUMENT_H_
