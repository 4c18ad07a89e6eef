#include "query_service/resolution/text_blocks.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>

namespace treatywire::query {

struct TextBlocks::Block {
  std::atomic<uint32_t> references{1};
  // Then the bytes.

  char* bytes() { return reinterpret_cast<char*>(this) + sizeof(Block); }
};

TextBlocks::BlockRef::BlockRef(const BlockRef& other) : block_(other.block_) {
  if (block_ != nullptr) block_->references.fetch_add(1, std::memory_order_relaxed);
}

TextBlocks::BlockRef::~BlockRef() {
  if (block_ == nullptr || block_->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  block_->~Block();
  ::operator delete(block_);
}

uint32_t TextBlocks::Texts::EndOf(size_t index) const {
  uint32_t end = 0;
  std::memcpy(&end, begin_ + index * sizeof(end), sizeof(end));
  return end;
}

std::pair<TextBlocks::BlockRef, char*> TextBlocks::Allocate(size_t bytes) {
  const auto make = [](size_t block_bytes) { return new (::operator new(block_bytes)) Block(); };
  // What would fill much of a block has one to itself.
  if (bytes > kBlockBytes / 4) {
    Block* const own = make(sizeof(Block) + bytes);
    return {BlockRef(own), own->bytes()};
  }
  if (bytes > room_) {
    const size_t block_bytes = std::max(next_block_bytes_, sizeof(Block) + bytes);
    next_block_bytes_ = std::min(2 * next_block_bytes_, kBlockBytes);
    Block* const block = make(block_bytes);
    block_ = BlockRef(block);
    next_ = block->bytes();
    room_ = block_bytes - sizeof(Block);
  }
  char* const place = next_;
  next_ += bytes;
  room_ -= bytes;
  return {block_, place};
}

TextBlocks::Texts TextBlocks::Add(absl::Span<const absl::string_view> texts) {
  // Where each text begins and the last ends, then the texts.
  auto end = static_cast<uint32_t>((texts.size() + 1) * sizeof(uint32_t));
  size_t bytes = end;
  for (const absl::string_view text : texts) bytes += text.size();
  auto [block, begin] = Allocate(bytes);
  char* place = begin;
  const auto note_end = [&] {
    std::memcpy(place, &end, sizeof(end));
    place += sizeof(end);
  };
  note_end();
  for (const absl::string_view text : texts) {
    std::copy(text.begin(), text.end(), begin + end);
    end += static_cast<uint32_t>(text.size());
    note_end();
  }
  return {std::move(block), begin};
}

}  // namespace treatywire::query
