#include "query_service/adapters/timeline_adapter.h"

#include "query_service/adapters/watch_stream.h"

namespace treatywire::query {

using treatywire::v1::GetTimelineRequest;
using treatywire::v1::ListEventsRequest;
using treatywire::v1::WatchEventsRequest;

grpc::ServerUnaryReactor* TimelineServiceAdapter::GetTimeline(grpc::CallbackServerContext* context,
                                                              const grpc::ByteBuffer* request,
                                                              grpc::ByteBuffer* response) {
  return reads_->Answer<GetTimelineRequest>(
      context, request, response, [this](const GetTimelineRequest& r) { return service_->GetTimeline(r); },
      [this](const GetTimelineRequest& r) { return service_->GetTimelineIfReady(r); });
}

grpc::ServerUnaryReactor* TimelineServiceAdapter::ListEvents(grpc::CallbackServerContext* context,
                                                             const grpc::ByteBuffer* request,
                                                             grpc::ByteBuffer* response) {
  return reads_->Answer<ListEventsRequest>(
      context, request, response, [this](const ListEventsRequest& r) { return service_->ListEvents(r); });
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* TimelineServiceAdapter::WatchEvents(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request) {
  WatchEventsRequest parsed;
  auto place = reads_->Admit<WatchEventsRequest>(*context);
  absl::Status refusal = place.status();
  if (refusal.ok()) refusal = ParseRequest(*request, &parsed);
  if (refusal.ok() && !reads_->ready()) refusal = RebuildingError();
  return WatchStream::Start(*service_, watch_pool_, parsed, refusal,
                            place.ok() ? *std::move(place) : nullptr);
}

}  // namespace treatywire::query
