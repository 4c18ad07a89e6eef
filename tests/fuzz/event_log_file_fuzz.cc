// The event log's file, damaged: a reader gets the records that were stored or an error, never others. The
// input is a list of changes, five bytes each: an offset (four, lowest first) and what to XOR there.
#include <google/protobuf/util/message_differencer.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "query_service/event_log/sqlite_event_log.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/query_service/event_log/log_records.h"

namespace treatywire::query {
namespace {

using google::protobuf::util::MessageDifferencer;
using treatywire::v1::LogRecord;

constexpr int kRecords = 12;

// A folder for this process, in memory where the system has such a place.
std::string MakeFolder() {
  std::string folder = std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : "/tmp";
  folder += "/treatywire-fuzz-XXXXXX";
  RequirePromise(mkdtemp(folder.data()) != nullptr, "cannot make ", folder);
  return folder;
}

class DamagedLog {
 public:
  DamagedLog() : folder_(MakeFolder()), file_(folder_ + "/" + std::string(SqliteEventLog::kFileName)) {
    const absl::StatusOr<std::unique_ptr<SqliteEventLog>> log = SqliteEventLog::Open({.data_dir = folder_});
    RequirePromise(log.ok(), log.status().ToString());
    for (int i = 0; i < kRecords; ++i) {
      LogRecord record =
          ExtractionRecord(absl::StrCat("a", i), std::string(static_cast<size_t>(100 * i), 'd'));
      RequirePromise((*log)->Append({&record, 1}).ok(), "cannot append");
      records_.push_back(AtRevision(record, static_cast<uint64_t>(i) + 1));
    }
  }
  ~DamagedLog() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  DamagedLog(const DamagedLog&) = delete;
  DamagedLog& operator=(const DamagedLog&) = delete;

  void ReadWith(absl::string_view changes) {
    if (sound_.empty()) sound_ = Contents();
    Write(sound_, changes);
    const absl::StatusOr<std::unique_ptr<SqliteEventLog>> log = SqliteEventLog::Open({.data_dir = folder_});
    RequirePromise(!changes.empty() || (log.ok() && (*log)->head() == kRecords), "undamaged, it is not read");
    if (!log.ok()) return;
    for (uint64_t revision = 1; revision <= (*log)->head() && revision <= kRecords; ++revision) {
      const absl::StatusOr<std::vector<LogRecord>> read = (*log)->Read(revision, 1);
      if (!read.ok()) continue;
      RequirePromise(read->size() <= 1, "more than was asked for");
      if (read->empty()) continue;
      RequirePromise(MessageDifferencer::Equals(read->front(), records_[revision - 1]), "revision ", revision,
                     " is served with other contents");
    }
  }

 private:
  std::string Contents() const {
    std::ifstream file(file_, std::ios::binary);
    return {(std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>()};
  }

  void Write(std::string bytes, absl::string_view changes) {
    for (size_t at = 0; at + 5 <= changes.size(); at += 5) {
      uint32_t offset = 0;
      for (size_t i = 4; i-- > 0;) offset = offset << 8 | static_cast<unsigned char>(changes[at + i]);
      bytes[offset % bytes.size()] = static_cast<char>(bytes[offset % bytes.size()] ^ changes[at + 4]);
    }
    for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(file_ + suffix);
    std::ofstream(file_, std::ios::binary | std::ios::trunc) << bytes;
  }

  const std::string folder_;
  const std::string file_;
  std::string sound_;
  std::vector<LogRecord> records_;
};

}  // namespace
}  // namespace treatywire::query

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static treatywire::query::DamagedLog log;
  log.ReadWith({reinterpret_cast<const char*>(data), size});
  return 0;
}
