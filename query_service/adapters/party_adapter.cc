#include "query_service/adapters/party_adapter.h"

namespace treatywire::query {

using treatywire::v1::GetPartyRequest;
using treatywire::v1::ListPartiesRequest;

grpc::ServerUnaryReactor* PartyServiceAdapter::GetParty(grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer* request,
                                                        grpc::ByteBuffer* response) {
  return reads_->Answer<GetPartyRequest>(context, request, response,
                                         [this](const GetPartyRequest& r) { return service_->Get(r); });
}

grpc::ServerUnaryReactor* PartyServiceAdapter::ListParties(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* request,
                                                           grpc::ByteBuffer* response) {
  return reads_->Answer<ListPartiesRequest>(
      context, request, response, [this](const ListPartiesRequest& r) { return service_->List(r); });
}

}  // namespace treatywire::query
