// Lists of nodes, one after the other in blocks: the nodes of each article's mentions, a few numbers for each
// of hundreds of thousands.
//
//   NodeLists lists;
//   const NodeId* list = lists.Add(nodes);  // list[0] to list[nodes.size() - 1]
//
// Lists stay where they are, and as they are, for as long as the object. One thread adds; what it added
// before it shared the object with others, or told them of the list, any thread may read.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_NODE_LISTS_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_NODE_LISTS_H_

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include "absl/types/span.h"
#include "query_service/index/member_set.h"

namespace treatywire::query {

class NodeLists {
 public:
  NodeLists() = default;
  NodeLists(const NodeLists&) = delete;
  NodeLists& operator=(const NodeLists&) = delete;

  const NodeId* Add(absl::Span<const NodeId> nodes) {
    if (nodes.size() > room_) {
      room_ = std::max(kBlock, nodes.size());
      blocks_.push_back(std::make_unique<NodeId[]>(room_));
      next_ = blocks_.back().get();
    }
    NodeId* const list = next_;
    next_ = std::copy(nodes.begin(), nodes.end(), list);
    room_ -= nodes.size();
    return list;
  }

 private:
  static constexpr size_t kBlock = 1024;

  std::vector<std::unique_ptr<NodeId[]>> blocks_;
  NodeId* next_ = nullptr;  // in the last block
  size_t room_ = 0;         // from there on
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_NODE_LISTS_H_
