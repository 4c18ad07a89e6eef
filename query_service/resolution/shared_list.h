// A list that never changes, in one piece: copies share it.
//
//   const SharedList<int> list({1, 2, 3});
//   const SharedList<int> same = list;  // costs a reference count
//
// A pointer wide, for those of which there are many. One object is changed by one thread at a time; copies of
// it are objects of their own, which any thread may read and drop.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_SHARED_LIST_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_SHARED_LIST_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

#include "absl/types/span.h"

namespace treatywire::query {

template <typename T>
class SharedList {
 public:
  using value_type = T;
  using const_iterator = const T*;

  SharedList() = default;
  // `values` are fewer than 2^32.
  explicit SharedList(absl::Span<const T> values) {
    if (values.empty()) return;
    void* const place = ::operator new(kValuesAt + values.size() * sizeof(T));
    block_ = new (place) Block{{1}, static_cast<uint32_t>(values.size())};
    std::uninitialized_copy(values.begin(), values.end(), Values());
  }
  SharedList(const SharedList& other) : block_(other.block_) {
    if (block_ != nullptr) block_->references.fetch_add(1, std::memory_order_relaxed);
  }
  SharedList(SharedList&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
  SharedList& operator=(SharedList other) noexcept {
    std::swap(block_, other.block_);
    return *this;
  }
  ~SharedList() {
    if (block_ == nullptr || block_->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    std::destroy_n(Values(), block_->size);
    ::operator delete(block_);
  }

  // They live as long as any copy.
  const T* begin() const { return block_ == nullptr ? nullptr : Values(); }
  const T* end() const { return begin() + size(); }
  size_t size() const { return block_ == nullptr ? 0 : block_->size; }
  bool empty() const { return block_ == nullptr; }
  const T& front() const { return *begin(); }
  const T& operator[](size_t index) const { return begin()[index]; }
  absl::Span<const T> span() const { return {begin(), size()}; }

  friend bool operator==(const SharedList& a, const SharedList& b) {
    return a.block_ == b.block_ || std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  struct Block {
    std::atomic<uint32_t> references;
    uint32_t size;
    // Then the values.
  };
  static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
  static constexpr size_t kValuesAt = std::max(sizeof(Block), alignof(T));

  T* Values() const { return reinterpret_cast<T*>(reinterpret_cast<char*>(block_) + kValuesAt); }

  Block* block_ = nullptr;  // nullptr: empty
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_SHARED_LIST_H_
