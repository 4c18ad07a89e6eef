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
  if (options_.own_thread) applier_ = std::thread([this] { RunApplies(); });
}

LogWriter::~LogWriter() { Stop(); }

absl::Status LogWriter::Submit(LogRecord record, Done done, std::string encoded) {
  const size_t bytes = encoded.empty() ? record.ByteSizeLong() : encoded.size();
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
  queue_.push_back({std::move(record), std::move(encoded), bytes, std::move(done)});
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
    applier_.join();
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
      mutex_.Await(absl::Condition(this, &LogWriter::MayAppend));
      batch = TakeBatch();
      if (batch.empty()) {
        appends_ended_ = true;
        return;
      }
    }
    Appended appended = Append(std::move(batch));
    absl::MutexLock lock(&mutex_);
    unapplied_.push_back(std::move(appended));
  }
}

void LogWriter::RunApplies() {
  while (true) {
    Appended batch;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &LogWriter::MayApply));
      if (unapplied_.empty()) return;
      batch = std::move(unapplied_.front());
      unapplied_.pop_front();
    }
    Settle(std::move(batch));
  }
}

bool LogWriter::WriteNext() {
  std::vector<Entry> batch;
  {
    absl::MutexLock lock(&mutex_);
    batch = TakeBatch();
  }
  if (batch.empty()) return false;
  Settle(Append(std::move(batch)));
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

LogWriter::Appended LogWriter::Append(std::vector<Entry> batch) {
  Appended appended;
  appended.records.reserve(batch.size());
  appended.done.reserve(batch.size());
  std::vector<std::string> encoded;
  encoded.reserve(batch.size());
  for (Entry& entry : batch) {
    appended.records.push_back(std::move(entry.record));
    encoded.push_back(std::move(entry.encoded));
    appended.done.push_back(std::move(entry.done));
  }
  if (const absl::Status failed_before = failure(); !failed_before.ok()) {
    appended.results = failed_before;
    return appended;
  }
  const absl::Time start = options_.now();
  appended.results = WithReason(log_->AppendEncoded(appended.records, encoded));
  if (appended.results.ok() && options_.on_append) {
    options_.on_append(appended.records.size(), options_.now() - start);
  }
  if (absl::IsDataLoss(appended.results.status())) Fail(appended.results.status());
  return appended;
}

void LogWriter::Settle(Appended batch) {
  absl::Status status = batch.results.status();
  if (status.ok()) status = refusal_;
  if (status.ok()) status = ApplyNew(&batch.records, *batch.results);
  for (size_t i = 0; i < batch.done.size(); ++i) {
    if (status.ok()) {
      batch.done[i]((*batch.results)[i]);
    } else {
      batch.done[i](status);
    }
  }
  // After the batch's own, so that its streams end with the failure and not with what it leads to.
  if (!absl::IsDataLoss(status) || is_failure_told_) return;
  is_failure_told_ = true;
  if (options_.on_failure) options_.on_failure(status);
}

absl::Status LogWriter::ApplyNew(std::vector<LogRecord>* records, absl::Span<const AppendResult> results) {
  size_t appended = 0;
  for (size_t i = 0; i < records->size(); ++i) {
    if (results[i].already_present) continue;
    if (appended != i) (*records)[appended] = std::move((*records)[i]);
    (*records)[appended++].set_revision(results[i].revision);
  }
  if (appended == 0) return absl::OkStatus();
  const uint64_t first = records->front().revision();
  const absl::Status applied = apply_(absl::MakeSpan(*records).first(appended));
  if (applied.ok()) return absl::OkStatus();
  // The records are durable, but this process cannot read them: only a restart can.
  absl::Status failure = WithErrorInfo(
      absl::DataLossError(absl::StrCat("the index refused revision ", first, ": ", applied.message())),
      treatywire::v1::ERROR_REASON_LOG_FAILED);
  Fail(failure);
  refusal_ = failure;
  return failure;
}

void LogWriter::Fail(const absl::Status& status) {
  Log(Severity::kError, "event log stopped", {{"error", status.ToString()}});
  absl::MutexLock lock(&mutex_);
  failure_.Update(status);
}

absl::Status LogWriter::failure() const {
  absl::MutexLock lock(&mutex_);
  return failure_;
}

}  // namespace treatywire::query
