// The rows of the report about the query service over gRPC.
#ifndef TREATYWIRE_TESTS_BENCHMARK_SERVICE_BENCH_H_
#define TREATYWIRE_TESTS_BENCHMARK_SERVICE_BENCH_H_

#include "tests/benchmark/bench_report.h"

namespace treatywire::benchmark {

// Unary calls beside an echo server's of the same sizes; readers beside a writer at full speed and alone.
void BenchService(const BenchOptions& options, BenchReport* report);

}  // namespace treatywire::benchmark

#endif  // TREATYWIRE_TESTS_BENCHMARK_SERVICE_BENCH_H_
