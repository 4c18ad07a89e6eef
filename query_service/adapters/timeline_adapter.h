// TimelineService over gRPC: the logic of query_service/services/timeline_service.h, answered through
// ReadCalls and WatchStream.
#ifndef TREATYWIRE_QUERY_SERVICE_ADAPTERS_TIMELINE_ADAPTER_H_
#define TREATYWIRE_QUERY_SERVICE_ADAPTERS_TIMELINE_ADAPTER_H_

#include "query_service/adapters/read_call.h"
#include "query_service/services/timeline_service.h"
#include "treatywire/v1/timeline_service.grpc.pb.h"

namespace treatywire::query {

class TimelineServiceAdapter final : public treatywire::v1::TimelineService::CallbackService {
 public:
  // All must outlive the adapter. Watches read on `watch_pool`, which has room for all of them.
  TimelineServiceAdapter(const TimelineService* service, ReadCalls* reads, WorkPool* watch_pool)
      : service_(service), reads_(reads), watch_pool_(watch_pool) {}

  grpc::ServerUnaryReactor* GetTimeline(grpc::CallbackServerContext* context,
                                        const treatywire::v1::GetTimelineRequest* request,
                                        treatywire::v1::GetTimelineResponse* response) override;
  grpc::ServerUnaryReactor* ListEvents(grpc::CallbackServerContext* context,
                                       const treatywire::v1::ListEventsRequest* request,
                                       treatywire::v1::ListEventsResponse* response) override;
  grpc::ServerWriteReactor<treatywire::v1::WatchEventsResponse>* WatchEvents(
      grpc::CallbackServerContext* context, const treatywire::v1::WatchEventsRequest* request) override;

 private:
  const TimelineService* const service_;
  ReadCalls* const reads_;
  WorkPool* const watch_pool_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_ADAPTERS_TIMELINE_ADAPTER_H_
