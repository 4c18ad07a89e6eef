#include "query_service/index/name_lookup.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "query_service/index/agreement_names.h"

namespace treatywire::query {
namespace {

// `has_text(keys)`: whether an agreement of these keys is rightly found by the text.
template <typename HasText>
std::vector<AgreementId> AgreementsWith(const RecordState& state, const OrderedSet<TextKey>& by_text,
                                        absl::string_view text, const HasText& has_text) {
  std::vector<AgreementId> agreements;
  const TextKey first = TextKey::Of(text, 0);
  by_text.VisitFrom(first, [&](const TextKey& key, const Present&) {
    if (!key.IsOfSameText(first)) return false;
    if (has_text(state.CellOf(key.agreement).keys)) agreements.push_back(key.agreement);
    return true;
  });
  return agreements;
}

bool HasForm(const NodeMember& member, absl::string_view form) {
  const NameForms forms =
      NameFormsOf(member.article->mentions[static_cast<size_t>(member.mention)], *member.article);
  return form == forms.slug || form == forms.with_year || form == forms.with_hash;
}

// The first published mention of the agreement that would name it `form`; one without article where none
// would.
NodeMember FirstWithForm(const RecordState& state, AgreementId agreement, absl::string_view form) {
  NodeMember first;
  for (const NodeId node : state.CellOf(agreement).nodes) {
    VisitMembers(state.members, node, [&](const NodeMember& member) {
      if (first.article != nullptr && !PublishedBefore(*member.article, *first.article)) return;
      if (HasForm(member, form)) first = member;
    });
  }
  return first;
}

}  // namespace

std::vector<AgreementId> AgreementsWithSlug(const RecordState& state, absl::string_view slug) {
  return AgreementsWith(state, state.by_slug, slug, [&](const AgreementKeys& keys) {
    return std::binary_search(keys.slugs.begin(), keys.slugs.end(), slug);
  });
}

std::vector<AgreementId> AgreementsWithBase(const RecordState& state, absl::string_view base) {
  return AgreementsWith(state, state.by_base, base, [&](const AgreementKeys& keys) {
    return std::find(keys.bases.begin(), keys.bases.end(), base) != keys.bases.end();
  });
}

AgreementId FindAgreement(const RecordState& state, absl::string_view name) {
  if (const AgreementId* agreement = state.by_name.Find(name)) return *agreement;
  absl::string_view form = name;
  if (!absl::ConsumePrefix(&form, "agreements/")) return kNoAgreement;
  const absl::string_view slug = SlugOfName(form);
  const std::vector<AgreementId> candidates = AgreementsWithSlug(state, slug);
  if (candidates.size() == 1 && slug == form) return candidates.front();
  AgreementId found = kNoAgreement;
  NodeMember first;
  for (const AgreementId candidate : candidates) {
    const NodeMember member = FirstWithForm(state, candidate, form);
    if (member.article == nullptr) continue;
    if (first.article != nullptr && !PublishedBefore(*member.article, *first.article)) {
      // One article's mentions: the one that comes first in it.
      if (member.article != first.article || member.mention > first.mention) continue;
    }
    first = member;
    found = candidate;
  }
  return found;
}

std::vector<std::string> RetiredNames(const RecordState& state, const AgreementCell& cell) {
  std::vector<std::string> names;
  for (const absl::string_view slug : cell.keys.slugs) {
    std::string name = absl::StrCat("agreements/", slug);
    if (name == cell.name.view()) continue;
    const AgreementId found = FindAgreement(state, name);
    if (found != kNoAgreement && &state.CellOf(found) == &cell) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace treatywire::query
