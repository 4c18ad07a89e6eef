#include "tests/query_service/event_log/faulty_vfs.h"

#include <new>

namespace treatywire::query {

// The real file follows in the same allocation.
struct FaultyVfs::File {
  sqlite3_file base;
  FaultyVfs* vfs;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

FaultyVfs::File* FaultyVfs::FileOf(sqlite3_file* file) { return reinterpret_cast<File*>(file); }

const sqlite3_io_methods FaultyVfs::kMethods = {
    .iVersion = 2,
    .xClose = [](sqlite3_file* f) { return FileOf(f)->real()->pMethods->xClose(FileOf(f)->real()); },
    .xRead =
        [](sqlite3_file* f, void* out, int size, sqlite3_int64 at) {
          return FileOf(f)->real()->pMethods->xRead(FileOf(f)->real(), out, size, at);
        },
    .xWrite =
        [](sqlite3_file* f, const void* bytes, int size, sqlite3_int64 at) {
          const int result = FileOf(f)->vfs->write_result_;
          if (result != SQLITE_OK) return result;
          return FileOf(f)->real()->pMethods->xWrite(FileOf(f)->real(), bytes, size, at);
        },
    .xTruncate =
        [](sqlite3_file* f, sqlite3_int64 size) {
          return FileOf(f)->real()->pMethods->xTruncate(FileOf(f)->real(), size);
        },
    .xSync =
        [](sqlite3_file* f, int flags) {
          ++FileOf(f)->vfs->syncs_;
          const int result = FileOf(f)->vfs->sync_result_;
          if (result != SQLITE_OK) return result;
          return FileOf(f)->real()->pMethods->xSync(FileOf(f)->real(), flags);
        },
    .xFileSize =
        [](sqlite3_file* f, sqlite3_int64* size) {
          return FileOf(f)->real()->pMethods->xFileSize(FileOf(f)->real(), size);
        },
    .xLock = [](sqlite3_file* f,
                int level) { return FileOf(f)->real()->pMethods->xLock(FileOf(f)->real(), level); },
    .xUnlock = [](sqlite3_file* f,
                  int level) { return FileOf(f)->real()->pMethods->xUnlock(FileOf(f)->real(), level); },
    .xCheckReservedLock =
        [](sqlite3_file* f, int* held) {
          return FileOf(f)->real()->pMethods->xCheckReservedLock(FileOf(f)->real(), held);
        },
    .xFileControl =
        [](sqlite3_file* f, int op, void* argument) {
          return FileOf(f)->real()->pMethods->xFileControl(FileOf(f)->real(), op, argument);
        },
    .xSectorSize =
        [](sqlite3_file* f) { return FileOf(f)->real()->pMethods->xSectorSize(FileOf(f)->real()); },
    .xDeviceCharacteristics =
        [](sqlite3_file* f) {
          return FileOf(f)->real()->pMethods->xDeviceCharacteristics(FileOf(f)->real());
        },
    .xShmMap =
        [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
          return FileOf(f)->real()->pMethods->xShmMap(FileOf(f)->real(), page, size, extend, out);
        },
    .xShmLock =
        [](sqlite3_file* f, int offset, int n, int flags) {
          return FileOf(f)->real()->pMethods->xShmLock(FileOf(f)->real(), offset, n, flags);
        },
    .xShmBarrier = [](sqlite3_file* f) { FileOf(f)->real()->pMethods->xShmBarrier(FileOf(f)->real()); },
    .xShmUnmap = [](sqlite3_file* f,
                    int remove) { return FileOf(f)->real()->pMethods->xShmUnmap(FileOf(f)->real(), remove); },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int FaultyVfs::Open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  auto* self = static_cast<FaultyVfs*>(vfs->pAppData);
  File* opened = new (file) File{};
  opened->vfs = self;
  const int result = self->real_->xOpen(self->real_, path, opened->real(), flags, out_flags);
  if (opened->real()->pMethods != nullptr) opened->base.pMethods = &kMethods;
  return result;
}

FaultyVfs::FaultyVfs() : vfs_(*sqlite3_vfs_find(nullptr)), real_(sqlite3_vfs_find(nullptr)) {
  vfs_.pNext = nullptr;
  vfs_.zName = "treatywire-faulty";
  vfs_.pAppData = this;
  vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
  vfs_.xOpen = &Open;
  sqlite3_vfs_register(&vfs_, /*makeDflt=*/0);
}

FaultyVfs::~FaultyVfs() { sqlite3_vfs_unregister(&vfs_); }

}  // namespace treatywire::query
