#include "ingest_service/extraction/list_context.h"

#include <cstdint>

namespace treatywire::ingest {
namespace {

// Longest line that leads to a list.
constexpr uint32_t kMaxLineTokens = 40;
// Items after so many others are not told apart by the line far above.
constexpr uint32_t kMaxItems = 256;

}  // namespace

std::optional<AgreementPhrase> PluralAboveList(const SentenceView& view) {
  if (view.block.kind != BlockKind::kListItem) return std::nullopt;
  const Document& document = view.annotation.document;
  uint32_t b = view.sentence.block;
  for (uint32_t steps = 0; b > 0 && steps < kMaxItems && document.blocks[b].kind == BlockKind::kListItem;
       ++steps)
    --b;
  const Block& above = document.blocks[b];
  if (above.kind == BlockKind::kListItem || above.first_sentence >= above.last_sentence) return std::nullopt;
  const Sentence& line = document.sentences[above.last_sentence - 1];
  if (line.tokens.size() > kMaxLineTokens) return std::nullopt;
  for (const AgreementPhrase& phrase : FindAgreementPhrases(view.annotation, line)) {
    if (phrase.plural && !phrase.pronoun && phrase.parties.size() == 1 && phrase.partners.empty())
      return phrase;
  }
  return std::nullopt;
}

}  // namespace treatywire::ingest
