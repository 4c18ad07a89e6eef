#include "query_service/services/agreement_service.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/status.h"
#include "common/status_macros.h"
#include "common/wire_field.h"
#include "query_service/index/wire_form.h"
#include "query_service/list_page.h"
#include "query_service/request_validation.h"

namespace treatywire::query {

using treatywire::v1::Agreement;
using treatywire::v1::Conflict;
using treatywire::v1::ConflictKind;
using treatywire::v1::GetAgreementRequest;
using treatywire::v1::ListAgreementsRequest;
using treatywire::v1::ListAgreementsResponse;
using treatywire::v1::ListConflictsRequest;
using treatywire::v1::ListConflictsResponse;
using treatywire::v1::SearchAgreementsRequest;
using treatywire::v1::SearchAgreementsResponse;
using treatywire::v1::SearchHit;
using treatywire::v1::View;

namespace {

View ViewOf(const GetAgreementRequest& request) {
  return request.view() == treatywire::v1::VIEW_UNSPECIFIED ? treatywire::v1::VIEW_FULL : request.view();
}

View ViewOf(const ListAgreementsRequest& request) {
  return request.view() == treatywire::v1::VIEW_UNSPECIFIED ? treatywire::v1::VIEW_BASIC : request.view();
}

absl::StatusOr<WireResponse<Agreement>> Answer(const GetAgreementRequest& request, const Snapshot& snapshot) {
  auto agreement = snapshot.GetAgreementWire(request.name(), ViewOf(request), request.as_of());
  if (absl::IsNotFound(agreement.status())) {
    return WithResourceInfo(agreement.status(), "Agreement", request.name());
  }
  TW_RETURN_IF_ERROR(agreement.status());
  AppendField(Agreement::kRevisionFieldNumber, snapshot.revision(), &*agreement);
  return WireResponse<Agreement>{.shared = {}, .bytes = *std::move(agreement)};
}

WireResponse<ListAgreementsResponse> Answer(const ListPage& page, const WirePage& found) {
  ListAgreementsResponse rest;
  page.Finish(found.items.size(), found.total_size, &rest);
  return JoinResponse(ListAgreementsResponse::kAgreementsFieldNumber, found, rest);
}

}  // namespace

absl::StatusOr<WireResponse<Agreement>> AgreementService::Get(const GetAgreementRequest& request) const {
  TW_RETURN_IF_ERROR(Validate(request));
  return Answer(request, *snapshots_->newest());
}

std::optional<absl::StatusOr<WireResponse<Agreement>>> AgreementService::GetIfReady(
    const GetAgreementRequest& request) const {
  const std::shared_ptr<const Snapshot> snapshot = snapshots_->newest();
  if (!snapshot->IsAgreementReady(request.name(), ViewOf(request), request.as_of())) return std::nullopt;
  return Answer(request, *snapshot);
}

absl::StatusOr<WireResponse<ListAgreementsResponse>> AgreementService::List(
    const ListAgreementsRequest& request) const {
  TW_RETURN_IF_ERROR(Validate(request));
  TW_ASSIGN_OR_RETURN(const ListPage page, ListPage::Start(request, kListPageSizes, snapshots_));
  TW_RETURN_IF_ERROR(CheckPartiesKnown(request.filter(), "filter", page.snapshot()));
  return Answer(page, page.snapshot().ListAgreementsWire(request.filter(), request.order(), ViewOf(request),
                                                         request.as_of(), page.part()));
}

std::optional<absl::StatusOr<WireResponse<ListAgreementsResponse>>> AgreementService::ListIfReady(
    const ListAgreementsRequest& request) const {
  const absl::StatusOr<ListPage> page = ListPage::Start(request, kListPageSizes, snapshots_);
  if (!page.ok()) return std::nullopt;
  const std::optional<WirePage> found = page->snapshot().ListAgreementsIfReady(
      request.filter(), request.order(), ViewOf(request), request.as_of(), page->part());
  if (!found) return std::nullopt;
  return Answer(*page, *found);
}

absl::StatusOr<SearchAgreementsResponse> AgreementService::Search(
    const SearchAgreementsRequest& request) const {
  TW_RETURN_IF_ERROR(Validate(request));
  TW_ASSIGN_OR_RETURN(const ListPage page, ListPage::Start(request, kSearchPageSizes, snapshots_));
  TW_RETURN_IF_ERROR(CheckPartiesKnown(request.filter(), "filter", page.snapshot()));
  Page<SearchHit> found =
      page.snapshot().SearchAgreements(request.query(), request.filter(), request.as_of(), page.part());
  SearchAgreementsResponse response;
  page.Finish(found.items.size(), found.total_size, &response);
  for (SearchHit& hit : found.items) *response.add_hits() = std::move(hit);
  return response;
}

absl::StatusOr<ListConflictsResponse> AgreementService::ListConflicts(
    const ListConflictsRequest& request) const {
  TW_RETURN_IF_ERROR(Validate(request));
  TW_ASSIGN_OR_RETURN(const ListPage page, ListPage::Start(request, kListPageSizes, snapshots_));
  TW_RETURN_IF_ERROR(CheckPartiesKnown(request.filter(), "filter", page.snapshot()));
  const std::string parent = request.parent() == "agreements/-" ? "" : request.parent();
  std::vector<ConflictKind> kinds;
  for (const int kind : request.kinds()) kinds.push_back(static_cast<ConflictKind>(kind));
  auto found = page.snapshot().ListConflicts(parent, request.filter(), kinds, request.as_of(), page.part());
  if (absl::IsNotFound(found.status())) return WithResourceInfo(found.status(), "Agreement", parent);
  TW_RETURN_IF_ERROR(found.status());
  ListConflictsResponse response;
  page.Finish(found->items.size(), found->total_size, &response);
  for (Conflict& conflict : found->items) *response.add_conflicts() = std::move(conflict);
  return response;
}

}  // namespace treatywire::query
