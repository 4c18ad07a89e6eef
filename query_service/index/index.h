// The index: what all articles of the log together say, kept in memory, ready to answer.
//
//   Index index;
//   index.Apply(records);                                // one writer
//   std::shared_ptr<const Snapshot> now = index.snapshot();  // any number of readers
//   IndexContents contents = index.Contents();           // to make another of: other.Restore(contents)
//
// Apply is called by one thread at a time; snapshot() and WaitForRevision() by any number, and they never
// wait for Apply.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_INDEX_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_INDEX_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "query_service/index/index_contents.h"
#include "query_service/index/snapshot.h"
#include "treatywire/v1/event_log_service.pb.h"

namespace treatywire::query {

class Index {
 public:
  Index();
  ~Index();
  Index(const Index&) = delete;
  Index& operator=(const Index&) = delete;

  // Applies records of ascending, gapless revision and publishes one new snapshot. The cost grows with what
  // the records touch, not with the index. Returns FAILED_PRECONDITION where the first does not follow the
  // index's revision.
  absl::Status Apply(absl::Span<const treatywire::v1::LogRecord> records);
  // The same, but what it keeps of the records is moved out of them.
  absl::Status Take(absl::Span<treatywire::v1::LogRecord> records);

  // Take in two steps, for many batches of which nobody reads the first before the last is there: Load takes
  // records in, Publish works out what all of them together change and publishes it.
  absl::Status Load(absl::Span<treatywire::v1::LogRecord> records);
  void Publish();

  // What Restore makes the same index of: all that is loaded, after Publish. By the thread that applies.
  IndexContents Contents() const;
  // Takes in what another index had, to be published as what Load takes in. FAILED_PRECONDITION where there
  // is anything in this one; DATA_LOSS where the contents cannot be an index's. Without effect then.
  absl::Status Restore(const IndexContents& contents);

  // The newest snapshot; never nullptr. An index without records has revision 0.
  std::shared_ptr<const Snapshot> snapshot() const;

  // Returns the newest snapshot once it has reached `revision`; DEADLINE_EXCEEDED where it does not by
  // `deadline`.
  absl::StatusOr<std::shared_ptr<const Snapshot>> WaitForRevision(uint64_t revision,
                                                                  absl::Time deadline) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_INDEX_H_
