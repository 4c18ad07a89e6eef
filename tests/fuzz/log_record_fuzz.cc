// Records of the event log, as protobuf's text: what passes validation is stored and read back as it was.
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>

#include <string>
#include <vector>

#include "query_service/event_log/memory_event_log.h"
#include "query_service/extraction_validation.h"
#include "tests/fuzz/fuzz_target.h"
#include "treatywire/v1/event_log_service.pb.h"

namespace treatywire::query {
namespace {

using google::protobuf::util::MessageDifferencer;
using treatywire::v1::LogRecord;

class SilentErrors : public google::protobuf::io::ErrorCollector {
  void AddError(int, int, const std::string&) override {}
};

void StoreOne(const std::string& text) {
  LogRecord record;
  google::protobuf::TextFormat::Parser parser;
  SilentErrors errors;
  parser.RecordErrorsTo(&errors);
  if (!parser.ParseFromString(text, &record)) return;
  if (record.has_extraction() && !ValidateExtraction(record.extraction()).ok()) return;
  MemoryEventLog log;
  const absl::StatusOr<std::vector<AppendResult>> appended = log.Append({&record, 1});
  if (!appended.ok()) return;
  const absl::StatusOr<std::vector<LogRecord>> read = log.Read(1, 1);
  RequirePromise(read.ok() && read->size() == 1, read.status().ToString());
  record.set_revision(1);
  RequirePromise(MessageDifferencer::Equals(read->front(), record), "another record is read");
}

}  // namespace
}  // namespace treatywire::query

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  treatywire::query::StoreOne(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
