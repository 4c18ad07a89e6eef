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
  absl::string_view usual;  // whom the common name means where the article tells of neither
};

inline constexpr DividedState kDividedStates[] = {
    {"KP", "KR", "KR"}, {"SD", "SS", "SD"}, {"VN", "VDVN", "VN"}, {"YE", "YDYE", "YE"}};

inline bool IsHalfOfDividedState(absl::string_view id) {
  return std::any_of(std::begin(kDividedStates), std::end(kDividedStates),
                     [id](const DividedState& state) { return state.north == id || state.south == id; });
}

inline bool IsUsualHalf(absl::string_view id) {
  return std::any_of(std::begin(kDividedStates), std::end(kDividedStates),
                     [id](const DividedState& state) { return state.usual == id; });
}

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_DIVIDED_STATE_H_
