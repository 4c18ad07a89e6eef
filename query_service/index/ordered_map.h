// An ordered map whose copies share what they have in common.
//
//   OrderedMap<std::string, int> map;
//   map.Set("a", 1);
//   const OrderedMap<std::string, int> then = map;  // costs one reference count
//   map.Set("b", 2);                                // copies the few nodes on the way to "b"; `then` stays
//
// A B-tree of reference-counted nodes, each in one piece. A node is written in place only where nobody else
// refers to it or to a node above it, so that a copy can be read by any thread, and dropped by any, while the
// original changes. One map object is changed by one thread at a time, without readers. References into a map
// stay valid until that map object changes, or for as long as a copy of it lives.
//
// Find, Set and Erase cost O(log size) comparisons and, where nodes are shared, copies of O(log size) nodes.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_ORDERED_MAP_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_ORDERED_MAP_H_

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

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
    while (!node->is_leaf) node = node->children()[ChildFor(*node, key)].get();
    const size_t i = LowerBound(*node, key);
    return HasAt(*node, i, key) ? &node->value(i) : nullptr;
  }
  template <typename K>
  bool Contains(const K& key) const {
    return Find(key) != nullptr;
  }

  // Inserts, or replaces the value. There are fewer than 2^32.
  void Set(Key key, Value value) {
    if (!root_) root_ = Node::Make(/*is_leaf=*/true, kRoom);
    Ref split = SetIn(root_, std::move(key), std::move(value));
    if (!split) return;
    Ref root = Node::Make(/*is_leaf=*/false, kRoom);
    root->InsertChild(0, std::move(root_));
    root->InsertChild(1, std::move(split));
    root_ = std::move(root);
  }

  // Whether there was one.
  template <typename K>
  bool Erase(const K& key) {
    if (!Contains(key)) return false;
    EraseIn(root_, key);
    while (!root_->is_leaf && root_->count == 1) {
      Ref only = root_->children()[0];
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
    while (!node->is_leaf) node = node->children()[node->count - 1].get();
    return &node->keys()[node->count - 1];
  }

 private:
  static constexpr bool kHasValues = !std::is_empty_v<Value>;
  // Entries that are bytes and no more are copied by the kilobyte. To copy others, and to let go of a copy,
  // memory is looked up for each, where references are counted, as it is for each child of an inner node: of
  // those a node has few.
  static constexpr size_t kFew = 16;
  static constexpr size_t kEntryBytes = sizeof(Key) + (kHasValues ? sizeof(Value) : 0);
  static constexpr bool kIsPlain = std::is_trivially_copyable_v<Key> && std::is_trivially_copyable_v<Value>;
  static constexpr size_t kMaxInLeaf = kIsPlain ? std::max(kFew, 1024 / kEntryBytes) : kFew;
  static constexpr size_t kMaxInInner = kFew;
  // Nodes have room for a few more entries and no more: were they to double, they would be half empty, and a
  // map is mostly nodes that nobody writes any longer.
  static constexpr size_t kRoom = 4;

  struct Node;

  // Counts references. The count is read with acquire before a node is written in place, so that what other
  // threads read before they let go of it is done.
  class Ref {
   public:
    Ref() = default;
    // Takes over the only reference to the node.
    explicit Ref(Node* node) : node_(node) {}
    Ref(const Ref& other) : node_(other.node_) {
      if (node_ != nullptr) node_->references.fetch_add(1, std::memory_order_relaxed);
    }
    Ref(Ref&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
    Ref& operator=(Ref other) noexcept {
      std::swap(node_, other.node_);
      return *this;
    }
    ~Ref() {
      if (node_ == nullptr || node_->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
      Node::Delete(node_);
    }

    explicit operator bool() const { return node_ != nullptr; }
    Node* get() const { return node_; }
    Node* operator->() const { return node_; }
    Node& operator*() const { return *node_; }

   private:
    Node* node_ = nullptr;
  };

  // A leaf has keys and their values, an inner node children and the first key of each. In one piece: after
  // this come `room` keys, then as many values or children, of which the first `count` are there.
  struct Node {
    std::atomic<uint32_t> references{1};
    uint32_t size = 0;  // entries below
    uint16_t count = 0;
    const uint16_t room;
    const bool is_leaf;

    // With room for so many at least.
    static Ref Make(bool is_leaf, size_t room) {
      room = FilledUp(is_leaf, room);
      return Ref(new (::operator new(BytesOf(is_leaf, room))) Node(is_leaf, static_cast<uint16_t>(room)));
    }
    static void Delete(Node* node) {
      std::destroy_n(node->keys(), node->count);
      if (!node->is_leaf) {
        std::destroy_n(node->children(), node->count);
      } else if constexpr (kHasValues) {
        std::destroy_n(node->values(), node->count);
      }
      ::operator delete(node);
    }

    Key* keys() const { return At<Key>(kKeysAt); }
    Value* values() const { return At<Value>(SecondAt(true, room)); }  // of a leaf; where kHasValues
    Ref* children() const { return At<Ref>(SecondAt(false, room)); }   // of an inner node
    const Value& value(size_t i) const {
      if constexpr (kHasValues) {
        return values()[i];
      } else {
        static constexpr Value kNothing = {};
        return kNothing;
      }
    }

    // There is room for what is inserted or appended.
    void InsertEntry(size_t i, Key key, Value value) {
      InsertAt(i, std::move(key), keys());
      if constexpr (kHasValues) InsertAt(i, std::move(value), values());
      ++count;
      ++size;
    }
    void EraseEntry(size_t i) {
      EraseAt(i, keys());
      if constexpr (kHasValues) EraseAt(i, values());
      --count;
      --size;
    }
    void InsertChild(size_t i, Ref child) {
      size += child->size;
      InsertAt(i, Key(child->keys()[0]), keys());
      InsertAt(i, std::move(child), children());
      ++count;
    }
    void EraseChild(size_t i) {
      size -= children()[i]->size;
      EraseAt(i, keys());
      EraseAt(i, children());
      --count;
    }
    // Appends what `other`, a node of the same level, has from the `from`-th to before the `to`-th.
    void AppendMoved(const Node& other, size_t from, size_t to) {
      const auto move = [&](auto* of_other, auto* here) {
        std::uninitialized_move(of_other + from, of_other + to, here + count);
      };
      Append(other, to - from, move);
    }
    void AppendCopied(const Node& other) {
      // To count a reference is to wait for the memory where it is counted. All of it is sent for first.
      for (size_t i = 0; !is_leaf && i < other.count; ++i) __builtin_prefetch(other.children()[i].get(), 1);
      const auto copy = [&](auto* of_other, auto* here) {
        std::uninitialized_copy(of_other, of_other + other.count, here + count);
      };
      Append(other, other.count, copy);
    }

   private:
    static_assert(std::max({alignof(Key), alignof(Value), alignof(Ref)}) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);

    Node(bool leaf, uint16_t most) : room(most), is_leaf(leaf) {}

    static constexpr size_t Aligned(size_t offset, size_t alignment) {
      return (offset + alignment - 1) / alignment * alignment;
    }
    static constexpr size_t kKeysAt = Aligned(2 * sizeof(uint32_t) + 2 * sizeof(uint16_t) + 1, alignof(Key));
    static size_t SecondAt(bool is_leaf, size_t room) {
      return Aligned(kKeysAt + room * sizeof(Key), is_leaf ? alignof(Value) : alignof(Ref));
    }
    static size_t BytesOf(bool is_leaf, size_t room) {
      return SecondAt(is_leaf, room) + room * (is_leaf ? kEntryBytes - sizeof(Key) : sizeof(Ref));
    }
    // Room for more where that takes no more memory: allocators have four sizes for each power of two.
    static size_t FilledUp(bool is_leaf, size_t room) {
      const size_t bytes = BytesOf(is_leaf, room);
      const size_t given = Aligned(bytes, std::max<size_t>(16, std::bit_floor(bytes - 1) / 4));
      while (BytesOf(is_leaf, room + 1) <= given) ++room;
      return room;
    }

    template <typename T>
    T* At(size_t offset) const {
      return reinterpret_cast<T*>(reinterpret_cast<char*>(const_cast<Node*>(this)) + offset);
    }
    template <typename T>
    void InsertAt(size_t i, T value, T* into) {
      if (i == count) {
        new (into + count) T(std::move(value));
        return;
      }
      new (into + count) T(std::move(into[count - 1]));
      std::move_backward(into + i, into + count - 1, into + count);
      into[i] = std::move(value);
    }
    template <typename T>
    void EraseAt(size_t i, T* from) {
      std::move(from + i + 1, from + count, from + i);
      std::destroy_at(from + count - 1);
    }
    template <typename Transfer>
    void Append(const Node& other, size_t more, const Transfer& transfer) {
      transfer(other.keys(), keys());
      if (!is_leaf) {
        transfer(other.children(), children());
        for (size_t i = count; i < count + more; ++i) size += children()[i]->size;
      } else {
        if constexpr (kHasValues) transfer(other.values(), values());
        size += static_cast<uint32_t>(more);
      }
      count = static_cast<uint16_t>(count + more);
    }
  };

  static size_t MaxIn(const Node& node) { return node.is_leaf ? kMaxInLeaf : kMaxInInner; }

  template <typename K>
  static size_t LowerBound(const Node& node, const K& key) {
    const Key* const begin = node.keys();
    return static_cast<size_t>(std::lower_bound(begin, begin + node.count, key, Less()) - begin);
  }
  // Whether the leaf has the key, which is not before its `i`-th, there.
  template <typename K>
  static bool HasAt(const Node& leaf, size_t i, const K& key) {
    return i < leaf.count && !Less()(key, leaf.keys()[i]);
  }
  template <typename K>
  static size_t ChildFor(const Node& node, const K& key) {
    const Key* const begin = node.keys();
    const Key* const after = std::upper_bound(begin, begin + node.count, key, Less());
    return after == begin ? 0 : static_cast<size_t>(after - begin) - 1;
  }

  // Makes this the only reference to a node that has room for `more`, if it is not.
  static Node& MakeWritable(Ref& ref, size_t more) {
    Node& node = *ref;
    const bool is_only = node.references.load(std::memory_order_acquire) == 1;
    if (is_only && size_t{node.count} + more <= node.room) return node;
    // Most nodes are copied to take in one.
    Ref made = Node::Make(node.is_leaf, node.count + (is_only ? more + kRoom : more));
    if (is_only) {
      made->AppendMoved(node, 0, node.count);
    } else {
      made->AppendCopied(node);
    }
    ref = std::move(made);
    return *ref;
  }

  // The new right neighbour, where the node had to be split.
  static Ref SetIn(Ref& ref, Key key, Value value) {
    if (ref->is_leaf) return SetInLeaf(ref, std::move(key), std::move(value));
    const size_t i = ChildFor(*ref, key);
    Node& node = MakeWritable(ref, 0);
    Ref& child = node.children()[i];
    const uint32_t before = child->size;
    Ref split = SetIn(child, std::move(key), std::move(value));
    node.size += child->size - before;
    if (Less()(child->keys()[0], node.keys()[i])) node.keys()[i] = child->keys()[0];
    if (!split) return Ref();
    MakeWritable(ref, 1).InsertChild(i + 1, std::move(split));
    return SplitIfFull(ref, /*at_end=*/i + 2 == ref->count);
  }

  static Ref SetInLeaf(Ref& ref, Key key, Value value) {
    const size_t i = LowerBound(*ref, key);
    const bool is_there = HasAt(*ref, i, key);
    Node& leaf = MakeWritable(ref, is_there ? 0 : 1);
    if (!is_there) {
      leaf.InsertEntry(i, std::move(key), std::move(value));
      return SplitIfFull(ref, /*at_end=*/i + 1 == leaf.count);
    }
    if constexpr (kHasValues) leaf.values()[i] = std::move(value);
    return Ref();
  }

  // In halves; but a node that grew at its end keeps all else, for keys that only ascend fill their nodes.
  static Ref SplitIfFull(Ref& ref, bool at_end) {
    const Node& node = *ref;
    if (node.count <= MaxIn(node)) return Ref();
    const size_t keep = at_end ? MaxIn(node) : node.count / 2u;
    Ref left = Node::Make(node.is_leaf, keep);
    Ref right = Node::Make(node.is_leaf, node.count - keep + kRoom);
    left->AppendMoved(node, 0, keep);
    right->AppendMoved(node, keep, node.count);
    ref = std::move(left);
    return right;
  }

  // The key is there.
  template <typename K>
  static void EraseIn(Ref& ref, const K& key) {
    Node& node = MakeWritable(ref, 0);
    if (node.is_leaf) return node.EraseEntry(LowerBound(node, key));
    const size_t i = ChildFor(node, key);
    Ref& child = node.children()[i];
    EraseIn(child, key);
    --node.size;
    if (child->count == 0) return node.EraseChild(i);
    node.keys()[i] = child->keys()[0];
    // Too few, and the child is joined with a neighbour if both fit in one.
    if (child->count >= MaxIn(*child) / 4 || node.count < 2) return;
    JoinWithNext(node, i + 1 < node.count ? i : i - 1);
  }

  static void JoinWithNext(Node& node, size_t i) {
    const Ref right = node.children()[i + 1];
    if (size_t{node.children()[i]->count} + right->count > MaxIn(*right)) return;
    node.EraseChild(i + 1);
    MakeWritable(node.children()[i], right->count).AppendCopied(*right);
    node.size += right->size;
  }

  template <typename Visit>
  static bool VisitLeaf(const Node& leaf, size_t from, const Visit& visit) {
    for (size_t i = from; i < leaf.count; ++i) {
      if (!visit(leaf.keys()[i], leaf.value(i))) return false;
    }
    return true;
  }

  template <typename K, typename Visit>
  static bool VisitFromIn(const Node& node, const K& key, const Visit& visit) {
    if (node.is_leaf) return VisitLeaf(node, LowerBound(node, key), visit);
    const size_t first = ChildFor(node, key);
    if (!VisitFromIn(*node.children()[first], key, visit)) return false;
    for (size_t i = first + 1; i < node.count; ++i) {
      if (!VisitFromOffsetIn(*node.children()[i], 0, visit)) return false;
    }
    return true;
  }

  template <typename Visit>
  static bool VisitFromOffsetIn(const Node& node, size_t offset, const Visit& visit) {
    if (node.is_leaf) return VisitLeaf(node, offset, visit);
    for (size_t i = 0; i < node.count; ++i) {
      const Node& child = *node.children()[i];
      if (offset >= child.size) {
        offset -= child.size;
        continue;
      }
      if (!VisitFromOffsetIn(child, offset, visit)) return false;
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
