#include "query_service/image/image_keeper.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/logging.h"
#include "common/monotonic_clock.h"
#include "common/status_macros.h"
#include "query_service/event_log/log_batch.h"
#include "query_service/image/image_file.h"
#include "query_service/image/thread_priority.h"

namespace treatywire::query {
namespace {

absl::Time WrittenAt(const std::string& path) {
  struct stat status = {};
  return stat(path.c_str(), &status) == 0 ? absl::TimeFromTimespec(status.st_mtim) : absl::InfinitePast();
}

}  // namespace

ImageKeeper::ImageKeeper(const EventLog* log, Options options) : log_(log), options_(std::move(options)) {}

ImageKeeper::~ImageKeeper() {
  if (writing_.joinable()) writing_.join();
}

ImageKeeper::Kept ImageKeeper::kept() const {
  absl::MutexLock lock(&mutex_);
  return kept_;
}

void ImageKeeper::Keep(uint64_t revision, absl::Time written) {
  absl::MutexLock lock(&mutex_);
  kept_ = {.revision = revision, .written = written};
}

absl::StatusOr<ImageIdentity> ImageKeeper::IdentityAt(uint64_t revision) const {
  TW_ASSIGN_OR_RETURN(const std::vector<treatywire::v1::LogRecord> records, log_->Read(revision, 1));
  if (records.empty()) return absl::OutOfRangeError(absl::StrCat("the log has no revision ", revision));
  const VersionKey last = VersionOf(records.front());
  return ImageIdentity{
      .program = options_.program,
      .log_id = log_->log_id(),
      .revision = revision,
      .last_record = absl::StrCat(last.article_id, "\n", last.content_digest, "\n", last.extractor_version)};
}

uint64_t ImageKeeper::Restore(Index& index) {
  if (!is_on()) return 0;
  std::remove((options_.path + ".new").c_str());  // of a process that was killed
  const absl::StatusOr<uint64_t> restored = TryRestore(index);
  if (restored.ok()) {
    last_begun_ = *restored;
    Keep(*restored, WrittenAt(options_.path));
    return *restored;
  }
  if (absl::IsNotFound(restored.status())) return 0;
  Log(Severity::kWarning, "index image not used; the log is read instead",
      {{"file", options_.path}, {"reason", restored.status().message()}});
  std::remove(options_.path.c_str());
  return 0;
}

absl::Status ImageKeeper::CheckIdentity(const ImageIdentity& identity) const {
  if (identity.program != options_.program) {
    return absl::FailedPreconditionError("it is another program's: this one may conclude otherwise");
  }
  if (identity.log_id != log_->log_id()) return absl::FailedPreconditionError("it is another event log's");
  if (identity.revision == 0 || identity.revision > log_->head()) {
    return absl::FailedPreconditionError(
        absl::StrCat("it is of revision ", identity.revision, ", but the event log ends at ", log_->head()));
  }
  TW_ASSIGN_OR_RETURN(const ImageIdentity own, IdentityAt(identity.revision));
  if (identity == own) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("the event log has another record at its revision ", identity.revision));
}

absl::StatusOr<uint64_t> ImageKeeper::TryRestore(Index& index) {
  TW_ASSIGN_OR_RETURN(const auto reader, ImageFileReader::Open(options_.path));
  TW_ASSIGN_OR_RETURN(const std::optional<std::string> first, reader->Next());
  TW_ASSIGN_OR_RETURN(const ImageIdentity identity, ReadImageIdentity(first.value_or("")));
  TW_RETURN_IF_ERROR(CheckIdentity(identity));
  TW_ASSIGN_OR_RETURN(const IndexContents contents,
                      ReadIndexImage(identity.revision, [&] { return reader->Next(); }));
  TW_RETURN_IF_ERROR(index.Restore(contents));
  return identity.revision;
}

absl::Status ImageKeeper::CheckRoom() const {
  struct statvfs disk = {};
  const std::string folder = std::filesystem::path(options_.path).parent_path().string();
  if (statvfs(folder.c_str(), &disk) != 0) return absl::ErrnoToStatus(errno, "cannot look at " + folder);
  const auto free = static_cast<double>(disk.f_bavail);
  if (free > options_.free_share * static_cast<double>(disk.f_blocks)) return absl::OkStatus();
  return absl::ResourceExhaustedError("what is free of the disk is left to the event log");
}

void ImageKeeper::MakeRoom() {
  if (kept().revision == 0) return;
  const absl::Status room = CheckRoom();
  if (!absl::IsResourceExhausted(room)) return;
  std::remove(options_.path.c_str());
  Keep(0, absl::InfinitePast());
  Log(Severity::kWarning, "index image removed; the next start takes longer",
      {{"file", options_.path}, {"reason", room.message()}});
}

void ImageKeeper::Consider(const Index& index) {
  if (!is_on() || is_writing_.load()) return;
  MakeRoom();
  const uint64_t revision = index.snapshot()->revision();
  if (revision - last_begun_ < std::max(options_.min_new_records, last_begun_ / 4)) return;
  if (writing_.joinable()) writing_.join();
  last_begun_ = revision;
  is_writing_ = true;
  writing_ = std::thread([this, contents = index.Contents()]() mutable {
    LowerThreadPriority();
    Write(contents);
    contents = IndexContents();  // it may have to free what the index has replaced meanwhile
    is_writing_ = false;
  });
}

void ImageKeeper::Finish(const Index& index) {
  if (writing_.joinable()) writing_.join();
  if (!is_on() || index.snapshot()->revision() <= kept().revision) return;
  last_begun_ = index.snapshot()->revision();
  Write(index.Contents());
}

void ImageKeeper::Write(const IndexContents& contents) {
  const absl::Time start = MonotonicNow();
  const absl::StatusOr<uint64_t> bytes = TryWrite(contents);
  if (!bytes.ok()) {
    Log(Severity::kWarning, "index image not written; the next start takes longer",
        {{"file", options_.path}, {"reason", bytes.status().message()}});
    return;
  }
  Keep(contents.revision, WrittenAt(options_.path));
  Log(Severity::kInfo, "index image written",
      {{"revision", contents.revision},
       {"bytes", *bytes},
       {"seconds", absl::ToDoubleSeconds(MonotonicNow() - start)}});
}

absl::StatusOr<uint64_t> ImageKeeper::TryWrite(const IndexContents& contents) const {
  TW_ASSIGN_OR_RETURN(const ImageIdentity identity, IdentityAt(contents.revision));
  TW_ASSIGN_OR_RETURN(const auto writer, ImageFileWriter::Create(options_.path));
  const auto write = [&](absl::string_view block) {
    const absl::Status room = CheckRoom();
    return room.ok() ? writer->Write(block) : room;
  };
  TW_RETURN_IF_ERROR(WriteIndexImage(identity, contents, write));
  TW_RETURN_IF_ERROR(writer->Commit());
  return writer->bytes();
}

}  // namespace treatywire::query
