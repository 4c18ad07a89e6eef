#include "query_service/event_log/memory_event_log.h"

#include "tests/query_service/event_log/event_log_contract.h"

namespace treatywire::query {
namespace {

INSTANTIATE_TEST_SUITE_P(Memory, EventLogContract,
                         testing::Values([] { return std::make_unique<MemoryEventLog>(); }));

}  // namespace
}  // namespace treatywire::query
