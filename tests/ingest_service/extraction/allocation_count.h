// How often a test's program asks for memory: work that can be counted, and is the same on every machine.
#ifndef TREATYWIRE_TESTS_INGEST_SERVICE_EXTRACTION_ALLOCATION_COUNT_H_
#define TREATYWIRE_TESTS_INGEST_SERVICE_EXTRACTION_ALLOCATION_COUNT_H_

#include <cstddef>

namespace treatywire {

// Calls of operator new since the program began, on all threads.
size_t AllocationCount();

}  // namespace treatywire

#endif  // TREATYWIRE_TESTS_INGEST_SERVICE_EXTRACTION_ALLOCATION_COUNT_H_
