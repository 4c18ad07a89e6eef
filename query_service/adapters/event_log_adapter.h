// EventLogService over gRPC.
#ifndef TREATYWIRE_QUERY_SERVICE_ADAPTERS_EVENT_LOG_ADAPTER_H_
#define TREATYWIRE_QUERY_SERVICE_ADAPTERS_EVENT_LOG_ADAPTER_H_

#include <atomic>
#include <cstdint>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
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

  // Both must outlive the adapter. Streams are UNAVAILABLE until `ready` is true.
  EventLogServiceAdapter(LogWriter* writer, const std::atomic<bool>* ready)
      : writer_(writer), ready_(ready) {}

  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* PublishExtractions(
      grpc::CallbackServerContext* context) override;

  // Ends every stream, and those to come, with UNAVAILABLE, once what was read is acknowledged.
  void Drain();

 private:
  // OK where one more stream may be opened.
  absl::Status CheckRoom() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  LogWriter* const writer_;
  const std::atomic<bool>* const ready_;
  absl::Mutex mutex_;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  uint64_t last_stream_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_map<uint64_t, std::weak_ptr<PublishStream>> streams_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_ADAPTERS_EVENT_LOG_ADAPTER_H_
