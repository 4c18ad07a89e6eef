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
// `state`, or of which it was last; the claims are without what the record makes of them.
std::vector<treatywire::v1::EventChange> FindChanges(const RecordState& state, uint64_t revision);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_EVENT_CHANGES_H_
