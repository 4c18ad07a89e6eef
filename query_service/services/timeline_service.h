// TimelineService without gRPC, but for WatchEvents: see query_service/watch.
#ifndef TREATYWIRE_QUERY_SERVICE_SERVICES_TIMELINE_SERVICE_H_
#define TREATYWIRE_QUERY_SERVICE_SERVICES_TIMELINE_SERVICE_H_

#include <functional>
#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "common/wire_response.h"
#include "query_service/published_snapshots.h"
#include "query_service/watch/event_watches.h"
#include "treatywire/v1/timeline_service.pb.h"

namespace treatywire::query {

// As AgreementService.
class TimelineService {
 public:
  // Both must outlive the service.
  TimelineService(PublishedSnapshots* snapshots, EventWatches* watches)
      : snapshots_(snapshots), watches_(watches) {}

  absl::StatusOr<WireResponse<treatywire::v1::GetTimelineResponse>> GetTimeline(
      const treatywire::v1::GetTimelineRequest& request) const;
  // The same of a request that Validate takes, if it takes no more than copying what was made for an earlier
  // call.
  std::optional<absl::StatusOr<WireResponse<treatywire::v1::GetTimelineResponse>>> GetTimelineIfReady(
      const treatywire::v1::GetTimelineRequest& request) const;
  absl::StatusOr<WireResponse<treatywire::v1::ListEventsResponse>> ListEvents(
      const treatywire::v1::ListEventsRequest& request) const;
  // Opens a watch; `wake` as in EventWatches::Open.
  absl::StatusOr<std::shared_ptr<EventWatch>> Watch(const treatywire::v1::WatchEventsRequest& request,
                                                    std::function<void()> wake) const;

 private:
  PublishedSnapshots* const snapshots_;
  EventWatches* const watches_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_SERVICES_TIMELINE_SERVICE_H_
