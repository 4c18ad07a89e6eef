// Texts that never change, each in one piece: copies share it.
//
//   const SharedText name("agreements/france-russia-defence-cooperation");
//   const SharedText same = name;  // costs a reference count
//   const SharedTexts parties(ids);
//   for (const absl::string_view party : parties) ...
//
// A pointer wide, for those of which there are many. Threads as in shared_list.h; views live as long as any
// copy.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_SHARED_TEXT_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_SHARED_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "query_service/resolution/shared_list.h"

namespace treatywire::query {

// Of less than 2^32 bytes.
class SharedText {
 public:
  SharedText() = default;
  explicit SharedText(absl::string_view text) : bytes_(absl::Span<const char>(text.data(), text.size())) {}

  absl::string_view view() const { return {bytes_.begin(), bytes_.size()}; }
  bool empty() const { return bytes_.empty(); }

  friend bool operator==(const SharedText& a, const SharedText& b) { return a.view() == b.view(); }
  friend bool operator<(const SharedText& a, const SharedText& b) { return a.view() < b.view(); }
  friend bool operator<(const SharedText& a, absl::string_view b) { return a.view() < b; }
  friend bool operator<(absl::string_view a, const SharedText& b) { return a < b.view(); }

 private:
  SharedList<char> bytes_;
};

// Several in one piece, of less than 2^32 bytes together.
class SharedTexts {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = absl::string_view;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = absl::string_view;

    Iterator() = default;
    Iterator(const SharedTexts* texts, size_t index) : texts_(texts), index_(index) {}
    reference operator*() const { return (*texts_)[index_]; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    Iterator operator++(int) { return {texts_, index_++}; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.index_ == b.index_; }

   private:
    const SharedTexts* texts_ = nullptr;
    size_t index_ = 0;
  };
  using value_type = absl::string_view;
  using iterator = Iterator;
  using const_iterator = Iterator;

  SharedTexts() = default;
  // `Texts`: any list of what converts to absl::string_view.
  template <typename Texts>
  explicit SharedTexts(const Texts& texts) {
    if (std::empty(texts)) return;
    // Where each text begins and the last ends, then the texts.
    std::string bytes((std::size(texts) + 1) * sizeof(uint32_t), '\0');
    size_t index = 0;
    const auto note_end = [&] {
      const auto end = static_cast<uint32_t>(bytes.size());
      std::memcpy(&bytes[index++ * sizeof(uint32_t)], &end, sizeof(end));
    };
    note_end();
    for (const absl::string_view text : texts) {
      bytes.append(text.data(), text.size());
      note_end();
    }
    bytes_ = SharedList<char>(bytes);
  }

  size_t size() const { return empty() ? 0 : Begin(0) / sizeof(uint32_t) - 1; }
  bool empty() const { return bytes_.empty(); }
  absl::string_view operator[](size_t index) const {
    const uint32_t begin = Begin(index);
    return {bytes_.begin() + begin, Begin(index + 1) - begin};
  }
  absl::string_view front() const { return (*this)[0]; }
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

  friend bool operator==(const SharedTexts& a, const SharedTexts& b) { return a.bytes_ == b.bytes_; }

 private:
  uint32_t Begin(size_t index) const {
    uint32_t begin = 0;
    std::memcpy(&begin, bytes_.begin() + index * sizeof(begin), sizeof(begin));
    return begin;
  }

  SharedList<char> bytes_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_SHARED_TEXT_H_
