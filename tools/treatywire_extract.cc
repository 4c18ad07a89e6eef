// treatywire-extract: one Article as proto3 JSON a line in, one ExtractedArticle a line out, in order. No
// network.
#include <algorithm>
#include <atomic>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/flags.h"
#include "google/protobuf/util/json_util.h"
#include "ingest_service/article_identity.h"
#include "ingest_service/extraction/extractor.h"
#include "ingest_service/lexicon/lexicon.h"

ABSL_FLAG(int, threads, 1, "articles read at the same time, 1 to 64");
ABSL_FLAG(bool, explain, false, "write what was seen on the way instead, as text for people");
ABSL_FLAG(std::string, lexicon_dir, "", "folder with lexicon files that replace or extend the built-in ones");

namespace treatywire {
namespace {

// Lines read before any is written: bounds memory, and keeps all threads busy.
constexpr size_t kBatchLinesPerThread = 64;
// 4 MiB of body may take six bytes a character in JSON (\u0041), and the other fields a little.
constexpr size_t kMaxLineBytes = 32 << 20;

struct Line {
  size_t number = 0;
  std::string text;
  absl::Status status;
};

// `extraction` is used again and again.
absl::Status ExtractLine(const ingest::Extractor& extractor, v1::ExtractedArticle* extraction,
                         std::string* line) {
  if (line->size() > kMaxLineBytes)
    return absl::InvalidArgumentError(absl::StrCat("longer than ", kMaxLineBytes, " bytes"));
  v1::Article article;
  const auto parsed = google::protobuf::util::JsonStringToMessage(*line, &article);
  if (!parsed.ok())
    return absl::InvalidArgumentError(absl::StrCat("not an Article as JSON: ", parsed.message().ToString()));
  if (absl::Status status = ingest::PrepareArticle(&article); !status.ok()) return status;
  if (absl::GetFlag(FLAGS_explain)) {
    absl::StatusOr<std::string> explanation = extractor.Explain(article);
    if (!explanation.ok()) return explanation.status();
    *line = *std::move(explanation);
    return absl::OkStatus();
  }
  if (absl::Status status = extractor.Extract(article, extraction); !status.ok()) return status;
  line->clear();
  const auto printed = google::protobuf::util::MessageToJsonString(*extraction, line);
  return printed.ok() ? absl::OkStatus() : absl::InternalError(printed.message().ToString());
}

void ExtractBatch(const ingest::Extractor& extractor, int threads, std::vector<Line>* batch) {
  std::atomic<size_t> next{0};
  auto work = [&] {
    v1::ExtractedArticle extraction;
    for (size_t i = next++; i < batch->size(); i = next++)
      (*batch)[i].status = ExtractLine(extractor, &extraction, &(*batch)[i].text);
  };
  std::vector<std::thread> pool;
  for (int t = 1; t < threads; ++t) pool.emplace_back(work);
  work();
  for (std::thread& thread : pool) thread.join();
}

// Writes what was extracted; says on standard error which lines were not. Returns whether all were.
bool WriteBatch(const std::vector<Line>& batch) {
  bool all = true;
  for (const Line& line : batch) {
    if (line.status.ok()) {
      std::cout << line.text << '\n';
    } else {
      std::cerr << "treatywire-extract: line " << line.number << ": " << line.status.message() << '\n';
      all = false;
    }
  }
  return all;
}

int Run() {
  const int threads = absl::GetFlag(FLAGS_threads);
  if (threads < 1 || threads > 64) {
    std::cerr << "treatywire-extract: --threads must be 1 to 64, not " << threads << '\n';
    return 2;
  }
  const std::string dir = absl::GetFlag(FLAGS_lexicon_dir);
  auto lexicon = dir.empty() ? ingest::Lexicon::BuiltIn() : ingest::Lexicon::BuiltInWith(dir);
  if (!lexicon.ok()) {
    std::cerr << "treatywire-extract: " << lexicon.status().message() << '\n';
    return 2;
  }
  auto extractor = ingest::Extractor::Create(*std::move(lexicon));
  if (!extractor.ok()) {
    std::cerr << "treatywire-extract: " << extractor.status().message() << '\n';
    return 2;
  }
  bool all = true;
  size_t number = 0;
  std::vector<Line> batch;
  std::string text;
  bool more = true;
  while (more) {
    batch.clear();
    while (batch.size() < kBatchLinesPerThread * threads &&
           (more = static_cast<bool>(std::getline(std::cin, text)))) {
      ++number;
      if (text.find_first_not_of(" \t\r") != std::string::npos)
        batch.push_back({number, std::move(text), absl::OkStatus()});
    }
    ExtractBatch(**extractor, threads, &batch);
    all = WriteBatch(batch) && all;
  }
  std::cout.flush();
  return all && std::cout.good() ? 0 : 1;
}

}  // namespace
}  // namespace treatywire

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  treatywire::ParseFlags(
      argc, argv,
      "Reads one Article as proto3 JSON a line from standard input and writes one ExtractedArticle as JSON a "
      "line, in order.\n"
      "Exits 1 where lines were refused (standard error says which and why), 2 where it could not start.\n"
      "  treatywire-extract < articles.jsonl > extracted.jsonl");
  return treatywire::Run();
}
