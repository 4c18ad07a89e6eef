// AgreementService without gRPC.
#ifndef TREATYWIRE_QUERY_SERVICE_SERVICES_AGREEMENT_SERVICE_H_
#define TREATYWIRE_QUERY_SERVICE_SERVICES_AGREEMENT_SERVICE_H_

#include <optional>

#include "absl/status/statusor.h"
#include "common/wire_response.h"
#include "query_service/published_snapshots.h"
#include "treatywire/v1/agreement_service.pb.h"

namespace treatywire::query {

// Requests are validated; that `min_revision` is reached is the caller's part. Every method may be called
// from any thread, and computes without waiting.
class AgreementService {
 public:
  // `snapshots` must outlive the service.
  explicit AgreementService(PublishedSnapshots* snapshots) : snapshots_(snapshots) {}

  absl::StatusOr<WireResponse<treatywire::v1::Agreement>> Get(
      const treatywire::v1::GetAgreementRequest& request) const;
  absl::StatusOr<WireResponse<treatywire::v1::ListAgreementsResponse>> List(
      const treatywire::v1::ListAgreementsRequest& request) const;
  // The same of a request that Validate takes, if it takes no more than copying what was made for an earlier
  // call.
  std::optional<absl::StatusOr<WireResponse<treatywire::v1::Agreement>>> GetIfReady(
      const treatywire::v1::GetAgreementRequest& request) const;
  std::optional<absl::StatusOr<WireResponse<treatywire::v1::ListAgreementsResponse>>> ListIfReady(
      const treatywire::v1::ListAgreementsRequest& request) const;
  absl::StatusOr<treatywire::v1::SearchAgreementsResponse> Search(
      const treatywire::v1::SearchAgreementsRequest& request) const;
  absl::StatusOr<treatywire::v1::ListConflictsResponse> ListConflicts(
      const treatywire::v1::ListConflictsRequest& request) const;

 private:
  PublishedSnapshots* const snapshots_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_SERVICES_AGREEMENT_SERVICE_H_
