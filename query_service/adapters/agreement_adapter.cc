#include "query_service/adapters/agreement_adapter.h"

namespace treatywire::query {

using treatywire::v1::Agreement;
using treatywire::v1::GetAgreementRequest;
using treatywire::v1::ListAgreementsRequest;
using treatywire::v1::ListAgreementsResponse;
using treatywire::v1::ListConflictsRequest;
using treatywire::v1::ListConflictsResponse;
using treatywire::v1::SearchAgreementsRequest;
using treatywire::v1::SearchAgreementsResponse;

grpc::ServerUnaryReactor* AgreementServiceAdapter::GetAgreement(grpc::CallbackServerContext* context,
                                                                const GetAgreementRequest* request,
                                                                Agreement* response) {
  return reads_->Answer(context, request, response,
                        [this](const GetAgreementRequest& r) { return service_->Get(r); });
}

grpc::ServerUnaryReactor* AgreementServiceAdapter::ListAgreements(grpc::CallbackServerContext* context,
                                                                  const ListAgreementsRequest* request,
                                                                  ListAgreementsResponse* response) {
  return reads_->Answer(context, request, response,
                        [this](const ListAgreementsRequest& r) { return service_->List(r); });
}

grpc::ServerUnaryReactor* AgreementServiceAdapter::SearchAgreements(grpc::CallbackServerContext* context,
                                                                    const SearchAgreementsRequest* request,
                                                                    SearchAgreementsResponse* response) {
  return reads_->Answer(context, request, response,
                        [this](const SearchAgreementsRequest& r) { return service_->Search(r); });
}

grpc::ServerUnaryReactor* AgreementServiceAdapter::ListConflicts(grpc::CallbackServerContext* context,
                                                                 const ListConflictsRequest* request,
                                                                 ListConflictsResponse* response) {
  return reads_->Answer(context, request, response,
                        [this](const ListConflictsRequest& r) { return service_->ListConflicts(r); });
}

}  // namespace treatywire::query
