// A list that keeps its first few elements in itself: a vector for lists of which most are short.
//
//   using PartyIds = ShortList<PartyId, 3>;
//
// What extraction asks of a vector and no more: there are some hundred lists a sentence, and each would be a
// piece of memory asked for and given back. (absl::InlinedVector does the same; g++ 12 takes the part of its
// union that is not in use for uninitialized.)
//
// Owns its elements, which are copied by their bytes. Iterators and references end with the next change, as
// those of a vector do. Threads as a vector.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_SHORT_LIST_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_SHORT_LIST_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <type_traits>
#include <utility>

namespace treatywire::ingest {

template <typename T, uint32_t kFew>
class ShortList {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  using value_type = T;
  using size_type = size_t;
  using iterator = T*;
  using const_iterator = const T*;
  using reference = T&;
  using const_reference = const T&;

  ShortList() = default;
  ShortList(std::initializer_list<T> elements) { Append(elements.begin(), elements.end()); }
  ShortList(const ShortList& other) : size_(other.heap_ == nullptr ? other.size_ : 0) {
    CopyFew(other);
    if (other.heap_ != nullptr) CopyMany(other);
  }
  ShortList(ShortList&& other) noexcept { Take(&other); }
  ShortList& operator=(const ShortList& other) {
    if (this != &other) Copy(other);
    return *this;
  }
  ShortList& operator=(ShortList&& other) noexcept {
    if (this != &other) Take(&other);
    return *this;
  }
  ~ShortList() = default;

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const T* begin() const { return heap_ == nullptr ? few_ : heap_.get(); }
  const T* end() const { return begin() + size_; }
  T* begin() { return heap_ == nullptr ? few_ : heap_.get(); }
  T* end() { return begin() + size_; }
  const T& front() const { return *begin(); }
  const T& back() const { return *(end() - 1); }
  const T& operator[](size_t i) const { return begin()[i]; }
  T& operator[](size_t i) { return begin()[i]; }

  void clear() { size_ = 0; }
  void push_back(T element) {
    if (size_ == capacity_) Grow(2 * size_t{capacity_});
    begin()[size_++] = element;
  }
  // Adds those of another list at the end.
  void Append(const T* first, const T* last) {
    const auto count = static_cast<size_t>(last - first);
    if (size_ + count > capacity_) Grow(std::max(size_ + count, 2 * size_t{capacity_}));
    std::copy(first, last, begin() + size_);
    size_ += static_cast<uint32_t>(count);
  }
  void Append(const ShortList& more) { Append(more.begin(), more.end()); }
  bool Contains(T element) const { return std::find(begin(), end(), element) != end(); }
  // Drops those of which `predicate` is true; the others keep their order.
  template <typename Predicate>
  void EraseIf(Predicate&& predicate) {
    size_ =
        static_cast<uint32_t>(std::remove_if(begin(), end(), std::forward<Predicate>(predicate)) - begin());
  }

  friend bool operator==(const ShortList& a, const ShortList& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  // All of few_, whatever of it is in use: a copy of so many bytes is no call.
  void CopyFew(const ShortList& other) {
    for (uint32_t i = 0; i < kFew; ++i) few_[i] = other.few_[i];
  }

  void Copy(const ShortList& other) {
    if (heap_ == nullptr && other.heap_ == nullptr) {
      CopyFew(other);
      size_ = other.size_;
    } else {
      CopyMany(other);
    }
  }

  [[gnu::noinline]] void CopyMany(const ShortList& other) {
    clear();
    Append(other.begin(), other.end());
  }

  void Take(ShortList* other) {
    CopyFew(*other);
    heap_ = std::move(other->heap_);
    size_ = std::exchange(other->size_, 0);
    capacity_ = std::exchange(other->capacity_, kFew);
  }

  void Grow(size_t capacity) {
    auto grown = std::make_unique<T[]>(capacity);
    std::copy(begin(), end(), grown.get());
    heap_ = std::move(grown);
    capacity_ = static_cast<uint32_t>(capacity);
  }

  T few_[kFew]{};
  std::unique_ptr<T[]> heap_;  // nullptr where all are in few_
  uint32_t size_ = 0;
  uint32_t capacity_ = kFew;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_SHORT_LIST_H_
