#include "query_service/adapters/backup_adapter.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "common/grpc_status.h"
#include "common/raw_message.h"
#include "common/status.h"
#include "query_service/backup/backup_source.h"

namespace treatywire::query {

using treatywire::v1::BackupRequest;
using treatywire::v1::BackupResponse;

namespace {

// One backup: a part is read when the one before has been written, so that a slow client costs no memory. No
// lock: one thing at a time is under way, and gRPC orders its end before the next one's beginning.
class BackupStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  BackupStream(const EventLog* log, WorkPool* pool, std::atomic<int>* backups)
      : source_(log), pool_(pool), backups_(backups) {}

  void Proceed() {
    // The pool has room for every backup; should it have none, this thread does it.
    if (!pool_->Submit([this] { Advance(); })) Advance();
  }

  void OnWriteDone(bool ok) override {
    if (ok) return Proceed();
    Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the caller went away"));
  }
  void OnDone() override {
    --*backups_;
    delete this;
  }

 private:
  // After StartWrite or Finish the stream may be gone.
  void Advance() {
    const absl::StatusOr<std::optional<BackupResponse>> part = source_.Next();
    absl::Status status = part.status();
    if (status.ok() && !part->has_value()) return Finish(grpc::Status::OK);
    if (status.ok()) status = SerializeResponse(**part, &response_);
    if (!status.ok()) return Finish(ToGrpcStatus(status));
    StartWrite(&response_);
  }

  BackupSource source_;
  WorkPool* const pool_;
  std::atomic<int>* const backups_;
  grpc::ByteBuffer response_;  // being written
};

// A stream that ends at once.
class RefusedBackup final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  explicit RefusedBackup(const absl::Status& status) { Finish(ToGrpcStatus(status)); }
  void OnDone() override { delete this; }
};

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* BackupServiceAdapter::Backup(grpc::CallbackServerContext* context,
                                                                         const grpc::ByteBuffer* request) {
  BackupRequest parsed;
  absl::Status refusal = admission_->CheckCaller<BackupRequest>(*context);
  if (refusal.ok()) refusal = ParseRequest(*request, &parsed);
  if (!refusal.ok()) return new RefusedBackup(refusal);
  if (++backups_ > kMaxBackups) {
    --backups_;
    return new RefusedBackup(
        WithRetryDelay(WithErrorInfo(absl::ResourceExhaustedError(absl::StrCat(
                                         "all ", kMaxBackups, " backups at a time are being made")),
                                     treatywire::v1::ERROR_REASON_TOO_MANY_BACKUPS),
                       absl::Seconds(10)));
  }
  auto* stream = new BackupStream(log_, pool_, &backups_);
  stream->Proceed();
  return stream;
}

}  // namespace treatywire::query
