#include "query_service/index/agreement_relations.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "query_service/index/party_selection.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

using Cells = std::vector<const AgreementCell*>;

// The other agreements of just the same parties.
Cells SiblingsOf(const RecordState& state, const AgreementCell& cell) {
  Cells siblings;
  if (cell.parties->empty()) return siblings;
  for (const AgreementId id : PartySelection(*cell.parties, v1::PARTY_MATCH_EXACTLY).Find(state)) {
    if (&state.CellOf(id) != &cell) siblings.push_back(&state.CellOf(id));
  }
  return siblings;
}

bool IsProtocol(const RecordState& state, const AgreementCell& cell) {
  return state.Resolved(cell).kind == v1::AGREEMENT_KIND_PROTOCOL;
}

// The topics of all names that its mentions give it.
std::vector<std::vector<std::string>> TopicsOf(const RecordState& state, const AgreementCell& cell) {
  std::vector<std::vector<std::string>> topics;
  for (const NodeId node : *cell.nodes) {
    const NodeMember first = FirstMember(state.members, node);
    for (const NameWords& name : first.article->mentions[static_cast<size_t>(first.mention)].traits.names) {
      if (!name.topic.empty()) topics.push_back(name.topic);
    }
  }
  return topics;
}

bool IsNamedIn(const RecordState& state, const AgreementCell& base, const AgreementCell& protocol) {
  const auto of_protocol = TopicsOf(state, protocol);
  for (const std::vector<std::string>& of_base : TopicsOf(state, base)) {
    for (const std::vector<std::string>& topic : of_protocol) {
      if (std::includes(topic.begin(), topic.end(), of_base.begin(), of_base.end())) return true;
    }
  }
  return false;
}

// The one that `is_it` holds of, if there is just one.
template <typename Predicate>
const AgreementCell* Only(const Cells& cells, const Predicate& is_it) {
  const AgreementCell* only = nullptr;
  for (const AgreementCell* cell : cells) {
    if (!is_it(*cell)) continue;
    if (only != nullptr) return nullptr;
    only = cell;
  }
  return only;
}

// What `protocol` is a protocol to; nullptr if it is none, or nothing tells.
const AgreementCell* BaseOf(const RecordState& state, const AgreementCell& protocol) {
  if (!IsProtocol(state, protocol)) return nullptr;
  Cells bases = SiblingsOf(state, protocol);
  std::erase_if(bases, [&](const AgreementCell* cell) { return IsProtocol(state, *cell); });
  const bool any_named = std::any_of(bases.begin(), bases.end(), [&](const AgreementCell* base) {
    return IsNamedIn(state, *base, protocol);
  });
  if (any_named)
    return Only(bases, [&](const AgreementCell& base) { return IsNamedIn(state, base, protocol); });
  const v1::Subject subject = state.Resolved(protocol).subject;
  if (subject == v1::SUBJECT_UNSPECIFIED) return nullptr;
  return Only(bases, [&](const AgreementCell& base) { return state.Resolved(base).subject == subject; });
}

bool IsLater(const ResolvedAgreement& agreement, const ResolvedAgreement& than) {
  return !agreement.signed_days || !than.signed_days || agreement.signed_days->first > than.signed_days->last;
}

// The agreements that the article of `claim` speaks of beside the superseded one.
void AddSpokenOf(const RecordState& state, const ActClaim& claim, std::set<AgreementId>& agreements) {
  const ArticleEntry* entry = state.articles.Find(claim.article->id());
  if (entry == nullptr) return;
  for (const NodeId node : *entry->nodes) agreements.insert(state.AgreementOf(node));
}

// What took the place of `old`; nullptr if nothing did, or nothing tells.
const AgreementCell* SuccessorOf(const RecordState& state, const AgreementCell& old) {
  const ResolvedAgreement& agreement = state.Resolved(old);
  std::set<AgreementId> spoken_of;
  for (const Act& act : agreement.acts) {
    if (act.type != v1::EVENT_TYPE_SUPERSEDED || act.modality != v1::MODALITY_ASSERTED) continue;
    for (const ActClaim& claim : act.claims) {
      if (claim.event().modality() == v1::MODALITY_ASSERTED) AddSpokenOf(state, claim, spoken_of);
    }
  }
  if (spoken_of.empty()) return nullptr;
  return Only(SiblingsOf(state, old), [&](const AgreementCell& other) {
    const AgreementId id = state.AgreementOf(other.nodes->front());
    return spoken_of.contains(id) && !IsProtocol(state, other) && IsLater(state.Resolved(other), agreement);
  });
}

}  // namespace

std::vector<v1::Relation> FindRelations(const RecordState& state, const AgreementCell& cell) {
  std::vector<v1::Relation> relations;
  const auto add = [&](v1::RelationKind kind, const AgreementCell* other) {
    if (other == nullptr) return;
    v1::Relation& relation = relations.emplace_back();
    relation.set_kind(kind);
    relation.set_agreement(other->name);
    relation.set_display_name(state.Resolved(*other).display_name);
  };
  add(v1::RELATION_KIND_REPLACED_BY, SuccessorOf(state, cell));
  add(v1::RELATION_KIND_PROTOCOL_TO, BaseOf(state, cell));
  for (const AgreementCell* sibling : SiblingsOf(state, cell)) {
    if (SuccessorOf(state, *sibling) == &cell) add(v1::RELATION_KIND_REPLACES, sibling);
    if (BaseOf(state, *sibling) == &cell) add(v1::RELATION_KIND_HAS_PROTOCOL, sibling);
  }
  std::sort(relations.begin(), relations.end(), [](const v1::Relation& a, const v1::Relation& b) {
    return std::tuple(a.kind(), a.agreement()) < std::tuple(b.kind(), b.agreement());
  });
  return relations;
}

}  // namespace treatywire::query
