#include "query_service/adapters/agreement_adapter.h"

namespace treatywire::query {

using treatywire::v1::GetAgreementRequest;
using treatywire::v1::ListAgreementsRequest;
using treatywire::v1::ListConflictsRequest;
using treatywire::v1::SearchAgreementsRequest;

grpc::ServerUnaryReactor* AgreementServiceAdapter::GetAgreement(grpc::CallbackServerContext* context,
                                                                const grpc::ByteBuffer* request,
                                                                grpc::ByteBuffer* response) {
  return reads_->Answer<GetAgreementRequest>(
      context, request, response, [this](const GetAgreementRequest& r) { return service_->Get(r); },
      [this](const GetAgreementRequest& r) { return service_->GetIfReady(r); });
}

grpc::ServerUnaryReactor* AgreementServiceAdapter::ListAgreements(grpc::CallbackServerContext* context,
                                                                  const grpc::ByteBuffer* request,
                                                                  grpc::ByteBuffer* response) {
  return reads_->Answer<ListAgreementsRequest>(
      context, request, response, [this](const ListAgreementsRequest& r) { return service_->List(r); },
      [this](const ListAgreementsRequest& r) { return service_->ListIfReady(r); });
}

grpc::ServerUnaryReactor* AgreementServiceAdapter::SearchAgreements(grpc::CallbackServerContext* context,
                                                                    const grpc::ByteBuffer* request,
                                                                    grpc::ByteBuffer* response) {
  return reads_->Answer<SearchAgreementsRequest>(
      context, request, response, [this](const SearchAgreementsRequest& r) { return service_->Search(r); });
}

grpc::ServerUnaryReactor* AgreementServiceAdapter::ListConflicts(grpc::CallbackServerContext* context,
                                                                 const grpc::ByteBuffer* request,
                                                                 grpc::ByteBuffer* response) {
  return reads_->Answer<ListConflictsRequest>(
      context, request, response,
      [this](const ListConflictsRequest& r) { return service_->ListConflicts(r); });
}

}  // namespace treatywire::query
