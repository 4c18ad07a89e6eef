// TimelineService.WatchEvents as a gRPC stream.
#ifndef TREATYWIRE_QUERY_SERVICE_ADAPTERS_WATCH_STREAM_H_
#define TREATYWIRE_QUERY_SERVICE_ADAPTERS_WATCH_STREAM_H_

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "common/work_pool.h"
#include "query_service/services/timeline_service.h"
#include "query_service/watch/event_watches.h"
#include "treatywire/v1/timeline_service.pb.h"

namespace treatywire::query {

// One watcher. What to send is read from its EventWatch on the pool, one response at a time: the next is read
// when gRPC has taken the one before, so that a slow reader holds no more than that. Owns itself until gRPC
// is done.
class WatchStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                          public std::enable_shared_from_this<WatchStream> {
 public:
  // Starts a stream, or one that ends at once with the error of `refusal` or of the watch. `service` and
  // `pool` must outlive it. Keeps `resource` as long as it is there.
  static WatchStream* Start(const TimelineService& service, WorkPool* pool,
                            const treatywire::v1::WatchEventsRequest& request, const absl::Status& refusal,
                            std::shared_ptr<const void> resource);

  WatchStream(WorkPool* pool, std::shared_ptr<const void> resource)
      : pool_(pool), resource_(std::move(resource)) {}

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  // Has Advance called on the pool, once for any number of calls before it runs.
  void Wake();
  // Sends what is due, if nothing is being sent.
  void Advance();

  WorkPool* const pool_;
  const std::shared_ptr<const void> resource_;
  std::atomic<bool> scheduled_{false};
  std::atomic<bool> cancelled_{false};
  absl::Mutex mutex_;
  std::shared_ptr<EventWatch> watch_ ABSL_GUARDED_BY(mutex_);
  grpc::ByteBuffer response_ ABSL_GUARDED_BY(mutex_);  // being sent
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  std::shared_ptr<WatchStream> self_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_ADAPTERS_WATCH_STREAM_H_
