// Publishers and how much of what they claim others contradict.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_SOURCE_QUERY_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_SOURCE_QUERY_H_

#include "query_service/index/record_state.h"
#include "query_service/index/snapshot.h"
#include "treatywire/v1/article_service.pb.h"

namespace treatywire::query {

// By publisher. A claim counts as contradicted where a conflict has it against a position that the record
// prefers by a rule and that another publisher takes.
Page<treatywire::v1::Source> FindSources(const RecordState& state, PageOf page);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_SOURCE_QUERY_H_
