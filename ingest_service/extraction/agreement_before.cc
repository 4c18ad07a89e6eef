#include "ingest_service/extraction/agreement_before.h"

#include <algorithm>
#include <vector>

#include "ingest_service/extraction/agreement_phrase.h"

namespace treatywire::ingest {
namespace {

// Further back the text has spoken of other things.
constexpr int kMaxSentences = 6;
// Cells and sentences gone through for it: in a text of nothing but small tables each would go through all.
constexpr int kMaxSteps = 512;

int AgreementIn(const Annotation& a, const Sentence& sentence, Discourse* discourse) {
  const std::vector<AgreementPhrase> phrases = FindAgreementPhrases(a, sentence);
  PhraseContext context;
  context.may_create = false;
  for (auto phrase = phrases.rbegin(); phrase != phrases.rend(); ++phrase) {
    if (phrase->pronoun || phrase->plural || phrase->is_new) continue;
    const std::vector<int> found = discourse->Resolve(*phrase, context);
    if (found.size() == 1) return found.front();
  }
  return -1;
}

}  // namespace

int AgreementBefore(const Annotation& a, uint32_t token, Discourse* discourse) {
  const std::vector<Sentence>& sentences = a.document.sentences;
  auto next = std::lower_bound(sentences.begin(), sentences.end(), token,
                               [](const Sentence& s, uint32_t t) { return s.tokens.begin < t; });
  int seen = 0;
  for (int step = 0; next != sentences.begin() && seen < kMaxSentences && step < kMaxSteps; ++step) {
    --next;
    if (a.document.blocks[next->block].kind == BlockKind::kTableRow) continue;
    ++seen;
    const int found = AgreementIn(a, *next, discourse);
    if (found >= 0) return found;
  }
  return discourse->Focus({});
}

}  // namespace treatywire::ingest
