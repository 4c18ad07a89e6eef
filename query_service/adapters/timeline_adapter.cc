#include "query_service/adapters/timeline_adapter.h"

#include "query_service/adapters/watch_stream.h"

namespace treatywire::query {

using treatywire::v1::GetTimelineRequest;
using treatywire::v1::GetTimelineResponse;
using treatywire::v1::ListEventsRequest;
using treatywire::v1::ListEventsResponse;
using treatywire::v1::WatchEventsRequest;
using treatywire::v1::WatchEventsResponse;

grpc::ServerUnaryReactor* TimelineServiceAdapter::GetTimeline(grpc::CallbackServerContext* context,
                                                              const GetTimelineRequest* request,
                                                              GetTimelineResponse* response) {
  return reads_->Answer(context, request, response,
                        [this](const GetTimelineRequest& r) { return service_->GetTimeline(r); });
}

grpc::ServerUnaryReactor* TimelineServiceAdapter::ListEvents(grpc::CallbackServerContext* context,
                                                             const ListEventsRequest* request,
                                                             ListEventsResponse* response) {
  return reads_->Answer(context, request, response,
                        [this](const ListEventsRequest& r) { return service_->ListEvents(r); });
}

grpc::ServerWriteReactor<WatchEventsResponse>* TimelineServiceAdapter::WatchEvents(
    grpc::CallbackServerContext* /*context*/, const WatchEventsRequest* request) {
  return WatchStream::Start(*service_, watch_pool_, *request,
                            reads_->ready() ? absl::OkStatus() : RebuildingError());
}

}  // namespace treatywire::query
