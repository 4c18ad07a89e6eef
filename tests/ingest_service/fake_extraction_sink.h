// A sink that keeps what it is given until a test answers, or answers at once.
#ifndef TREATYWIRE_TESTS_INGEST_SERVICE_FAKE_EXTRACTION_SINK_H_
#define TREATYWIRE_TESTS_INGEST_SERVICE_FAKE_EXTRACTION_SINK_H_

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "ingest_service/delivery/extraction_sink.h"

namespace treatywire::ingest {

// Thread-safe.
class FakeExtractionSink final : public ExtractionSink {
 public:
  struct Pending {
    treatywire::v1::ExtractedArticle extraction;
    absl::Time deadline;
    TraceHeaders trace;
    Done done;
  };

  void Deliver(const treatywire::v1::ExtractedArticle& extraction, absl::Time deadline, TraceHeaders trace,
               Done done) override {
    std::unique_lock lock(mutex_);
    if (answering_) {
      const uint64_t revision = ++revision_;
      lock.unlock();
      std::move(done)(treatywire::ingest::Delivery{revision, false});
      return;
    }
    pending_.push_back({extraction, deadline, std::move(trace), std::move(done)});
    changed_.notify_all();
  }

  // From now on each delivery is acknowledged at once, with revisions from 1.
  void AnswerAtOnce() {
    const std::lock_guard lock(mutex_);
    answering_ = true;
  }

  // Waits for `count` deliveries and takes them.
  std::vector<Pending> Take(size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return pending_.size() >= count; });
    return std::exchange(pending_, {});
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  bool answering_ = false;
  uint64_t revision_ = 0;
  std::vector<Pending> pending_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_TESTS_INGEST_SERVICE_FAKE_EXTRACTION_SINK_H_
