#include "query_service/index/succession_links.h"

#include <algorithm>
#include <string>

#include "query_service/index/party_selection.h"
#include "query_service/resolution/party_directory.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

bool SaysSucceeded(const ResolvedAgreement& agreement, const std::string& successor) {
  return std::any_of(agreement.acts.begin(), agreement.acts.end(), [&](const Act& act) {
    return act.type == v1::EVENT_TYPE_SUCCEEDED && act.modality == v1::MODALITY_ASSERTED &&
           std::any_of(act.actors.begin(), act.actors.end(),
                       [&](const v1::PartyRef& actor) { return actor.party_id() == successor; });
  });
}

// Sorted names of the agreements that `successor` is said to have succeeded to. Those that it can only have
// from `predecessor`: that name it, or whoever names none where it is the one that the successor has.
std::vector<std::string> SucceededAgreements(const RecordState& state, const std::string& predecessor,
                                             const std::string& successor) {
  const bool only_one = DescribeParty(successor).predecessors.size() == 1;
  std::vector<std::string> names;
  for (const AgreementId id : PartySelection({predecessor, successor}, v1::PARTY_MATCH_ANY).Find(state)) {
    const AgreementCell& cell = state.CellOf(id);
    const SharedTexts& parties = cell.keys.parties;
    const bool named = std::find(parties.begin(), parties.end(), predecessor) != parties.end();
    if ((named || only_one) && SaysSucceeded(state.Resolved(cell), successor))
      names.emplace_back(cell.name.view());
  }
  std::sort(names.begin(), names.end());
  return names;
}

v1::SuccessionLink LinkOf(const RecordState& state, const std::string& predecessor,
                          const std::string& successor) {
  v1::SuccessionLink link;
  link.set_predecessor(predecessor);
  link.set_successor(successor);
  link.set_continues_agreements(SharesSeat(predecessor, successor));
  if (const PartyTally* tally = state.parties.Find(predecessor)) {
    link.set_predecessor_agreement_count(tally->agreements);
  }
  for (std::string& name : SucceededAgreements(state, predecessor, successor)) {
    if (link.succeeded_agreements_size() == kMaxSucceededAgreements) break;
    link.add_succeeded_agreements(std::move(name));
  }
  return link;
}

}  // namespace

std::vector<v1::SuccessionLink> FindSuccessionLinks(const RecordState& state, absl::string_view party_id) {
  const PartyDescription party = DescribeParty(party_id);
  std::vector<v1::SuccessionLink> links;
  for (const std::string& predecessor : party.predecessors) {
    links.push_back(LinkOf(state, predecessor, party.party_id));
    links.back().set_display_name(DescribeParty(predecessor).display_name);
  }
  for (const std::string& successor : party.successors) {
    links.push_back(LinkOf(state, party.party_id, successor));
    links.back().set_display_name(DescribeParty(successor).display_name);
  }
  return links;
}

}  // namespace treatywire::query
