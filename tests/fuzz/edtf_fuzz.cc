// Dates as text: the two services, which share no code, take the same ones and see the same days in them.
#include <string>

#include "ingest_service/temporal/uncertain_date.h"
#include "query_service/edtf.h"
#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const absl::StatusOr<treatywire::ingest::UncertainDate> written = treatywire::ingest::ParseEdtf(text);
  const absl::StatusOr<treatywire::query::EdtfDays> read = treatywire::query::DaysOfEdtf(text);
  treatywire::RequirePromise(written.ok() == read.ok(), text, ": ", written.status().ToString(), " but ",
                             read.status().ToString());
  if (!read.ok()) return 0;
  treatywire::RequirePromise(written->earliest == read->earliest && written->latest == read->latest, text,
                             ": other days");
  return 0;
}
