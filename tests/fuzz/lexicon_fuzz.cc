// Lexicon files: any text gives a lexicon or errors with a file and a line, and the lexicon's matches lie
// within sentences. The first line is the file's name ("triggers.txt"); the text is matched against itself.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ingest_service/document/document_reader.h"
#include "ingest_service/lexicon/lexicon.h"
#include "tests/fuzz/fuzz_target.h"

namespace treatywire::ingest {
namespace {

void MatchSelf(const Lexicon& lexicon, absl::string_view text) {
  const absl::StatusOr<Document> document = ReadDocument("", text, MimeType::kPlain);
  if (!document.ok()) return;
  uint32_t last = 0;
  for (const LexiconMatch& match : lexicon.Match(*document)) {
    RequirePromise(last <= match.tokens.begin && !match.tokens.empty() && !match.entries.empty() &&
                       match.tokens.end <= document->tokens.size(),
                   "match [", match.tokens.begin, ", ", match.tokens.end, ")");
    last = match.tokens.begin;
  }
}

void LoadOne(absl::string_view input) {
  const size_t line = input.find('\n');
  if (line == absl::string_view::npos) return;
  const std::vector<LexiconFile> files = {
      {std::string(input.substr(0, line)), std::string(input.substr(line + 1))}};
  const absl::StatusOr<std::unique_ptr<const Lexicon>> lexicon = Lexicon::FromFiles(files);
  if (!lexicon.ok()) {
    RequirePromise(absl::IsInvalidArgument(lexicon.status()), lexicon.status().ToString());
    RequirePromise(absl::StrContains(lexicon.status().message(), files[0].name), lexicon.status().ToString());
    return;
  }
  MatchSelf(**lexicon, files[0].text);
}

}  // namespace
}  // namespace treatywire::ingest

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  treatywire::ingest::LoadOne({reinterpret_cast<const char*>(data), size});
  return 0;
}
