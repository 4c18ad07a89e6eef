#include "query_service/index/agreement_partition.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status_macros.h"
#include "query_service/resolution/agreement_clusters.h"
#include "query_service/resolution/stable_hash.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

// An article that speaks of more agreements than this is a list; of those only what could be confused is
// noted as told apart, and no more than this many for each key.
constexpr size_t kMaxToldApart = 64;

bool AreOneAct(const v1::AgreementEvent& a, const v1::AgreementEvent& b) {
  if (a.type() != b.type() || a.modality() != b.modality() || a.actors_size() != b.actors_size())
    return false;
  if (a.date().basis() == v1::DATE_BASIS_PUBLICATION || a.date().earliest().empty()) return false;
  if (a.date().earliest() != b.date().earliest() || a.date().latest() != b.date().latest()) return false;
  return std::equal(
      a.actors().begin(), a.actors().end(), b.actors().begin(),
      [](const v1::PartyRef& x, const v1::PartyRef& y) { return x.party_id() == y.party_id(); });
}

// Whether the article tells the same act of both: then it may well speak of one agreement in two ways.
bool ShareAct(const v1::ExtractedArticle& extraction, const Mention& a, const Mention& b) {
  return std::any_of(a.events.begin(), a.events.end(), [&](int of_a) {
    return std::any_of(b.events.begin(), b.events.end(),
                       [&](int of_b) { return AreOneAct(extraction.events(of_a), extraction.events(of_b)); });
  });
}

Match Swapped(Match match) {
  std::swap(match.first_joins, match.second_joins);
  return match;
}

}  // namespace

std::vector<NodeId> AgreementPartition::Add(const ArticleVersion& article) {
  std::vector<NodeId> nodes;
  nodes.reserve(article.mentions.size());
  for (const Mention& mention : article.mentions) {
    const NodeId id = FindOrMakeNode(mention);
    ++At(id).members;
    touched_.insert(id);
    nodes.push_back(id);
  }
  TellApart(article, nodes, 1);
  return nodes;
}

void AgreementPartition::Remove(const ArticleVersion& article, absl::Span<const NodeId> nodes) {
  TellApart(article, nodes, -1);
  for (const NodeId id : nodes) {
    touched_.insert(id);
    if (--At(id).members == 0) DropNode(id);
  }
}

NodeId AgreementPartition::FindNode(absl::string_view signature) const {
  static_assert(IdsByText::kNone == kNoNode);
  return node_of_signature_.Find(signature, [&](NodeId id) { return At(id).signature() == signature; });
}

NodeId AgreementPartition::FindOrMakeNode(const Mention& mention) {
  if (const NodeId present = FindNode(mention.signature()); present != kNoNode) return present;
  const auto id = static_cast<NodeId>(nodes_.size());
  node_of_signature_.Insert(mention.signature(), id);
  nodes_.emplace_back().reading = mention.reading.get();
  glances_.push_back(GlanceAt(mention.traits()));
  to_resolve_.insert(id);
  TieToOthers(id);
  return id;
}

std::vector<AgreementPartition::Key> AgreementPartition::KeysOf(const MentionTraits& traits) {
  std::vector<Key> keys;
  for (const BlockKey& block : BlockKeys(traits)) {
    const uint64_t key = StableHash(block.key);
    keys.push_back(
        {key, block.finer.empty() ? 0 : StableHash(absl::StrCat(block.key, "\n", block.finer)) | 1});
  }
  std::sort(keys.begin(), keys.end(), [](const Key& x, const Key& y) { return x.key < y.key; });
  keys.erase(std::unique(keys.begin(), keys.end(), [](const Key& x, const Key& y) { return x.key == y.key; }),
             keys.end());
  return keys;
}

absl::Span<const NodeId> AgreementPartition::MeetingBy(const Key& key) const {
  const auto crowd = crowds_.find(key.key);
  if (crowd == crowds_.end()) {
    const auto block = blocks_.find(key.key);
    return block == blocks_.end() ? absl::Span<const NodeId>() : absl::MakeConstSpan(block->second);
  }
  const auto group = crowd->second.find(key.finer);
  if (group == crowd->second.end() || group->second.size() > kMaxMeeting) return {};
  return group->second;
}

bool AgreementPartition::Meet(absl::Span<const Key> a, absl::Span<const Key> b) const {
  return std::any_of(a.begin(), a.end(), [&](const Key& x) {
    return std::any_of(b.begin(), b.end(), [&](const Key& y) {
      if (x.key != y.key) return false;
      const auto crowd = crowds_.find(x.key);
      if (crowd == crowds_.end()) return true;
      return x.finer == y.finer && crowd->second.at(x.finer).size() <= kMaxMeeting;
    });
  });
}

std::vector<NodeId> AgreementPartition::EnterBlock(NodeId id, const Key& key) {
  Block& block = blocks_[key.key];
  block.push_back(id);
  if (const auto crowd = crowds_.find(key.key); crowd != crowds_.end()) {
    std::vector<NodeId>& group = crowd->second[key.finer];
    group.push_back(id);
    return group.size() == kMaxMeeting + 1 ? group : std::vector<NodeId>();
  }
  if (key.finer == 0 || block.size() <= kMaxMeeting) return {};
  Groups& groups = crowds_[key.key];
  for (const NodeId node : block) {
    const std::vector<Key> keys = KeysOf(At(node).traits());
    const auto same = std::find_if(keys.begin(), keys.end(), [&](const Key& k) { return k.key == key.key; });
    groups[same->finer].push_back(node);
  }
  return {block.begin(), block.end()};
}

std::vector<NodeId> AgreementPartition::LeaveBlock(NodeId id, const Key& key) {
  const auto block = blocks_.find(key.key);
  block->second.erase(std::find(block->second.begin(), block->second.end(), id));
  const auto crowd = crowds_.find(key.key);
  if (crowd != crowds_.end() && block->second.size() > kMaxMeeting) {
    const auto group = crowd->second.find(key.finer);
    group->second.erase(std::find(group->second.begin(), group->second.end(), id));
    if (group->second.empty())
      crowd->second.erase(group);
    else if (group->second.size() == kMaxMeeting)
      return group->second;
    return {};
  }
  std::vector<NodeId> meet_again;
  if (crowd != crowds_.end()) {
    crowds_.erase(crowd);
    meet_again.assign(block->second.begin(), block->second.end());
  }
  if (block->second.empty()) blocks_.erase(block);
  return meet_again;
}

// Always compared in the order of the signatures, so that a tie does not depend on which node came first.
bool AgreementPartition::AddTie(NodeId id, NodeId other_id) {
  if (!MayMatch(glances_[id], glances_[other_id])) return false;
  Node& node = At(id);
  Node& other = At(other_id);
  const bool in_order = node.signature() < other.signature();
  const Match match =
      in_order ? MatchMentions(node.traits(), other.traits()) : MatchMentions(other.traits(), node.traits());
  if (match.strength == MatchStrength::kNone) return false;
  node.ties.push_back({other_id, in_order ? match : Swapped(match)});
  other.ties.push_back({id, in_order ? Swapped(match) : match});
  return true;
}

void AgreementPartition::RemoveTie(NodeId id, NodeId other) {
  std::erase_if(At(id).ties, [&](const Tie& tie) { return tie.other == other; });
  std::erase_if(At(other).ties, [&](const Tie& tie) { return tie.other == id; });
}

void AgreementPartition::TieToOthers(NodeId id) {
  const std::vector<Key> keys = KeysOf(At(id).traits());
  std::vector<std::vector<NodeId>> changed;
  changed.reserve(keys.size());
  for (const Key& key : keys) changed.push_back(EnterBlock(id, key));
  absl::flat_hash_set<NodeId> seen = {id};
  for (const Key& key : keys) {
    for (const NodeId other : MeetingBy(key)) {
      // A glance before anything else: it tells of most.
      if (MayMatch(glances_[id], glances_[other]) && seen.insert(other).second) AddTie(id, other);
    }
  }
  for (const std::vector<NodeId>& nodes : changed) TieAnew(nodes);
}

void AgreementPartition::TieAnew(absl::Span<const NodeId> nodes) {
  std::vector<std::vector<Key>> keys;
  for (const NodeId id : nodes) keys.push_back(KeysOf(At(id).traits()));
  for (size_t i = 0; i < nodes.size(); ++i) {
    absl::flat_hash_set<NodeId> tied;
    for (const Tie& tie : At(nodes[i]).ties) tied.insert(tie.other);
    for (size_t j = i + 1; j < nodes.size(); ++j) {
      const bool meet = Meet(keys[i], keys[j]);
      if (meet == tied.contains(nodes[j])) continue;
      if (!meet) RemoveTie(nodes[i], nodes[j]);
      if (meet && !AddTie(nodes[i], nodes[j])) continue;
      to_resolve_.insert(nodes[i]);
      to_resolve_.insert(nodes[j]);
    }
  }
}

void AgreementPartition::DropNode(NodeId id) {
  const Node& node = At(id);
  for (const Tie& tie : node.ties) {
    std::erase_if(At(tie.other).ties, [&](const Tie& back) { return back.other == id; });
    to_resolve_.insert(tie.other);
  }
  if (node.agreement != kNoAgreement) {
    to_drop_.insert(node.agreement);
    for (const NodeId mate : NodesOf(node.agreement)) to_resolve_.insert(mate);
  }
  std::vector<std::vector<NodeId>> changed;
  for (const Key& key : KeysOf(node.traits())) changed.push_back(LeaveBlock(id, key));
  node_of_signature_.Erase(node.signature(), id);
  nodes_[id] = Node();
  for (const std::vector<NodeId>& nodes : changed) TieAnew(nodes);
}

void AgreementPartition::CountApart(NodeId a, NodeId b, int difference) {
  int& articles = At(a).apart[b];
  const bool was_apart = articles > 0;
  articles += difference;
  const bool is_apart = articles > 0;
  At(b).apart[a] = articles;
  if (!is_apart) {
    At(a).apart.erase(b);
    At(b).apart.erase(a);
  }
  if (was_apart != is_apart) newly_apart_.emplace_back(a, b);
}

void AgreementPartition::TellApart(const ArticleVersion& article, absl::Span<const NodeId> nodes,
                                   int difference) {
  if (nodes.size() < 2) return;
  const std::shared_ptr<const v1::ExtractedArticle> extraction = article.Unpack();
  // Mentions, by their place in the article.
  const auto count_all = [&](absl::Span<const size_t> group) {
    for (size_t i = 0; i < group.size(); ++i) {
      for (size_t j = i + 1; j < group.size(); ++j) {
        if (ShareAct(*extraction, article.mentions[group[i]], article.mentions[group[j]])) continue;
        CountApart(nodes[group[i]], nodes[group[j]], difference);
      }
    }
  };
  std::vector<size_t> all(nodes.size());
  std::iota(all.begin(), all.end(), size_t{0});
  if (nodes.size() <= kMaxToldApart) return count_all(all);
  absl::flat_hash_map<uint64_t, std::vector<size_t>> groups;
  for (const size_t i : all) {
    for (const Key& key : KeysOf(At(nodes[i]).traits())) groups[key.key].push_back(i);
  }
  for (auto& [key, group] : groups) {
    group.resize(std::min(group.size(), kMaxToldApart));
    count_all(group);
  }
}

std::vector<NodeId> AgreementPartition::Connected(NodeId start, absl::flat_hash_set<NodeId>& seen) const {
  std::vector<NodeId> connected;
  if (seen.insert(start).second) connected.push_back(start);
  for (size_t i = 0; i < connected.size(); ++i) {
    for (const Tie& tie : At(connected[i]).ties) {
      if (seen.insert(tie.other).second) connected.push_back(tie.other);
    }
  }
  return connected;
}

std::vector<std::vector<NodeId>> AgreementPartition::Resolve(std::vector<NodeId> connected) const {
  if (connected.size() == 1) return {std::move(connected)};
  // Each signature is looked up in memory once, not with each comparison.
  std::vector<std::pair<absl::string_view, NodeId>> by_signature;
  by_signature.reserve(connected.size());
  for (const NodeId id : connected) by_signature.emplace_back(At(id).signature(), id);
  std::sort(by_signature.begin(), by_signature.end());
  std::transform(by_signature.begin(), by_signature.end(), connected.begin(),
                 [](const auto& signed_node) { return signed_node.second; });
  absl::flat_hash_map<NodeId, int> place;
  for (size_t i = 0; i < connected.size(); ++i) place[connected[i]] = static_cast<int>(i);
  MentionNodes nodes;
  for (const NodeId id : connected) {
    const int first = place[id];
    nodes.traits.push_back(&At(id).traits());
    for (const Tie& tie : At(id).ties) {
      const int second = place[tie.other];
      if (first < second) nodes.edges.push_back({first, second, tie.match});
    }
    std::vector<int>& apart = nodes.apart.emplace_back();
    for (const auto& [other, articles] : At(id).apart) {
      if (const auto it = place.find(other); it != place.end()) apart.push_back(it->second);
    }
    std::sort(apart.begin(), apart.end());
  }
  std::sort(nodes.edges.begin(), nodes.edges.end(), [](const MatchEdge& a, const MatchEdge& b) {
    return std::pair(a.first, a.second) < std::pair(b.first, b.second);
  });
  std::vector<std::vector<NodeId>> agreements;
  for (const std::vector<int>& cluster : ClusterMentions(nodes)) {
    std::vector<NodeId>& ids = agreements.emplace_back();
    for (const int i : cluster) ids.push_back(connected[static_cast<size_t>(i)]);
    std::sort(ids.begin(), ids.end());
  }
  return agreements;
}

AgreementId AgreementPartition::LargestWithin(absl::Span<const NodeId> nodes) const {
  absl::flat_hash_map<AgreementId, size_t> counts;
  for (const NodeId id : nodes) {
    if (At(id).agreement != kNoAgreement) ++counts[At(id).agreement];
  }
  AgreementId largest = kNoAgreement;
  size_t most = 0;
  for (const auto& [agreement, count] : counts) {
    if (to_drop_.contains(agreement) || NodesOf(agreement).size() != count) continue;
    if (count < most || (count == most && agreement > largest)) continue;
    largest = agreement;
    most = count;
  }
  return largest;
}

// What only grows keeps its number: most agreements do, an article at a time.
void AgreementPartition::Enter(absl::Span<const NodeId> nodes, PartitionChanges& changes) {
  const AgreementId kept = LargestWithin(nodes);
  if (kept != kNoAgreement && NodesOf(kept).size() == nodes.size()) return;
  const AgreementId agreement = kept != kNoAgreement ? kept : static_cast<AgreementId>(agreements_.size());
  if (kept == kNoAgreement) agreements_.emplace_back();
  for (const NodeId id : nodes) {
    const AgreementId before = std::exchange(At(id).agreement, agreement);
    if (before != kNoAgreement && before != agreement) to_drop_.insert(before);
  }
  agreements_[agreement] = SharedList<NodeId>(nodes);
  (kept != kNoAgreement ? changes.grown : changes.made).push_back(agreement);
}

void AgreementPartition::ResolveFrom(NodeId start, absl::flat_hash_set<NodeId>& seen,
                                     PartitionChanges& changes) {
  if (!IsAlive(start) || seen.contains(start)) return;
  std::vector<NodeId> connected = Connected(start, seen);
  const uint64_t component = next_component_++;
  for (const NodeId id : connected) At(id).component = component;
  for (const std::vector<NodeId>& nodes : Resolve(std::move(connected))) Enter(nodes, changes);
}

PartitionChanges AgreementPartition::Settle() {
  PartitionChanges changes;
  absl::flat_hash_set<NodeId> seen;
  // In the order of ids, so that one order of arrival always gives one numbering.
  std::vector<NodeId> starts(to_resolve_.begin(), to_resolve_.end());
  std::sort(starts.begin(), starts.end());
  for (const NodeId start : starts) ResolveFrom(start, seen, changes);
  // What is told apart matters only between nodes that ties connect.
  for (const auto& [a, b] : newly_apart_) {
    const bool alive = IsAlive(a) && IsAlive(b);
    if (alive && At(a).component == At(b).component) ResolveFrom(a, seen, changes);
  }
  absl::flat_hash_set<AgreementId> touched;
  for (const NodeId id : touched_) {
    if (IsAlive(id)) touched.insert(At(id).agreement);
  }
  for (const AgreementId made : changes.made) touched.erase(made);
  for (const AgreementId grown : changes.grown) touched.erase(grown);
  changes.touched.assign(touched.begin(), touched.end());
  changes.gone.assign(to_drop_.begin(), to_drop_.end());
  for (const AgreementId gone : changes.gone) agreements_[gone] = SharedList<NodeId>();
  std::sort(changes.touched.begin(), changes.touched.end());
  std::sort(changes.gone.begin(), changes.gone.end());
  to_resolve_.clear();
  touched_.clear();
  to_drop_.clear();
  newly_apart_.clear();
  return changes;
}

PartitionContents AgreementPartition::Contents() const {
  PartitionContents contents;
  size_t count = 0;
  size_t ties = 0;
  for (const Node& node : nodes_) {
    if (node.reading == nullptr) continue;
    ++count;
    ties += node.ties.size();
  }
  contents.nodes.reserve(count);
  contents.ties.reserve(ties / 2);
  for (size_t i = 0; i < nodes_.size(); ++i) {
    const auto id = static_cast<NodeId>(i);
    if (!IsAlive(id)) continue;
    const Node& node = At(id);
    const size_t ties_before = contents.ties.size();
    const size_t apart_before = contents.apart.size();
    for (const Tie& tie : node.ties) {
      if (tie.other < id) contents.ties.push_back({tie.other, tie.match});
    }
    for (const auto& [other, articles] : node.apart) {
      if (other < id) contents.apart.push_back({other, articles});
    }
    contents.nodes.push_back({.id = id,
                              .agreement = node.agreement,
                              .reading = node.reading,
                              .members = node.members,
                              .ties = static_cast<uint32_t>(contents.ties.size() - ties_before),
                              .apart = static_cast<uint32_t>(contents.apart.size() - apart_before)});
  }
  return contents;
}

absl::Status AgreementPartition::RestoreNode(const PartitionContents::Node& node) {
  const auto id = static_cast<NodeId>(nodes_.size());
  if (node.id != id || node.reading == nullptr || node.members <= 0 || node.agreement >= kNoAgreement) {
    return absl::DataLossError(absl::StrCat("node ", id, " cannot be"));
  }
  const absl::string_view signature = node.reading->traits.signature.view();
  if (FindNode(signature) != kNoNode) {
    return absl::DataLossError(absl::StrCat("node ", id, " has another's signature"));
  }
  node_of_signature_.Insert(signature, id);
  Node& restored = nodes_.emplace_back();
  restored.reading = node.reading;
  restored.members = node.members;
  restored.agreement = node.agreement;
  glances_.push_back(GlanceAt(node.reading->traits));
  // Which meet is known already.
  for (const Key& key : KeysOf(node.reading->traits)) EnterBlock(id, key);
  return absl::OkStatus();
}

absl::Status AgreementPartition::RestorePairs(const PartitionContents::Node& node,
                                              absl::Span<const PartitionContents::Tie> ties,
                                              absl::Span<const PartitionContents::Apart> apart) {
  for (const PartitionContents::Tie& tie : ties) {
    if (tie.other >= node.id) return absl::DataLossError(absl::StrCat("node ", node.id, " has a wrong tie"));
    At(node.id).ties.push_back({tie.other, tie.match});
    At(tie.other).ties.push_back({node.id, Swapped(tie.match)});
  }
  for (const auto& [other, articles] : apart) {
    if (other >= node.id || articles <= 0) {
      return absl::DataLossError(absl::StrCat("node ", node.id, " is told apart wrongly"));
    }
    At(node.id).apart[other] = articles;
    At(other).apart[node.id] = articles;
  }
  return absl::OkStatus();
}

void AgreementPartition::MarkComponents() {
  absl::flat_hash_set<NodeId> seen;
  for (size_t i = 0; i < nodes_.size(); ++i) {
    const std::vector<NodeId> connected = Connected(static_cast<NodeId>(i), seen);
    for (const NodeId id : connected) At(id).component = next_component_;
    if (!connected.empty()) ++next_component_;
  }
}

absl::StatusOr<PartitionChanges> AgreementPartition::Restore(const PartitionContents& contents) {
  node_of_signature_.reserve(contents.nodes.size());
  absl::btree_map<AgreementId, std::vector<NodeId>> nodes_of;
  for (const PartitionContents::Node& node : contents.nodes) {
    TW_RETURN_IF_ERROR(RestoreNode(node));
    nodes_of[node.agreement].push_back(node.id);
  }
  absl::Span<const PartitionContents::Tie> ties = contents.ties;
  absl::Span<const PartitionContents::Apart> apart = contents.apart;
  for (const PartitionContents::Node& node : contents.nodes) {
    if (node.ties > ties.size() || node.apart > apart.size()) {
      return absl::DataLossError(absl::StrCat("node ", node.id, " lacks ties"));
    }
    TW_RETURN_IF_ERROR(RestorePairs(node, ties.first(node.ties), apart.first(node.apart)));
    ties.remove_prefix(node.ties);
    apart.remove_prefix(node.apart);
  }
  MarkComponents();
  PartitionChanges changes;
  for (const auto& [agreement, nodes] : nodes_of) {
    // Others would stay behind when one of them is resolved anew.
    const auto component = At(nodes.front()).component;
    const bool is_tied =
        std::all_of(nodes.begin(), nodes.end(), [&](NodeId id) { return At(id).component == component; });
    if (!is_tied) return absl::DataLossError(absl::StrCat("agreement ", agreement, " is not tied together"));
    const auto id = static_cast<AgreementId>(agreements_.size());
    for (const NodeId node : nodes) At(node).agreement = id;
    agreements_.emplace_back(nodes);
    changes.made.push_back(id);
  }
  return changes;
}

}  // namespace treatywire::query
