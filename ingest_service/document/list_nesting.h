// How deep a list item stands, from how far it is indented.
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_LIST_NESTING_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_LIST_NESTING_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace treatywire::ingest {

// Deepest level that Block::level can hold; items below it get this level.
inline constexpr size_t kMaxListLevel = 255;

// One list at a time. Amortised constant time an item.
class ListNesting {
 public:
  // Level (0 = top) of the next item of the list, whose marker stands `indent` columns in. An item is below
  // the one before it if it is indented by two columns or more beyond it.
  uint8_t LevelOf(uint32_t indent) {
    while (!indents_.empty() && indent + 1 < indents_.back()) indents_.pop_back();
    if (indents_.empty() || indent >= indents_.back() + 2) indents_.push_back(indent);
    return static_cast<uint8_t>(std::min(indents_.size() - 1, kMaxListLevel));
  }

  // The list has ended.
  void Reset() { indents_.clear(); }
  bool empty() const { return indents_.empty(); }

 private:
  std::vector<uint32_t> indents_;  // of the items that the last one is nested in, and of itself
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_LIST_NESTING_H_
