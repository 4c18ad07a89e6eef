// An index as blocks of bytes, and back.
//
// A start makes an index of its image in a fraction of the time that reading the articles of the log and
// finding out which of their mentions are of one agreement takes. The image is a cache: what it says is true
// of the log that it was made from, up to its revision, as this very program concludes it, and of nothing
// else. ImageIdentity tells these apart.
//
// Blocks, each with its kind in the first byte and values (value_bytes.h) behind: the identity; the
// dictionaries of packed extractions; the history with each version where it came; the nodes of the
// partition with their members and ties; how many events each party has a part in; how many there were
// of all of these.
#ifndef TREATYWIRE_QUERY_SERVICE_IMAGE_INDEX_IMAGE_H_
#define TREATYWIRE_QUERY_SERVICE_IMAGE_INDEX_IMAGE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query_service/index/index_contents.h"

namespace treatywire::query {

// What an image is true of.
struct ImageIdentity {
  std::string program = {};  // that resolved it (program_identity.h)
  uint64_t log_id = 0;       // EventLog::log_id
  uint64_t revision = 0;     // up to which
  // Which version the log has at that revision: a log that was copied back has its id, but another history.
  std::string last_record = {};

  friend bool operator==(const ImageIdentity&, const ImageIdentity&) = default;
};

// Gives `write` the blocks in order, of about kImageBlockBytes each unless one version is larger. Returns its
// first error. Needs memory for what mentions share: some tens of bytes for each mention that says anything
// new.
absl::Status WriteIndexImage(const ImageIdentity& identity, const IndexContents& contents,
                             const std::function<absl::Status(absl::string_view block)>& write);
inline constexpr size_t kImageBlockBytes = 1 << 20;

// Of the first block. DATA_LOSS where it is another.
absl::StatusOr<ImageIdentity> ReadImageIdentity(absl::string_view block);

// Reads the blocks after the first, which `next` gives in order, nullopt after the last. Takes any bytes:
// DATA_LOSS where they are no image's, or the error of `next`. Whether the contents hang together is for
// Index::Restore to say.
absl::StatusOr<IndexContents> ReadIndexImage(
    uint64_t revision, const std::function<absl::StatusOr<std::optional<std::string>>()>& next);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_IMAGE_INDEX_IMAGE_H_
