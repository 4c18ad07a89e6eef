// PartyService over gRPC: the logic of query_service/services/party_service.h, answered through ReadCalls.
#ifndef TREATYWIRE_QUERY_SERVICE_ADAPTERS_PARTY_ADAPTER_H_
#define TREATYWIRE_QUERY_SERVICE_ADAPTERS_PARTY_ADAPTER_H_

#include "query_service/adapters/read_call.h"
#include "query_service/services/party_service.h"
#include "treatywire/v1/party_service.grpc.pb.h"

namespace treatywire::query {

// Every method raw: requests are parsed by the adapter (common/raw_message.h).
using RawPartyService = treatywire::v1::PartyService::WithRawCallbackMethod_GetParty<
    treatywire::v1::PartyService::WithRawCallbackMethod_ListParties<treatywire::v1::PartyService::Service>>;

class PartyServiceAdapter final : public RawPartyService {
 public:
  // Both must outlive the adapter.
  PartyServiceAdapter(const PartyService* service, ReadCalls* reads) : service_(service), reads_(reads) {}

  grpc::ServerUnaryReactor* GetParty(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                     grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListParties(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;

 private:
  const PartyService* const service_;
  ReadCalls* const reads_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_ADAPTERS_PARTY_ADAPTER_H_
