#include "query_service/index/index.h"

#include <algorithm>
#include <future>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/status_macros.h"
#include "common/work_pool.h"
#include "query_service/index/record_snapshot.h"
#include "query_service/index/record_writer.h"
#include "query_service/resolution/article_version.h"

namespace treatywire::query {

namespace v1 = ::treatywire::v1;

class Index::Impl {
 public:
  absl::Status Load(absl::Span<v1::LogRecord> records);
  void Publish();
  IndexContents Contents() const { return writer_->Contents(); }
  absl::Status Restore(const IndexContents& contents);
  std::shared_ptr<const Snapshot> snapshot() const {
    absl::MutexLock lock(&mutex_);
    return snapshot_;
  }
  absl::StatusOr<std::shared_ptr<const Snapshot>> WaitForRevision(uint64_t revision,
                                                                  absl::Time deadline) const;

 private:
  const std::shared_ptr<RecordSnapshot::Shared> shared_ = std::make_shared<RecordSnapshot::Shared>();
  using Versions = std::vector<std::shared_ptr<ArticleVersion>>;  // of each record; nullptr for those without
  // Records that are read at a time: enough for a thread to be worth it.
  static constexpr size_t kPart = 32;
  Versions ReadPart(absl::Span<v1::LogRecord> records);
  std::future<Versions> ReadAhead(absl::Span<v1::LogRecord> records);
  void PutPart(absl::Span<const v1::LogRecord> records, const Versions& versions);

  // Of the thread that applies; the first, while that waits for it, of one that reads ahead.
  ArticleReader reader_;
  std::unique_ptr<RecordWriter> writer_ = std::make_unique<RecordWriter>();  // never nullptr
  uint64_t revision_ = 0;                 // of the last record taken in; published or not
  std::unique_ptr<WorkPool> read_ahead_;  // made when first there is enough to read
  mutable absl::Mutex mutex_;
  std::shared_ptr<const Snapshot> snapshot_ ABSL_GUARDED_BY(mutex_) =
      std::make_shared<const RecordSnapshot>(RecordState(), shared_);
};

Index::Impl::Versions Index::Impl::ReadPart(absl::Span<v1::LogRecord> records) {
  Versions versions(records.size());
  for (size_t i = 0; i < records.size(); ++i) {
    if (!records[i].has_extraction()) continue;
    versions[i] = reader_.Read(std::move(*records[i].mutable_extraction()), records[i].revision());
  }
  return versions;
}

std::future<Index::Impl::Versions> Index::Impl::ReadAhead(absl::Span<v1::LogRecord> records) {
  if (read_ahead_ == nullptr) read_ahead_ = std::make_unique<WorkPool>(/*threads=*/1, /*max_queued=*/1);
  const auto task =
      std::make_shared<std::packaged_task<Versions()>>([this, records] { return ReadPart(records); });
  std::future<Versions> reading = task->get_future();
  if (!read_ahead_->Submit([task] { (*task)(); })) (*task)();
  return reading;
}

void Index::Impl::PutPart(absl::Span<const v1::LogRecord> records, const Versions& versions) {
  for (size_t i = 0; i < records.size(); ++i) {
    switch (records[i].record_case()) {
      case v1::LogRecord::kExtraction:
        writer_->Put(versions[i]);
        versions[i]->LetGo();  // before a snapshot shows it to others
        break;
      case v1::LogRecord::kRetraction:
        writer_->Retract(records[i].revision(), records[i].retraction().article_id());
        break;
      case v1::LogRecord::RECORD_NOT_SET:
        break;  // of a later version, which this one cannot read: it changes nothing here
    }
  }
}

absl::Status Index::Impl::Load(absl::Span<v1::LogRecord> records) {
  if (records.empty()) return absl::OkStatus();
  uint64_t next = revision_ + 1;
  for (const v1::LogRecord& record : records) {
    if (record.revision() != next++) {
      return absl::FailedPreconditionError(
          absl::StrCat("record of revision ", record.revision(), " where ", next - 1, " is the next"));
    }
  }
  // While one part is put into the record the next is read, which takes as long and needs nothing of the
  // record.
  Versions versions = ReadPart(records.first(std::min(records.size(), kPart)));
  for (size_t begin = 0; begin < records.size(); begin += kPart) {
    const absl::Span<v1::LogRecord> part = records.subspan(begin, kPart);
    std::future<Versions> reading;
    if (begin + kPart < records.size()) {
      reading = ReadAhead(records.subspan(begin + kPart, kPart));
    }
    PutPart(part, versions);
    if (reading.valid()) versions = reading.get();
  }
  revision_ = next - 1;
  return absl::OkStatus();
}

void Index::Impl::Publish() {
  if (revision_ == snapshot()->revision()) return;
  writer_->Settle(revision_);
  std::shared_ptr<const Snapshot> snapshot =
      std::make_shared<const RecordSnapshot>(writer_->state(), shared_);
  absl::MutexLock lock(&mutex_);
  snapshot_.swap(snapshot);  // the one before goes after the lock
}

absl::Status Index::Impl::Restore(const IndexContents& contents) {
  if (revision_ != 0) {
    return absl::FailedPreconditionError(absl::StrCat("the index is at revision ", revision_, " already"));
  }
  auto restored = std::make_unique<RecordWriter>();
  TW_RETURN_IF_ERROR(restored->Restore(contents));
  writer_ = std::move(restored);
  revision_ = contents.revision;
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

absl::Status Index::Take(absl::Span<v1::LogRecord> records) {
  TW_RETURN_IF_ERROR(impl_->Load(records));
  impl_->Publish();
  return absl::OkStatus();
}

absl::Status Index::Load(absl::Span<v1::LogRecord> records) { return impl_->Load(records); }
void Index::Publish() { impl_->Publish(); }

IndexContents Index::Contents() const { return impl_->Contents(); }
absl::Status Index::Restore(const IndexContents& contents) { return impl_->Restore(contents); }

std::shared_ptr<const Snapshot> Index::snapshot() const { return impl_->snapshot(); }

absl::StatusOr<std::shared_ptr<const Snapshot>> Index::WaitForRevision(uint64_t revision,
                                                                       absl::Time deadline) const {
  return impl_->WaitForRevision(revision, deadline);
}

}  // namespace treatywire::query
