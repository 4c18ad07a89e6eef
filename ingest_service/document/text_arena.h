// Storage for text that lives as long as its document: bytes in chunks that never move.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_TEXT_ARENA_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_TEXT_ARENA_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace treatywire::ingest {

// Not for use by several threads at once. Nothing is freed before the chunks are.
class TextArena {
 public:
  // `size` bytes, not initialised.
  char* Allocate(size_t size) {
    if (size > left_) Grow(size);
    char* const bytes = next_;
    next_ += size;
    left_ -= size;
    return bytes;
  }

  absl::string_view Copy(absl::string_view text) {
    if (text.empty()) return {};
    char* const bytes = Allocate(text.size());
    std::memcpy(bytes, text.data(), text.size());
    return {bytes, text.size()};
  }

  // Hands over the chunks; the arena is empty afterwards.
  std::vector<std::unique_ptr<char[]>> Release() {
    next_ = nullptr;
    left_ = 0;
    return std::exchange(chunks_, {});
  }

 private:
  // Chunks grow with what is in use, so that there are few of them and at most half is unused.
  void Grow(size_t size) {
    const size_t chunk = std::max(size, std::clamp(total_, kFirstChunk, kLargestChunk));
    chunks_.push_back(std::unique_ptr<char[]>(new char[chunk]));
    next_ = chunks_.back().get();
    left_ = chunk;
    total_ += chunk;
  }

  static constexpr size_t kFirstChunk = 1 << 10;
  static constexpr size_t kLargestChunk = 1 << 20;
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* next_ = nullptr;
  size_t left_ = 0;
  size_t total_ = 0;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_TEXT_ARENA_H_
