// The rows of the report about the way of an article into the record, and of the record's way back at start.
#ifndef TREATYWIRE_TESTS_BENCHMARK_INGESTION_BENCH_H_
#define TREATYWIRE_TESTS_BENCHMARK_INGESTION_BENCH_H_

#include "tests/benchmark/bench_report.h"

namespace treatywire::benchmark {

// Durable ingestion beside bare appends and syncs of the same bytes in the same batches; articles from a
// client to the acknowledgement beside the slower of extraction and durable ingestion alone.
void BenchIngestion(const BenchOptions& options, BenchReport* report);

// Opening the log and rebuilding the index, from the log alone and from the index's image, beside opening the
// log, reading and parsing its bytes.
void BenchStart(const BenchOptions& options, BenchReport* report);

}  // namespace treatywire::benchmark

#endif  // TREATYWIRE_TESTS_BENCHMARK_INGESTION_BENCH_H_
