#include "query_service/log_writer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/logging.h"
#include "common/status.h"
#include "common/status_macros.h"
#include "query_service/event_log/log_id.h"

namespace treatywire::query {

using treatywire::v1::LogRecord;

namespace {

// Room is made by people.
constexpr absl::Duration kFullLogRetryDelay = absl::Seconds(30);

// An append's error with what programs need of it. That the article is unknown its caller says itself.
absl::StatusOr<std::vector<AppendResult>> WithReason(absl::StatusOr<std::vector<AppendResult>> results) {
  switch (results.status().code()) {
    case absl::StatusCode::kResourceExhausted:
      return WithRetryDelay(WithReasonIfNone(results.status(), treatywire::v1::ERROR_REASON_LOG_FULL),
                            kFullLogRetryDelay);
    case absl::StatusCode::kDataLoss:
      return WithReasonIfNone(results.status(), treatywire::v1::ERROR_REASON_LOG_FAILED);
    case absl::StatusCode::kOk:
    case absl::StatusCode::kNotFound:
      return results;
    default:
      return WithReasonIfNone(results.status(), treatywire::v1::ERROR_REASON_INTERNAL);
  }
}

}  // namespace

LogWriter::LogWriter(EventLog* log, Apply apply, Options options)
    : log_(log), log_id_(LogIdText(log->log_id())), apply_(std::move(apply)), options_(std::move(options)) {
  if (options_.own_thread) thread_ = std::thread([this] { Run(); });
}

LogWriter::~LogWriter() { Stop(); }

absl::Status LogWriter::Submit(LogRecord record, Done done) {
  const size_t bytes = record.ByteSizeLong();
  absl::MutexLock lock(&mutex_);
  TW_RETURN_IF_ERROR(failure_);
  if (stopping_)
    return WithErrorInfo(absl::UnavailableError("the server is draining"),
                         treatywire::v1::ERROR_REASON_DRAINING);
  if (queue_.size() >= options_.max_queued_records || queued_bytes_ + bytes > options_.max_queued_bytes) {
    return WithRetryDelay(WithErrorInfo(absl::ResourceExhaustedError("too many records wait to be written"),
                                        treatywire::v1::ERROR_REASON_QUEUE_FULL),
                          absl::Seconds(1));
  }
  queued_bytes_ += bytes;
  queue_.push_back({std::move(record), bytes, std::move(done)});
  return absl::OkStatus();
}

size_t LogWriter::queued() const {
  absl::MutexLock lock(&mutex_);
  return queue_.size();
}

void LogWriter::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  absl::MutexLock lock(&stop_mutex_);
  if (thread_.joinable()) {
    thread_.join();
  } else if (!options_.own_thread) {
    while (WriteNext()) {
    }
  }
}

void LogWriter::Run() {
  while (true) {
    std::vector<Entry> batch;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &LogWriter::HasWork));
      batch = TakeBatch();
    }
    if (batch.empty()) return;
    Write(std::move(batch));
  }
}

bool LogWriter::WriteNext() {
  std::vector<Entry> batch;
  {
    absl::MutexLock lock(&mutex_);
    batch = TakeBatch();
  }
  if (batch.empty()) return false;
  Write(std::move(batch));
  return true;
}

// A retraction goes alone: where there is nothing to retract, its whole batch is refused.
std::vector<LogWriter::Entry> LogWriter::TakeBatch() {
  std::vector<Entry> batch;
  size_t bytes = 0;
  while (!queue_.empty() && batch.size() < options_.max_batch_records) {
    Entry& next = queue_.front();
    bytes += next.bytes;
    const bool alone = next.record.has_retraction();
    if (!batch.empty() && (bytes > options_.max_batch_bytes || alone)) break;
    queued_bytes_ -= next.bytes;
    batch.push_back(std::move(next));
    queue_.pop_front();
    if (alone) break;
  }
  return batch;
}

void LogWriter::Write(std::vector<Entry> batch) {
  absl::Status failed_before;
  {
    absl::MutexLock lock(&mutex_);
    failed_before = failure_;
  }
  const absl::StatusOr<std::vector<AppendResult>> results =
      failed_before.ok() ? AppendAndApply(&batch) : failed_before;
  for (size_t i = 0; i < batch.size(); ++i) {
    if (results.ok()) {
      batch[i].done((*results)[i]);
    } else {
      batch[i].done(results.status());
    }
  }
  // After the batch's own, so that its streams end with the failure and not with what it leads to.
  if (failed_before.ok() && absl::IsDataLoss(results.status()) && options_.on_failure) {
    options_.on_failure(results.status());
  }
}

absl::StatusOr<std::vector<AppendResult>> LogWriter::AppendAndApply(std::vector<Entry>* batch) {
  std::vector<LogRecord> records;
  records.reserve(batch->size());
  for (Entry& entry : *batch) records.push_back(std::move(entry.record));
  const absl::Time start = options_.now();
  absl::StatusOr<std::vector<AppendResult>> results = WithReason(log_->Append(records));
  if (results.ok() && options_.on_append) options_.on_append(records.size(), options_.now() - start);
  if (absl::IsDataLoss(results.status())) Fail(results.status());
  TW_RETURN_IF_ERROR(results.status());
  TW_RETURN_IF_ERROR(ApplyNew(&records, *results));
  return results;
}

absl::Status LogWriter::ApplyNew(std::vector<LogRecord>* records, absl::Span<const AppendResult> results) {
  std::vector<LogRecord> appended;
  appended.reserve(records->size());
  for (size_t i = 0; i < records->size(); ++i) {
    if (results[i].already_present) continue;
    appended.push_back(std::move((*records)[i]));
    appended.back().set_revision(results[i].revision);
  }
  if (appended.empty()) return absl::OkStatus();
  const absl::Status applied = apply_(absl::MakeSpan(appended));
  if (applied.ok()) return absl::OkStatus();
  // The records are durable, but this process cannot read them: only a restart can.
  const absl::Status failure =
      WithErrorInfo(absl::DataLossError(absl::StrCat("the index refused revision ",
                                                     appended.front().revision(), ": ", applied.message())),
                    treatywire::v1::ERROR_REASON_LOG_FAILED);
  Fail(failure);
  return failure;
}

void LogWriter::Fail(const absl::Status& status) {
  Log(Severity::kError, "event log stopped", {{"error", status.ToString()}});
  absl::MutexLock lock(&mutex_);
  failure_ = status;
}

}  // namespace treatywire::query
