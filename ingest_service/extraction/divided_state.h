// States that were or are the northern and the southern half of one country.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_DIVIDED_STATE_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_DIVIDED_STATE_H_

#include <algorithm>
#include <iterator>

#include "absl/strings/string_view.h"

namespace treatywire::ingest {

// Party ids.
struct DividedState {
  absl::string_view north;
  absl::string_view south;
};

inline constexpr DividedState kDividedStates[] = {{"KP", "KR"}, {"SD", "SS"}, {"VN", "VDVN"}, {"YE", "YDYE"}};

inline bool IsHalfOfDividedState(absl::string_view id) {
  return std::any_of(std::begin(kDividedStates), std::end(kDividedStates),
                     [id](const DividedState& state) { return state.north == id || state.south == id; });
}

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_DIVIDED_STATE_H_
