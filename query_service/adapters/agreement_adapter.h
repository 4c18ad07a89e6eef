// AgreementService over gRPC: the logic of query_service/services/agreement_service.h, answered through
// ReadCalls.
#ifndef TREATYWIRE_QUERY_SERVICE_ADAPTERS_AGREEMENT_ADAPTER_H_
#define TREATYWIRE_QUERY_SERVICE_ADAPTERS_AGREEMENT_ADAPTER_H_

#include "query_service/adapters/read_call.h"
#include "query_service/services/agreement_service.h"
#include "treatywire/v1/agreement_service.grpc.pb.h"

namespace treatywire::query {

// Every method raw: requests are parsed by the adapter (common/raw_message.h).
using RawAgreementService = treatywire::v1::AgreementService::WithRawCallbackMethod_GetAgreement<
    treatywire::v1::AgreementService::WithRawCallbackMethod_ListAgreements<
        treatywire::v1::AgreementService::WithRawCallbackMethod_SearchAgreements<
            treatywire::v1::AgreementService::WithRawCallbackMethod_ListConflicts<
                treatywire::v1::AgreementService::Service>>>>;

class AgreementServiceAdapter final : public RawAgreementService {
 public:
  // Both must outlive the adapter.
  AgreementServiceAdapter(const AgreementService* service, ReadCalls* reads)
      : service_(service), reads_(reads) {}

  grpc::ServerUnaryReactor* GetAgreement(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListAgreements(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* SearchAgreements(grpc::CallbackServerContext* context,
                                             const grpc::ByteBuffer* request,
                                             grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListConflicts(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override;

 private:
  const AgreementService* const service_;
  ReadCalls* const reads_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_ADAPTERS_AGREEMENT_ADAPTER_H_
