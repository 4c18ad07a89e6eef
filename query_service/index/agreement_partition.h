// The partition of all mentions into agreements, kept up to date as articles come and go.
//
// Mentions of one signature are a node; nodes that may match are tied; nodes that ties connect are resolved
// together (agreement_clusters.h). A change resolves anew only what ties connect with it, and the result is
// that of resolving everything: the partition is a function of the set of articles.
//
// Nodes meet by what they have in common (BlockKeys). Of more than kMaxMeeting that have a key, such as a
// pair of states that the world writes of every day, those meet that have its finer part in common as well,
// and of more than so many of these none by that key: a node costs so many comparisons for each key and no
// more. Which meet depends on how many there are, not on how they came.
//
//   AgreementPartition partition;
//   std::vector<NodeId> nodes = partition.Add(version);
//   PartitionChanges changes = partition.Settle();
//
// Used by the one writer of an index.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_PARTITION_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_PARTITION_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/container/inlined_vector.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "query_service/index/ids_by_text.h"
#include "query_service/index/member_set.h"
#include "query_service/resolution/article_version.h"
#include "query_service/resolution/mention_glance.h"
#include "query_service/resolution/mention_matching.h"
#include "query_service/resolution/shared_list.h"

namespace treatywire::query {

// What Settle found. Nodes are sorted.
struct PartitionChanges {
  std::vector<AgreementId> gone;
  std::vector<AgreementId> made;
  std::vector<AgreementId> grown;    // more nodes than before: it is entered anew only where they differ
  std::vector<AgreementId> touched;  // the same nodes, other members
};

// What a partition holds once it is settled, as values: what it can be made of again without comparing
// mentions.
struct PartitionContents {
  struct Node {
    NodeId id = kNoNode;
    AgreementId agreement = kNoAgreement;
    const MentionReading* reading = nullptr;
    int members = 0;
    // How many of the below are the node's: those of the first node come first. Each pair is told of by the
    // one with the larger id.
    uint32_t ties = 0;
    uint32_t apart = 0;
  };
  struct Tie {
    NodeId other = kNoNode;
    Match match;  // seen from the node
  };
  struct Apart {
    NodeId other = kNoNode;
    int articles = 0;
  };
  std::vector<Node> nodes;  // ascending
  std::vector<Tie> ties;
  std::vector<Apart> apart;
};

class AgreementPartition {
 public:
  static constexpr size_t kMaxMeeting = 256;

  AgreementPartition() = default;
  AgreementPartition(const AgreementPartition&) = delete;
  AgreementPartition& operator=(const AgreementPartition&) = delete;

  // Takes in the mentions of `article`, which must outlive the partition; returns the node of each.
  std::vector<NodeId> Add(const ArticleVersion& article);
  // Takes them out again. `nodes` is what Add returned.
  void Remove(const ArticleVersion& article, absl::Span<const NodeId> nodes);

  // Resolves what changed since the last call.
  PartitionChanges Settle();

  // After Settle. Takes time and memory that grow with the partition, a fraction of a microsecond a node.
  PartitionContents Contents() const;
  // Makes an empty partition one of those contents, settled, and returns that all its agreements are made.
  // The nodes are 0, 1 and so on, and so are the agreements, in the order of the contents' ids. DATA_LOSS
  // where the contents cannot be those of a partition; it must not be used then.
  absl::StatusOr<PartitionChanges> Restore(const PartitionContents& contents);

  // Of an agreement that is not gone.
  const SharedList<NodeId>& NodesOf(AgreementId agreement) const { return agreements_[agreement]; }
  // Of a node that has members.
  const MentionTraits& TraitsOf(NodeId node) const { return At(node).traits(); }
  AgreementId AgreementOf(NodeId node) const { return At(node).agreement; }
  // With how many others the node may be one agreement.
  size_t TiesOf(NodeId node) const { return At(node).ties.size(); }
  // Whether the node still has members.
  bool IsAlive(NodeId node) const { return nodes_[node].reading != nullptr; }

 private:
  struct Tie {
    NodeId other;
    Match match;  // seen from the node that has the tie
  };

  struct Node {
    const MentionReading* reading = nullptr;  // of the first that came; nullptr: it has no members
    std::vector<Tie> ties;
    absl::btree_map<NodeId, int> apart;  // how many articles tell it apart from the other
    int members = 0;
    AgreementId agreement = kNoAgreement;

    absl::string_view signature() const { return reading->traits.signature.view(); }
    const MentionTraits& traits() const { return reading->traits; }

    uint64_t component = 0;  // the same for nodes that ties connect, as of the last Settle
  };

  const Node& At(NodeId node) const { return nodes_[node]; }
  Node& At(NodeId node) { return nodes_[node]; }

  // A key, by hashes: a collision costs a comparison and nothing else.
  struct Key {
    uint64_t key = 0;
    uint64_t finer = 0;  // 0: all meet whatever their number
  };
  using Block = absl::InlinedVector<NodeId, 2>;
  using Groups = absl::flat_hash_map<uint64_t, std::vector<NodeId>>;  // by Key::finer

  // The steps of Restore.
  absl::Status RestoreNode(const PartitionContents::Node& node);
  absl::Status RestorePairs(const PartitionContents::Node& node,
                            absl::Span<const PartitionContents::Tie> ties,
                            absl::Span<const PartitionContents::Apart> apart);
  void MarkComponents();

  NodeId FindNode(absl::string_view signature) const;
  NodeId FindOrMakeNode(const Mention& mention);
  void TieToOthers(NodeId id);
  void DropNode(NodeId id);
  // False where the two do not match.
  bool AddTie(NodeId id, NodeId other);
  void RemoveTie(NodeId id, NodeId other);

  static std::vector<Key> KeysOf(const MentionTraits& traits);
  // Those that meet by `key`.
  absl::Span<const NodeId> MeetingBy(const Key& key) const;
  bool Meet(absl::Span<const Key> a, absl::Span<const Key> b) const;
  // Enter or leave a block and return those whose meeting that changed, where it did for others than `id`.
  std::vector<NodeId> EnterBlock(NodeId id, const Key& key);
  std::vector<NodeId> LeaveBlock(NodeId id, const Key& key);
  // Ties those of `nodes` that meet and may match, and none else of them.
  void TieAnew(absl::Span<const NodeId> nodes);
  // Counts for each pair of the article's nodes that it tells them apart, or no longer does.
  void TellApart(const ArticleVersion& article, absl::Span<const NodeId> nodes, int difference);
  void CountApart(NodeId a, NodeId b, int difference);

  std::vector<NodeId> Connected(NodeId start, absl::flat_hash_set<NodeId>& seen) const;
  // Resolves the nodes connected with `start` unless they are in `seen`.
  void ResolveFrom(NodeId start, absl::flat_hash_set<NodeId>& seen, PartitionChanges& changes);
  std::vector<std::vector<NodeId>> Resolve(std::vector<NodeId> connected) const;
  // Enters the agreement that `nodes` (sorted) are.
  void Enter(absl::Span<const NodeId> nodes, PartitionChanges& changes);
  // The agreement all of whose nodes are among `nodes`, the largest; kNoAgreement where there is none.
  AgreementId LargestWithin(absl::Span<const NodeId> nodes) const;

  std::deque<Node> nodes_;              // by id; those without members have nothing else
  std::vector<MentionGlance> glances_;  // by id
  IdsByText node_of_signature_;
  absl::flat_hash_map<uint64_t, Block> blocks_;   // by Key::key
  absl::flat_hash_map<uint64_t, Groups> crowds_;  // of blocks of more than kMaxMeeting that have finer parts
  std::vector<SharedList<NodeId>> agreements_;    // by id; those that are gone have none
  uint64_t next_component_ = 1;
  // Since the last Settle:
  absl::flat_hash_set<NodeId> to_resolve_;
  absl::flat_hash_set<NodeId> touched_;
  std::vector<std::pair<NodeId, NodeId>> newly_apart_;  // or no longer so
  absl::flat_hash_set<AgreementId> to_drop_;            // agreements that lost a node
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_PARTITION_H_
