// TimelineService over gRPC: the logic of query_service/services/timeline_service.h, answered through
// ReadCalls and WatchStream.
#ifndef TREATYWIRE_QUERY_SERVICE_ADAPTERS_TIMELINE_ADAPTER_H_
#define TREATYWIRE_QUERY_SERVICE_ADAPTERS_TIMELINE_ADAPTER_H_

#include "query_service/adapters/read_call.h"
#include "query_service/services/timeline_service.h"
#include "treatywire/v1/timeline_service.grpc.pb.h"

namespace treatywire::query {

// Every method raw: requests are parsed by the adapter (common/raw_message.h).
using RawTimelineService = treatywire::v1::TimelineService::WithRawCallbackMethod_GetTimeline<
    treatywire::v1::TimelineService::WithRawCallbackMethod_ListEvents<
        treatywire::v1::TimelineService::WithRawCallbackMethod_WatchEvents<
            treatywire::v1::TimelineService::Service>>>;

class TimelineServiceAdapter final : public RawTimelineService {
 public:
  // All must outlive the adapter. Watches read on `watch_pool`, which has room for all of them.
  TimelineServiceAdapter(const TimelineService* service, ReadCalls* reads, WorkPool* watch_pool)
      : service_(service), reads_(reads), watch_pool_(watch_pool) {}

  grpc::ServerUnaryReactor* GetTimeline(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListEvents(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchEvents(grpc::CallbackServerContext* context,
                                                          const grpc::ByteBuffer* request) override;

 private:
  const TimelineService* const service_;
  ReadCalls* const reads_;
  WorkPool* const watch_pool_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_ADAPTERS_TIMELINE_ADAPTER_H_
