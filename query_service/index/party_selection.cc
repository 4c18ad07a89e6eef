#include "query_service/index/party_selection.h"

#include <algorithm>
#include <utility>

#include "absl/strings/string_view.h"
#include "query_service/resolution/party_directory.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

template <typename Texts>
bool IsAmong(absl::string_view party, const Texts& parties) {
  return std::any_of(parties.begin(), parties.end(),
                     [&](absl::string_view other) { return SharesSeat(party, other); });
}

void AddAgreementsOf(const RecordState& state, absl::string_view party, absl::string_view partner,
                     std::vector<AgreementId>& agreements) {
  const TextKey first = PartyKey(party, partner, 0);
  state.by_party.VisitFrom(first, [&](const TextKey& key, const Present&) {
    if (!key.IsOfSameText(first)) return false;
    agreements.push_back(key.agreement);
    return true;
  });
}

void SortUnique(std::vector<AgreementId>& agreements) {
  std::sort(agreements.begin(), agreements.end());
  agreements.erase(std::unique(agreements.begin(), agreements.end()), agreements.end());
}

}  // namespace

PartySelection::PartySelection(const google::protobuf::RepeatedPtrField<std::string>& parties,
                               v1::PartyMatch match)
    : PartySelection(std::vector<std::string>(parties.begin(), parties.end()), match) {}

PartySelection::PartySelection(const SharedTexts& parties, v1::PartyMatch match)
    : PartySelection(std::vector<std::string>(parties.begin(), parties.end()), match) {}

PartySelection::PartySelection(std::vector<std::string> parties, v1::PartyMatch match)
    : parties_(std::move(parties)),
      match_(match == v1::PARTY_MATCH_UNSPECIFIED ? v1::PARTY_MATCH_ANY : match) {}

bool PartySelection::Selects(const SharedTexts& agreement_parties) const {
  if (parties_.empty()) return true;
  const auto is_party = [&](absl::string_view party) { return IsAmong(party, agreement_parties); };
  if (match_ == v1::PARTY_MATCH_ANY) return std::any_of(parties_.begin(), parties_.end(), is_party);
  if (!std::all_of(parties_.begin(), parties_.end(), is_party)) return false;
  if (match_ == v1::PARTY_MATCH_ALL) return true;
  return std::all_of(agreement_parties.begin(), agreement_parties.end(),
                     [&](absl::string_view party) { return IsAmong(party, parties_); });
}

std::vector<AgreementId> PartySelection::Candidates(const RecordState& state) const {
  std::vector<AgreementId> candidates;
  const bool any = match_ == v1::PARTY_MATCH_ANY;
  const bool pair = !any && parties_.size() >= 2 && !SharesSeat(parties_[0], parties_[1]);
  if (pair) {
    for (const std::string& a : SeatsOf(parties_[0])) {
      for (const std::string& b : SeatsOf(parties_[1])) {
        AddAgreementsOf(state, std::min(a, b), std::max(a, b), candidates);
      }
      AddAgreementsOf(state, a, kManyPartners, candidates);
    }
    return candidates;
  }
  for (const std::string& party : any ? parties_ : std::vector<std::string>{parties_.front()}) {
    for (const std::string& seat : SeatsOf(party)) AddAgreementsOf(state, seat, "", candidates);
  }
  return candidates;
}

std::vector<AgreementId> PartySelection::Find(const RecordState& state) const {
  std::vector<AgreementId> found = Candidates(state);
  SortUnique(found);
  std::erase_if(found, [&](AgreementId agreement) { return !Selects(state.CellOf(agreement).keys.parties); });
  return found;
}

}  // namespace treatywire::query
