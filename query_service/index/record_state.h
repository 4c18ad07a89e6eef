// All that a snapshot answers from: maps that share what did not change from one revision to the next.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_RECORD_STATE_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_RECORD_STATE_H_

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/call_once.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "query_service/index/lazy_rendering.h"
#include "query_service/index/member_set.h"
#include "query_service/index/node_lists.h"
#include "query_service/index/on_demand.h"
#include "query_service/index/ordered_map.h"
#include "query_service/resolution/article_version.h"
#include "query_service/resolution/day_span.h"
#include "query_service/resolution/resolved_agreement.h"
#include "query_service/resolution/shared_list.h"
#include "query_service/resolution/shared_text.h"

namespace treatywire::query {

// Where the record has an event's claim: acts[act].claims[claim].
struct ClaimPlace {
  const ArticleVersion* article = nullptr;
  int event_index = 0;
  uint32_t act = 0;
  uint32_t claim = 0;
};

// What the record concludes of one agreement, worked out when somebody first asks: ingestion does not wait
// for it, and an agreement that many articles of one batch touch is worked out once. Any thread may call.
class LazyAgreement {
 public:
  // `members` gives the agreement's mentions; called once, by the first caller.
  const ResolvedAgreement& Get(const std::function<std::vector<AgreementMember>()>& members) const;
  // Where the claim of an event of the agreement is; nullptr for events of others. After Get.
  const ClaimPlace* FindClaim(const ArticleVersion* article, int event_index) const;

 private:
  mutable absl::once_flag resolve_once_;
  mutable absl::once_flag place_once_;
  mutable std::unique_ptr<const ResolvedAgreement> resolved_;
  mutable std::vector<ClaimPlace> places_;  // sorted
};

// By what an agreement is found. Each list is sorted, each text once; of most, its mentions have the same.
// Slugs are views of what the mentions hold, which the history keeps alive.
struct AgreementKeys {
  SharedTexts parties;                  // every id that a mention names
  SharedList<absl::string_view> slugs;  // of all mentions
  SharedTexts bases;                    // of all mentions

  friend bool operator==(const AgreementKeys&, const AgreementKeys&) = default;
};

// A copy is of the same nodes and keys, but concludes anew.
struct AgreementCell {
  SharedText name;           // "agreements/{id}"
  SharedList<NodeId> nodes;  // sorted
  AgreementKeys keys;
  OnDemand<LazyAgreement> lazy;       // of these nodes with their present members
  OnDemand<LazyRendering> rendering;  // of this cell
};

// Bytes and no more, so that to copy a leaf of many is to look none of them up: the history keeps the version
// alive, and the record's node_lists the list.
struct ArticleEntry {
  const ArticleVersion* version = nullptr;
  const NodeId* node_list = nullptr;

  absl::Span<const NodeId> nodes() const { return {node_list, version->mentions.size()}; }  // of each mention
};

// What a revision did.
struct RevisionEntry {
  std::shared_ptr<const ArticleVersion> added;  // nullptr for a retraction
  std::shared_ptr<const ArticleVersion>
      removed;  // the version that was replaced or retracted; nullptr if none
  // Of each mention of `removed`: the agreement that it was of.
  std::shared_ptr<const std::vector<std::string>> removed_from;
};

struct PartyTally {
  int32_t agreements = 0;
  int32_t events = 0;

  bool is_zero() const { return agreements == 0 && events == 0; }
  PartyTally& operator+=(const PartyTally& other) {
    agreements += other.agreements;
    events += other.events;
    return *this;
  }
};

struct PublisherTally {
  int32_t articles = 0;
  int32_t claims = 0;

  bool is_zero() const { return articles == 0; }
  PublisherTally& operator+=(const PublisherTally& other) {
    articles += other.articles;
    claims += other.claims;
    return *this;
  }
};

// A text and an agreement that is found by it. The text by its hash: who finds an agreement by it looks
// whether it has the text.
struct TextKey {
  uint32_t hash_high = 0;
  uint32_t hash_low = 0;
  AgreementId agreement = 0;

  static TextKey Of(absl::string_view text, AgreementId agreement);
  bool IsOfSameText(const TextKey& other) const {
    return hash_high == other.hash_high && hash_low == other.hash_low;
  }
  // clang-tidy 14 takes what is made of this for a pointer compared with 0.
  auto operator<=>(const TextKey&) const = default;  // NOLINT(modernize-use-nullptr)
};

// Of a party, or two, and an agreement of theirs. Parties are seats' ids ("RU" for "SUHH"). `partner` comes
// after `party`; empty: whoever it is; kManyPartners: one of too many to enter each.
TextKey PartyKey(absl::string_view party, absl::string_view partner, AgreementId agreement);

// Pairs are entered of agreements of at most this many seats. Larger ones are looked for by one of the pair.
inline constexpr size_t kMaxPairedSeats = 8;
inline constexpr absl::string_view kManyPartners = "~";

// Copied for each snapshot, at the cost of a reference count for each map.
struct RecordState {
  uint64_t revision = 0;
  // By id; those in force. The ids are those of versions, which the history keeps alive.
  OrderedMap<absl::string_view, ArticleEntry, std::less<>> articles;
  std::shared_ptr<const NodeLists> node_lists;  // of the articles
  OrderedMap<uint64_t, RevisionEntry> history;  // every revision that changed something
  OrderedMap<uint64_t, uint64_t> removed_at;    // of versions no longer in force, by their revision
  OrderedMap<Day, int> publish_days;            // how many articles in force have each
  MemberSet members;
  OrderedMap<NodeId, AgreementId> agreement_of_node;
  OrderedMap<AgreementId, std::shared_ptr<const AgreementCell>> agreements;
  OrderedMap<SharedText, AgreementId, std::less<>> by_name;
  OrderedSet<TextKey> by_slug;  // of any of its mentions
  OrderedSet<TextKey> by_base;  // of what its mentions say that it belongs to
  OrderedSet<TextKey> by_party;
  OrderedMap<std::string, PartyTally, std::less<>> parties;  // by id as the articles have it
  OrderedMap<std::string, PublisherTally, std::less<>> publishers;
  uint64_t event_count = 0;

  const AgreementCell& CellOf(AgreementId agreement) const { return **agreements.Find(agreement); }
  AgreementId AgreementOf(NodeId node) const { return *agreement_of_node.Find(node); }
  const ResolvedAgreement& Resolved(const AgreementCell& cell) const;
  // The day that answers are about where none is asked for: the last article's.
  Day LastDay() const;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_RECORD_STATE_H_
