// Ids by a text that each of them has, in eight bytes an id: the texts themselves are kept by who has the
// ids.
//
//   IdsByText ids;
//   ids.Insert("first", 1);
//   ids.Find("first", [&](uint32_t id) { return TextOf(id) == "first"; });  // 1
//
// Used by one thread at a time.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_IDS_BY_TEXT_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_IDS_BY_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <limits>

#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"

namespace treatywire::query {

class IdsByText {
 public:
  static constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

  void reserve(size_t count) { entries_.reserve(count); }

  // The id that has the text, which `has_text` tells of those that may; kNone where there is none.
  uint32_t Find(absl::string_view text, absl::FunctionRef<bool(uint32_t id)> has_text) const {
    const auto it = entries_.find(Wanted{HashOf(text), has_text});
    return it == entries_.end() ? kNone : it->id;
  }
  // `id` is not kNone. Where there was another of that text, Find gives either.
  void Insert(absl::string_view text, uint32_t id) { entries_.insert({HashOf(text), id}); }
  // Without effect where the id was not inserted with that text.
  void Erase(absl::string_view text, uint32_t id) { entries_.erase(Entry{HashOf(text), id}); }

 private:
  struct Entry {
    uint32_t hash = 0;  // of the text: where the table grows, no text is looked at
    uint32_t id = 0;
  };
  struct Wanted {
    uint32_t hash;
    absl::FunctionRef<bool(uint32_t id)> has_text;
  };
  struct Hash {
    using is_transparent = void;
    // The table takes a place from the high bits and tells entries apart by the low ones.
    static size_t Spread(uint32_t hash) { return static_cast<size_t>(hash * 0x9e3779b97f4a7c15u); }
    size_t operator()(const Entry& entry) const { return Spread(entry.hash); }
    size_t operator()(const Wanted& wanted) const { return Spread(wanted.hash); }
  };
  struct IsSame {
    using is_transparent = void;
    bool operator()(const Entry& a, const Entry& b) const { return a.hash == b.hash && a.id == b.id; }
    bool operator()(const Entry& entry, const Wanted& wanted) const {
      return entry.hash == wanted.hash && wanted.has_text(entry.id);
    }
  };

  static uint32_t HashOf(absl::string_view text) { return static_cast<uint32_t>(absl::HashOf(text)); }

  absl::flat_hash_set<Entry, Hash, IsSame> entries_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_IDS_BY_TEXT_H_
