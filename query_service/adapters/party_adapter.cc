#include "query_service/adapters/party_adapter.h"

namespace treatywire::query {

using treatywire::v1::GetPartyRequest;
using treatywire::v1::ListPartiesRequest;
using treatywire::v1::ListPartiesResponse;
using treatywire::v1::Party;

grpc::ServerUnaryReactor* PartyServiceAdapter::GetParty(grpc::CallbackServerContext* context,
                                                        const GetPartyRequest* request, Party* response) {
  return reads_->Answer(context, request, response,
                        [this](const GetPartyRequest& r) { return service_->Get(r); });
}

grpc::ServerUnaryReactor* PartyServiceAdapter::ListParties(grpc::CallbackServerContext* context,
                                                           const ListPartiesRequest* request,
                                                           ListPartiesResponse* response) {
  return reads_->Answer(context, request, response,
                        [this](const ListPartiesRequest& r) { return service_->List(r); });
}

}  // namespace treatywire::query
