// Which articles mention what: the mentions of the versions in force, by node.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_MEMBER_SET_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_MEMBER_SET_H_

#include <cstdint>
#include <limits>

#include "query_service/index/ordered_map.h"
#include "query_service/resolution/article_version.h"

namespace treatywire::query {

// Mentions of one signature are one node. Numbered as they come, never shown.
using NodeId = uint32_t;
// An agreement within the index. Numbered as they come, never shown.
using AgreementId = uint32_t;

inline constexpr NodeId kNoNode = std::numeric_limits<NodeId>::max();
inline constexpr AgreementId kNoAgreement = std::numeric_limits<AgreementId>::max();

// A mention of a node. The article is kept alive by the index's history.
struct NodeMember {
  NodeId node = kNoNode;
  int mention = 0;                          // here, where it takes no room of its own
  const ArticleVersion* article = nullptr;  // nullptr: before all others of the node
};

// Of one node by publication, so that its first member is that first published.
struct NodeMemberLess {
  bool operator()(const NodeMember& a, const NodeMember& b) const {
    if (a.node != b.node) return a.node < b.node;
    if (a.article != b.article) {
      if (a.article == nullptr || b.article == nullptr) return a.article == nullptr;
      if (PublishedBefore(*a.article, *b.article)) return true;
      if (PublishedBefore(*b.article, *a.article)) return false;
    }
    return a.mention < b.mention;
  }
};

using MemberSet = OrderedSet<NodeMember, NodeMemberLess>;

// The first published member; of a node that has one.
inline NodeMember FirstMember(const MemberSet& members, NodeId node) {
  NodeMember first;
  members.VisitFrom(NodeMember{.node = node}, [&](const NodeMember& member, const Present&) {
    first = member;
    return false;
  });
  return first;
}

// Calls `visit` with each member of the node, by publication.
template <typename Visit>
void VisitMembers(const MemberSet& members, NodeId node, const Visit& visit) {
  members.VisitFrom(NodeMember{.node = node}, [&](const NodeMember& member, const Present&) {
    if (member.node != node) return false;
    visit(member);
    return true;
  });
}

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_MEMBER_SET_H_
