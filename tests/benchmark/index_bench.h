// The rows of the report about the index: what it answers in process, what it costs in memory, and how both
// grow with the record.
#ifndef TREATYWIRE_TESTS_BENCHMARK_INDEX_BENCH_H_
#define TREATYWIRE_TESTS_BENCHMARK_INDEX_BENCH_H_

#include "tests/benchmark/bench_report.h"

namespace treatywire::benchmark {

// Feeds one index 10,000, 100,000 and 1,000,000 events; at each size times of look-ups and of applying, and
// the bytes an event takes. At the last size look-ups beside a std::map of the same answers, and search
// beside SQLite's FTS5.
void BenchIndex(const BenchOptions& options, BenchReport* report);

}  // namespace treatywire::benchmark

#endif  // TREATYWIRE_TESTS_BENCHMARK_INDEX_BENCH_H_
