// Whether requests are well formed, every field of them, before anything is done.
//
// Each function returns OK, or INVALID_ARGUMENT for the first field at fault with a google.rpc.BadRequest
// that names it ("filter.parties[2]"). The limits are those that the protos state; the constants here are the
// ones that they leave to the service.
//
// What needs the record, whether a party or an agreement is known, are CheckPartiesKnown and
// CheckAgreementsKnown.
#ifndef TREATYWIRE_QUERY_SERVICE_REQUEST_VALIDATION_H_
#define TREATYWIRE_QUERY_SERVICE_REQUEST_VALIDATION_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "query_service/index/snapshot.h"
#include "treatywire/v1/agreement_service.pb.h"
#include "treatywire/v1/article_service.pb.h"
#include "treatywire/v1/party_service.pb.h"
#include "treatywire/v1/record.pb.h"
#include "treatywire/v1/timeline_service.pb.h"

namespace treatywire::query {

inline constexpr int kMaxFilterParties = 16;
inline constexpr int kMaxFilterAgreements = 64;
inline constexpr int kMaxFilterPublishers = 64;
inline constexpr int kMaxFilterEnums = 64;
inline constexpr size_t kMaxAgreementIdBytes = 256;
inline constexpr size_t kMaxPartyIdBytes = 64;
inline constexpr size_t kMaxArticleIdBytes = 128;
inline constexpr size_t kMaxPublisherBytes = 256;
inline constexpr size_t kMaxQueryBytes = 512;
inline constexpr int kMaxQueryWords = 32;
inline constexpr size_t kMaxReasonBytes = 1024;

absl::Status Validate(const treatywire::v1::GetAgreementRequest& request);
absl::Status Validate(const treatywire::v1::ListAgreementsRequest& request);
absl::Status Validate(const treatywire::v1::SearchAgreementsRequest& request);
absl::Status Validate(const treatywire::v1::ListConflictsRequest& request);
absl::Status Validate(const treatywire::v1::GetPartyRequest& request);
absl::Status Validate(const treatywire::v1::ListPartiesRequest& request);
absl::Status Validate(const treatywire::v1::GetTimelineRequest& request);
absl::Status Validate(const treatywire::v1::ListEventsRequest& request);
absl::Status Validate(const treatywire::v1::WatchEventsRequest& request);
absl::Status Validate(const treatywire::v1::GetArticleRequest& request);
absl::Status Validate(const treatywire::v1::ListArticlesRequest& request);
absl::Status Validate(const treatywire::v1::RetractArticleRequest& request);
absl::Status Validate(const treatywire::v1::ListSourcesRequest& request);

// INVALID_ARGUMENT for the first party id that `snapshot` does not know; `field` is the filter's path.
absl::Status CheckPartiesKnown(const treatywire::v1::AgreementFilter& filter, absl::string_view field,
                               const Snapshot& snapshot);
absl::Status CheckPartiesKnown(const treatywire::v1::EventFilter& filter, absl::string_view field,
                               const Snapshot& snapshot);
absl::Status CheckPartyKnown(absl::string_view party_id, absl::string_view field, const Snapshot& snapshot);
// The same for a name that no agreement of `snapshot` has or had.
absl::Status CheckAgreementsKnown(const treatywire::v1::EventFilter& filter, absl::string_view field,
                                  const Snapshot& snapshot);
absl::Status CheckAgreementKnown(absl::string_view name, absl::string_view field, const Snapshot& snapshot);

// The forms of ids: "RU", "SUHH" or "african-union"; "france-russia-defence-cooperation"; article ids.
bool IsPartyId(absl::string_view id);
bool IsAgreementId(absl::string_view id);
bool IsArticleId(absl::string_view id);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_REQUEST_VALIDATION_H_
