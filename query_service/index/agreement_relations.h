// What ties agreements of the same parties to one another: protocols and replacements.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_RELATIONS_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_RELATIONS_H_

#include <vector>

#include "query_service/index/record_state.h"
#include "treatywire/v1/record.pb.h"

namespace treatywire::query {

// By kind, then by name of the other agreement.
//
// A protocol is tied to the one agreement of the same parties whose topic its own name contains, or else to
// the only one on its subject. An agreement that is reported as superseded is tied to the later agreement of
// the same parties that the reports speak of beside it, if they speak of just one.
std::vector<treatywire::v1::Relation> FindRelations(const RecordState& state, const AgreementCell& cell);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_RELATIONS_H_
