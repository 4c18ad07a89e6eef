#include "ingest_service/extraction/spoken_pair.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

// How many sentences are looked at, that of the word included.
constexpr size_t kMaxSentences = 3;

// "held in Geneva", "brokered by Qatar", a dateline: where it happened and who helped; but "arrived in
// Chile".
bool StandsBy(const Annotation& a, const PartyMention& mention) {
  if (mention.dateline || mention.ids.size() != 1) return true;
  if (!mention.place) return false;
  return mention.role != PartyRole::kName || mention.tokens.begin == 0 ||
         IsOneOf(a.norm(mention.tokens.begin - 1), {"by", "near", "outside", "via"});
}

// Adds those whom the tokens name.
void AddNamed(const Annotation& a, TokenSpan tokens, PartyIds* named) {
  for (uint32_t t = tokens.begin; t < tokens.end; ++t) {
    const int32_t p = a.at[t].party;
    if (p < 0 || a.parties[p].tokens.begin != t || StandsBy(a, a.parties[p])) continue;
    AddIds(a.parties[p].ids, named);
  }
}

}  // namespace

PartyIds PairBroughtTogether(const Annotation& a, uint32_t token) {
  const std::vector<Sentence>& sentences = a.document.sentences;
  const auto next = std::upper_bound(sentences.begin(), sentences.end(), token,
                                     [](uint32_t t, const Sentence& s) { return t < s.tokens.begin; });
  PartyIds named;
  auto sentence = next;
  for (size_t read = 0; read < kMaxSentences && sentence != sentences.begin(); ++read) {
    sentence = std::prev(sentence);
    AddNamed(a, {sentence->tokens.begin, std::min(sentence->tokens.end, token)}, &named);
    if (named.size() == 2) return named;
    if (named.size() > 2) return {};
  }
  const PartyId about = a.main_party();
  if (named.size() != 1 || about.empty() || named.front() == about) return {};
  named.push_back(about);
  return named;
}

}  // namespace treatywire::ingest
