// Keeps an image of the index in a file, so that a start need not read the whole log.
//
//   ImageKeeper keeper(log.get(), {.path = "/data/index.image"});
//   const uint64_t restored = keeper.Restore(index);   // then load the log from restored + 1 on
//   ... after each batch applied: keeper.Consider(index);
//   ... when nothing is applied any more: keeper.Finish(index);
//
// The log is the truth, the image a cache: one that is damaged, of another program, another log or another
// history is told of once in the log of the service, removed, and not used. A write that fails, as on a full
// disk, is told of, leaves nothing behind but the image before it, and is tried again when as much has come
// anew.
#ifndef TREATYWIRE_QUERY_SERVICE_IMAGE_IMAGE_KEEPER_H_
#define TREATYWIRE_QUERY_SERVICE_IMAGE_IMAGE_KEEPER_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "query_service/event_log/event_log.h"
#include "query_service/image/index_image.h"
#include "query_service/image/program_identity.h"
#include "query_service/index/index.h"

namespace treatywire::query {

// Restore, Consider and Finish are called by one thread at a time, the one that applies; kept by any.
class ImageKeeper {
 public:
  static constexpr absl::string_view kFileName = "index.image";

  struct Options {
    std::string path = {};  // of the file; empty: none is kept, and no method has an effect
    // Written anew when so many records came since the last, and a quarter of what it has.
    uint64_t min_new_records = 10'000;
    std::string program = ProgramIdentity();  // empty: as without a path
    // The share of the disk that is left to the log: an image that would take of it is not written, and one
    // that is there is removed when no more than that is free.
    double free_share = 0.05;
  };

  // `log` must outlive the keeper.
  ImageKeeper(const EventLog* log, Options options);
  ~ImageKeeper();  // waits for what is being written
  ImageKeeper(const ImageKeeper&) = delete;
  ImageKeeper& operator=(const ImageKeeper&) = delete;

  // Makes `index`, which must be empty, that of the image, not yet published. Returns its revision; 0 where
  // there is none that can be used.
  uint64_t Restore(Index& index);
  // Begins to write an image of what `index` has published, on a thread of its own and of low priority, if it
  // is due and none is being written. Removes the one that is there where the disk is full but for the log's
  // share. Keeps the caller for as long as Index::Contents takes.
  void Consider(const Index& index);
  // Waits for what is being written, and writes what is new since.
  void Finish(const Index& index);

  // The image that is there.
  struct Kept {
    uint64_t revision = 0;  // 0: there is none
    absl::Time written = absl::InfinitePast();
  };
  Kept kept() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  bool is_on() const { return !options_.path.empty() && !options_.program.empty(); }
  absl::StatusOr<ImageIdentity> IdentityAt(uint64_t revision) const;
  // The steps of Restore.
  absl::StatusOr<uint64_t> TryRestore(Index& index);
  absl::Status CheckIdentity(const ImageIdentity& identity) const;
  // Writes, and tells of it.
  void Write(const IndexContents& contents);
  absl::StatusOr<uint64_t> TryWrite(const IndexContents& contents) const;
  // RESOURCE_EXHAUSTED where no more than the log's share of the disk is free.
  absl::Status CheckRoom() const;
  void MakeRoom();
  void Keep(uint64_t revision, absl::Time written) ABSL_LOCKS_EXCLUDED(mutex_);

  const EventLog* const log_;
  const Options options_;
  uint64_t last_begun_ = 0;  // revision of the image that was begun last; of the thread that applies
  std::thread writing_;
  std::atomic<bool> is_writing_{false};
  mutable absl::Mutex mutex_;
  Kept kept_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_IMAGE_IMAGE_KEEPER_H_
