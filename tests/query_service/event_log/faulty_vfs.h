// A file system for SQLite that fails on demand: the operating system's own, until a fault is switched on.
//
//   FaultyVfs vfs;
//   auto log = SqliteEventLog::Open({.data_dir = dir, .vfs = vfs.name()});
//   vfs.FailWrites(SQLITE_FULL);
#ifndef TREATYWIRE_TESTS_QUERY_SERVICE_EVENT_LOG_FAULTY_VFS_H_
#define TREATYWIRE_TESTS_QUERY_SERVICE_EVENT_LOG_FAULTY_VFS_H_

#include <sqlite3.h>

#include <atomic>
#include <string>

namespace treatywire::query {

// Registered as long as it lives; every log opened on it must be gone before.
class FaultyVfs {
 public:
  FaultyVfs();
  ~FaultyVfs();
  FaultyVfs(const FaultyVfs&) = delete;
  FaultyVfs& operator=(const FaultyVfs&) = delete;

  std::string name() const { return vfs_.zName; }

  // From now on every write, or sync, returns `result`; SQLITE_OK ends the fault.
  void FailWrites(int result) { write_result_ = result; }
  void FailSyncs(int result) { sync_result_ = result; }
  int syncs() const { return syncs_; }

 private:
  struct File;
  static File* FileOf(sqlite3_file* file);
  static const sqlite3_io_methods kMethods;
  static int Open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags);

  sqlite3_vfs vfs_;
  sqlite3_vfs* real_;
  std::atomic<int> write_result_{SQLITE_OK};
  std::atomic<int> sync_result_{SQLITE_OK};
  std::atomic<int> syncs_{0};
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_TESTS_QUERY_SERVICE_EVENT_LOG_FAULTY_VFS_H_
