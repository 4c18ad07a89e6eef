// An ordered map whose copies share what they have in common.
//
//   OrderedMap<std::string, int> map;
//   map.Set("a", 1);
//   const OrderedMap<std::string, int> then = map;  // costs one reference count
//   map.Set("b", 2);                                // copies the few nodes on the way to "b"; `then` stays
//
// A B-tree of reference-counted nodes. A node is written in place only where nobody else refers to it or to a
// node above it, so that a copy can be read by any thread, and dropped by any, while the original changes.
// One map object is changed by one thread at a time, without readers. References into a map stay valid until
// that map object changes, or for as long as a copy of it lives.
//
// Find, Set and Erase cost O(log size) comparisons and, where nodes are shared, copies of O(log size) nodes.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_ORDERED_MAP_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_ORDERED_MAP_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace treatywire::query {

// `Less` may be transparent: then keys are looked up by any type that it compares with Key.
template <typename Key, typename Value, typename Less = std::less<Key>>
class OrderedMap {
 public:
  OrderedMap() = default;

  size_t size() const { return root_ ? root_->size : 0; }
  bool empty() const { return size() == 0; }

  // nullptr where there is none.
  template <typename K>
  const Value* Find(const K& key) const {
    const Node* node = root_.get();
    if (node == nullptr) return nullptr;
    while (!node->is_leaf()) node = node->children[ChildFor(*node, key)].get();
    const size_t i = LowerBound(*node, key);
    return i < node->keys.size() && !Less()(key, node->keys[i]) ? &node->values[i] : nullptr;
  }
  template <typename K>
  bool Contains(const K& key) const {
    return Find(key) != nullptr;
  }

  // Inserts, or replaces the value.
  void Set(Key key, Value value) {
    if (!root_) root_ = Ref::Make();
    Ref split = SetIn(root_, std::move(key), std::move(value));
    if (!split) return;
    Ref root = Ref::Make();
    root->Append(std::move(root_));
    root->Append(std::move(split));
    root_ = std::move(root);
  }

  // Whether there was one.
  template <typename K>
  bool Erase(const K& key) {
    if (!Contains(key)) return false;
    EraseIn(root_, key);
    while (root_ && !root_->is_leaf() && root_->children.size() == 1) {
      Ref only = root_->children.front();
      root_ = std::move(only);
    }
    if (root_->size == 0) root_ = Ref();
    return true;
  }

  // Calls `visit(key, value)` in ascending order, from the first key that is not less than `key`, until it
  // returns false.
  template <typename K, typename Visit>
  void VisitFrom(const K& key, const Visit& visit) const {
    if (root_) VisitFromIn(*root_, key, visit);
  }
  // The same from the `offset`-th entry on, in O(log size) to get there.
  template <typename Visit>
  void VisitFromOffset(size_t offset, const Visit& visit) const {
    if (root_ && offset < root_->size) VisitFromOffsetIn(*root_, offset, visit);
  }
  template <typename Visit>
  void VisitAll(const Visit& visit) const {
    VisitFromOffset(0, [&](const Key& key, const Value& value) {
      visit(key, value);
      return true;
    });
  }
  // The largest key; nullptr where the map is empty.
  const Key* LastKey() const {
    const Node* node = root_.get();
    if (node == nullptr) return nullptr;
    while (!node->is_leaf()) node = node->children.back().get();
    return &node->keys.back();
  }

 private:
  static constexpr size_t kMaxKeys = 64;
  static constexpr size_t kMinKeys = 16;  // fewer, and the node is joined with a neighbour if both fit in one

  struct Node;

  // Counts references. The count is read with acquire before a node is written in place, so that what other
  // threads read before they let go of it is done.
  class Ref {
   public:
    Ref() = default;
    static Ref Make() { return Ref(new Node()); }
    Ref(const Ref& other) : node_(other.node_) {
      if (node_ != nullptr) node_->references.fetch_add(1, std::memory_order_relaxed);
    }
    Ref(Ref&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
    Ref& operator=(Ref other) noexcept {
      std::swap(node_, other.node_);
      return *this;
    }
    ~Ref() {
      if (node_ != nullptr && node_->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete node_;
    }

    explicit operator bool() const { return node_ != nullptr; }
    Node* get() const { return node_; }
    Node* operator->() const { return node_; }
    Node& operator*() const { return *node_; }

    // Makes this the only reference to its node, by copying the node if it is not.
    Node& MakeUnique() {
      if (node_->references.load(std::memory_order_acquire) != 1) *this = Ref(new Node(*node_));
      return *node_;
    }

   private:
    explicit Ref(Node* node) : node_(node) {}
    Node* node_ = nullptr;
  };

  // A leaf has keys and their values, an inner node children and the first key of each.
  struct Node {
    Node() = default;
    Node(const Node& other)
        : size(other.size),
          keys(CopyWithRoom(other.keys)),
          values(CopyWithRoom(other.values)),
          children(CopyWithRoom(other.children)) {}

    bool is_leaf() const { return children.empty(); }

    void Append(Ref child) {
      keys.push_back(child->keys.front());
      size += child->size;
      children.push_back(std::move(child));
    }

    std::atomic<uint32_t> references{1};
    size_t size = 0;  // entries below
    std::vector<Key> keys;
    std::vector<Value> values;
    std::vector<Ref> children;
  };

  template <typename K>
  static size_t LowerBound(const Node& node, const K& key) {
    return static_cast<size_t>(std::lower_bound(node.keys.begin(), node.keys.end(), key, Less()) -
                               node.keys.begin());
  }

  template <typename K>
  static size_t ChildFor(const Node& node, const K& key) {
    const auto after = std::upper_bound(node.keys.begin(), node.keys.end(), key, Less());
    return after == node.keys.begin() ? 0 : static_cast<size_t>(after - node.keys.begin()) - 1;
  }

  // Nodes have room for a few more entries and no more: vectors that double would be half empty, and a map is
  // mostly nodes that nobody writes any longer.
  static constexpr size_t kRoom = 4;

  template <typename T>
  static std::vector<T> CopyWithRoom(const std::vector<T>& other) {
    std::vector<T> copy;
    if (other.empty()) return copy;
    copy.reserve(other.size() + 1);  // most nodes are copied to take in one
    copy.insert(copy.end(), other.begin(), other.end());
    return copy;
  }

  template <typename T>
  static void InsertAt(size_t i, T value, std::vector<T>& into) {
    if (into.size() == into.capacity()) into.reserve(into.size() + kRoom);
    into.insert(into.begin() + static_cast<ptrdiff_t>(i), std::move(value));
  }

  // The new right neighbour, where the node had to be split.
  static Ref SetIn(Ref& ref, Key key, Value value) {
    Node& node = ref.MakeUnique();
    if (node.is_leaf()) {
      const size_t i = LowerBound(node, key);
      if (i < node.keys.size() && !Less()(key, node.keys[i])) {
        node.values[i] = std::move(value);
        return Ref();
      }
      InsertAt(i, std::move(key), node.keys);
      InsertAt(i, std::move(value), node.values);
      ++node.size;
      return SplitIfFull(node, /*at_end=*/i + 1 == node.keys.size());
    }
    const size_t i = ChildFor(node, key);
    const size_t before = node.children[i]->size;
    Ref split = SetIn(node.children[i], std::move(key), std::move(value));
    node.size += node.children[i]->size + (split ? split->size : 0) - before;
    node.keys[i] = node.children[i]->keys.front();
    if (!split) return Ref();
    InsertAt(i + 1, Key(split->keys.front()), node.keys);
    InsertAt(i + 1, std::move(split), node.children);
    return SplitIfFull(node, /*at_end=*/i + 2 == node.keys.size());
  }

  // In halves; but a node that grew at its end keeps all else, for keys that only ascend fill their nodes.
  static Ref SplitIfFull(Node& node, bool at_end) {
    if (node.keys.size() <= kMaxKeys) return Ref();
    const size_t keep = at_end ? kMaxKeys : node.keys.size() / 2;
    Ref right = Ref::Make();
    MoveTail(node.keys, keep, right->keys);
    if (node.is_leaf()) {
      MoveTail(node.values, keep, right->values);
    } else {
      MoveTail(node.children, keep, right->children);
    }
    right->size = SizeOf(*right);
    node.size -= right->size;
    return right;
  }

  template <typename T>
  static void MoveTail(std::vector<T>& from, size_t keep, std::vector<T>& to) {
    const auto tail = from.begin() + static_cast<ptrdiff_t>(keep);
    to.reserve(static_cast<size_t>(from.end() - tail) + kRoom);
    to.assign(std::make_move_iterator(tail), std::make_move_iterator(from.end()));
    std::vector<T> kept;
    kept.reserve(keep + kRoom);
    kept.assign(std::make_move_iterator(from.begin()), std::make_move_iterator(tail));
    from = std::move(kept);
  }

  static size_t SizeOf(const Node& node) {
    if (node.is_leaf()) return node.keys.size();
    size_t size = 0;
    for (const Ref& child : node.children) size += child->size;
    return size;
  }

  // The key is there.
  template <typename K>
  static void EraseIn(Ref& ref, const K& key) {
    Node& node = ref.MakeUnique();
    --node.size;
    if (node.is_leaf()) {
      const auto i = static_cast<ptrdiff_t>(LowerBound(node, key));
      node.keys.erase(node.keys.begin() + i);
      node.values.erase(node.values.begin() + i);
      return;
    }
    const size_t i = ChildFor(node, key);
    EraseIn(node.children[i], key);
    if (node.children[i]->keys.empty()) {
      node.keys.erase(node.keys.begin() + static_cast<ptrdiff_t>(i));
      node.children.erase(node.children.begin() + static_cast<ptrdiff_t>(i));
      return;
    }
    node.keys[i] = node.children[i]->keys.front();
    if (node.children[i]->keys.size() >= kMinKeys || node.children.size() < 2) return;
    JoinWithNext(node, i + 1 < node.children.size() ? i : i - 1);
  }

  static void JoinWithNext(Node& node, size_t i) {
    if (node.children[i]->keys.size() + node.children[i + 1]->keys.size() > kMaxKeys) return;
    Node& left = node.children[i].MakeUnique();
    const Node& right = *node.children[i + 1];
    left.keys.insert(left.keys.end(), right.keys.begin(), right.keys.end());
    left.values.insert(left.values.end(), right.values.begin(), right.values.end());
    left.children.insert(left.children.end(), right.children.begin(), right.children.end());
    left.size += right.size;
    node.keys.erase(node.keys.begin() + static_cast<ptrdiff_t>(i) + 1);
    node.children.erase(node.children.begin() + static_cast<ptrdiff_t>(i) + 1);
  }

  template <typename Visit>
  static bool VisitLeaf(const Node& leaf, size_t from, const Visit& visit) {
    for (size_t i = from; i < leaf.keys.size(); ++i) {
      if (!visit(leaf.keys[i], leaf.values[i])) return false;
    }
    return true;
  }

  template <typename K, typename Visit>
  static bool VisitFromIn(const Node& node, const K& key, const Visit& visit) {
    if (node.is_leaf()) return VisitLeaf(node, LowerBound(node, key), visit);
    const size_t first = ChildFor(node, key);
    if (!VisitFromIn(*node.children[first], key, visit)) return false;
    for (size_t i = first + 1; i < node.children.size(); ++i) {
      if (!VisitFromOffsetIn(*node.children[i], 0, visit)) return false;
    }
    return true;
  }

  template <typename Visit>
  static bool VisitFromOffsetIn(const Node& node, size_t offset, const Visit& visit) {
    if (node.is_leaf()) return VisitLeaf(node, offset, visit);
    for (const Ref& child : node.children) {
      if (offset >= child->size) {
        offset -= child->size;
        continue;
      }
      if (!VisitFromOffsetIn(*child, offset, visit)) return false;
      offset = 0;
    }
    return true;
  }

  Ref root_;
};

// The value of an ordered set.
struct Present {};
template <typename Key, typename Less = std::less<Key>>
using OrderedSet = OrderedMap<Key, Present, Less>;

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_ORDERED_MAP_H_
