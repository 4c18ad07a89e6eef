// The streams of a bidirectional method that are open: so many at a time and no more, and all can be drained.
//
//   OpenStreams<IngestStream> streams_{/*most=*/64};
//   ...
//   return streams_.Open([&](std::function<void()> gone) { return IngestStream::Start(..., std::move(gone));
//   });
//
// A `Stream` is a RawStream that has Drain() and calls `gone` once, when gRPC is done with it.
#ifndef TREATYWIRE_COMMON_OPEN_STREAMS_H_
#define TREATYWIRE_COMMON_OPEN_STREAMS_H_

#include <grpcpp/grpcpp.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"

namespace treatywire {

class RawStream : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 protected:
  // As StartWrite. `another`: whether another message is to be written as soon as this one is; then gRPC may
  // send both together, and wakes their reader once.
  void Write(const grpc::ByteBuffer* message, bool another) {
    // Not the first: gRPC would hold the headers that go with it too, and says that it is written only when
    // those are sent, which would be never.
    const bool is_first = !std::exchange(has_written_, true);
    StartWrite(message, another && !is_first ? grpc::WriteOptions().set_buffer_hint() : grpc::WriteOptions());
  }

 private:
  bool has_written_ = false;  // of who writes: one message at a time
};

// A stream that ends at once with `status`, which is not OK.
RawStream* RefuseStream(const absl::Status& status);

// OK where one more may be opened beside `open`: UNAVAILABLE, reason DRAINING, where the server is
// `draining`; RESOURCE_EXHAUSTED, reason TOO_MANY_STREAMS, with a retry delay, where there are `most`.
absl::Status CheckRoomForStream(size_t open, size_t most, bool draining);

// Every method may be called from any thread. Must outlive its streams.
template <typename Stream>
class OpenStreams {
 public:
  explicit OpenStreams(size_t most) : most_(most) {}

  // The stream that `start` makes, or one that ends at once where there is no room for it.
  RawStream* Open(absl::FunctionRef<std::shared_ptr<Stream>(std::function<void()> gone)> start) {
    uint64_t number = 0;
    {
      absl::MutexLock lock(&mutex_);
      const absl::Status room = CheckRoomForStream(streams_.size(), most_, draining_);
      if (!room.ok()) return RefuseStream(room);
      number = ++last_number_;
      streams_[number];
    }
    // Not under the lock: a stream may be over, and say so, before it is returned.
    const std::shared_ptr<Stream> stream = start([this, number] {
      absl::MutexLock lock(&mutex_);
      streams_.erase(number);
    });
    if (Keep(number, stream)) stream->Drain();
    return stream.get();
  }

  // Drains every stream, and refuses those to come.
  void Drain() {
    std::vector<std::shared_ptr<Stream>> streams;
    {
      absl::MutexLock lock(&mutex_);
      draining_ = true;
      for (const auto& [unused, weak] : streams_) {
        if (auto stream = weak.lock()) streams.push_back(std::move(stream));
      }
    }
    for (const auto& stream : streams) stream->Drain();
  }

 private:
  // Whether the server drains meanwhile.
  bool Keep(uint64_t number, const std::shared_ptr<Stream>& stream) {
    absl::MutexLock lock(&mutex_);
    const auto entry = streams_.find(number);
    if (entry != streams_.end()) entry->second = stream;
    return draining_;
  }

  const size_t most_;
  absl::Mutex mutex_;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  uint64_t last_number_ ABSL_GUARDED_BY(mutex_) = 0;
  // By number: a stream may be gone before its pointer is here.
  std::map<uint64_t, std::weak_ptr<Stream>> streams_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_OPEN_STREAMS_H_
