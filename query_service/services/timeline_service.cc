#include "query_service/services/timeline_service.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status.h"
#include "common/status_macros.h"
#include "query_service/list_page.h"
#include "query_service/request_validation.h"

namespace treatywire::query {

using treatywire::v1::GetTimelineRequest;
using treatywire::v1::GetTimelineResponse;
using treatywire::v1::ListEventsRequest;
using treatywire::v1::ListEventsResponse;
using treatywire::v1::WatchEventsRequest;

namespace {

absl::StatusOr<WireResponse<GetTimelineResponse>> Answer(const GetTimelineRequest& request,
                                                         const ListPage& page) {
  for (const std::string& party : request.parties()) {
    if (page.snapshot().KnowsParty(party)) continue;
    return WithResourceInfo(absl::NotFoundError(absl::StrCat("party ", party, " is unknown")), "Party",
                            absl::StrCat("parties/", party));
  }
  GetTimelineRequest query = request;
  if (query.view() == treatywire::v1::VIEW_UNSPECIFIED) query.set_view(treatywire::v1::VIEW_FULL);
  auto found = page.snapshot().GetTimelineWire(query, page.part());
  if (absl::IsNotFound(found.status())) {
    return WithResourceInfo(found.status(), "Agreement", request.agreement());
  }
  TW_RETURN_IF_ERROR(found.status());
  GetTimelineResponse rest;
  page.Finish(found->items.size(), found->total_size, &rest);
  return JoinResponse(GetTimelineResponse::kEntriesFieldNumber, *found, rest);
}

}  // namespace

absl::StatusOr<WireResponse<GetTimelineResponse>> TimelineService::GetTimeline(
    const GetTimelineRequest& request) const {
  TW_RETURN_IF_ERROR(Validate(request));
  TW_ASSIGN_OR_RETURN(const ListPage page, ListPage::Start(request, kTimelinePageSizes, snapshots_));
  return Answer(request, page);
}

std::optional<absl::StatusOr<WireResponse<GetTimelineResponse>>> TimelineService::GetTimelineIfReady(
    const GetTimelineRequest& request) const {
  const absl::StatusOr<ListPage> page = ListPage::Start(request, kTimelinePageSizes, snapshots_);
  if (!page.ok() || !page->snapshot().IsTimelineReady(request, page->part())) return std::nullopt;
  return Answer(request, *page);
}

absl::StatusOr<WireResponse<ListEventsResponse>> TimelineService::ListEvents(
    const ListEventsRequest& request) const {
  TW_RETURN_IF_ERROR(Validate(request));
  TW_ASSIGN_OR_RETURN(const ListPage page, ListPage::Start(request, kTimelinePageSizes, snapshots_));
  TW_RETURN_IF_ERROR(CheckPartiesKnown(request.filter(), "filter", page.snapshot()));
  TW_RETURN_IF_ERROR(CheckAgreementsKnown(request.filter(), "filter", page.snapshot()));
  const WirePage found = page.snapshot().ListEventsWire(request.filter(), request.as_of(), page.part());
  ListEventsResponse rest;
  page.Finish(found.items.size(), found.total_size, &rest);
  return JoinResponse(ListEventsResponse::kEventsFieldNumber, found, rest);
}

absl::StatusOr<std::shared_ptr<EventWatch>> TimelineService::Watch(const WatchEventsRequest& request,
                                                                   std::function<void()> wake) const {
  TW_RETURN_IF_ERROR(Validate(request));
  TW_RETURN_IF_ERROR(CheckPartiesKnown(request.filter(), "filter", *snapshots_->newest()));
  return watches_->Open(request, std::move(wake));
}

}  // namespace treatywire::query
