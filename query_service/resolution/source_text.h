// What makes two articles near-copies of one text, so that they count as one source.
//
// Two articles are one source if one publisher published both, or if their evidence sentences are largely the
// same: at least kSameSentences of the sentences of the one with fewer are, word for word, in the other, or
// the sentences' runs of five words have a Jaccard similarity of at least kSameRuns. Only evidence is
// compared, for that is what the log keeps and what the claims rest on.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_SOURCE_TEXT_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_SOURCE_TEXT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::query {

inline constexpr double kSameSentences = 0.6;
inline constexpr double kSameRuns = 0.5;

// A digest of an article's evidence, small enough to keep for each.
struct SourceText {
  // The publisher, else the host of the URI; empty where neither is known.
  std::string publisher;
  // Hashes of the distinct sentences, sorted; at most kMaxSentences, the smallest.
  std::vector<uint64_t> sentences;
  // The kMaxRuns smallest hashes of the runs of words, sorted: a bottom-k sketch, exact for short articles.
  std::vector<uint32_t> runs;

  static constexpr size_t kMaxSentences = 256;
  static constexpr size_t kMaxRuns = 128;
};

SourceText ReadSourceText(const treatywire::v1::ExtractedArticle& extraction);

bool IsOneSource(const SourceText& a, const SourceText& b);

// Numbers the sources of `texts` from 1 in the order of their first text; near-copies, and copies of copies,
// share a number. Near-linear in the number of texts.
std::vector<int> NumberSources(absl::Span<const SourceText* const> texts);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_SOURCE_TEXT_H_
