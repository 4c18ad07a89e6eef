// The rows of the report about extraction.
#ifndef TREATYWIRE_TESTS_BENCHMARK_EXTRACTION_BENCH_H_
#define TREATYWIRE_TESTS_BENCHMARK_EXTRACTION_BENCH_H_

#include "tests/benchmark/bench_report.h"

namespace treatywire::benchmark {

// Speed on dense and on general news against the bare pass, sentences a second, two threads against one, and
// memory.
void BenchExtraction(const BenchOptions& options, BenchReport* report);

}  // namespace treatywire::benchmark

#endif  // TREATYWIRE_TESTS_BENCHMARK_EXTRACTION_BENCH_H_
