// All that an index holds, but for what follows from it in a moment: what an index can be made of again
// without reading an article or comparing mentions anew.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_INDEX_CONTENTS_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_INDEX_CONTENTS_H_

#include <cstdint>
#include <string>

#include "query_service/index/agreement_partition.h"
#include "query_service/index/member_set.h"
#include "query_service/index/ordered_map.h"
#include "query_service/index/record_state.h"

namespace treatywire::query {

// The maps are the record's own (record_state.h), at the cost of a reference count each; any thread may read
// them. Pointers refer to versions that `history` keeps alive.
struct IndexContents {
  uint64_t revision = 0;
  OrderedMap<uint64_t, RevisionEntry> history;
  MemberSet members;
  OrderedMap<std::string, PartyTally, std::less<>> parties;  // of which only `events` counts
  PartitionContents partition;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_INDEX_CONTENTS_H_
