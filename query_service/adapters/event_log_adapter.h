// EventLogService over gRPC.
#ifndef TREATYWIRE_QUERY_SERVICE_ADAPTERS_EVENT_LOG_ADAPTER_H_
#define TREATYWIRE_QUERY_SERVICE_ADAPTERS_EVENT_LOG_ADAPTER_H_

#include <atomic>
#include <cstddef>

#include "common/call_admission.h"
#include "common/open_streams.h"
#include "query_service/adapters/publish_stream.h"
#include "query_service/log_writer.h"
#include "treatywire/v1/event_log_service.grpc.pb.h"

namespace treatywire::query {

// Every method raw: requests are parsed by the adapter (common/raw_message.h).
using RawEventLogService = treatywire::v1::EventLogService::WithRawCallbackMethod_PublishExtractions<
    treatywire::v1::EventLogService::Service>;

class EventLogServiceAdapter final : public RawEventLogService {
 public:
  // What one stream may hold (PublishSession) times this is the memory that publishers can take.
  static constexpr size_t kMaxStreams = 32;

  // All must outlive the adapter. Streams are UNAVAILABLE until `ready` is true.
  EventLogServiceAdapter(LogWriter* writer, const CallAdmission* admission, const std::atomic<bool>* ready)
      : writer_(writer), admission_(admission), ready_(ready) {}

  RawStream* PublishExtractions(grpc::CallbackServerContext* context) override;

  // Ends every stream, and those to come, with UNAVAILABLE, once what was read is acknowledged.
  void Drain() { streams_.Drain(); }

 private:
  LogWriter* const writer_;
  const CallAdmission* const admission_;
  const std::atomic<bool>* const ready_;
  OpenStreams<PublishStream> streams_{kMaxStreams};
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_ADAPTERS_EVENT_LOG_ADAPTER_H_
