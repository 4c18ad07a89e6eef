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

// Agreements that a mention would give the slug, and those that a mention says belong to what has it; by id.
std::vector<AgreementId> AgreementsWithSlug(const RecordState& state, absl::string_view slug);
std::vector<AgreementId> AgreementsWithBase(const RecordState& state, absl::string_view base);

// Names without year or hash, besides its own, that FindAgreement finds the agreement by; sorted.
std::vector<std::string> RetiredNames(const RecordState& state, const AgreementCell& cell);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_NAME_LOOKUP_H_
