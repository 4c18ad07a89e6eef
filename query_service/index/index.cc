#include "query_service/index/index.h"

#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "query_service/index/record_snapshot.h"
#include "query_service/index/record_writer.h"
#include "query_service/resolution/article_version.h"

namespace treatywire::query {

namespace v1 = ::treatywire::v1;

class Index::Impl {
 public:
  absl::Status Take(absl::Span<v1::LogRecord> records);
  std::shared_ptr<const Snapshot> snapshot() const {
    absl::MutexLock lock(&mutex_);
    return snapshot_;
  }
  absl::StatusOr<std::shared_ptr<const Snapshot>> WaitForRevision(uint64_t revision,
                                                                  absl::Time deadline) const;

 private:
  const std::shared_ptr<RecordSnapshot::Shared> shared_ = std::make_shared<RecordSnapshot::Shared>();
  // Of the thread that applies.
  ArticleReader reader_;
  RecordWriter writer_;
  mutable absl::Mutex mutex_;
  std::shared_ptr<const Snapshot> snapshot_ ABSL_GUARDED_BY(mutex_) =
      std::make_shared<const RecordSnapshot>(RecordState(), shared_);
};

absl::Status Index::Impl::Take(absl::Span<v1::LogRecord> records) {
  if (records.empty()) return absl::OkStatus();
  uint64_t next = writer_.state().revision + 1;
  for (const v1::LogRecord& record : records) {
    if (record.revision() != next++) {
      return absl::FailedPreconditionError(
          absl::StrCat("record of revision ", record.revision(), " where ", next - 1, " is the next"));
    }
  }
  for (v1::LogRecord& record : records) {
    switch (record.record_case()) {
      case v1::LogRecord::kExtraction: {
        const std::shared_ptr<ArticleVersion> version =
            reader_.Read(std::move(*record.mutable_extraction()), record.revision());
        writer_.Put(version);
        version->Pack();  // before a snapshot shows it to others
        break;
      }
      case v1::LogRecord::kRetraction:
        writer_.Retract(record.revision(), record.retraction().article_id());
        break;
      case v1::LogRecord::RECORD_NOT_SET:
        break;  // of a later version, which this one cannot read: it changes nothing here
    }
  }
  writer_.Settle(next - 1);
  auto snapshot = std::make_shared<const RecordSnapshot>(writer_.state(), shared_);
  absl::MutexLock lock(&mutex_);
  snapshot_ = std::move(snapshot);
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const Snapshot>> Index::Impl::WaitForRevision(uint64_t revision,
                                                                             absl::Time deadline) const {
  const auto reached = [this, revision]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return snapshot_->revision() >= revision;
  };
  absl::MutexLock lock(&mutex_);
  if (!mutex_.AwaitWithDeadline(absl::Condition(&reached), deadline)) {
    return absl::DeadlineExceededError(
        absl::StrCat("revision ", revision, " was not reached; the index is at ", snapshot_->revision()));
  }
  return snapshot_;
}

Index::Index() : impl_(std::make_unique<Impl>()) {}
Index::~Index() = default;

absl::Status Index::Apply(absl::Span<const v1::LogRecord> records) {
  std::vector<v1::LogRecord> copies(records.begin(), records.end());
  return Take(absl::MakeSpan(copies));
}

absl::Status Index::Take(absl::Span<v1::LogRecord> records) { return impl_->Take(records); }

std::shared_ptr<const Snapshot> Index::snapshot() const { return impl_->snapshot(); }

absl::StatusOr<std::shared_ptr<const Snapshot>> Index::WaitForRevision(uint64_t revision,
                                                                       absl::Time deadline) const {
  return impl_->WaitForRevision(revision, deadline);
}

}  // namespace treatywire::query
