// Keeps a data directory to one process.
#ifndef TREATYWIRE_QUERY_SERVICE_EVENT_LOG_DIRECTORY_LOCK_H_
#define TREATYWIRE_QUERY_SERVICE_EVENT_LOG_DIRECTORY_LOCK_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace treatywire::query {

// An exclusive lock (flock) on the file LOCK in a directory, held as long as the object lives. The kernel
// gives it up with the process, however that ends, so that nothing has to be cleaned up after a crash. The
// file keeps the holder's process id, for the message to whoever comes second.
class DirectoryLock {
 public:
  // Creates the directory, with its parents, where it is missing. FAILED_PRECONDITION, with the holder's
  // process id, where another has the lock; PERMISSION_DENIED or UNAVAILABLE where the directory cannot be
  // made or written.
  static absl::StatusOr<std::unique_ptr<DirectoryLock>> Acquire(const std::string& directory);
  ~DirectoryLock();
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

 private:
  explicit DirectoryLock(int file) : file_(file) {}

  int file_;
};

// Makes the names in `directory` durable: a file just created or renamed there is found after a power cut.
absl::Status SyncDirectory(const std::string& directory);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_EVENT_LOG_DIRECTORY_LOCK_H_
