#include "query_service/index/agreement_relations.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "query_service/index/name_lookup.h"
#include "query_service/index/party_selection.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

using Cells = std::vector<const AgreementCell*>;

// The other agreements of just the same parties.
Cells SiblingsOf(const RecordState& state, const AgreementCell& cell) {
  Cells siblings;
  if (cell.keys.parties.empty()) return siblings;
  for (const AgreementId id : PartySelection(cell.keys.parties, v1::PARTY_MATCH_EXACTLY).Find(state)) {
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
  for (const NodeId node : cell.nodes) {
    const NodeMember first = FirstMember(state.members, node);
    for (const NameWords& name : first.article->mentions[static_cast<size_t>(first.mention)].traits().names) {
      if (!name.topic().empty()) topics.emplace_back(name.topic().begin(), name.topic().end());
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

// The traits of each of its nodes.
template <typename Visit>
void ForEachTraits(const RecordState& state, const AgreementCell& cell, const Visit& visit) {
  for (const NodeId node : cell.nodes) {
    const NodeMember first = FirstMember(state.members, node);
    visit(first.article->mentions[static_cast<size_t>(first.mention)].traits());
  }
}

bool SaysItAmends(const RecordState& state, const AgreementCell& cell) {
  bool amends = false;
  ForEachTraits(state, cell, [&](const MentionTraits& traits) { amends = amends || traits.amends; });
  return amends;
}

// Whether an agreement of `base`'s parties can be one that `cell` belongs to: a pair's belongs to one of the
// pair, or to one of many states.
bool CanBelongTo(const RecordState& state, const AgreementCell& cell, const AgreementCell& base) {
  if (&base == &cell) return false;
  if (!state.Resolved(base).context.pair) return true;
  return PartySelection(cell.keys.parties, v1::PARTY_MATCH_ALL).Selects(base.keys.parties);
}

// What answers to the most telling of `slugs` that anything answers to; nullptr where several do, or nothing.
const AgreementCell* BaseWithSlug(const RecordState& state, const AgreementCell& cell,
                                  const SharedTexts& slugs) {
  for (const absl::string_view slug : slugs) {
    Cells candidates;
    for (const AgreementId id : AgreementsWithSlug(state, slug)) candidates.push_back(&state.CellOf(id));
    std::erase_if(candidates, [&](const AgreementCell* base) { return !CanBelongTo(state, cell, *base); });
    if (!candidates.empty()) return candidates.size() == 1 ? candidates.front() : nullptr;
  }
  return nullptr;
}

// The one that `cell`'s own names, or the lexicon, say that it belongs to; nullptr where they name none, or
// not all the same.
const AgreementCell* NamedBaseOf(const RecordState& state, const AgreementCell& cell) {
  if (cell.keys.bases.empty()) return nullptr;
  std::set<const AgreementCell*> found;
  ForEachTraits(state, cell, [&](const MentionTraits& traits) {
    if (const AgreementCell* base = BaseWithSlug(state, cell, traits.bases)) found.insert(base);
  });
  return found.size() == 1 ? *found.begin() : nullptr;
}

// The other agreement of the same parties that a protocol, or an amendment, is to: the only one whose topic
// its name contains, or else the only one on its subject.
const AgreementCell* SiblingBaseOf(const RecordState& state, const AgreementCell& protocol) {
  if (!IsProtocol(state, protocol) && !SaysItAmends(state, protocol)) return nullptr;
  Cells bases = SiblingsOf(state, protocol);
  std::erase_if(bases, [&](const AgreementCell* cell) { return IsProtocol(state, *cell); });
  const bool any_named = std::any_of(bases.begin(), bases.end(), [&](const AgreementCell* base) {
    return IsNamedIn(state, *base, protocol);
  });
  if (any_named)
    return Only(bases, [&](const AgreementCell& base) { return IsNamedIn(state, base, protocol); });
  // Of a well-known one the lexicon would say what it belongs to.
  const v1::Subject subject = state.Resolved(protocol).subject;
  if (subject == v1::SUBJECT_UNSPECIFIED || !state.Resolved(protocol).known_agreement.empty()) return nullptr;
  return Only(bases, [&](const AgreementCell& base) { return state.Resolved(base).subject == subject; });
}

bool IsLater(const ResolvedAgreement& agreement, const ResolvedAgreement& than) {
  return !agreement.signed_days || !than.signed_days || agreement.signed_days->first > than.signed_days->last;
}

// The agreements that the article of `claim` speaks of beside the superseded one.
void AddSpokenOf(const RecordState& state, const ActClaim& claim, std::set<AgreementId>& agreements) {
  const ArticleEntry* entry = state.articles.Find(claim.article->id());
  if (entry == nullptr) return;
  for (const NodeId node : entry->nodes()) agreements.insert(state.AgreementOf(node));
}

// The agreements that articles speak of which report that `type` happened to this one, by an act that `fits`.
template <typename Fits>
std::set<AgreementId> SpokenOfBeside(const RecordState& state, const AgreementCell& cell, v1::EventType type,
                                     const Fits& fits) {
  std::set<AgreementId> spoken_of;
  for (const Act& act : state.Resolved(cell).acts) {
    if (act.type != type || act.modality != v1::MODALITY_ASSERTED || !fits(act)) continue;
    for (const ActClaim& claim : act.claims) {
      if (claim.event().modality() == v1::MODALITY_ASSERTED) AddSpokenOf(state, claim, spoken_of);
    }
  }
  return spoken_of;
}

// An amendment of another day than the protocol's is not its work.
bool IsReportedToAmend(const RecordState& state, const AgreementCell& cell, const AgreementCell& base) {
  const std::optional<DaySpan>& made = state.Resolved(cell).signed_days;
  const auto fits = [&](const Act& act) {
    return !made || !act.date || act.date->stands_in || act.date->days.Intersects(*made);
  };
  return SpokenOfBeside(state, base, v1::EVENT_TYPE_AMENDED, fits)
      .contains(state.AgreementOf(cell.nodes.front()));
}

struct Base {
  const AgreementCell* cell = nullptr;  // nullptr: none, or nothing tells
  bool amended = false;                 // rather than supplemented
};

// What `cell` is a protocol or an amendment to.
Base BaseOf(const RecordState& state, const AgreementCell& cell) {
  const AgreementCell* base = NamedBaseOf(state, cell);
  if (base == nullptr) base = SiblingBaseOf(state, cell);
  if (base == nullptr && IsProtocol(state, cell)) {
    base = Only(SiblingsOf(state, cell), [&](const AgreementCell& other) {
      return !IsProtocol(state, other) && IsReportedToAmend(state, cell, other);
    });
  }
  if (base == nullptr) return {};
  return {base, SaysItAmends(state, cell) || IsReportedToAmend(state, cell, *base)};
}

// What took the place of `old`; nullptr if nothing did, or nothing tells.
const AgreementCell* SuccessorOf(const RecordState& state, const AgreementCell& old) {
  const ResolvedAgreement& agreement = state.Resolved(old);
  const std::set<AgreementId> spoken_of =
      SpokenOfBeside(state, old, v1::EVENT_TYPE_SUPERSEDED, [](const Act&) { return true; });
  if (spoken_of.empty()) return nullptr;
  return Only(SiblingsOf(state, old), [&](const AgreementCell& other) {
    const AgreementId id = state.AgreementOf(other.nodes.front());
    return spoken_of.contains(id) && !IsProtocol(state, other) && IsLater(state.Resolved(other), agreement);
  });
}

// All that may belong to `cell`: its siblings, and what names it as its base.
std::set<const AgreementCell*> Dependants(const RecordState& state, const AgreementCell& cell,
                                          const Cells& siblings) {
  std::set<const AgreementCell*> dependants(siblings.begin(), siblings.end());
  for (const absl::string_view slug : cell.keys.slugs) {
    for (const AgreementId id : AgreementsWithBase(state, slug)) {
      if (&state.CellOf(id) != &cell) dependants.insert(&state.CellOf(id));
    }
  }
  return dependants;
}

}  // namespace

std::vector<v1::Relation> FindRelations(const RecordState& state, const AgreementCell& cell) {
  std::vector<v1::Relation> relations;
  const auto add = [&](v1::RelationKind kind, const AgreementCell* other) {
    if (other == nullptr) return;
    v1::Relation& relation = relations.emplace_back();
    relation.set_kind(kind);
    relation.set_agreement(std::string(other->name.view()));
    relation.set_display_name(state.Resolved(*other).display_name);
  };
  add(v1::RELATION_KIND_REPLACED_BY, SuccessorOf(state, cell));
  const Base base = BaseOf(state, cell);
  add(base.amended ? v1::RELATION_KIND_AMENDS : v1::RELATION_KIND_PROTOCOL_TO, base.cell);
  const Cells siblings = SiblingsOf(state, cell);
  for (const AgreementCell* sibling : siblings) {
    if (SuccessorOf(state, *sibling) == &cell) add(v1::RELATION_KIND_REPLACES, sibling);
  }
  for (const AgreementCell* other : Dependants(state, cell, siblings)) {
    const Base of_other = BaseOf(state, *other);
    if (of_other.cell != &cell) continue;
    add(of_other.amended ? v1::RELATION_KIND_AMENDED_BY : v1::RELATION_KIND_HAS_PROTOCOL, other);
  }
  std::sort(relations.begin(), relations.end(), [](const v1::Relation& a, const v1::Relation& b) {
    return std::tuple(a.kind(), a.agreement()) < std::tuple(b.kind(), b.agreement());
  });
  return relations;
}

}  // namespace treatywire::query
