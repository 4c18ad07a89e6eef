// A map from words to small values, for what every token of a text is looked up in.
//
//   WordTable<uint32_t> numbers;
//   numbers.Add("treaty", 7);
//   numbers.Find("treaty");  // points to 7
//   numbers.Find("pact");    // nullptr
//
// The first eight bytes of a word are a number that stands in its slot: a word of up to eight bytes, as most
// are, costs a multiplication and a comparison of two numbers, and no call. A hash map that takes any key
// asks three times as many instructions.
//
// Built by one thread, then constant: any number of threads may look up. The bytes of the words are not
// copied and must outlive the table. At most half of the slots, of some 32 bytes, are used.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_WORD_TABLE_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_WORD_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace treatywire::ingest {

template <typename Value>
class WordTable {
 public:
  WordTable() : slots_(kFewestSlots) {}

  // Returns false, and changes nothing, where the word is there already. Words of 4 GiB or more are not for
  // it.
  bool Add(absl::string_view word, Value value) {
    if (2 * (size_ + 1) > slots_.size()) Grow();
    Slot& slot = slots_[IndexOf(word, HeadOf(word))];
    if (slot.text != nullptr) return false;
    const char* const text = word.data() != nullptr ? word.data() : "";
    slot = {HeadOf(word), text, static_cast<uint32_t>(word.size()), std::move(value)};
    ++size_;
    return true;
  }

  // nullptr where the word is not there.
  const Value* Find(absl::string_view word) const {
    const Slot& slot = slots_[IndexOf(word, HeadOf(word))];
    return slot.text != nullptr ? &slot.value : nullptr;
  }

  size_t size() const { return size_; }

  // visit(word, value) for each word, in no order.
  template <typename Visit>
  void ForEach(Visit&& visit) const {
    for (const Slot& slot : slots_) {
      if (slot.text != nullptr) visit(absl::string_view(slot.text, slot.size), slot.value);
    }
  }

 private:
  struct Slot {
    uint64_t head = 0;
    const char* text = nullptr;  // of an empty slot
    uint32_t size = 0;
    Value value{};
  };

  static constexpr size_t kFewestSlots = 16;
  static constexpr size_t kHeadBytes = sizeof(uint64_t);

  template <typename Number>
  static Number Load(const char* bytes) {
    Number number;
    std::memcpy(&number, bytes, sizeof(number));
    return number;
  }

  // A number made of the first eight bytes, or of all where there are fewer: with the size it tells a word
  // that has no more from any other. Reads no byte behind the word.
  static uint64_t HeadOf(absl::string_view word) {
    const char* const text = word.data();
    const size_t size = word.size();
    if (size >= kHeadBytes) return Load<uint64_t>(text);
    if (size >= 4) return Load<uint32_t>(text) | uint64_t{Load<uint32_t>(text + size - 4)} << 32;
    if (size == 0) return 0;
    const auto byte = [text](size_t at) { return uint64_t{static_cast<unsigned char>(text[at])}; };
    return byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
  }

  // Of the word's slot, or of the empty one where it would be.
  size_t IndexOf(absl::string_view word, uint64_t head) const {
    constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15;
    uint64_t hash = (head ^ word.size()) * kMultiplier;
    if (word.size() > kHeadBytes) {
      hash ^= hash >> 32;
      hash = (hash ^ Load<uint64_t>(word.data() + word.size() - kHeadBytes)) * kMultiplier;
    }
    const size_t mask = slots_.size() - 1;
    for (size_t index = (hash >> 32) & mask;; index = (index + 1) & mask) {
      const Slot& slot = slots_[index];
      if (slot.text == nullptr) return index;
      if (slot.head != head || slot.size != word.size()) continue;
      if (word.size() <= kHeadBytes || std::memcmp(slot.text, word.data(), word.size()) == 0) return index;
    }
  }

  void Grow() {
    std::vector<Slot> before(2 * slots_.size());
    before.swap(slots_);
    for (Slot& slot : before) {
      if (slot.text != nullptr) slots_[IndexOf({slot.text, slot.size}, slot.head)] = std::move(slot);
    }
  }

  std::vector<Slot> slots_;  // as many as a power of two
  size_t size_ = 0;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_WORD_TABLE_H_
