// PartyService without gRPC.
#ifndef TREATYWIRE_QUERY_SERVICE_SERVICES_PARTY_SERVICE_H_
#define TREATYWIRE_QUERY_SERVICE_SERVICES_PARTY_SERVICE_H_

#include "absl/status/statusor.h"
#include "query_service/published_snapshots.h"
#include "treatywire/v1/party_service.pb.h"

namespace treatywire::query {

// As AgreementService.
class PartyService {
 public:
  // `snapshots` must outlive the service.
  explicit PartyService(PublishedSnapshots* snapshots) : snapshots_(snapshots) {}

  absl::StatusOr<treatywire::v1::Party> Get(const treatywire::v1::GetPartyRequest& request) const;
  absl::StatusOr<treatywire::v1::ListPartiesResponse> List(
      const treatywire::v1::ListPartiesRequest& request) const;

 private:
  PublishedSnapshots* const snapshots_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_SERVICES_PARTY_SERVICE_H_
