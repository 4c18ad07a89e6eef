// PartyService over gRPC: the logic of query_service/services/party_service.h, answered through ReadCalls.
#ifndef TREATYWIRE_QUERY_SERVICE_ADAPTERS_PARTY_ADAPTER_H_
#define TREATYWIRE_QUERY_SERVICE_ADAPTERS_PARTY_ADAPTER_H_

#include "query_service/adapters/read_call.h"
#include "query_service/services/party_service.h"
#include "treatywire/v1/party_service.grpc.pb.h"

namespace treatywire::query {

class PartyServiceAdapter final : public treatywire::v1::PartyService::CallbackService {
 public:
  // Both must outlive the adapter.
  PartyServiceAdapter(const PartyService* service, ReadCalls* reads) : service_(service), reads_(reads) {}

  grpc::ServerUnaryReactor* GetParty(grpc::CallbackServerContext* context,
                                     const treatywire::v1::GetPartyRequest* request,
                                     treatywire::v1::Party* response) override;
  grpc::ServerUnaryReactor* ListParties(grpc::CallbackServerContext* context,
                                        const treatywire::v1::ListPartiesRequest* request,
                                        treatywire::v1::ListPartiesResponse* response) override;

 private:
  const PartyService* const service_;
  ReadCalls* const reads_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_ADAPTERS_PARTY_ADAPTER_H_
