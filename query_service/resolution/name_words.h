// Words of agreements' names: folded, so that spelling does not tell two names apart, and sorted into those
// that distinguish an agreement and those that any agreement may carry.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_NAME_WORDS_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_NAME_WORDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace treatywire::query {

// Words in lower case, without accents, hyphens as spaces, abbreviations' full stops removed ("U.S." is
// "us"), British spelling ("defense" is "defence", "co-operation" is "cooperation"). Invalid UTF-8 separates
// words.
std::vector<std::string> FoldedWords(absl::string_view text);

// A title or alias as resolution compares it.
struct NameWords {
  std::string text;                // as written
  std::vector<std::string> words;  // all but stop words and instrument nouns; singular, sorted, unique
  std::vector<std::string> topic;  // of `words`, those that name no party
  std::vector<std::string> own;   // of `topic`, those that belong to no subject: "Itaipu", "Ottawa", "GSOMIA"
  std::vector<std::string> slug;  // the topic in reading order, plurals kept, for readable names
  std::string noun;               // the instrument noun, singular ("treaty"); empty if none
  bool proper = false;  // written as a name (capitals beyond the parties' names), not as a description

  bool empty() const { return words.empty(); }
  bool distinctive() const { return !own.empty(); }
};

// Reads `title`. `parties` are the ids whose names and demonyms do not count as topic; none for agreements
// open to many, whose names keep all words.
NameWords ReadName(absl::string_view title, absl::Span<const std::string> parties);

// Lower-case words joined by hyphens, ASCII only: "Côte d’Ivoire" is "cote-d-ivoire".
std::string Slug(absl::string_view text);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_NAME_WORDS_H_
