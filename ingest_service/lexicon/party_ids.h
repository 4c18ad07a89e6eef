// A list of party ids: a vector that keeps up to three in itself, as most lists are no longer.
//
// What extraction asks of a vector and no more: there are some hundred lists a sentence, and each would be a
// piece of memory asked for and given back. (absl::InlinedVector does the same; g++ 12 takes the part of its
// union that is not in use for uninitialized.)
//
// Owns its elements, which are copied by their bytes. Iterators and references end with the next change, as
// those of a vector do. Threads as a vector.
#ifndef TREATYWIRE_INGEST_SERVICE_LEXICON_PARTY_IDS_H_
#define TREATYWIRE_INGEST_SERVICE_LEXICON_PARTY_IDS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <utility>

#include "ingest_service/lexicon/party_id.h"

namespace treatywire::ingest {

class PartyIds {
 public:
  using value_type = PartyId;
  using size_type = size_t;
  using iterator = PartyId*;
  using const_iterator = const PartyId*;
  using reference = PartyId&;
  using const_reference = const PartyId&;

  PartyIds() = default;
  PartyIds(std::initializer_list<PartyId> ids) { Append(ids.begin(), ids.end()); }
  PartyIds(const PartyIds& other) : size_(other.heap_ == nullptr ? other.size_ : 0) {
    CopyFew(other);
    if (other.heap_ != nullptr) CopyMany(other);
  }
  PartyIds(PartyIds&& other) noexcept { Take(&other); }
  PartyIds& operator=(const PartyIds& other) {
    if (this != &other) Copy(other);
    return *this;
  }
  PartyIds& operator=(PartyIds&& other) noexcept {
    if (this != &other) Take(&other);
    return *this;
  }
  ~PartyIds() = default;

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const PartyId* begin() const { return heap_ == nullptr ? few_ : heap_.get(); }
  const PartyId* end() const { return begin() + size_; }
  PartyId* begin() { return heap_ == nullptr ? few_ : heap_.get(); }
  PartyId* end() { return begin() + size_; }
  const PartyId& front() const { return *begin(); }
  const PartyId& back() const { return *(end() - 1); }
  const PartyId& operator[](size_t i) const { return begin()[i]; }
  PartyId& operator[](size_t i) { return begin()[i]; }

  void clear() { size_ = 0; }
  void push_back(PartyId id) {
    if (size_ == capacity_) Grow(2 * size_t{capacity_});
    begin()[size_++] = id;
  }
  // Adds those of another list at the end.
  void Append(const PartyId* first, const PartyId* last) {
    const auto count = static_cast<size_t>(last - first);
    if (size_ + count > capacity_) Grow(std::max(size_ + count, 2 * size_t{capacity_}));
    std::copy(first, last, begin() + size_);
    size_ += static_cast<uint32_t>(count);
  }
  void Append(const PartyIds& more) { Append(more.begin(), more.end()); }
  bool Contains(PartyId id) const { return std::find(begin(), end(), id) != end(); }
  // Drops those of which `predicate` is true; the others keep their order.
  template <typename Predicate>
  void EraseIf(Predicate&& predicate) {
    size_ =
        static_cast<uint32_t>(std::remove_if(begin(), end(), std::forward<Predicate>(predicate)) - begin());
  }

  friend bool operator==(const PartyIds& a, const PartyIds& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  static constexpr uint32_t kFew = 3;

  // All of few_, whatever of it is in use: a copy of so many bytes is no call.
  void CopyFew(const PartyIds& other) {
    for (uint32_t i = 0; i < kFew; ++i) few_[i] = other.few_[i];
  }

  void Copy(const PartyIds& other) {
    if (heap_ == nullptr && other.heap_ == nullptr) {
      CopyFew(other);
      size_ = other.size_;
    } else {
      CopyMany(other);
    }
  }

  [[gnu::noinline]] void CopyMany(const PartyIds& other) {
    clear();
    Append(other.begin(), other.end());
  }

  void Take(PartyIds* other) {
    CopyFew(*other);
    heap_ = std::move(other->heap_);
    size_ = std::exchange(other->size_, 0);
    capacity_ = std::exchange(other->capacity_, kFew);
  }

  void Grow(size_t capacity) {
    auto grown = std::make_unique<PartyId[]>(capacity);
    std::copy(begin(), end(), grown.get());
    heap_ = std::move(grown);
    capacity_ = static_cast<uint32_t>(capacity);
  }

  PartyId few_[kFew];
  std::unique_ptr<PartyId[]> heap_;  // nullptr where all are in few_
  uint32_t size_ = 0;
  uint32_t capacity_ = kFew;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_LEXICON_PARTY_IDS_H_
