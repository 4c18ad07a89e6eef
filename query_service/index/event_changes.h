// What a revision changed, for those who watch events.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_EVENT_CHANGES_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_EVENT_CHANGES_H_

#include <cstdint>
#include <vector>

#include "query_service/index/record_state.h"
#include "treatywire/v1/timeline_service.pb.h"

namespace treatywire::query {

// Events removed, then events added, each in the order of its article. An event that the new version of an
// article has in common with the one before is no change. The agreement is the one that the event is of in
// `state`, or of which it was last; what the record makes of a claim is told where its article is in force in
// `state`, so that a reader learns at once that a report contradicts the others.
std::vector<treatywire::v1::EventChange> FindChanges(const RecordState& state, uint64_t revision);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_EVENT_CHANGES_H_
