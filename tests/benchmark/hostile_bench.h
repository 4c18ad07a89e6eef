// The rows of the report about articles that are built to be slow.
#ifndef TREATYWIRE_TESTS_BENCHMARK_HOSTILE_BENCH_H_
#define TREATYWIRE_TESTS_BENCHMARK_HOSTILE_BENCH_H_

#include "tests/benchmark/bench_report.h"

namespace treatywire::benchmark {

// Of all shapes of tests/ingest_service/document/hostile_articles.h, each as plain text, HTML and Markdown:
// the slowest at the largest size allowed against an ordinary article of that size, the one whose time grows
// most when it gets four times as long, and the one that takes most memory.
void BenchHostile(const BenchOptions& options, BenchReport* report);

}  // namespace treatywire::benchmark

#endif  // TREATYWIRE_TESTS_BENCHMARK_HOSTILE_BENCH_H_
