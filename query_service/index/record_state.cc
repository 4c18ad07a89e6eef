#include "query_service/index/record_state.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "query_service/resolution/stable_hash.h"

namespace treatywire::query {
namespace {

bool PlacedBefore(const ClaimPlace& a, const ClaimPlace& b) {
  return std::tie(a.article, a.event_index) < std::tie(b.article, b.event_index);
}

std::vector<ClaimPlace> PlacesOf(const ResolvedAgreement& agreement) {
  std::vector<ClaimPlace> places;
  places.reserve(static_cast<size_t>(agreement.event_count));
  for (size_t act = 0; act < agreement.acts.size(); ++act) {
    const std::vector<ActClaim>& claims = agreement.acts[act].claims;
    for (size_t claim = 0; claim < claims.size(); ++claim) {
      places.push_back({claims[claim].article, claims[claim].event_index, static_cast<uint32_t>(act),
                        static_cast<uint32_t>(claim)});
    }
  }
  std::sort(places.begin(), places.end(), PlacedBefore);
  return places;
}

}  // namespace

TextKey TextKey::Of(absl::string_view text, AgreementId agreement) {
  const uint64_t hash = StableHash(text);
  return {static_cast<uint32_t>(hash >> 32), static_cast<uint32_t>(hash), agreement};
}

TextKey PartyKey(absl::string_view party, absl::string_view partner, AgreementId agreement) {
  return TextKey::Of(absl::StrCat(party, "\n", partner), agreement);
}

const ResolvedAgreement& LazyAgreement::Get(
    const std::function<std::vector<AgreementMember>()>& members) const {
  absl::call_once(resolve_once_, [&] {
    resolved_ = std::make_unique<const ResolvedAgreement>(ResolveAgreement(members()));
  });
  return *resolved_;
}

const ClaimPlace* LazyAgreement::FindClaim(const ArticleVersion* article, int event_index) const {
  absl::call_once(place_once_, [&] { places_ = PlacesOf(*resolved_); });
  const ClaimPlace wanted{.article = article, .event_index = event_index};
  const auto it = std::lower_bound(places_.begin(), places_.end(), wanted, PlacedBefore);
  const bool found = it != places_.end() && it->article == article && it->event_index == event_index;
  return found ? &*it : nullptr;
}

const ResolvedAgreement& RecordState::Resolved(const AgreementCell& cell) const {
  return cell.lazy->Get([&] {
    std::vector<AgreementMember> found;
    for (const NodeId node : cell.nodes) {
      VisitMembers(members, node, [&](const NodeMember& member) {
        found.push_back({member.article, member.mention});
      });
    }
    return found;
  });
}

Day RecordState::LastDay() const {
  const Day* last = publish_days.LastKey();
  return last != nullptr ? *last : kLatestDay;
}

}  // namespace treatywire::query
