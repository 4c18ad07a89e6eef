// AgreementService over gRPC: the logic of query_service/services/agreement_service.h, answered through
// ReadCalls.
#ifndef TREATYWIRE_QUERY_SERVICE_ADAPTERS_AGREEMENT_ADAPTER_H_
#define TREATYWIRE_QUERY_SERVICE_ADAPTERS_AGREEMENT_ADAPTER_H_

#include "query_service/adapters/read_call.h"
#include "query_service/services/agreement_service.h"
#include "treatywire/v1/agreement_service.grpc.pb.h"

namespace treatywire::query {

class AgreementServiceAdapter final : public treatywire::v1::AgreementService::CallbackService {
 public:
  // Both must outlive the adapter.
  AgreementServiceAdapter(const AgreementService* service, ReadCalls* reads)
      : service_(service), reads_(reads) {}

  grpc::ServerUnaryReactor* GetAgreement(grpc::CallbackServerContext* context,
                                         const treatywire::v1::GetAgreementRequest* request,
                                         treatywire::v1::Agreement* response) override;
  grpc::ServerUnaryReactor* ListAgreements(grpc::CallbackServerContext* context,
                                           const treatywire::v1::ListAgreementsRequest* request,
                                           treatywire::v1::ListAgreementsResponse* response) override;
  grpc::ServerUnaryReactor* SearchAgreements(grpc::CallbackServerContext* context,
                                             const treatywire::v1::SearchAgreementsRequest* request,
                                             treatywire::v1::SearchAgreementsResponse* response) override;
  grpc::ServerUnaryReactor* ListConflicts(grpc::CallbackServerContext* context,
                                          const treatywire::v1::ListConflictsRequest* request,
                                          treatywire::v1::ListConflictsResponse* response) override;

 private:
  const AgreementService* const service_;
  ReadCalls* const reads_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_ADAPTERS_AGREEMENT_ADAPTER_H_
