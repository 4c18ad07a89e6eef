// Texts that are kept for as long as there is a record, a few of each of very many things: they lie one after
// the other in blocks, so that none takes an allocation of its own, whose size malloc rounds up.
//
//   TextBlocks blocks;
//   const TextBlocks::Texts texts = blocks.Add({"articles/a", "The Paper"});
//   texts[1];  // "The Paper"
//
// A block lives as long as any of its texts. One thread adds; texts that were added may be read, and dropped,
// by any.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_TEXT_BLOCKS_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_TEXT_BLOCKS_H_

#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace treatywire::query {

class TextBlocks {
 private:
  struct Block;

  // Counts references.
  class BlockRef {
   public:
    BlockRef() = default;
    // Takes over a reference that is counted already.
    explicit BlockRef(Block* block) : block_(block) {}
    BlockRef(const BlockRef& other);
    BlockRef(BlockRef&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
    BlockRef& operator=(BlockRef other) noexcept {
      std::swap(block_, other.block_);
      return *this;
    }
    ~BlockRef();
    explicit operator bool() const { return block_ != nullptr; }

   private:
    Block* block_ = nullptr;
  };

 public:
  // Some that were added together. Views live as long as any copy. A copy costs a reference count.
  class Texts {
   public:
    Texts() = default;
    // Less than the number of those that were added.
    absl::string_view operator[](size_t index) const {
      return {begin_ + EndOf(index), EndOf(index + 1) - EndOf(index)};
    }
    bool empty() const { return begin_ == nullptr; }  // none were added

   private:
    friend class TextBlocks;
    Texts(BlockRef block, const char* begin) : block_(std::move(block)), begin_(begin) {}

    // Where the text before the `index`-th ends, from begin_: that of the first is told first.
    uint32_t EndOf(size_t index) const;

    BlockRef block_;
    const char* begin_ = nullptr;
  };

  // Of less than 2^32 bytes together, and at least one.
  Texts Add(absl::Span<const absl::string_view> texts);

 private:
  // Blocks of few texts are small.
  static constexpr size_t kFirstBlockBytes = 1 << 10;
  static constexpr size_t kBlockBytes = 32 << 10;

  // A place for so many bytes, and its block.
  std::pair<BlockRef, char*> Allocate(size_t bytes);

  BlockRef block_;
  char* next_ = nullptr;  // in the block
  size_t room_ = 0;       // from there on
  size_t next_block_bytes_ = kFirstBlockBytes;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_TEXT_BLOCKS_H_
