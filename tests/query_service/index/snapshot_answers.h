// All that a snapshot answers, as text, to compare two snapshots by.
#ifndef TREATYWIRE_TESTS_QUERY_SERVICE_INDEX_SNAPSHOT_ANSWERS_H_
#define TREATYWIRE_TESTS_QUERY_SERVICE_INDEX_SNAPSHOT_ANSWERS_H_

#include <string>
#include <vector>

#include "query_service/index/snapshot.h"

namespace treatywire::query {

// One answer a line: every agreement, conflict, timeline, party, event and source as of `as_of`, and without
// `known_at` also every article. What may depend on the order of arrival is left out: revisions, and the
// order of events.
std::vector<std::string> AnswersOf(const Snapshot& snapshot, const treatywire::v1::AsOf& as_of = {});

}  // namespace treatywire::query

#endif  // TREATYWIRE_TESTS_QUERY_SERVICE_INDEX_SNAPSHOT_ANSWERS_H_
