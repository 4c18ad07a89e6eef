// Cuts text into tokens (document.h says what a token is).
//
//   "Russia's Franco‑Russian pact of Feb. 4, 1994, didn't last in the U.S."
//    Russia 's Franco ‑ Russian pact of Feb. 4 , 1994 , did n't last in the U.S.
//
// URLs and e-mail addresses are one token, as are numbers with separators inside ("1,500", "04.02.1994",
// "16:30"), ordinals and decades ("4th", "1990s"), ellipses, runs of hyphens, and runs of four or more of one
// mark ("====="). "d'Ivoire", "O'Brien" and "N'Djamena" are one token; of contractions, the second part is
// one
// ("did" "n't", "it" "'ll"; the norm of "wo" and "ca" is "will" and "can").
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_TOKENIZER_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_TOKENIZER_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "ingest_service/document/document.h"
#include "ingest_service/document/text_arena.h"

namespace treatywire::ingest {

// Appends the tokens of `text` (valid UTF-8, less than 4 GiB) to `tokens`. Token::text views `text`,
// Token::norm views `text`, `arena` or static storage; Token::source holds offsets in `text`. White space
// makes no tokens. Linear in the text; no token is longer than kMaxTokenBytes (document_reader.h).
void AppendTokens(absl::string_view text, TextArena& arena, std::vector<Token>& tokens);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_TOKENIZER_H_
