// What ties a state to those that took its place, and to those whose place it took.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_SUCCESSION_LINKS_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_SUCCESSION_LINKS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "query_service/index/record_state.h"
#include "treatywire/v1/party.pb.h"

namespace treatywire::query {

// At most so many names of agreements a link.
inline constexpr int kMaxSucceededAgreements = 100;

// Of each predecessor, then of each successor, in the order of the party directory. The cost grows with the
// agreements that name the predecessors.
std::vector<treatywire::v1::SuccessionLink> FindSuccessionLinks(const RecordState& state,
                                                                absl::string_view party_id);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_SUCCESSION_LINKS_H_
