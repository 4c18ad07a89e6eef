// An inverted index: which texts hold a word, and how often.
//
//   TextIndex index;
//   index.Add({"pact", "ended"}, /*tag=*/7);
//   for (const TextIndex::Posting& posting : index.Find("pact")) ...  // text 0, tag 7
//
// Texts are numbered as they are added, so that postings only grow at their end.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_TEXT_INDEX_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_TEXT_INDEX_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace treatywire::query {

using TextId = uint32_t;

class TextIndex {
 public:
  // A text that holds a word, and what its owner said of it: beside the text, since who goes through
  // thousands of them must not look up each.
  struct Posting {
    TextId text;
    uint32_t tag;
  };

  // The number of the new text.
  TextId Add(absl::Span<const std::string> words, uint32_t tag);

  // The texts that hold `word`, ascending, each as often as it holds it. Empty where none does.
  absl::Span<const Posting> Find(absl::string_view word) const;

  size_t size() const { return lengths_.size(); }
  // In words.
  uint32_t LengthOf(TextId text) const { return lengths_[text]; }

 private:
  absl::flat_hash_map<std::string, std::vector<Posting>> postings_;
  std::vector<uint32_t> lengths_;
};

// How well a text answers one word of a query, after Robertson's BM25 (k1 = 1.2, b = 0.75). The mean length
// is a constant, so that scores do not depend on what was once in the index. Of `all` texts `holding` hold
// the word.
double Bm25(uint32_t frequency, uint32_t length, size_t holding, size_t all);
// Its factors: what depends on the word, and what depends on the text.
double Bm25Rarity(size_t holding, size_t all);
double Bm25Weight(uint32_t frequency, uint32_t length);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_TEXT_INDEX_H_
