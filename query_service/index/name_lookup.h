// Agreements by name, in force or retired.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_NAME_LOOKUP_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_NAME_LOOKUP_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "query_service/index/record_state.h"

namespace treatywire::query {

// The agreement that has the name ("agreements/{id}"); else, of those with a mention that would give an
// agreement that name, the one whose such mention was published first. kNoAgreement where there is none.
AgreementId FindAgreement(const RecordState& state, absl::string_view name);

// Names without year or hash, besides its own, that FindAgreement finds the agreement by; sorted.
std::vector<std::string> RetiredNames(const RecordState& state, const AgreementCell& cell);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_NAME_LOOKUP_H_
