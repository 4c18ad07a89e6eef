// BackupService over gRPC: the parts of query_service/backup/backup_source.h as a stream.
#ifndef TREATYWIRE_QUERY_SERVICE_ADAPTERS_BACKUP_ADAPTER_H_
#define TREATYWIRE_QUERY_SERVICE_ADAPTERS_BACKUP_ADAPTER_H_

#include <atomic>

#include "common/call_admission.h"
#include "common/work_pool.h"
#include "query_service/event_log/event_log.h"
#include "treatywire/v1/backup_service.grpc.pb.h"

namespace treatywire::query {

// Every method raw: requests are parsed by the adapter (common/raw_message.h).
using RawBackupService =
    treatywire::v1::BackupService::WithRawCallbackMethod_Backup<treatywire::v1::BackupService::Service>;

class BackupServiceAdapter final : public RawBackupService {
 public:
  // Being made at a time: each holds some MiB, and they share a thread that reads the disk.
  static constexpr int kMaxBackups = 2;

  // All must outlive the adapter. Backups read on `pool`, which has room for kMaxBackups tasks.
  BackupServiceAdapter(const EventLog* log, const CallAdmission* admission, WorkPool* pool)
      : log_(log), admission_(admission), pool_(pool) {}

  grpc::ServerWriteReactor<grpc::ByteBuffer>* Backup(grpc::CallbackServerContext* context,
                                                     const grpc::ByteBuffer* request) override;

 private:
  const EventLog* const log_;
  const CallAdmission* const admission_;
  WorkPool* const pool_;
  std::atomic<int> backups_{0};
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_ADAPTERS_BACKUP_ADAPTER_H_
