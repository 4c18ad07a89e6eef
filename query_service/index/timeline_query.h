// Timelines: the acts of one agreement, or of several together.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_TIMELINE_QUERY_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_TIMELINE_QUERY_H_

#include "absl/status/statusor.h"
#include "query_service/index/moment.h"
#include "query_service/index/snapshot.h"
#include "query_service/index/wire_form.h"
#include "treatywire/v1/timeline_service.pb.h"

namespace treatywire::query {

// As Snapshot::GetTimeline; `moment` is the request's.
absl::StatusOr<Page<treatywire::v1::TimelineEntry>> FindTimeline(
    const Moment& moment, const treatywire::v1::GetTimelineRequest& request, PageOf page);

// The same in wire form: what is rendered already is shared.
absl::StatusOr<WirePage> FindTimelineWire(const Moment& moment,
                                          const treatywire::v1::GetTimelineRequest& request, PageOf page);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_TIMELINE_QUERY_H_
