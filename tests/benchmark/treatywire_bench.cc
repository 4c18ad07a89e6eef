// treatywire-bench: measures each figure beside its reference and prints the table of docs/performance.md.
#include <iostream>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "tests/benchmark/bench_report.h"
#include "tests/benchmark/extraction_bench.h"

ABSL_FLAG(bool, json, false, "print the rows as JSON for programs");
ABSL_FLAG(bool, smoke, false, "small sizes, to see that everything runs");
ABSL_FLAG(int, rounds, 7, "measurements of each figure and of its reference, alternating; 1 to 100");

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("Measures each figure beside its reference and prints a table.");
  absl::ParseCommandLine(argc, argv);
  treatywire::benchmark::BenchOptions options;
  options.smoke = absl::GetFlag(FLAGS_smoke);
  options.rounds = options.smoke ? 1 : absl::GetFlag(FLAGS_rounds);
  if (options.rounds < 1 || options.rounds > 100) {
    std::cerr << "treatywire-bench: --rounds must be 1 to 100\n";
    return 2;
  }
  treatywire::benchmark::BenchReport report;
  report.set_json(absl::GetFlag(FLAGS_json));
  treatywire::benchmark::BenchExtraction(options, &report);
  if (report.json()) std::cout << report.ToJson() << "\n";
  return 0;
}
