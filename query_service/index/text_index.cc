#include "query_service/index/text_index.h"

#include <array>
#include <cmath>

namespace treatywire::query {
namespace {

constexpr double WeightOf(uint32_t frequency, uint32_t length) {
  constexpr double kSaturation = 1.2;
  constexpr double kLengthWeight = 0.75;
  constexpr double kMeanWords = 20;  // of a sentence of news; names have about half of it
  const double norm = kSaturation * (1 - kLengthWeight + kLengthWeight * length / kMeanWords);
  return frequency * (kSaturation + 1) / (frequency + norm);
}

// Of a word that stands in a text once, as nearly all do, by the text's length.
constexpr std::array<double, 128> kWeightsOfOne = [] {
  std::array<double, 128> weights = {};
  for (uint32_t length = 0; length < weights.size(); ++length) weights[length] = WeightOf(1, length);
  return weights;
}();

}  // namespace

TextId TextIndex::Add(absl::Span<const std::string> words, uint32_t tag) {
  const auto text = static_cast<TextId>(lengths_.size());
  for (const std::string& word : words) postings_[word].push_back({text, tag});
  lengths_.push_back(static_cast<uint32_t>(words.size()));
  return text;
}

absl::Span<const TextIndex::Posting> TextIndex::Find(absl::string_view word) const {
  const auto it = postings_.find(word);
  return it == postings_.end() ? absl::Span<const Posting>() : absl::MakeConstSpan(it->second);
}

double Bm25Rarity(size_t holding, size_t all) {
  return std::log1p((static_cast<double>(all) - static_cast<double>(holding) + 0.5) /
                    (static_cast<double>(holding) + 0.5));
}

double Bm25Weight(uint32_t frequency, uint32_t length) {
  return frequency == 1 && length < kWeightsOfOne.size() ? kWeightsOfOne[length]
                                                         : WeightOf(frequency, length);
}

double Bm25(uint32_t frequency, uint32_t length, size_t holding, size_t all) {
  return Bm25Rarity(holding, all) * Bm25Weight(frequency, length);
}

}  // namespace treatywire::query
