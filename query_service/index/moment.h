// What a read is answered from: the record as known at some time, and the day of the world that it asks
// about.
#ifndef TREATYWIRE_QUERY_SERVICE_INDEX_MOMENT_H_
#define TREATYWIRE_QUERY_SERVICE_INDEX_MOMENT_H_

#include <optional>

#include "query_service/index/record_state.h"
#include "query_service/resolution/day_span.h"

namespace treatywire::query {

struct Moment {
  const RecordState* state = nullptr;
  std::optional<Day> valid_at;  // as asked

  // The day that statuses are of.
  Day day() const { return valid_at ? *valid_at : state->LastDay(); }
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_INDEX_MOMENT_H_
