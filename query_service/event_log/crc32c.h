// CRC-32C (Castagnoli), the checksum of iSCSI and of most logs: finds every burst of up to 32 flipped bits.
#ifndef TREATYWIRE_QUERY_SERVICE_EVENT_LOG_CRC32C_H_
#define TREATYWIRE_QUERY_SERVICE_EVENT_LOG_CRC32C_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace treatywire::query {

// The checksum of `data`. To go on over several pieces pass the checksum of what came before:
// Crc32c(b, Crc32c(a)) == Crc32c(a + b). By the processor's own instruction where it has one, several GB/s.
uint32_t Crc32c(absl::string_view data, uint32_t before = 0);

// The same without that instruction, about 1 GB/s.
uint32_t Crc32cByTables(absl::string_view data, uint32_t before = 0);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_EVENT_LOG_CRC32C_H_
