// The file that an image is kept in: blocks of bytes, each with a checksum, written whole or not at all.
//
//   TW_ASSIGN_OR_RETURN(auto writer, ImageFileWriter::Create("/data/index.image"));
//   TW_RETURN_IF_ERROR(writer->Write(block));   // each
//   TW_RETURN_IF_ERROR(writer->Commit());       // from here on the file is there
//
//   TW_ASSIGN_OR_RETURN(auto reader, ImageFileReader::Open("/data/index.image"));
//   TW_ASSIGN_OR_RETURN(std::optional<std::string> block, reader->Next());   // nullopt: that was the last
//
// In the file: kMagic, then of each block its length (4 bytes, lowest first), a CRC-32C (4 bytes) over its
// number and bytes, and the bytes; at the end a block of no bytes. So that a block that is cut off, changed,
// moved, doubled or lacks is found.
#ifndef TREATYWIRE_QUERY_SERVICE_IMAGE_IMAGE_FILE_H_
#define TREATYWIRE_QUERY_SERVICE_IMAGE_IMAGE_FILE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace treatywire::query {

// More than one record of the log takes.
inline constexpr size_t kMaxImageBlockBytes = 128 << 20;

// One thread at a time.
class ImageFileWriter {
 public:
  // Writes beside `path` until Commit ("PATH.new"; one that is left there is overwritten). Returns the code
  // of errno: RESOURCE_EXHAUSTED for a full disk, as Write and Commit.
  static absl::StatusOr<std::unique_ptr<ImageFileWriter>> Create(const std::string& path);
  // Removes what was not committed.
  ~ImageFileWriter();
  ImageFileWriter(const ImageFileWriter&) = delete;
  ImageFileWriter& operator=(const ImageFileWriter&) = delete;

  // A block of 1 to kMaxImageBlockBytes bytes; INVALID_ARGUMENT for another. What is written goes to the disk
  // every few megabytes, so that who else syncs there does not wait for all of it.
  absl::Status Write(absl::string_view block);
  // Ends the file, makes it durable and gives it its name, in place of the one that was there.
  absl::Status Commit();
  // So far.
  uint64_t bytes() const { return bytes_; }

 private:
  ImageFileWriter(std::string path, int file) : path_(std::move(path)), file_(file) {}

  std::string unfinished() const { return path_ + ".new"; }
  absl::Status Append(absl::string_view bytes);
  absl::Status WriteBlock(absl::string_view block);

  const std::string path_;
  int file_;
  bool is_committed_ = false;
  uint64_t number_ = 0;
  uint64_t bytes_ = 0;
  uint64_t unsynced_bytes_ = 0;
};

// One thread at a time.
class ImageFileReader {
 public:
  // NOT_FOUND where there is none; FAILED_PRECONDITION where it is no regular file or no such file's magic;
  // the code of errno where it cannot be read.
  static absl::StatusOr<std::unique_ptr<ImageFileReader>> Open(const std::string& path);
  ~ImageFileReader();
  ImageFileReader(const ImageFileReader&) = delete;
  ImageFileReader& operator=(const ImageFileReader&) = delete;

  // The next block. DATA_LOSS, naming it, where it is damaged; not to be called again then.
  absl::StatusOr<std::optional<std::string>> Next();

 private:
  ImageFileReader(std::string path, int file, uint64_t bytes)
      : path_(std::move(path)), file_(file), rest_(bytes) {}

  absl::StatusOr<std::string> Read(size_t bytes);

  const std::string path_;
  const int file_;
  uint64_t rest_;  // bytes of the file that were not read yet
  uint64_t number_ = 0;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_IMAGE_IMAGE_FILE_H_
