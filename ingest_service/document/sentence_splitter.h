// Where the sentences of a block begin and end.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_SENTENCE_SPLITTER_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_SENTENCE_SPLITTER_H_

#include <vector>

#include "ingest_service/document/document.h"

namespace treatywire::ingest {

// Appends to `sentences` the sentences of tokens [begin, tokens.size()), which are one block's text or one
// cell's. They cover all of these tokens, in order. Each gets `block` and, from its tokens, its source.
//
// A sentence ends at ". ? ! ...", closing quotes and brackets included, unless what follows goes on with it
// (a lower-case word, a comma, the verb of "'Is it over?' Putin asked"); the full stop of an abbreviation
// ends one only where the next word clearly begins one ("... with the U.S. The treaty ..."). Semicolons and
// colons end none. A sentence has at most kMaxSentenceTokens (document_reader.h); a longer one is cut after a
// semicolon or comma in its second half, else at the maximum. Linear in the tokens.
void AppendSentences(const std::vector<Token>& tokens, uint32_t begin, uint32_t block,
                     std::vector<Sentence>& sentences);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_SENTENCE_SPLITTER_H_
