// The record as it was known on some day: that of an index fed with only the versions published by then.
//
// Kept for the days that were asked for last, and brought up to date from the history when it is asked for
// again.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_KNOWN_RECORD_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_KNOWN_RECORD_H_

#include <cstdint>
#include <list>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "query_service/index/record_state.h"
#include "query_service/index/record_writer.h"

namespace treatywire::query {

// Every method may be called from any thread. Readers wait for one another, never for an index's writer.
class KnownRecords {
 public:
  // What `state`'s index would hold at the same revision, had it been given just the versions published by
  // the end of `day`. A version that is published later leaves the one before it in force; an article that
  // was taken out is out on every day.
  std::shared_ptr<const RecordState> Get(const RecordState& state, Day day);

 private:
  // One day's record, up to some revision.
  struct Record {
    explicit Record(Day of_day) : day(of_day) {}

    const Day day;
    absl::Mutex mutex;
    RecordWriter writer ABSL_GUARDED_BY(mutex);
    std::shared_ptr<const RecordState> state ABSL_GUARDED_BY(mutex);
  };
  // An answer for an older revision, for lists that are being paged.
  struct Answer {
    Day day;
    std::shared_ptr<const RecordState> state;
  };

  static constexpr size_t kMaxRecords = 4;
  static constexpr size_t kMaxAnswers = 16;

  std::shared_ptr<Record> RecordOf(Day day);
  std::shared_ptr<const RecordState> FindAnswer(Day day, uint64_t revision);
  void Keep(Day day, std::shared_ptr<const RecordState> state);

  absl::Mutex mutex_;
  std::list<std::shared_ptr<Record>> records_ ABSL_GUARDED_BY(mutex_);  // last used first
  std::list<Answer> answers_ ABSL_GUARDED_BY(mutex_);                   // last used first
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_KNOWN_RECORD_H_
