// What ties agreements to one another: protocols, amendments and replacements.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_RELATIONS_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_RELATIONS_H_

#include <vector>

#include "query_service/index/record_state.h"
#include "treatywire/v1/record.pb.h"

namespace treatywire::query {

// By kind, then by name of the other agreement.
//
// A protocol or an amendment is tied to the agreement that its own name, or the lexicon, says it belongs to
// ("Kigali Amendment to the Montreal Protocol"); else to the one agreement of the same parties whose topic
// its name contains; else to the only one on its subject; else to the only one that is reported as amended
// where the protocol is spoken of. It amends rather than supplements it if its name says so, or a report of
// an amendment speaks of it. An agreement that is reported as superseded is tied to the later agreement of
// the same parties that the reports speak of beside it, if they speak of just one. Where several answer, none
// is named: a tie is never a guess.
std::vector<treatywire::v1::Relation> FindRelations(const RecordState& state, const AgreementCell& cell);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_AGREEMENT_RELATIONS_H_
