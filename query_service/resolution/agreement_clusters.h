// Which mentions are one agreement: a partition of mentions that may have to do with each other.
//
// A pure function of the set of its inputs: the nodes come sorted by signature, ties are settled by that
// order, and no step depends on when a mention arrived.
//
//   1. Strong matches join, the best first, unless something sets the two sides apart: an article that tells
//      them apart, other parties, another well-known agreement, names that differ. A date that merely agrees
//      ("1966") joins only where most mentions of either side date it so.
//   2. What says less joins what says more, if there is just one agreement that it might be (one that most
//      mentions date alike goes before others, then one whose parties are among the others'). Repeated until
//      nothing changes, for what joined may settle what was open.
//   3. Unnamed mentions of one pair and subject that only their dates set against each other join, all or
//      none: a disputed date never splits an agreement, but where an article tells two apart, the dates
//      count.
//
// Two descriptions ("pact on visits", "forces agreement") do not split one either. What is both described and
// dated differently, or described differently with its subject left open, or has not the same name and more
// than ten years between its dates, is two; so is what papers speak of long before it was there, or speak of
// as yet to come when it had long been there.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_AGREEMENT_CLUSTERS_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_AGREEMENT_CLUSTERS_H_

#include <vector>

#include "absl/types/span.h"
#include "query_service/resolution/mention_matching.h"

namespace treatywire::query {

// A match of nodes `first` < `second`.
struct MatchEdge {
  int first = 0;
  int second = 0;
  Match match;
};

struct MentionNodes {
  std::vector<const MentionTraits*> traits;  // sorted by signature
  std::vector<MatchEdge> edges;              // sorted by (first, second)
  std::vector<std::vector<int>> apart;  // of each node, those that some article tells apart from it; sorted
};

// The nodes of each agreement, sorted, by their first node. Roughly linear in the edges.
std::vector<std::vector<int>> ClusterMentions(const MentionNodes& nodes);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_AGREEMENT_CLUSTERS_H_
