// treatywire-bench: measures each figure beside its reference and prints the table of docs/performance.md.
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "common/logging.h"
#include "google/protobuf/util/json_util.h"
#include "tests/benchmark/bench_report.h"
#include "tests/benchmark/extraction_bench.h"
#include "tests/benchmark/hostile_bench.h"
#include "tests/benchmark/index_bench.h"
#include "tests/benchmark/ingestion_bench.h"
#include "tests/benchmark/news_corpus.h"
#include "tests/benchmark/service_bench.h"

ABSL_FLAG(bool, json, false, "print the rows as JSON for programs");
ABSL_FLAG(bool, smoke, false, "small sizes, to see that everything runs");
ABSL_FLAG(int, rounds, 5, "measurements of each figure and of its reference, alternating; 1 to 100");
ABSL_FLAG(std::string, directory, "",
          "an existing directory on the disk to measure, for files that are removed; empty: the system's "
          "temporary one");
ABSL_FLAG(std::vector<std::string>, only, {},
          "the parts to run, of hostile, extraction, index, service, ingestion, start; empty: all");
ABSL_FLAG(int, print_news, 0,
          "print so many bytes of generated articles about agreements, one JSON object a line, and end");

namespace treatywire::benchmark {
namespace {

struct Part {
  const char* name;
  void (*run)(const BenchOptions&, BenchReport*);
};
// Hostile articles first: each is read in a process of its own, which is made while there are no threads.
constexpr Part kParts[] = {{"hostile", &BenchHostile},     {"extraction", &BenchExtraction},
                           {"index", &BenchIndex},         {"service", &BenchService},
                           {"ingestion", &BenchIngestion}, {"start", &BenchStart}};

bool IsPart(const std::string& name) {
  return std::any_of(std::begin(kParts), std::end(kParts),
                     [&](const Part& part) { return name == part.name; });
}

// For other programs to read.
void PrintNews(size_t bytes) {
  const NewsCorpus corpus(NewsKind::kAgreements, bytes);
  for (const v1::Article& article : corpus.articles) {
    std::string line;
    Require(google::protobuf::util::MessageToJsonString(article, &line).ok(), "an article has no JSON");
    std::cout << line << "\n";
  }
}

int Run() {
  if (const int bytes = absl::GetFlag(FLAGS_print_news); bytes > 0) {
    PrintNews(static_cast<size_t>(bytes));
    return 0;
  }
  BenchOptions options;
  options.smoke = absl::GetFlag(FLAGS_smoke);
  options.rounds = options.smoke ? 1 : absl::GetFlag(FLAGS_rounds);
  if (options.rounds < 1 || options.rounds > 100) {
    std::cerr << "treatywire-bench: --rounds must be 1 to 100\n";
    return 2;
  }
  options.directory = absl::GetFlag(FLAGS_directory);
  const std::vector<std::string> only = absl::GetFlag(FLAGS_only);
  for (const std::string& name : only) {
    if (IsPart(name)) continue;
    std::cerr << "treatywire-bench: --only: there is no part '" << name << "'\n";
    return 2;
  }
  // A line a request would be measured too, and hide the table.
  SetMinimumSeverity(Severity::kError);
  BenchReport report;
  report.set_json(absl::GetFlag(FLAGS_json));
  for (const Part& part : kParts) {
    if (only.empty() || std::find(only.begin(), only.end(), part.name) != only.end())
      part.run(options, &report);
  }
  if (report.json()) std::cout << report.ToJson() << "\n";
  return 0;
}

}  // namespace
}  // namespace treatywire::benchmark

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("Measures each figure beside its reference and prints a table.");
  absl::ParseCommandLine(argc, argv);
  return treatywire::benchmark::Run();
}
