#include "query_service/services/party_service.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/strip.h"
#include "common/status.h"
#include "common/status_macros.h"
#include "query_service/list_page.h"
#include "query_service/request_validation.h"

namespace treatywire::query {

using treatywire::v1::GetPartyRequest;
using treatywire::v1::ListPartiesRequest;
using treatywire::v1::ListPartiesResponse;
using treatywire::v1::Party;
using treatywire::v1::PartyKind;

absl::StatusOr<Party> PartyService::Get(const GetPartyRequest& request) const {
  TW_RETURN_IF_ERROR(Validate(request));
  const std::shared_ptr<const Snapshot> snapshot = snapshots_->newest();
  auto party = snapshot->GetParty(absl::StripPrefix(request.name(), "parties/"), request.as_of());
  if (absl::IsNotFound(party.status())) return WithResourceInfo(party.status(), "Party", request.name());
  if (party.ok()) party->set_revision(snapshot->revision());
  return party;
}

absl::StatusOr<ListPartiesResponse> PartyService::List(const ListPartiesRequest& request) const {
  TW_RETURN_IF_ERROR(Validate(request));
  TW_ASSIGN_OR_RETURN(const ListPage page, ListPage::Start(request, kListPageSizes, snapshots_));
  if (!request.partner().empty()) {
    TW_RETURN_IF_ERROR(CheckPartyKnown(request.partner(), "partner", page.snapshot()));
  }
  std::vector<PartyKind> kinds;
  for (const int kind : request.kinds()) kinds.push_back(static_cast<PartyKind>(kind));
  Page<Party> found = page.snapshot().ListParties(kinds, request.partner(), request.as_of(), page.part());
  ListPartiesResponse response;
  page.Finish(found.items.size(), found.total_size, &response);
  for (Party& party : found.items) *response.add_parties() = std::move(party);
  return response;
}

}  // namespace treatywire::query
