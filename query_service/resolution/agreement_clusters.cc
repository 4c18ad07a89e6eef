#include "query_service/resolution/agreement_clusters.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/container/flat_hash_set.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

// What decides whether two clusters may join, so that their members need not be compared one by one.
struct Cluster {
  std::vector<int> members;
  std::vector<int> representatives;  // one member for each distinct combination of what CanBeOne compares
  absl::flat_hash_set<int> apart;    // nodes that some article tells apart from a member
  std::set<v1::Subject> subjects;    // the known ones
  bool has_proper_name = false;
};

bool SameForCanBeOne(const MentionTraits& a, const MentionTraits& b) {
  return a.known == b.known && a.parties == b.parties && a.scope == b.scope && a.kind == b.kind;
}

class Clustering {
 public:
  explicit Clustering(const MentionNodes& nodes)
      : nodes_(nodes),
        cluster_of_(nodes.traits.size()),
        clusters_(nodes.traits.size()),
        edges_of_(nodes.traits.size()) {
    for (size_t i = 0; i < clusters_.size(); ++i) {
      const int node = static_cast<int>(i);
      const MentionTraits& traits = *nodes.traits[i];
      cluster_of_[i] = node;
      clusters_[i].members = {node};
      clusters_[i].representatives = {node};
      clusters_[i].apart.insert(nodes.apart[i].begin(), nodes.apart[i].end());
      if (traits.subject != v1::SUBJECT_UNSPECIFIED) clusters_[i].subjects.insert(traits.subject);
      clusters_[i].has_proper_name = traits.has_proper_name();
    }
    for (const MatchEdge& edge : nodes.edges) {
      edges_of_[static_cast<size_t>(edge.first)].push_back(&edge);
      edges_of_[static_cast<size_t>(edge.second)].push_back(&edge);
    }
  }

  std::vector<std::vector<int>> Run() {
    JoinStrong();
    do {
      while (JoinByElimination()) {
      }
    } while (JoinDespiteDates());
    std::vector<std::vector<int>> result;
    for (Cluster& cluster : clusters_) {
      if (cluster.members.empty()) continue;
      std::sort(cluster.members.begin(), cluster.members.end());
      result.push_back(std::move(cluster.members));
    }
    std::sort(result.begin(), result.end());
    return result;
  }

 private:
  // Where one side's members could join the other's cluster.
  struct Candidate {
    size_t supporting_members = 0;
    bool dates_agree = false;
    int score = 0;
  };

  const MentionTraits& Traits(int node) const { return *nodes_.traits[static_cast<size_t>(node)]; }
  int ClusterOf(int node) const { return cluster_of_[static_cast<size_t>(node)]; }
  const Cluster& At(int cluster) const { return clusters_[static_cast<size_t>(cluster)]; }

  bool ToldApart(const Cluster& a, const Cluster& b) const {
    const Cluster& smaller = a.members.size() < b.members.size() ? a : b;
    const Cluster& larger = &smaller == &a ? b : a;
    return std::any_of(smaller.members.begin(), smaller.members.end(), [&](int node) {
      if (!larger.apart.contains(node)) return false;
      // One article may well speak of a well-known agreement as of two.
      return Traits(node).known.empty() || Traits(larger.members.front()).known != Traits(node).known;
    });
  }

  bool RepresentativesAgree(const Cluster& a, const Cluster& b) const {
    for (const int node_a : a.representatives) {
      for (const int node_b : b.representatives) {
        if (!CanBeOne(Traits(node_a), Traits(node_b))) return false;
      }
    }
    return true;
  }

  static bool SubjectsMeet(const Cluster& a, const Cluster& b) {
    if (a.subjects.empty() || b.subjects.empty()) return true;
    return std::any_of(a.subjects.begin(), a.subjects.end(),
                       [&](v1::Subject subject) { return b.subjects.contains(subject); });
  }

  bool NamesMeet(const Cluster& a, int cluster_a, const Cluster& b, int cluster_b) const {
    if (!a.has_proper_name || !b.has_proper_name) return true;
    const bool scan_a = a.members.size() < b.members.size();
    const int other = scan_a ? cluster_b : cluster_a;
    const std::vector<int>& scanned = scan_a ? a.members : b.members;
    return std::any_of(scanned.begin(), scanned.end(), [&](int node) {
      const auto& edges = edges_of_[static_cast<size_t>(node)];
      return std::any_of(edges.begin(), edges.end(), [&](const MatchEdge* edge) {
        return edge->match.by_name && ClusterOf(edge->first == node ? edge->second : edge->first) == other;
      });
    });
  }

  // `direct` is the match that speaks for joining, if it is of two nodes that differ in subject or name.
  bool CanJoin(int first, int second, const MatchEdge* direct) const {
    const Cluster& a = At(first);
    const Cluster& b = At(second);
    if (ToldApart(a, b) || !RepresentativesAgree(a, b)) return false;
    const bool strong = direct != nullptr && direct->match.strength == MatchStrength::kStrong;
    const bool subjects_differ = strong && Traits(direct->first).subject != Traits(direct->second).subject &&
                                 Traits(direct->first).subject != v1::SUBJECT_UNSPECIFIED &&
                                 Traits(direct->second).subject != v1::SUBJECT_UNSPECIFIED;
    if (!SubjectsMeet(a, b) && !subjects_differ) return false;
    const bool names_differ =
        strong && Traits(direct->first).has_proper_name() && Traits(direct->second).has_proper_name();
    return names_differ || NamesMeet(a, first, b, second);
  }

  // The cluster of the smaller number takes in the other.
  void Join(int first, int second) {
    const int into = std::min(first, second);
    Cluster& target = clusters_[static_cast<size_t>(into)];
    Cluster& source = clusters_[static_cast<size_t>(std::max(first, second))];
    for (const int node : source.members) cluster_of_[static_cast<size_t>(node)] = into;
    target.members.insert(target.members.end(), source.members.begin(), source.members.end());
    for (const int node : source.representatives) {
      if (std::none_of(target.representatives.begin(), target.representatives.end(),
                       [&](int other) { return SameForCanBeOne(Traits(node), Traits(other)); })) {
        target.representatives.push_back(node);
      }
    }
    target.apart.insert(source.apart.begin(), source.apart.end());
    target.subjects.insert(source.subjects.begin(), source.subjects.end());
    target.has_proper_name |= source.has_proper_name;
    source = Cluster();
  }

  void JoinStrong() {
    std::vector<const MatchEdge*> strong;
    for (const MatchEdge& edge : nodes_.edges) {
      if (edge.match.strength == MatchStrength::kStrong) strong.push_back(&edge);
    }
    std::stable_sort(strong.begin(), strong.end(),
                     [](const MatchEdge* a, const MatchEdge* b) { return a->match.score > b->match.score; });
    for (const MatchEdge* edge : strong) {
      const int first = ClusterOf(edge->first);
      const int second = ClusterOf(edge->second);
      if (first != second && CanJoin(first, second, edge)) Join(first, second);
    }
  }

  // The clusters that `cluster` as a whole could join: each of its members says less than one of theirs.
  std::map<int, Candidate> CandidatesOf(int cluster) const {
    std::map<int, Candidate> candidates;
    for (const int node : At(cluster).members) {
      std::set<int> supported;
      for (const MatchEdge* edge : edges_of_[static_cast<size_t>(node)]) {
        const bool is_first = edge->first == node;
        const int other = ClusterOf(is_first ? edge->second : edge->first);
        const bool joins = edge->match.strength == MatchStrength::kStrong ||
                           (is_first ? edge->match.first_joins : edge->match.second_joins);
        if (other == cluster || !joins) continue;
        Candidate& candidate = candidates[other];
        if (supported.insert(other).second) ++candidate.supporting_members;
        candidate.dates_agree |= edge->match.dates_agree;
        candidate.score = std::max(candidate.score, edge->match.score);
      }
    }
    for (auto it = candidates.begin(); it != candidates.end();) {
      const bool fits =
          it->second.supporting_members == At(cluster).members.size() && CanJoin(cluster, it->first, nullptr);
      it = fits ? std::next(it) : candidates.erase(it);
    }
    return candidates;
  }

  bool JoinByElimination() {
    struct Plan {
      int score;
      int cluster;
      int target;
    };
    std::vector<Plan> plans;
    for (size_t i = 0; i < clusters_.size(); ++i) {
      if (clusters_[i].members.empty()) continue;
      std::map<int, Candidate> candidates = CandidatesOf(static_cast<int>(i));
      if (candidates.size() > 1) {
        const bool any_agrees = std::any_of(candidates.begin(), candidates.end(), [](const auto& candidate) {
          return candidate.second.dates_agree;
        });
        std::erase_if(candidates,
                      [&](const auto& candidate) { return any_agrees && !candidate.second.dates_agree; });
      }
      if (candidates.size() != 1) continue;
      plans.push_back({candidates.begin()->second.score, static_cast<int>(i), candidates.begin()->first});
    }
    std::stable_sort(plans.begin(), plans.end(),
                     [](const Plan& a, const Plan& b) { return a.score > b.score; });
    bool joined = false;
    for (const Plan& plan : plans) {
      const int cluster = ClusterOf(plan.cluster);
      const int target = ClusterOf(plan.target);
      if (cluster == target || !CanJoin(cluster, target, nullptr)) continue;
      Join(cluster, target);
      joined = true;
    }
    return joined;
  }

  // Clusters that weak matches without direction connect with `start`, `start` included, sorted.
  std::vector<int> Rivals(int start, std::vector<bool>& seen) const {
    std::vector<int> rivals = {start};
    seen[static_cast<size_t>(start)] = true;
    for (size_t i = 0; i < rivals.size(); ++i) {
      for (const int node : At(rivals[i]).members) {
        for (const MatchEdge* edge : edges_of_[static_cast<size_t>(node)]) {
          const int other = ClusterOf(edge->first == node ? edge->second : edge->first);
          const bool undirected = edge->match.strength == MatchStrength::kWeak && !edge->match.first_joins &&
                                  !edge->match.second_joins;
          if (!undirected || seen[static_cast<size_t>(other)]) continue;
          seen[static_cast<size_t>(other)] = true;
          rivals.push_back(other);
        }
      }
    }
    std::sort(rivals.begin(), rivals.end());
    return rivals;
  }

  bool AllCanJoin(const std::vector<int>& clusters) const {
    for (size_t i = 0; i < clusters.size(); ++i) {
      for (size_t j = i + 1; j < clusters.size(); ++j) {
        if (!CanJoin(clusters[i], clusters[j], nullptr)) return false;
      }
    }
    return true;
  }

  bool JoinDespiteDates() {
    std::vector<bool> seen(clusters_.size());
    bool joined = false;
    for (size_t i = 0; i < clusters_.size(); ++i) {
      if (seen[i] || clusters_[i].members.empty()) continue;
      const std::vector<int> rivals = Rivals(static_cast<int>(i), seen);
      if (rivals.size() < 2 || !AllCanJoin(rivals)) continue;
      for (size_t n = 1; n < rivals.size(); ++n) Join(rivals[0], rivals[n]);
      joined = true;
    }
    return joined;
  }

  const MentionNodes& nodes_;
  std::vector<int> cluster_of_;
  std::vector<Cluster> clusters_;  // a cluster that was taken in is left empty
  std::vector<std::vector<const MatchEdge*>> edges_of_;
};

}  // namespace

std::vector<std::vector<int>> ClusterMentions(const MentionNodes& nodes) { return Clustering(nodes).Run(); }

}  // namespace treatywire::query
