#include "query_service/adapters/event_log_adapter.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/grpc_status.h"
#include "common/status.h"
#include "query_service/adapters/read_call.h"

namespace treatywire::query {

namespace {

// A stream that ends at once.
class RefusedStream final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  explicit RefusedStream(const absl::Status& status) { Finish(ToGrpcStatus(status)); }
  void OnDone() override { delete this; }
};

}  // namespace

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* EventLogServiceAdapter::PublishExtractions(
    grpc::CallbackServerContext* /*context*/) {
  uint64_t number = 0;
  {
    absl::MutexLock lock(&mutex_);
    if (const absl::Status refusal = CheckRoom(); !refusal.ok()) return new RefusedStream(refusal);
    number = ++last_stream_;
    streams_[number];
  }
  const auto stream = PublishStream::Start(writer_, [this, number] {
    absl::MutexLock lock(&mutex_);
    streams_.erase(number);
  });
  absl::MutexLock lock(&mutex_);
  const auto entry = streams_.find(number);
  if (entry != streams_.end()) entry->second = stream;
  if (draining_) stream->Drain();
  return stream.get();
}

absl::Status EventLogServiceAdapter::CheckRoom() const {
  if (!*ready_) return RebuildingError();
  if (draining_)
    return WithErrorInfo(absl::UnavailableError("the server is draining"),
                         treatywire::v1::ERROR_REASON_DRAINING);
  if (streams_.size() < kMaxStreams) return absl::OkStatus();
  return WithRetryDelay(
      WithErrorInfo(absl::ResourceExhaustedError(absl::StrCat("all ", kMaxStreams, " streams are in use")),
                    treatywire::v1::ERROR_REASON_TOO_MANY_STREAMS),
      absl::Seconds(1));
}

void EventLogServiceAdapter::Drain() {
  std::vector<std::shared_ptr<PublishStream>> streams;
  {
    absl::MutexLock lock(&mutex_);
    draining_ = true;
    for (const auto& [unused, weak] : streams_) {
      if (auto stream = weak.lock()) streams.push_back(std::move(stream));
    }
  }
  for (const auto& stream : streams) stream->Drain();
}

}  // namespace treatywire::query
