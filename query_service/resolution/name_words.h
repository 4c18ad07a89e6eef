// Words of agreements' names: folded, so that spelling does not tell two names apart, and sorted into those
// that distinguish an agreement and those that any agreement may carry.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_NAME_WORDS_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_NAME_WORDS_H_

#include <cstddef>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "query_service/resolution/shared_text.h"

namespace treatywire::query {

// Words in lower case, without accents, hyphens as spaces, abbreviations' full stops removed ("U.S." is
// "us"), British spelling ("defense" is "defence", "co-operation" is "cooperation"). Invalid UTF-8 separates
// words.
std::vector<std::string> FoldedWords(absl::string_view text);

// Words joined by spaces, as views of them. Refers to the text that it is made of.
class WordList {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = absl::string_view;
    using difference_type = std::ptrdiff_t;
    using pointer = const absl::string_view*;
    using reference = absl::string_view;

    Iterator() = default;
    // At the first word of `rest`; at the end where it has none.
    explicit Iterator(absl::string_view rest)
        : word_(rest.substr(0, rest.find(' '))), end_(rest.data() + rest.size()) {}

    reference operator*() const { return word_; }
    pointer operator->() const { return &word_; }
    Iterator& operator++() {
      const char* next = word_.data() + word_.size();
      if (next != end_) ++next;
      *this = Iterator(absl::string_view(next, static_cast<size_t>(end_ - next)));
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) {
      return a.word_.data() == b.word_.data() && a.word_.size() == b.word_.size();
    }

   private:
    absl::string_view word_;
    const char* end_ = nullptr;
  };
  using value_type = absl::string_view;
  using iterator = Iterator;
  using const_iterator = Iterator;

  WordList() = default;
  explicit WordList(absl::string_view joined) : joined_(joined) {}

  absl::string_view joined() const { return joined_; }
  Iterator begin() const { return Iterator(joined_); }
  Iterator end() const { return Iterator(joined_.substr(joined_.size())); }
  bool empty() const { return joined_.empty(); }
  size_t size() const;

  // As lists of words: no byte of a word sorts before a space.
  friend bool operator==(const WordList& a, const WordList& b) { return a.joined_ == b.joined_; }
  friend bool operator<(const WordList& a, const WordList& b) { return a.joined_ < b.joined_; }

 private:
  absl::string_view joined_;
};

// How many words two sorted lists have in common.
size_t CountShared(WordList a, WordList b);

// A title or alias as resolution compares it. In one piece, which copies share: the index keeps one for each
// name that it meets. Threads as in shared_list.h.
class NameWords {
 public:
  // Its parts, to make one of.
  struct Parts {
    std::vector<std::string> words;
    std::vector<std::string> topic;
    std::vector<std::string> own;
    std::vector<std::string> slug;
    std::string noun;
    bool proper = false;
  };

  // The same as it is kept, words joined by spaces.
  struct Joined {
    absl::string_view text;
    absl::string_view words;
    absl::string_view topic;
    absl::string_view own;
    absl::string_view slug;
    absl::string_view noun;
    bool proper = false;
  };

  NameWords() = default;
  NameWords(absl::string_view text, const Parts& parts);
  explicit NameWords(const Joined& joined);

  // As written.
  absl::string_view text() const { return Part(kText); }
  // All but stop words and instrument nouns; singular, sorted, unique.
  WordList words() const { return WordList(Part(kWords)); }
  // Of words(), those that name no party.
  WordList topic() const { return WordList(Part(kTopic)); }
  // Of topic(), those that belong to no subject: "Itaipu", "Ottawa", "GSOMIA".
  WordList own() const { return WordList(Part(kOwn)); }
  // The topic in reading order, plurals kept, for readable names.
  WordList slug() const { return WordList(Part(kSlug)); }
  // The instrument noun, singular ("treaty"); empty if none.
  absl::string_view noun() const { return Part(kNoun); }
  // Written as a name (capitals beyond the parties' names), not as a description.
  bool proper() const { return !Part(kProper).empty(); }

  friend bool operator==(const NameWords& a, const NameWords& b) { return a.parts_ == b.parts_; }

  bool empty() const { return words().empty(); }
  bool distinctive() const { return !own().empty(); }

 private:
  enum PartIndex : size_t { kText, kWords, kTopic, kOwn, kSlug, kNoun, kProper };

  absl::string_view Part(PartIndex part) const { return parts_.empty() ? absl::string_view() : parts_[part]; }

  SharedTexts parts_;  // by PartIndex
};

// Reads `title`. `parties` are the ids whose names and demonyms do not count as topic; none for agreements
// open to many, whose names keep all words.
NameWords ReadName(absl::string_view title, absl::Span<const std::string> parties);

// Lower-case words joined by hyphens, ASCII only: "Côte d’Ivoire" is "cote-d-ivoire".
std::string Slug(absl::string_view text);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_NAME_WORDS_H_
