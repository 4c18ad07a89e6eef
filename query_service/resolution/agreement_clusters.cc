#include "query_service/resolution/agreement_clusters.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "query_service/resolution/day_span.h"
#include "query_service/resolution/party_directory.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

// A date of origin, and how many mentions give it.
struct DateCount {
  ClaimedDate date;
  int mentions = 0;
};

// What decides whether two clusters may join, so that their members need not be compared one by one.
struct Cluster {
  std::vector<int> members;
  size_t incomplete = 0;              // of the members, those that leave parties out
  std::optional<Day> written;         // when its members that depend on it were published, the first of them
  std::optional<Day> to_come;         // of those that are yet to come, the last
  std::set<std::string> seats;        // of the parties that members name
  std::vector<DateCount> dates;       // each once; the first kMaxDates
  std::optional<ClaimedDate> origin;  // the date that most mentions give or refine
  std::vector<int> representatives;   // one member for each distinct combination of what CanBeOne compares
  absl::flat_hash_set<int> apart;     // nodes that some article tells apart from a member
  std::set<v1::Subject> subjects;     // the known ones
  std::set<std::vector<std::string>> topics;  // of names and descriptions; at most kMaxTopics
  bool has_proper_name = false;
};

bool SameForCanBeOne(const MentionTraits& a, const MentionTraits& b) {
  return a.known == b.known && a.parties == b.parties && a.scope == b.scope && a.kind == b.kind;
}

// More different dates than this are no dispute that anybody could settle.
constexpr size_t kMaxDates = 32;

void AddDate(const DateCount& added, std::vector<DateCount>& dates) {
  const auto known = std::find_if(dates.begin(), dates.end(), [&](const DateCount& other) {
    return other.date.days == added.date.days && other.date.edtf == added.date.edtf;
  });
  if (known != dates.end()) {
    known->mentions += added.mentions;
  } else if (dates.size() < kMaxDates) {
    dates.push_back(added);
  }
}

constexpr size_t kMaxTopics = 32;

void AddTopic(const std::vector<std::string>& topic, std::set<std::vector<std::string>>& topics) {
  if (topics.size() < kMaxTopics) topics.insert(topic);
}

// Of sorted words: whether they have most in common, or one has all of the other's.
bool AreAlike(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const auto shared = static_cast<size_t>(std::count_if(a.begin(), a.end(), [&](const std::string& word) {
    return std::binary_search(b.begin(), b.end(), word);
  }));
  return shared == std::min(a.size(), b.size()) || 2 * shared >= a.size() + b.size() - shared;
}

// Between the closest two of them; negative where they overlap.
Day DaysBetween(const std::vector<DateCount>& a, const std::vector<DateCount>& b) {
  Day fewest = kLatestDay;
  for (const DateCount& of_a : a) {
    for (const DateCount& of_b : b) {
      fewest = std::min(fewest, std::max(of_a.date.days.first, of_b.date.days.first) -
                                    std::min(of_a.date.days.last, of_b.date.days.last));
    }
  }
  return fewest;
}

// The date that most mentions give or refine; of several the most precise one, then the earliest.
std::optional<ClaimedDate> LeadingDate(const std::vector<DateCount>& dates) {
  const DateCount* leading = nullptr;
  int most = 0;
  const auto rank = [](const ClaimedDate& date) {
    return std::tuple(date.days.width(), date.days.first, absl::string_view(date.edtf));
  };
  for (const DateCount& candidate : dates) {
    int mentions = 0;
    for (const DateCount& other : dates) {
      const v1::DateComparison comparison = CompareDates(candidate.date, other.date);
      const bool supports =
          comparison == v1::DATE_COMPARISON_SAME || comparison == v1::DATE_COMPARISON_REFINES;
      if (supports) mentions += other.mentions;
    }
    const bool better = leading == nullptr || mentions > most ||
                        (mentions == most && rank(candidate.date) < rank(leading->date));
    if (!better) continue;
    leading = &candidate;
    most = mentions;
  }
  return leading == nullptr ? std::nullopt : std::make_optional(leading->date);
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
      for (const NameWords& name : traits.names)
        AddTopic({name.topic().begin(), name.topic().end()}, clusters_[i].topics);
      clusters_[i].has_proper_name = traits.has_proper_name();
      clusters_[i].written = traits.published;
      if (traits.to_come) clusters_[i].to_come = traits.published;
      clusters_[i].incomplete = traits.scope == Scope::kIncomplete ? 1 : 0;
      for (const absl::string_view party : traits.parties) clusters_[i].seats.emplace(SeatOf(party));
      if (traits.origin) clusters_[i].dates.push_back({*traits.origin, 1});
      clusters_[i].origin = traits.origin;
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
  // What speaks for one mention's being of a cluster.
  struct Support {
    bool joins = false;     // it says less than one of the cluster's, or the same
    bool possible = false;  // it may be what one of the cluster's is
    int score = 0;
  };

  // Where one side's members could join the other's cluster.
  struct Candidate {
    size_t supporting_members = 0;
    size_t supporting_incomplete = 0;
    bool joins = false;     // at least one of them says less than one of the other's
    bool doubtful = false;  // one of them says neither less nor more
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

  // Whether most of the one say as most of the other when it came into being; undated ones leave it open.
  bool OriginsAgree(int a, int b, bool where_open) const {
    if (!At(a).origin || !At(b).origin) return where_open;
    return DatesAgree(*At(a).origin, *At(b).origin);
  }

  // Whether one agreement may be meant though it is described or dated in different ways. Neither a disputed
  // date splits nor do two descriptions of one subject ("pact on visits", "forces agreement"); but both
  // together do, and so do more years between the dates than anybody confuses, unless it has the same name.
  bool MayDiffer(int first, int second) const {
    const Cluster& a = At(first);
    const Cluster& b = At(second);
    const bool both_described = !a.topics.empty() && !b.topics.empty();
    if (OriginsAgree(first, second, /*where_open=*/true)) {
      return !both_described || TopicsMeet(a, b) || (!a.subjects.empty() && !b.subjects.empty());
    }
    if (ShareTopic(a, b)) return true;
    constexpr Day kConfusable = 10 * 366;
    return DaysBetween(a.dates, b.dates) < kConfusable && (!both_described || TopicsMeet(a, b));
  }

  static bool ShareTopic(const Cluster& a, const Cluster& b) {
    return std::any_of(a.topics.begin(), a.topics.end(),
                       [&](const std::vector<std::string>& topic) { return b.topics.contains(topic); });
  }

  // Whether any topic of the one may be put as one of the other's.
  static bool TopicsMeet(const Cluster& a, const Cluster& b) {
    return std::any_of(a.topics.begin(), a.topics.end(), [&](const std::vector<std::string>& topic) {
      return std::any_of(b.topics.begin(), b.topics.end(),
                         [&](const std::vector<std::string>& other) { return AreAlike(topic, other); });
    });
  }

  // Whether what some of `a` mean, of which no more is known than when they were written, cannot have come
  // into being when `b` did.
  static bool IsBeyond(const Cluster& a, const Cluster& b) {
    if (a.origin || !b.origin) return false;
    return (a.written && IsOutOfTime(*a.written, /*to_come=*/false, *b.origin)) ||
           (a.to_come && IsOutOfTime(*a.to_come, /*to_come=*/true, *b.origin));
  }

  // Whether the one names no party that the other does not.
  static bool PartiesNest(const Cluster& a, const Cluster& b) {
    const auto includes = [](const std::set<std::string>& many, const std::set<std::string>& few) {
      return std::includes(many.begin(), many.end(), few.begin(), few.end());
    };
    return includes(a.seats, b.seats) || includes(b.seats, a.seats);
  }

  // `direct` is the match that speaks for joining, if it is of two nodes that differ in subject or name.
  bool CanJoin(int first, int second, const MatchEdge* direct) const {
    const Cluster& a = At(first);
    const Cluster& b = At(second);
    if (ToldApart(a, b) || !RepresentativesAgree(a, b) || IsBeyond(a, b) || IsBeyond(b, a)) return false;
    const bool strong = direct != nullptr && direct->match.strength == MatchStrength::kStrong;
    if (strong && direct->match.by_date && !OriginsAgree(first, second, /*where_open=*/true)) return false;
    const bool subjects_differ = strong && Traits(direct->first).subject != Traits(direct->second).subject &&
                                 Traits(direct->first).subject != v1::SUBJECT_UNSPECIFIED &&
                                 Traits(direct->second).subject != v1::SUBJECT_UNSPECIFIED;
    if (!SubjectsMeet(a, b) && !subjects_differ) return false;
    const bool by_name = strong && direct->match.by_name;
    if (!by_name && !MayDiffer(first, second)) return false;
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
    target.incomplete += source.incomplete;
    if (source.written) target.written = std::min(target.written.value_or(kLatestDay), *source.written);
    if (source.to_come) target.to_come = std::max(target.to_come.value_or(kEarliestDay), *source.to_come);
    for (const std::vector<std::string>& topic : source.topics) AddTopic(topic, target.topics);
    target.has_proper_name |= source.has_proper_name;
    target.seats.insert(source.seats.begin(), source.seats.end());
    for (const DateCount& date : source.dates) AddDate(date, target.dates);
    target.origin = LeadingDate(target.dates);
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

  // What the matches of one node say of the clusters of others.
  std::map<int, Support> SupportsOf(int node) const {
    std::map<int, Support> supports;
    for (const MatchEdge* edge : edges_of_[static_cast<size_t>(node)]) {
      const bool is_first = edge->first == node;
      const Match& match = edge->match;
      const bool joins =
          match.strength == MatchStrength::kStrong || (is_first ? match.first_joins : match.second_joins);
      const bool says_more = is_first ? match.second_joins : match.first_joins;
      if (says_more && !joins) continue;
      Support& support = supports[ClusterOf(is_first ? edge->second : edge->first)];
      support.joins |= joins;
      support.possible |= match.strength == MatchStrength::kPossible;
      support.score = std::max(support.score, int{match.score});
    }
    return supports;
  }

  // Whether each member of `cluster` may be what the other cluster is. Of one that leaves a party out its
  // topic says so, where members that do not have been found to be of one agreement with it.
  bool AllMayBe(int cluster, int other, const Candidate& candidate) const {
    const Cluster& joining = At(cluster);
    if (candidate.supporting_members == joining.members.size()) return true;
    const size_t complete = joining.members.size() - joining.incomplete;
    const size_t supporting = candidate.supporting_members - candidate.supporting_incomplete;
    return complete > 0 && supporting == complete && TopicsMeet(joining, At(other));
  }

  // The clusters that `cluster` as a whole could join: at least one of its members says less than one of
  // theirs, and each of the others may be what that one is, or at least says no more; not where it then came
  // into being at another time.
  std::map<int, Candidate> CandidatesOf(int cluster) const {
    std::map<int, Candidate> candidates;
    for (const int node : At(cluster).members) {
      for (const auto& [other, support] : SupportsOf(node)) {
        if (other == cluster) continue;
        Candidate& candidate = candidates[other];
        ++candidate.supporting_members;
        if (Traits(node).scope == Scope::kIncomplete) ++candidate.supporting_incomplete;
        candidate.joins |= support.joins;
        candidate.doubtful |= !support.joins && !support.possible;
        candidate.score = std::max(candidate.score, support.score);
      }
    }
    for (auto it = candidates.begin(); it != candidates.end();) {
      const Candidate& candidate = it->second;
      const bool fits = candidate.joins && AllMayBe(cluster, it->first, candidate) &&
                        (!candidate.doubtful || OriginsAgree(cluster, it->first, /*where_open=*/true)) &&
                        CanJoin(cluster, it->first, nullptr);
      it = fits ? std::next(it) : candidates.erase(it);
    }
    return candidates;
  }

  // Leaves those of several candidates that `fits` holds of, if there are any.
  template <typename Fits>
  static void Prefer(std::map<int, Candidate>& candidates, const Fits& fits) {
    if (candidates.size() < 2) return;
    const bool any = std::any_of(candidates.begin(), candidates.end(),
                                 [&](const auto& candidate) { return fits(candidate.first); });
    if (any) std::erase_if(candidates, [&](const auto& candidate) { return !fits(candidate.first); });
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
      Prefer(candidates, [&](int other) { return OriginsAgree(static_cast<int>(i), other, false); });
      Prefer(candidates, [&](int other) { return PartiesNest(clusters_[i], At(other)); });
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
