// The readers of all formats, the tokenizer and the sentence splitter: what document.h promises holds for any
// bytes.
#include "ingest_service/document/document_reader.h"
#include "tests/fuzz/article_input.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/ingest_service/document/document_promises.h"

namespace treatywire::ingest {
namespace {

void ReadOne(const ArticleInput& input) {
  const absl::StatusOr<Document> document = ReadDocument(input.title, input.body, input.mime_type);
  if (!document.ok()) return;
  const std::string broken = FindBrokenPromise(input.title, input.body, input.mime_type, *document);
  RequirePromise(broken.empty(), broken);
}

}  // namespace
}  // namespace treatywire::ingest

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  treatywire::ingest::ReadOne({data, size});
  return 0;
}
